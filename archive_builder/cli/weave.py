"""``archive-builder weave``: the whole site as plain Markdown, for any renderer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from archive_builder.archive import Archive
from archive_builder.checkout import history
from archive_builder.cli.here import in_archive
from archive_builder.problems import FORMATS, Severity
from archive_builder.store import load, read_other_files, write_tree

__all__ = ["weave"]


@click.command()
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write: empty, or one that this command wrote before.",
)
@click.option(
    "--directory-urls/--no-directory-urls",
    default=True,
    help="Link to claims/x/ (the default), or to claims/x.html.",
)
@in_archive
def weave(out: Path, directory_urls: bool, root: Path) -> int:
    """Write the woven Markdown tree: every page with its annotations inline.

    Problems are told and leave only what they concern out.

    \b
    Example:
      archive-builder weave --out build/woven
    """
    if out.resolve() == root or root.is_relative_to(out.resolve()) or out.resolve().is_relative_to(root / "content"):
        raise click.BadParameter("the tree cannot be written over the archive itself", param_hint="--out")
    archive = load(root)
    count = write_tree(out, _files(archive, root, directory_urls))
    if archive.problems:
        click.echo(FORMATS["text"](archive.problems), err=True)
    click.echo(f"{count} files in {out}")
    return int(any(problem.severity is Severity.ERROR for problem in archive.problems))


def _files(archive: Archive, root: Path, directory_urls: bool) -> Iterator[tuple[str, bytes]]:
    """The pages, then whatever else lies under content/."""
    # Loaded here: the templates take a tenth of a second, which no other command needs.
    from archive_builder.pages import woven_pages

    others = read_other_files(root)
    written = {path: data for path, data in others.items() if path.endswith(".md")}
    for path, text in woven_pages(archive, written, directory_urls=directory_urls, history=partial(history, root)):
        yield path, text.encode()
    yield from ((path, data) for path, data in others.items() if path not in written)

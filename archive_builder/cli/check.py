"""``archive-builder check``: every problem in every file, told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from archive_builder.cli.here import in_archive
from archive_builder.linking import broken_links
from archive_builder.problems import FORMATS, Problem, Severity, in_order
from archive_builder.store import load_both

__all__ = ["check"]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "style",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to tell them: for people, for programs, or as workflow annotations.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@in_archive
def check(paths: tuple[str, ...], style: str, strict: bool, root: Path) -> int:
    """Tell every problem in every file.

    With PATHs, only of these files and folders; the whole archive is read all the same.

    \b
    Example:
      archive-builder check
      archive-builder check --format github --strict annotations/
    """
    library, archive = load_both(root)
    found = in_order((*archive.problems, *broken_links(root, library.files)))
    problems = _within(found, [_from_root(path, root) for path in paths])
    told = FORMATS[style](problems)
    if told:
        click.echo(told)
    return int(any(strict or problem.severity is Severity.ERROR for problem in problems))


def _within(problems: Sequence[Problem], chosen: Iterable[str]) -> list[Problem]:
    """The problems of the chosen files and folders; all of them where none is chosen."""
    tops = tuple(chosen)
    if not tops or "." in tops:
        return list(problems)
    return [each for each in problems if any(f"{each.place.path}/".startswith(f"{top}/") for top in tops)]


def _from_root(given: str, root: Path) -> str:
    """The path as problems have it; given from the current folder or from the root."""
    for full in (Path(given).resolve(), (root / given).resolve()):
        if full.exists() and full.is_relative_to(root):
            return full.relative_to(root).as_posix()
    raise click.BadParameter(f"there is no {given} in the archive", param_hint="PATH")

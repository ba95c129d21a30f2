"""``archive-builder review``: what a change does to the archive, for whoever is asked to merge it."""

from __future__ import annotations

from pathlib import Path

import click

from archive_builder.cli.here import in_archive
from archive_builder.problems import FORMATS, Severity
from archive_builder.revisions import NoRevision, files_at
from archive_builder.store import scan, write_atomically

__all__ = ["review"]

TITLE = "What this change does"


@click.command()
@click.argument("base", metavar="BASE")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the preview, one page, here.")
@click.option(
    "--summary",
    "told",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add the summary (Markdown) to this file.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="How to tell the problems: for people, or as workflow annotations, ten at most.",
)
@in_archive
def review(base: str, html: Path | None, told: Path | None, style: str, root: Path) -> int:
    """Compare the archive with the commit BASE, like main: problems, annotations, claims.

    Problems on lines that differ come first. The summary shows each annotation that is new or changed in its passage;
    the preview shows it before and after, with the claims that stand otherwise because of it. Without --html and
    --summary, the summary is printed. Ends with 1 where there are errors.

    \b
    Example:
      archive-builder review main --html preview.html
      archive-builder review HEAD^1 --format github --summary "$GITHUB_STEP_SUMMARY" --html preview.html
    """
    # Loaded here: the templates take a tenth of a second, which no other command needs.
    from archive_builder.reviewing import compare, preview, summary
    from archive_builder.reviewing.summary import TOLD_BESIDE_LINES

    try:
        old = files_at(root, base)
    except NoRevision as fault:
        raise click.BadParameter(str(fault), param_hint="BASE") from None
    read = scan(root)
    found = compare(old, read.files, read.problems)
    written = summary(found, html.name if html else None)
    if html:
        write_atomically(html, preview(found, TITLE))
    if told:
        before = told.read_bytes() if told.exists() else b""
        write_atomically(told, before + written.encode())
    if style == "github":
        if found.problems:
            click.echo(FORMATS["github"](found.problems[:TOLD_BESIDE_LINES]))
    elif not html and not told:
        click.echo(written, nl=False)
    else:
        click.echo(FORMATS["text"](found.problems))
    return int(any(problem.severity is Severity.ERROR for problem in found.problems))

"""``archive-builder display``: how much of an article's text the archive shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from archive_builder.cli.here import article_called, declined, in_archive
from archive_builder.cli.sources import NoCapture, capture_of, extract_of
from archive_builder.deriving import Derived, derive
from archive_builder.documents import parse_document
from archive_builder.editing import changed, set_value
from archive_builder.ingest import Unreadable
from archive_builder.journal import write_together
from archive_builder.misses import told
from archive_builder.model import Annotation, Article, Display
from archive_builder.quoting import NotQuotable
from archive_builder.reading import ANNOTATIONS, Library
from archive_builder.store import read_library

__all__ = ["annotations_of", "display", "folder_of", "rewritten"]


@click.command()
@click.argument("mode", type=click.Choice([each.value for each in Display]))
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--capture", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The capture to take.")
@in_archive
def display(mode: str, articles: tuple[str, ...], capture: Path | None, root: Path) -> int:
    """Set how much of an article is shown, and derive its text anew.

    full shows the whole text, quotations the annotated passages with their sentences, link-only nothing. The text comes
    from the capture, which is found by its digest in captures/ or in $ARCHIVE_CAPTURES. Nothing else changes.

    \b
    Example:
      archive-builder display quotations two-banks
      archive-builder display full two-banks --capture ~/two-banks.txt
    """
    if capture and len(articles) > 1:
        raise click.UsageError("--capture goes with one article")
    library = read_library(root)
    chosen = [article_called(id, library) for id in dict.fromkeys(articles)]
    return max([_display(root, library, article, Display(mode), capture) for article in chosen])


def annotations_of(article: Article, library: Library) -> list[Annotation]:
    """The annotations of one article, in the order of their names."""
    return [each for each in library.annotations.values() if each.article == article.id]


def folder_of(article: Article) -> str:
    """Where its annotations stand."""
    return f"{ANNOTATIONS}/{article.id}/"


def rewritten(data: bytes, path: str, mode: Display, body: str, words: int | None) -> bytes:
    """The article's file with another body; of its front matter only display: and words: change."""

    def change(text: str) -> str:
        document = parse_document(text, path)
        head = set_value(document.head, ["display"], mode.value)
        head = head if words is None else set_value(head, ["words"], words)
        return f"{document.opening}{head}{document.closing}" + (f"\n{body}" if body else "")

    return changed(data, change)


def _display(root: Path, library: Library, article: Article, mode: Display, capture: Path | None) -> int:
    annotations = annotations_of(article, library)
    try:
        derived, words = _derived(root, library, article, mode, annotations, capture)
    except (NoCapture, Unreadable, NotQuotable) as fault:
        declined(f"{article.path}: {fault}", fault.step if isinstance(fault, NoCapture) else "nothing was written")
        return 1
    data = rewritten(library.files[article.path], article.path, mode, derived.body, words)
    if data != library.files[article.path]:
        write_together(root, {article.path: data}, library.files, [folder_of(article)])
    click.echo(_report(article, mode, derived, words, len(annotations)))
    return _tell_misses(article, library, derived)


def _derived(
    root: Path,
    library: Library,
    article: Article,
    mode: Display,
    annotations: Sequence[Annotation],
    capture: Path | None,
) -> tuple[Derived, int | None]:
    """The body and the words of the whole text; without a capture, from the full text that stands in the article."""
    if mode is Display.LINK_ONLY:
        return derive("", mode, ()), None
    try:
        extract = extract_of(capture_of(root, article, capture), library.outlets.get(article.outlet))
    except NoCapture:
        if capture is not None or article.display is not Display.FULL or not article.body.strip():
            raise
        return derive(article.body.lstrip("\n"), mode, annotations), None
    return derive(extract.markdown, mode, annotations), extract.words


def _report(article: Article, mode: Display, derived: Derived, words: int | None, annotations: int) -> str:
    if mode is Display.LINK_ONLY:
        return f"{article.path}: link only, no text"
    shown = len(derived.body.split())
    of = f" of {words:,}" if words else ""
    return f"{article.path}: {mode}, {shown:,}{of} words, {annotations} annotations"


def _tell_misses(article: Article, library: Library, derived: Derived) -> int:
    """Tell which annotations do not stand in the text that was taken."""
    for annotation, miss in derived.misses:
        place = library.place(annotation, "target", "exact")
        if annotation.target is not None:
            click.echo(str(told(miss, annotation.target, place, article, 1, derived.prose)), err=True)
    return int(bool(derived.misses))

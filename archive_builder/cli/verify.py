"""``archive-builder verify``: whether captures are what the records say, and articles say what their captures say."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click

from archive_builder.cli.here import article_called, cut_short, declined, in_archive
from archive_builder.cli.sources import extract_of
from archive_builder.deriving import full_prose
from archive_builder.ingest import Unreadable
from archive_builder.model import Article, Display
from archive_builder.projection import BARRIER, project
from archive_builder.reading import Library
from archive_builder.store import CAPTURES, Capture, captures, digest_of, read_bounded, read_library

__all__ = ["verify"]

NAMED = "sha256-"
SHOWN = 3  # passages of an article that its capture does not have


class State(StrEnum):
    """How an article stands to its capture."""

    VERIFIED = "verified"
    DIFFERS = "differs"
    MISSING = "capture not at hand"
    UNKNOWN = "no digest"


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--strict", is_flag=True, help="Let captures that are not at hand fail too.")
@in_archive
def verify(articles: tuple[str, ...], strict: bool, root: Path) -> int:
    """Compare captures with the digests in the records, and the articles' texts with their captures.

    Every passage an article shows must stand in the text of its capture, which is found by its digest in captures/ or
    in $ARCHIVE_CAPTURES; a capture whose content no longer is what its name says is told. Ends with 1 where something
    differs.

    \b
    Example:
      archive-builder verify
      archive-builder verify two-banks --strict
    """
    library = read_library(root)
    chosen = [article_called(id, library) for id in dict.fromkeys(articles)] or list(library.articles.values())
    held, changed = _held(root)
    for fault, step in changed:
        declined(fault, step)
    states = [_state(article, library, held) for article in chosen]
    counts = (f"{states.count(state)} {state}" for state in State if state in states)
    click.echo(", ".join(counts) or "no articles")
    fails = {State.DIFFERS, *((State.MISSING, State.UNKNOWN) if strict else ())}
    return int(bool(changed) or any(state in fails for state in states))


def _held(root: Path) -> tuple[dict[str, Path], list[tuple[str, str]]]:
    """The captures at hand by their digests, and those whose content is not what their name says."""
    held: dict[str, Path] = {}
    changed: list[tuple[str, str]] = []
    for path in captures(root):
        digest = digest_of(read_bounded(path))
        held.setdefault(digest, path)
        if path.name.startswith(NAMED) and path.name.partition(".")[0] != digest.replace(":", "-"):
            fault = f"{CAPTURES}/{path.name}: its content is another than its name says: {digest}"
            changed.append((fault, "restore the file, or add what it is now as a newer capture"))
    return held, changed


def _state(article: Article, library: Library, held: dict[str, Path]) -> State:
    if article.digest is None:
        click.echo(f"{article.path}: no digest, so nothing to compare it with")
        return State.UNKNOWN
    path = held.get(article.digest)
    if path is None:
        click.echo(f"{article.path}: its capture is not at hand")
        return State.MISSING
    try:
        extract = extract_of(Capture(path.name, read_bounded(path)), library.outlets.get(article.outlet))
    except Unreadable as fault:
        declined(f"{article.path}: its capture cannot be read: {fault.reason}", fault.next)
        return State.DIFFERS
    strange = list(_strange(article, extract.markdown))
    for passage in strange[:SHOWN]:
        click.echo(f"{article.path}: not in the capture: {cut_short(passage)}", err=True)
    if strange:
        step = f"archive-builder display {article.display} {article.id} derives the text anew"
        declined(f"{article.path}: its text is not that of its capture", step)
    return State.DIFFERS if strange else State.VERIFIED


def _strange(article: Article, markdown: str) -> Iterator[str]:
    """The passages the article shows that its capture does not have, and what a full text lacks."""
    whole = full_prose(markdown).text
    shown = project(full_prose(article.body).source, elisions=article.display is Display.QUOTATIONS).text
    passages = [passage.strip() for passage in shown.split(BARRIER)]
    yield from (passage for passage in passages if passage not in whole)
    if article.display is Display.FULL and passages == [shown] and shown in whole and shown != whole:
        before, _, after = whole.partition(shown)
        yield f"(the capture has more: {cut_short(before or after, 60)})"

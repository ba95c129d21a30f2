"""``archive-builder repin``: after an article's text changed, its annotations follow where that is safe."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import click

from archive_builder.anchoring import Anchor, Miss, NotDescribable, describe, find
from archive_builder.canonical import canonical
from archive_builder.cli.display import annotations_of
from archive_builder.cli.here import article_called, cut_short, in_archive
from archive_builder.documents import Faulty, parse_document, parse_record, parse_yaml
from archive_builder.editing import changed, drop_key, set_value
from archive_builder.journal import write_together
from archive_builder.model import Annotation, Article, Display, Selector
from archive_builder.projection import Prose, project
from archive_builder.reading import Library
from archive_builder.repinning import Followed, NotFollowed, follow
from archive_builder.store import history, read_library

__all__ = ["Move", "repin", "retargeted", "selector_of", "told"]

SHOWN = 400


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one annotation."""

    annotation: Annotation
    selector: Selector | None = None
    """The new selector, where it is safe."""
    lost: NotFollowed | None = None
    proposed: Selector | None = None
    """What a person may accept in its place."""
    prose: Prose | None = None
    """The text of now, in which another passage may be chosen."""


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--write", is_flag=True, help="Rewrite the targets that are safe; else they are only shown.")
@click.option(
    "--review", "asks", is_flag=True, help="Ask of each that waits: accept the proposal, leave it, or edit it."
)
@click.option(
    "--accept", metavar="NAME", multiple=True, help="Accept the proposal for this annotation, as ARTICLE/NAME."
)
@in_archive
def repin(articles: tuple[str, ...], write: bool, asks: bool, accept: tuple[str, ...], root: Path) -> int:
    """Let annotations follow the changed text of their article.

    The text that an annotation was made on comes from git and is aligned with the text of now. A passage whose words
    all stayed is followed, and one reworded in nothing that counts; every other one is listed with its old and its new
    text side by side, and waits for a person: --review asks of each one, on a terminal; --accept takes over what is
    proposed for one, without asking. Ends with 1 while some wait.

    \b
    Example:
      archive-builder repin two-banks
      archive-builder repin two-banks --write --review
      archive-builder repin --accept two-banks/boats
    """
    library = read_library(root)
    chosen = [article_called(id, library) for id in dict.fromkeys(articles)] or list(library.articles.values())
    if asks and not sys.stdin.isatty():
        raise click.UsageError("--review asks questions, and there is no terminal to ask: use --accept ARTICLE/NAME")
    moves = list(chain.from_iterable(_Repinner(root, library, article).moves() for article in chosen))
    _check_accepted(accept, moves)
    decided = [_decided(move, asks, accept) for move in moves]
    files = {
        move.annotation.path: retargeted(library, move.annotation, taken)
        for move, taken in zip(moves, decided, strict=True)
        if taken and (write or taken is not move.selector)
    }
    write_together(root, files, library.files, {library.articles[move.annotation.article].path for move in moves})
    safe = sum(move.selector is not None for move in moves)
    by_person = sum(
        taken is not None and taken is not move.selector for move, taken in zip(moves, decided, strict=True)
    )
    click.echo(_summary(safe, by_person, len(moves) - safe - by_person, write))
    return int(safe + by_person < len(moves) or (safe > 0 and not write))


def _check_accepted(accept: tuple[str, ...], moves: Sequence[Move]) -> None:
    """Refuse, before anything is written, names for which nothing is proposed."""
    known = {move.annotation.key: move for move in moves}
    for key in accept:
        if key not in known or known[key].proposed is None:
            what = "nothing is proposed for it" if key in known else "it does not wait for a person"
            raise click.UsageError(f"{key} cannot be accepted: {what}")


def _decided(move: Move, asks: bool, accept: tuple[str, ...]) -> Selector | None:
    """The selector that is safe, or that a person takes over; None where it waits."""
    click.echo(told(move))
    if move.selector is not None:
        return move.selector
    if move.annotation.key in accept:
        return move.proposed
    return _asked(move) if asks else None


def _asked(move: Move) -> Selector | None:
    ways = ["y", "n", "e"] if move.proposed else ["n", "e"]
    question = "  accept what is proposed? yes, no, edit" if move.proposed else "  leave it (no), or edit its quote?"
    way = click.prompt(question, type=click.Choice(ways), default="n", show_choices=True)
    if way == "y":
        return move.proposed
    return _edited(move) if way == "e" else None


def _edited(move: Move) -> Selector | None:
    """The selector of the words that the person gives, which must stand in the text once; asked until they do."""
    while exact := click.prompt("  the passage as it stands now (empty: leave it)", default="", show_default=False):
        found = find(Selector(exact=exact), move.prose) if move.prose else None
        if move.prose and isinstance(found, Anchor):
            return describe(found, move.prose)
        click.echo(f"  it does not stand there once, as whole words: {cut_short(exact)}", err=True)
    return None


class _Repinner:
    """Knows one article as it is and, as far as it is asked, as it was."""

    def __init__(self, root: Path, library: Library, article: Article) -> None:
        self.library = library
        self.article = article
        self.now = _prose(article.body, article.display)
        self.texts = history(root, article.path)
        self.known: list[Prose] = []
        """The older texts that were asked for, newest first."""

    def moves(self) -> Iterator[Move]:
        if self.article.display is Display.LINK_ONLY:
            return
        for annotation in annotations_of(self.article, self.library):
            if annotation.target is not None:
                move = self._move(annotation, annotation.target)
                if move is not None:
                    yield move

    def _move(self, annotation: Annotation, target: Selector) -> Move | None:
        """What became of an annotation; None where it stands as it did."""
        here = find(target, self.now)
        if isinstance(here, Anchor) and not self._is_suspect(target, here):
            return None
        old = self._text_it_was_made_on(target)
        if old is None:
            reason = "no older text in git has it" if isinstance(here, Miss) else "its article changed"
            return Move(annotation, lost=NotFollowed(reason, target.exact, "(unknown)"), prose=self.now)
        anchor = find(target, old)
        assert isinstance(anchor, Anchor)
        followed = follow(old, self.now, anchor, self.article.language)
        if followed == Followed(here, False) if isinstance(here, Anchor) else False:
            return None
        return self._told(annotation, target, followed)

    def _told(self, annotation: Annotation, target: Selector, followed: Followed | NotFollowed) -> Move:
        if isinstance(followed, NotFollowed):
            proposed = selector_of(target, followed.proposed, self.now) if followed.proposed else None
            return Move(annotation, lost=followed, proposed=proposed, prose=self.now)
        selector = selector_of(target, followed.anchor, self.now)
        if selector is None:
            passage = self.now.text[followed.anchor.start : followed.anchor.end]
            return Move(annotation, lost=NotFollowed("nothing tells it from a passage like it", passage, passage))
        return Move(annotation, selector)

    def _is_suspect(self, target: Selector, here: Anchor) -> bool:
        """Whether the passage stands where it did not: more often before than now, so that this may be another one."""
        passage = self.now.text[here.start : here.end]
        latest = next(self._older(), None)
        if latest is None or latest.text == self.now.text:
            return False
        return latest.text.count(passage) > self.now.text.count(passage)

    def _text_it_was_made_on(self, target: Selector) -> Prose | None:
        """The newest older text in which the selector anchors."""
        return next((old for old in self._older() if isinstance(find(target, old), Anchor)), None)

    def _older(self) -> Iterator[Prose]:
        """The older texts, newest first, that differ from the text of now; read once."""
        yield from self.known
        for version in self.texts:
            try:
                document = parse_document(version.text.replace("\r\n", "\n"), self.article.path)
                shown = parse_yaml(document.head, self.article.path).value.get("display")
            except Faulty:
                continue
            display = Display(shown) if shown in list(Display) else Display.QUOTATIONS
            prose = _prose(document.body, display)
            if prose.text != self.now.text:
                self.known.append(prose)
                yield prose


def _prose(body: str, display: Display) -> Prose:
    return project(canonical(body)[0], elisions=display is Display.QUOTATIONS)


def selector_of(target: Selector, anchor: Anchor, prose: Prose) -> Selector | None:
    """The selector of the passage: its old prefix and suffix where they still do, else the shortest that does."""
    exact = prose.text[anchor.start : anchor.end]
    kept = target.model_copy(update={"exact": exact})
    if find(kept, prose) == anchor:
        return kept
    try:
        return describe(anchor, prose)
    except NotDescribable:
        return None


def retargeted(library: Library, annotation: Annotation, selector: Selector) -> bytes:
    """The annotation's file with the new target; every other byte stays."""

    def change(text: str) -> str:
        for name, value in selector.model_dump().items():
            text = set_value(text, ["target", name], value) if value else drop_key(text, ["target", name])
        return text

    data = changed(library.files[annotation.path], change)
    read = parse_record(Annotation, annotation.id, parse_yaml(data.decode("utf-8-sig"), annotation.path))
    if read != annotation.model_copy(update={"target": selector}):
        raise OSError(0, "its target cannot be rewritten without changing more: edit it by hand", annotation.path)
    return data


def told(move: Move) -> str:
    annotation, target = move.annotation, move.annotation.target
    assert target is not None
    if move.lost:
        rows = [("old", move.lost.old), ("new", move.lost.new)]
        rows += [("proposed", _shown(move.proposed))] if move.proposed else []
        head = f"{annotation.path}: waits for a person: {move.lost.reason}"
    else:
        assert move.selector is not None
        rows = [("old", _shown(target)), ("new", _shown(move.selector))]
        head = f"{annotation.path}: follows"
    return "\n".join([head, *(f"  {label:<8} {cut_short(text, SHOWN)}" for label, text in rows), ""])


def _shown(selector: Selector) -> str:
    parts = (selector.prefix and f"({selector.prefix})", selector.exact, selector.suffix and f"({selector.suffix})")
    return " ".join(filter(None, parts))


def _summary(safe: int, by_person: int, waiting: int, write: bool) -> str:
    if not safe and not by_person and not waiting:
        return "Every annotation stands where it did."
    followed = f"{safe} {'rewritten' if write else 'safe: write them with --write'}" if safe else ""
    accepted = f"{by_person} accepted" if by_person else ""
    waits = f"{waiting} wait{'s' * (waiting == 1)} for a person" if waiting else ""
    return ", ".join(filter(None, (followed, accepted, waits)))

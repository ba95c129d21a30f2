"""Takes a newer capture of an article: shows what changed, asks, and keeps what was and what annotations need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from archive_builder.anchoring import Anchor, Miss, find
from archive_builder.articles import Draft
from archive_builder.cli.display import annotations_of, folder_of, rewritten
from archive_builder.cli.here import cut_short, declined
from archive_builder.cli.repin import Move, retargeted, selector_of, told
from archive_builder.cli.sources import NoCapture, Taken, capture_of, extract_of, kept_as
from archive_builder.deriving import derive, full_prose
from archive_builder.differing import Difference, difference
from archive_builder.documents import parse_document, parse_record, parse_yaml
from archive_builder.editing import append_item, changed, drop_key, set_value
from archive_builder.ingest import Extract
from archive_builder.journal import write_together
from archive_builder.model import Annotation, Article, Display, Fact, Restated, Revision, Selector
from archive_builder.projection import Prose
from archive_builder.reading import Library
from archive_builder.repinning import NotFollowed, follow
from archive_builder.restating import facts_of, recorded_facts, restated
from archive_builder.store import CAPTURES

__all__ = ["Revising", "known_article"]

SHOWN = 400
CHANGES = 40  # more are told by their number


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The capture so far."""

    name: str
    extract: Extract


@dataclass(frozen=True, slots=True)
class _Change:
    """What the newer capture changes."""

    text: Difference
    restated: Mapping[Fact, Restated]


@dataclass(frozen=True, slots=True)
class Revising:
    """A newer capture of an article that is there."""

    root: Path
    library: Library
    article: Article
    found: Taken
    draft: Draft
    """What the newer capture would be as a new article."""
    tool: str | None

    def take(self, name: str, *, asks: bool, revises: bool, dry_run: bool) -> bool:
        """Show the difference and, where that is wanted, take the capture; whether nothing is left to be done."""
        if self._is_known():
            click.echo(f"{self.article.path}: nothing is new, {name} is a capture of it that is in its record")
            return True
        if self._is_older():
            step = "only a newer capture takes the place of one"
            declined(f"{name}: it was made before the capture of {self.article.retrieved} that is in use", step)
            return False
        extract = extract_of(self.found.capture, self.library.outlets.get(self.article.outlet))
        earlier = self._earlier()
        old, new = self._older_prose(earlier), full_prose(extract.markdown)
        change = _Change(difference(old.text, new.text), self._restated(earlier, extract))
        moves = list(self._moves(old, new))
        click.echo("\n".join(_report(self.article, change, moves)))
        if dry_run:
            return True
        if not revises and not (asks and click.confirm(f"Take it as the newer capture of {self.article.id}?")):
            declined(f"{name}: not taken, nothing was written", "take it with --revise, or choose another --id")
            return False
        files = self._files(extract, change, moves)
        write_together(self.root, files, self.library.files, [folder_of(self.article)])
        click.echo(f"{self.article.path}: taken, {len(files) - 2} annotations rewritten")
        return True

    def _is_known(self) -> bool:
        return self.draft.digest in (self.article.digest, *(each.digest for each in self.article.revisions))

    def _is_older(self) -> bool:
        """Whether the days that are known say so."""
        return bool(self.draft.retrieved and self.article.retrieved and self.draft.retrieved < self.article.retrieved)

    def _earlier(self) -> _Earlier | None:
        """The capture so far, read again; None where it is not at hand and the article has its whole text."""
        try:
            capture = capture_of(self.root, self.article)
        except NoCapture:
            if self.article.display is not Display.FULL:
                raise
            return None
        return _Earlier(capture.name, extract_of(capture, self.library.outlets.get(self.article.outlet)))

    def _older_prose(self, earlier: _Earlier | None) -> Prose:
        """The whole text so far: of the article where it shows it, else of its capture."""
        if earlier is None or self.article.display is Display.FULL:
            return full_prose(self.article.body)
        return full_prose(earlier.extract.markdown)

    def _restated(self, earlier: _Earlier | None, extract: Extract) -> Mapping[Fact, Restated]:
        """What the newer capture says otherwise of the article; without the earlier one, otherwise than the record."""
        old = facts_of(earlier.extract) if earlier else recorded_facts(self.article)
        kinds = {Path(name).suffix for name in (earlier.name if earlier else "", self.found.capture.name)}
        return restated(old, facts_of(extract), are_alike=len(kinds) == 1)

    def _moves(self, old: Prose, new: Prose) -> Iterator[tuple[Move, bool]]:
        """What becomes of each annotation that the change touches, and whether its words changed."""
        for annotation in annotations_of(self.article, self.library):
            if annotation.target is not None:
                move = _move(annotation, annotation.target, old, new, self.article.language)
                if move is not None:
                    stood = isinstance(find(annotation.target, old), Anchor)
                    yield move, stood and (move.selector is None or move.selector.exact != annotation.target.exact)

    def _files(self, extract: Extract, change: _Change, moves: list[tuple[Move, bool]]) -> dict[str, bytes]:
        """Everything that is written, the article last."""
        library, article = self.library, self.article
        targets = {move.annotation.key: move.selector for move, _ in moves if move.selector}
        held = {each.key: each for each in annotations_of(article, library)}
        files = {f"{CAPTURES}/{kept_as(self.found.capture)}": self.found.capture.data}
        files |= {held[key].path: retargeted(library, held[key], targets[key]) for key in targets}
        now = [each.model_copy(update={"target": targets.get(key, each.target)}) for key, each in held.items()]
        body = derive(extract.markdown, article.display, now).body
        revision = _revision(article, change, [move.annotation for move, is_touched in moves if is_touched])
        data = rewritten(library.files[article.path], article.path, article.display, body, extract.words)
        return {**files, article.path: self._recorded(data, revision, _taken_over(article, change.restated))}

    def _recorded(self, data: bytes, revision: Revision | None, facts: Mapping[str, str | Sequence[str]]) -> bytes:
        """The article's file with the newer capture in its fields, and the one so far among the revisions."""
        fields: dict[str, str | Sequence[str] | None] = {
            **facts,
            "digest": self.draft.digest,
            "retrieved": self.draft.retrieved,
            "source": self.found.source,
            "tool": self.tool,
        }
        path = self.article.path

        def change(text: str) -> str:
            document = parse_document(text, path)
            head = document.head
            for key, value in fields.items():
                head = set_value(head, [key], value) if value else drop_key(head, [key])
            for key in facts:
                if key in self.article.inferred:
                    head = drop_key(head, ["inferred"] if len(self.article.inferred) == 1 else ["inferred", key])
            if revision is not None:
                head = append_item(head, "revisions", revision.model_dump(mode="json"))
            return document._replace(head=head).dump()

        try:
            new = changed(data, change)
        except ValueError as fault:
            raise OSError(0, f"its record cannot be rewritten ({fault}): edit it by hand", path) from None
        head = parse_document(new.decode("utf-8-sig").replace("\r\n", "\n"), path).head
        read = parse_record(Article, self.article.id, parse_yaml(head, path))
        if read.revisions != (*self.article.revisions, *([revision] if revision else ())):
            raise OSError(0, "its record cannot be rewritten without changing more: edit it by hand", path)
        return new


def known_article(draft: Draft, id: str | None, library: Library) -> Article | None:
    """The article of which the draft is a capture: the one that was named, else the one of its digest or address.

    An id that was only made from a title proves nothing: two articles may have the same headline.
    """
    if id is not None:
        return library.articles.get(id)
    held = library.articles.values()
    same = (each for each in held if draft.digest in (each.digest, *(before.digest for before in each.revisions)))
    return next(same, None) or next((each for each in held if each.url and each.url == draft.url), None)


def _move(annotation: Annotation, target: Selector, old: Prose, new: Prose, language: str) -> Move | None:
    """What becomes of an annotation; None where it stands as it did."""
    anchor, here = find(target, old), find(target, new)
    if isinstance(anchor, Miss):
        reason = "it did not stand in the earlier text either"
        return (
            None if isinstance(here, Anchor) else Move(annotation, lost=NotFollowed(reason, target.exact, "(unknown)"))
        )
    followed = follow(old, new, anchor, language)
    if isinstance(followed, NotFollowed):
        return Move(annotation, lost=followed)
    if followed.anchor == here and not followed.reworded:
        return None
    selector = selector_of(target, followed.anchor, new)
    if selector is None:
        passage = new.text[followed.anchor.start : followed.anchor.end]
        return Move(annotation, lost=NotFollowed("nothing tells it from a passage like it", target.exact, passage))
    return None if selector == target else Move(annotation, selector)


def _taken_over(article: Article, facts: Mapping[Fact, Restated]) -> dict[str, str | Sequence[str]]:
    """What of the restated facts the record takes over: where it says what the earlier capture did, and no person else.

    A byline that went out stays in the record, which says who signed; that it went out is among the revisions.
    """
    so_far = recorded_facts(article)
    taken = {fact: each.new for fact, each in facts.items() if each.new and so_far.get(fact) == each.old}
    return {
        fact.value: [name.strip() for name in value.split(";")] if fact is Fact.AUTHORS else value
        for fact, value in taken.items()
    }


def _revision(article: Article, change: _Change, touched: list[Annotation]) -> Revision | None:
    """The capture so far; None where the record has none."""
    if article.digest is None:
        return None
    return Revision(
        digest=article.digest,
        retrieved=article.retrieved,
        source=article.source,
        words_out=change.text.words_out,
        words_in=change.text.words_in,
        notes=tuple(each.key.partition("/")[2] for each in touched),
        restated=dict(change.restated),
    )


def _report(article: Article, change: _Change, moves: list[tuple[Move, bool]]) -> Iterator[str]:
    differs = change.text
    yield f"{article.path}: {differs.words_out:,} words out, {differs.words_in:,} words in"
    for fact, each in change.restated.items():
        yield from ("", f"  {fact}", *_both(each.old or "(not given)", each.new or "(not given)"))
    for place in differs.changes[:CHANGES]:
        yield from ("", *_both(place.old, place.new))
    if len(differs.changes) > CHANGES:
        yield f"\n  and {len(differs.changes) - CHANGES:,} more changes"
    yield ""
    yield from (told(move) for move, _ in moves)


def _both(old: str, new: str) -> tuple[str, str]:
    return f"  old      {cut_short(old, SHOWN)}", f"  new      {cut_short(new, SHOWN)}"

"""Compares an archive before and after a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from archive_builder.anchoring import Anchor, widened
from archive_builder.archive import Archive, assemble
from archive_builder.model import Annotation, Claim
from archive_builder.problems import Problem
from archive_builder.projection import BARRIER, ELISION
from archive_builder.reading import read_files
from archive_builder.repinning import NotFollowed, follow
from archive_builder.standing import in_words, read_value

__all__ = ["Change", "ClaimChange", "Review", "Shown", "compare"]

# How much of an article is shown on either side of a passage, in code points.
AROUND = 240
# Above so many lines between the first and the last change, all of them count as changed.
LINES = 4_000


@dataclass(frozen=True, slots=True)
class Shown:
    """An annotation in its passage."""

    annotation: Annotation
    before: str
    """What stands before the passage; all three are the prose a reader sees."""
    passage: str
    after: str
    is_anchored: bool
    """Whether the passage stands in the article; else it is shown as the annotation has it."""
    claim: Claim | None
    status: str | None
    """Where the claim stands."""
    value: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one annotation."""

    path: str
    kind: str
    """new, changed, removed, or: the text changed under it."""
    article: str
    """The article's title."""
    old: Shown | None
    new: Shown | None
    now: str = ""
    """What stands in the article where the passage was, where the text changed under the note."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that stands otherwise than before."""

    claim: Claim
    old: str | None
    """Its derived status; None where the claim is new."""
    new: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """All that a change does."""

    changes: tuple[Change, ...]
    claims: tuple[ClaimChange, ...]
    problems: tuple[Problem, ...]
    """Those on lines that the change touches first, then those in files it touches, then the others."""
    touching: int
    """How many of the problems are in files that the change touches."""
    files: int
    """How many files the change touches."""


def compare(old: Mapping[str, bytes], new: Mapping[str, bytes], problems: Sequence[Problem] = ()) -> Review:
    """What changes between two sets of files; ``problems`` of reading the new ones come on top of their own."""
    before, after = assemble(read_files(old)), assemble(read_files(new))
    touched = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    lines = {path: _changed_lines(old.get(path, b""), new[path]) for path in touched if path in new}
    told = sorted((*problems, *after.problems), key=lambda each: _rank(each, lines))
    return Review(
        tuple(_changes(_Side(old, before), _Side(new, after), touched)),
        tuple(_claims(before, after)),
        tuple(told),
        sum(each.place.path in lines for each in told),
        len(touched),
    )


class _Side:
    """An archive with every annotation written in it, anchored or not."""

    def __init__(self, files: Mapping[str, bytes], archive: Archive) -> None:
        self.archive = archive
        self.written = read_files(files).annotations

    def shown(self, key: str) -> Shown | None:
        annotation = self.written.get(key)
        if annotation is None:
            return None
        archive, anchor = self.archive, self.archive.anchors.get(key)
        claim = archive.claims.get(annotation.claim or "")
        parts = self._parts(annotation, anchor)
        is_there = key in archive.annotations
        status = archive.standings[claim.id].status if claim else None
        article = archive.articles.get(annotation.article)
        value = _value(annotation, claim) if is_there else annotation.value
        return Shown(
            annotation, *parts, anchor is not None, claim, status, value, article.language if article else "en"
        )

    def _parts(self, annotation: Annotation, anchor: Anchor | None) -> tuple[str, str, str]:
        if anchor is None:
            return "", annotation.target.exact if annotation.target else "", ""
        text = self.archive.proses[annotation.article].text
        around = widened(text, Anchor(max(anchor.start - AROUND, 0), min(anchor.end + AROUND, len(text))))
        before, after = text[around.start : anchor.start], text[anchor.end : around.end]
        before = ("… " if around.start else "") + before
        after += " …" if around.end < len(text) else ""
        return tuple(part.replace(BARRIER, f" {ELISION} ") for part in (before, text[anchor.start : anchor.end], after))  # type: ignore[return-value]


def _changes(old: _Side, new: _Side, touched: set[str]) -> Iterator[Change]:
    for key in sorted({*old.written, *new.written}):
        held = new.written.get(key) or old.written[key]
        title = _title(held, new.archive) or _title(held, old.archive) or held.article
        if held.path in touched or (old.written.get(key) and old.written[key].path in touched):
            before, after = old.shown(key), new.shown(key)
            kind = "new" if before is None else "removed" if after is None else "changed"
            yield Change(held.path, kind, title, before, after)
        elif key in old.archive.anchors and key not in new.archive.anchors:
            yield _lost(key, old, new, title)
        elif key in old.archive.anchors and _passage(key, old.archive) != _passage(key, new.archive):
            yield Change(held.path, "anchored elsewhere", title, old.shown(key), new.shown(key))


def _lost(key: str, old: _Side, new: _Side, title: str) -> Change:
    """An annotation whose file nobody touched, and whose passage went."""
    held = new.written[key]
    prose = new.archive.proses.get(held.article)
    if prose is None:
        return Change(held.path, "the text changed under it", title, old.shown(key), new.shown(key))
    article = new.archive.articles[held.article]
    found = follow(old.archive.proses[held.article], prose, old.archive.anchors[key], article.language)
    if isinstance(found, NotFollowed):
        now, why = found.new, found.reason
    else:
        now, why = prose.text[found.anchor.start : found.anchor.end], "archive-builder repin --write follows it"
    return Change(held.path, "the text changed under it", title, old.shown(key), new.shown(key), now, why)


def _passage(key: str, archive: Archive) -> str:
    """The passage as it is compared: the quotation itself may be written otherwise."""
    anchor = archive.anchors[key]
    return archive.proses[key.partition("/")[0]].text[anchor.start : anchor.end]


def _claims(before: Archive, after: Archive) -> Iterator[ClaimChange]:
    for id in sorted({*before.standings, *after.standings}):
        old, new = before.standings.get(id), after.standings.get(id)
        was, now = old.derived if old else None, new.derived if new else None
        held = new or old
        if held is not None and was != now:
            yield ClaimChange(held.claim, was, now, new.reason if new else "")


def _title(annotation: Annotation, archive: Archive) -> str | None:
    article = archive.articles.get(annotation.article)
    return article.title if article else None


def _value(annotation: Annotation, claim: Claim | None) -> str | None:
    if annotation.value is None or claim is None:
        return annotation.value
    return in_words(read_value(annotation.value, claim.measure), claim.measure)


def _rank(problem: Problem, lines: Mapping[str, range | set[int]]) -> int:
    """0 on a line that was touched, 1 elsewhere in its file, 2 in another file."""
    place = problem.place
    if place.path not in lines:
        return 2
    return 0 if (place.line or 1) in lines[place.path] else 1


def _changed_lines(old: bytes, new: bytes) -> set[int]:
    """The numbers of the new lines that are not the old ones."""
    before, after = old.splitlines(), new.splitlines()
    head = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    most = min(len(before), len(after)) - head
    tail = next((n for n in range(most) if before[-n - 1] != after[-n - 1]), most)
    left, right = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(left) > LINES or len(right) > LINES:
        return set(range(head + 1, head + len(right) + 1))
    edits = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    # Where lines only went, the one that now stands there is touched.
    return {head + n + 1 for tag, _, _, low, high in edits if tag != "equal" for n in range(low, max(high, low + 1))}

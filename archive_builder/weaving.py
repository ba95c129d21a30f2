"""Weaves marks into Markdown without altering a word of it, and takes them out again.

A mark is inline HTML that every renderer of Markdown passes through. It only ever encloses stretches free of markup, so
a passage that runs across emphasis, links or paragraphs becomes several elements with one name; overlapping marks are
closed and opened again so that the elements always nest.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import NamedTuple

from archive_builder.anchoring import Anchor
from archive_builder.plain import blocks
from archive_builder.projection import BARRIER, RENDERER, PieceKind, Prose

__all__ = ["Mark", "Woven", "render", "unweave", "weave"]

WOVEN = re.compile(
    r'<mark class="ab-mark[^<>]*+>|</mark>|<a class="ab-ref"[^<>]*+>[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>'
    r'|<i class="ab-elision">(\[…\])</i>'
)
ID = re.compile(r' id="[^"]*"')
CODE = r"`(?:[^`\n]|\n(?!\n))*+`"
LETTER = rf"[^\[\]`\n\\]|\\.|\n(?!\n)|(?!{CODE})`"
IN_LINK = rf"{LETTER}|{CODE}|\[(?:{LETTER})*\]"
ADDRESS = r"\((?:[^()\n]|\([^()\n]*\))*\)|\s?\[[^\[\]\n]*\](?![(\[])"
REST_OF_LINK = re.compile(rf"(?:(?:{IN_LINK})*\]){{1,3}}(?:{ADDRESS})")
STANDS_FOR_WRITTEN = BARRIER  # no canonical text has it
PARAGRAPHS = re.compile(r"\n(?:[ ]*\n)+[ ]*")
ELISION_OPEN, ELISION_CLOSE = '<i class="ab-elision">', "</i>"


Insert = tuple[int, str]


class Mark(NamedTuple):
    """One passage to mark."""

    name: str
    """Its name in the page: the annotation's id."""
    anchor: Anchor
    label: str
    """What the reference after the passage reads: the note's number."""
    status: str
    """The standing of its claim, or the kind of the annotation where it has none; styles hang on it."""

    def opening(self, *, first: bool) -> str:
        id = f' id="mark-{self.name}"' if first else ""
        return f'<mark class="ab-mark ab-{self.status}"{id} data-note="{self.name}">'

    def reference(self) -> str:
        label = escape(self.label)
        return f'<a class="ab-ref" id="ref-{self.name}" href="#note-{self.name}"><sup>{label}</sup></a>'


class Woven(NamedTuple):
    """A text with the passages to mark in it; worked out when it is asked for."""

    prose: Prose
    marks: tuple[Mark, ...]

    @property
    def markdown(self) -> str:
        return weave(self.prose, self.marks)

    @property
    def html(self) -> str:
        return render(self.prose, self.marks)


class _Thread(NamedTuple):
    """One element to insert."""

    start: int
    end: int
    opening: str
    closing: str


def weave(prose: Prose, marks: Iterable[Mark]) -> str:
    """The Markdown of ``prose`` with every mark woven in, whatever their order, and its elisions set apart."""
    return _with(prose.source, _inserts(*_threads(prose, marks)))


def _threads(prose: Prose, marks: Iterable[Mark]) -> tuple[list[_Thread], dict[int, list[str]]]:
    """The elements to insert, and the references by the place they follow."""
    threads: list[_Thread] = []
    references: dict[int, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.anchor.start, -mark.anchor.end, mark.name)):
        spans = prose.source_spans(mark.anchor.start, mark.anchor.end)
        threads += (_Thread(*span, mark.opening(first=span is spans[0]), "</mark>") for span in spans)
        if spans:
            references.setdefault(_outside_link(prose.source, spans[-1][1]), []).append(mark.reference())
    threads.sort(key=lambda thread: (thread.start, -thread.end))
    threads += (_Thread(*span, ELISION_OPEN, ELISION_CLOSE) for span in _elisions(prose))
    return threads, references


def render(prose: Prose, marks: Iterable[Mark]) -> str:
    """The HTML of the woven text.

    The text was rendered when it was projected. Marks whose ends touch words are put into that; where one does not, as
    beside emphasis or a link, the woven text is rendered.
    """
    inserts = list(_inserts(*_threads(prose, marks)))
    return _filled(prose, inserts) or _rendered(prose, inserts)


def _filled(prose: Prose, inserts: Sequence[Insert]) -> str | None:
    """The HTML of the projected text with the inserts that stand in a word or touch one; None if any does not."""
    source, places = prose.source, [at for at, _ in inserts]
    left = len(inserts)

    def word(start: int, end: int) -> str:
        nonlocal left
        held = inserts[bisect_left(places, start) : bisect_right(places, end)]
        left -= len(held)
        return _paragraphs(_shown(source, start, end, held))

    html = prose.dyed.filled(word) if prose.dyed else "\n".join(f"<p>{word(*span)}</p>" for span in blocks(source))
    return None if left else html


def _rendered(prose: Prose, inserts: Sequence[Insert]) -> str:
    """The HTML of the woven text; what is shown as written is put in when the rest is rendered."""
    source, places = prose.source, [at for at, _ in inserts]
    parts: list[str] = []
    shown: list[str] = []
    position = after = 0
    for start, end in prose.written:
        first, behind = bisect_left(places, start), bisect_right(places, end)
        parts += _with(source[position:start], inserts[after:first], position), STANDS_FOR_WRITTEN
        shown.append(_paragraphs(_shown(source, start, end, inserts[first:behind])))
        position, after = end, behind
    parts.append(_with(source[position:], inserts[after:], position))
    html = RENDERER.convert("".join(parts)).split(STANDS_FOR_WRITTEN)
    return "".join(part for pair in zip_longest(html, shown, fillvalue="") for part in pair)


def unweave(woven: str) -> str:
    """The Markdown that ``woven`` was woven from."""
    return WOVEN.sub(lambda mark: mark[1] or "", woven)


def _outside_link(source: str, position: int) -> int:
    """``position``, or the end of the link whose text it is in: a reference is itself a link."""
    blank = source.find("\n\n", position)
    if source.find("]", position, blank if blank >= 0 else len(source)) < 0:
        return position
    link = REST_OF_LINK.match(source, position)
    return link.end() if link else position


def _elisions(prose: Prose) -> Iterator[tuple[int, int]]:
    if BARRIER not in prose.text:
        return
    for piece in prose.pieces:
        if piece.kind is PieceKind.CODE and prose.text[piece.start : piece.end] == BARRIER:
            yield piece.source_start, piece.source_end


def _inserts(threads: Sequence[_Thread], references: Mapping[int, Sequence[str]]) -> Iterator[Insert]:
    """What is inserted at each place: elements closed, and opened again where they would not nest; references."""
    starting: dict[int, list[_Thread]] = {}
    ending: dict[int, list[_Thread]] = {}
    for thread in threads:
        starting.setdefault(thread.start, []).append(thread)
        ending.setdefault(thread.end, []).append(thread)
    open_: list[_Thread] = []
    for edge in sorted({*starting, *ending, *references}):
        closed = _close(ending[edge], open_) if edge in ending else ()
        opened = starting.get(edge, ())
        yield edge, "".join((*closed, *references.get(edge, ()), *(thread.opening for thread in opened)))
        open_ += opened


def _with(text: str, inserts: Iterable[Insert], start: int = 0) -> str:
    """The text, which begins at ``start``, with the inserts in their places."""
    parts: list[str] = []
    position = 0
    for at, insert in inserts:
        parts += text[position : at - start], insert
        position = at - start
    return "".join([*parts, text[position:]])


def _shown(source: str, start: int, end: int, inserts: Iterable[Insert]) -> str:
    """What stands there as it is written, with the inserts in their places."""
    parts: list[str] = []
    for at, insert in inserts:
        parts += escape(source[start:at], quote=False), insert
        start = at
    return "".join([*parts, escape(source[start:end], quote=False)])


def _paragraphs(text: str) -> str:
    return (PARAGRAPHS.sub("</p>\n<p>", text) if "\n" in text else text).lstrip()


def _close(ending: Sequence[_Thread], open_: list[_Thread]) -> Iterator[str]:
    """Close what ends, with everything opened inside it; open again what goes on, without its id."""
    depth = min(index for index, thread in enumerate(open_) if thread in ending)
    going_on = [thread for thread in open_[depth:] if thread not in ending]
    yield from (thread.closing for thread in reversed(open_[depth:]))
    yield from (ID.sub("", thread.opening) for thread in going_on)
    open_[depth:] = going_on

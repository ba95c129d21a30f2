"""Weaves marks into Markdown without altering a word of it, and takes them out again.

A mark is inline HTML that every renderer of Markdown passes through. It only ever encloses stretches free of markup, so
a passage that runs across emphasis, links or paragraphs becomes several elements with one name; overlapping marks are
closed and opened again so that the elements always nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from archive_builder.anchoring import Anchor
from archive_builder.plain import Span, blocks, is_plain
from archive_builder.projection import BARRIER, PieceKind, Prose
from archive_builder.rendering import Renderer

__all__ = ["Mark", "Rendered", "render_woven", "unweave", "weave"]

WOVEN = re.compile(
    r'<mark class="ab-mark[^>]*>|</mark>|<a class="ab-ref"[^>]*>.*?</a>|<i class="ab-elision">(\[…\])</i>'
)
ID = re.compile(r' id="[^"]*"')
LETTER = r"[^\[\]`\n\\]|\\.|\n(?!\n)|`(?![^`\n]*`)"
IN_LINK = rf"{LETTER}|`[^`\n]*`|\[(?:{LETTER})*\]"
ADDRESS = r"\((?:[^()\n]|\([^()\n]*\))*\)|\s?\[[^\[\]\n]*\](?![(\[])"
REST_OF_LINK = re.compile(rf"(?:(?:{IN_LINK})*\]){{1,3}}(?:{ADDRESS})")
# Stands for a run of paragraphs that are their own rendering; a text that holds its signs is rendered as a whole.
STAND_IN = "\ue000{}\ue001"
STANDS_IN = re.compile("<p>\ue000([0-9]+)\ue001</p>")
PRIVATE = re.compile("[\ue000\ue001]")

ELISION_OPEN, ELISION_CLOSE = '<i class="ab-elision">', "</i>"


@dataclass(frozen=True, slots=True)
class Mark:
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


@dataclass(frozen=True, slots=True)
class _Thread:
    """One element to insert."""

    start: int
    end: int
    opening: str
    closing: str


def weave(prose: Prose, marks: Iterable[Mark]) -> str:
    """The Markdown of ``prose`` with every mark woven in, whatever their order, and its elisions set apart."""
    threads: list[_Thread] = []
    references: dict[int, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.anchor.start, -mark.anchor.end, mark.name)):
        spans = prose.source_spans(mark.anchor.start, mark.anchor.end)
        threads += (_Thread(*span, mark.opening(first=span is spans[0]), "</mark>") for span in spans)
        if spans:
            references.setdefault(_outside_link(prose.source, spans[-1][1]), []).append(mark.reference())
    threads.sort(key=lambda thread: (thread.start, -thread.end))
    threads += (_Thread(*span, ELISION_OPEN, ELISION_CLOSE) for span in _elisions(prose))
    return _insert(prose.source, threads, references)


class Rendered(NamedTuple):
    """The body of an article's page."""

    html: str
    headings: Sequence[Any]
    """The headings as Python-Markdown's table of contents tells them, where the renderer makes one."""


def render_woven(woven: str, renderer: Renderer) -> Rendered:
    """The HTML of a woven text. Paragraphs with no markup but marks are their own rendering, and are not rendered."""
    bare = unweave(woven)
    spans = blocks(woven)
    parts, runs = _with_stand_ins(woven, spans, is_plain(bare, blocks(bare)))
    if runs and not PRIVATE.search(woven):
        converter = renderer.ready(parts)
        html, *rest = STANDS_IN.split(converter.convert(parts))
        if rest[::2] == [str(number) for number in range(len(runs))]:
            filled = [part for run, after in zip(runs, rest[1::2], strict=True) for part in (run, after)]
            return Rendered("".join([html, *filled]), getattr(converter, "toc_tokens", ()))
    converter = renderer.ready(woven)
    return Rendered(converter.convert(woven), getattr(converter, "toc_tokens", ()))


def _with_stand_ins(woven: str, spans: Sequence[Span], plain: Sequence[bool]) -> tuple[str, list[str]]:
    """The text with each run of plain blocks replaced by a sign of its number, and the HTML of the runs."""
    parts: list[str] = []
    runs: list[str] = []
    for stands_alone, run in groupby(zip(plain, spans, strict=True), key=itemgetter(0)):
        texts = [woven[start:end] for _, (start, end) in run]
        if stands_alone and any(map(str.strip, texts)):
            parts.append(STAND_IN.format(len(runs)))
            runs.append("\n".join(f"<p>{text.lstrip().rstrip(chr(10))}</p>" for text in texts if text.strip()))
        else:
            parts += texts
    return "\n\n".join(parts), runs


def unweave(woven: str) -> str:
    """The Markdown that ``woven`` was woven from."""
    return WOVEN.sub(lambda mark: mark[1] or "", woven)


def _outside_link(source: str, position: int) -> int:
    """``position``, or the end of the link whose text it is in: a reference is itself a link."""
    link = REST_OF_LINK.match(source, position)
    return link.end() if link else position


def _elisions(prose: Prose) -> Iterator[tuple[int, int]]:
    for piece in prose.pieces:
        if piece.kind is PieceKind.CODE and prose.text[piece.start : piece.end] == BARRIER:
            yield piece.source_start, piece.source_end


def _insert(source: str, threads: Sequence[_Thread], references: Mapping[int, Sequence[str]]) -> str:
    """Insert the elements, closing and opening again those that would not nest, and after them the references."""
    starting: dict[int, list[_Thread]] = {}
    ending: dict[int, list[_Thread]] = {}
    for thread in threads:
        starting.setdefault(thread.start, []).append(thread)
        ending.setdefault(thread.end, []).append(thread)
    parts: list[str] = []
    open_: list[_Thread] = []
    position = 0
    for edge in sorted({*starting, *ending, *references}):
        parts.append(source[position:edge])
        position = edge
        if edge in ending:
            parts += _close(ending[edge], open_)
        parts += references.get(edge, ())
        for thread in starting.get(edge, ()):
            parts.append(thread.opening)
            open_.append(thread)
    return "".join([*parts, source[position:]])


def _close(ending: Sequence[_Thread], open_: list[_Thread]) -> Iterator[str]:
    """Close what ends, with everything opened inside it; open again what goes on, without its id."""
    depth = min(index for index, thread in enumerate(open_) if thread in ending)
    going_on = [thread for thread in open_[depth:] if thread not in ending]
    yield from (thread.closing for thread in reversed(open_[depth:]))
    yield from (ID.sub("", thread.opening) for thread in going_on)
    open_[depth:] = going_on

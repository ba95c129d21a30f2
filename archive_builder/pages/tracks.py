"""Draws rows of marks over one axis as inline SVG that is as wide as its page, while its words keep their size.

Widths are percentages and heights are pixels, rather than one scaled drawing, because words that shrink with a drawing
cannot be read on a phone. Words are broken and places kept free for the narrowest page we know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

from markupsafe import Markup

from archive_builder.pages.axes import Axis, Tick
from archive_builder.pages.marks import Mark, drawn, percent

__all__ = ["Lane", "Row", "clipped", "figure", "listed", "text_width"]

NARROWEST = 288
"""The width in pixels that every word must fit into: a page of 320 px without its margins."""
LETTER = 7.0
"""The width of a letter of 12 px, on average."""
LINE, LANE, ABOVE, HEADING = 17, 24, 15, 26
"""Heights in pixels: of a line of words, a track, words above a track, a heading."""
GAP, MARGIN, AXIS = 8, 4, 40
NAME_LINES = 2
SOURCE_LETTERS = 84
CLEARANCE = 12
FAINT = 'stroke="currentColor" stroke-opacity="0.15"'


class Lane(NamedTuple):
    """One track: a value, or what is said in its stead, and where it is read."""

    mark: Mark | None
    source: str
    """Through whom it comes, short."""
    told: str
    """The same in a whole clause, with the value."""
    note: str = ""
    """What stands on the track where there is no value."""


class Row(NamedTuple):
    """The tracks of one origin, under its name."""

    name: str
    lanes: tuple[Lane, ...]
    heading: str = ""
    """Begins a group of rows."""

    @property
    def told(self) -> str:
        return f"{self.name}: {'; '.join(lane.told for lane in self.lanes)}."


def figure(rows: Sequence[Row], axis: Axis, title: str, id: str) -> Markup:
    """The drawing; its description tells all it shows, row by row."""
    top = float(MARGIN)
    parts = []
    for row in rows:
        drawing, top = _row(row, axis, top)
        parts.append(drawing)
    height = int(top + AXIS)
    told = " ".join(row.told for row in rows)
    return Markup(
        f'<svg class="ab-plot" role="img" aria-labelledby="{id}-title" aria-describedby="{id}-desc" '
        f'xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}" style="height:{height}px" font-size="12">'
        f'<title id="{id}-title">{escape(title, quote=False)}</title>'
        f'<desc id="{id}-desc">{escape(told, quote=False)}</desc>'
        f"{_grid(axis, top)}{''.join(parts)}</svg>"
    )


def text_width(text: str) -> float:
    """About how wide the text is in letters of 12 px, in pixels."""
    if text.isascii():
        return LETTER * len(text)
    return LETTER * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def clipped(text: str, width: float = NARROWEST) -> str:
    """The text, cut with an ellipsis to fit."""
    if text_width(text) <= width:
        return text
    while text and text_width(text) > width - LETTER:
        text = text[:-1]
    # At a word's end, where that leaves more than half of it.
    whole = text.rpartition(" ")[0]
    return (whole if 2 * len(whole) > len(text) else text).rstrip(" ,;:") + "…"


def listed(names: Iterable[str], letters: int = SOURCE_LETTERS) -> str:
    """The names, as many as there is room for."""
    every = list(dict.fromkeys(names))
    for shown in range(len(every), 0, -1):
        more = f" and {len(every) - shown} more" if shown < len(every) else ""
        text = ", ".join(every[:shown]) + more
        if len(text) <= letters:
            return text
    return clipped(every[0], letters * LETTER) + (f" and {len(every) - 1} more" if len(every) > 1 else "")


def _row(row: Row, axis: Axis, top: float) -> tuple[str, float]:
    """The row's drawing, and where it ends."""
    parts = []
    if row.heading:
        top += HEADING
        parts.append(f'<text class="ab-heading" x="0" y="{top - 8:g}" font-weight="600">{_safe(row.heading)}</text>')
    beside = row.lanes[0].source if len(row.lanes) == 1 else ""
    if beside and text_width(f"{row.name}  {beside}") <= NARROWEST:
        parts.append(_words(row.name, top, f'<tspan class="ab-muted" font-weight="400" dx="8">{_safe(beside)}</tspan>'))
        top += LINE
    else:
        beside = ""
        for line in _broken(row.name):
            parts.append(_words(line, top))
            top += LINE
    for lane in row.lanes:
        for line in () if beside else _broken(lane.source):
            parts.append(f'<text class="ab-muted" x="0" y="{top + 12:g}">{_safe(line)}</text>')
            top += LINE
        drawing, top = _lane(lane, axis, top, row.name)
        parts.append(drawing)
    return "".join(parts), top + GAP


def _words(name: str, top: float, more: str = "") -> str:
    return f'<text x="0" y="{top + 12:g}" font-weight="600">{_safe(name)}{more}</text>'


def _broken(text: str) -> Iterator[str]:
    """The text in at most two lines, broken between words."""
    words = text.split()
    for index in range(NAME_LINES):
        line = words.pop(0) if words else ""
        while words and text_width(f"{line} {words[0]}") <= NARROWEST:
            line += f" {words.pop(0)}"
        last = index == NAME_LINES - 1
        if line:
            yield clipped(f"{line} {' '.join(words)}".strip() if last and words else line)


def _lane(lane: Lane, axis: Axis, top: float, name: str) -> tuple[str, float]:
    if lane.mark is None:
        text = f'<text class="ab-muted" x="{percent(axis.place(axis.low))}" y="{top + 15:g}" font-style="italic">'
        return f"{text}{_safe(lane.note)}</text>", top + LANE
    place, anchor, beside = _room(lane.mark, axis)
    top += 0 if beside else ABOVE
    middle = top + LANE / 2
    baseline = middle + 4 if beside else top
    track = f'<line class="ab-track" x1="0" y1="{middle:g}" x2="100%" y2="{middle:g}" {FAINT}/>'
    value = (
        f'<text class="ab-worth" x="{percent(place)}" y="{baseline:g}" '
        f'text-anchor="{anchor[0]}" dx="{anchor[1]}">{_safe(clipped(lane.mark.words))}</text>'
    )
    return track + drawn(lane.mark, axis, middle, f"{name}: {lane.told}") + value, top + LANE


def _room(mark: Mark, axis: Axis) -> tuple[float, tuple[str, int], bool]:
    """Where the value's words go: right of the mark, left of it, or above it (a bound's above its bound)."""
    low, high = mark.soft or (mark.low, mark.high)
    left = 0.0 if low is None else axis.place(low)
    right = 100.0 if high is None else axis.place(high)
    needed = (min(text_width(mark.words), NARROWEST) + CLEARANCE) * 100 / NARROWEST
    if 100 - right >= needed:
        return right, ("start", CLEARANCE - 2), True
    if left >= needed:
        return left, ("end", 2 - CLEARANCE), True
    if high is None:
        return min(left, 100 - needed), ("start", 0), False
    if low is None:
        return max(right, needed), ("end", 0), False
    return _kept_inside((left + right) / 2, needed)


def _kept_inside(place: float, needed: float) -> tuple[float, tuple[str, int], bool]:
    if place < needed / 2:
        return 0.0, ("start", 0), False
    if place > 100 - needed / 2:
        return 100.0, ("end", 0), False
    return place, ("middle", 0), False


def _grid(axis: Axis, bottom: float) -> str:
    lines = "".join(
        f'<line class="ab-grid" x1="{percent(axis.place(tick.at))}" y1="{MARGIN}" x2="{percent(axis.place(tick.at))}" '
        f'y2="{bottom + 4:g}" {FAINT}/>'
        for tick in axis.ticks
    )
    words = "".join(
        f'<text class="ab-muted" x="{percent(axis.place(tick.at))}" y="{bottom + 17:g}" '
        f'text-anchor="{anchor}">{_safe(tick.words)}</text>'
        for tick, anchor in _apart(axis)
    )
    title = f'<text class="ab-muted" x="100%" y="{bottom + 35:g}" text-anchor="end">{_safe(clipped(axis.title))}</text>'
    return lines + words + title


def _apart(axis: Axis) -> Iterator[tuple[Tick, str]]:
    """The ticks whose words do not run into the words before them, each with where its words are anchored."""
    end = -float(NARROWEST)
    for tick in axis.ticks:
        width = text_width(tick.words)
        middle = axis.place(tick.at) * NARROWEST / 100
        anchor = "start" if middle < width / 2 else "end" if NARROWEST - middle < width / 2 else "middle"
        start = middle - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        if start >= end + 4:
            yield tick, anchor
            end = start + width


def _safe(text: str) -> str:
    return escape(text, quote=False)

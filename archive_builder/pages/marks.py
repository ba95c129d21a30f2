"""Draws the signs by which a reader knows who speaks and how: by shape, the same in every figure and table.

They are pieces of SVG that name no colour: a style sheet may, and without one they are drawn in the colour of the text.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from archive_builder.pages.axes import Axis

__all__ = ["MEANINGS", "Mark", "Sign", "drawn", "percent", "sign"]

# Half the height of a soft bar and of a cap, in pixels.
SOFT = 7
CAP = 6
# Where an open bar ends, in percent of the width.
OPEN_LEFT, OPEN_RIGHT = 1.5, 98.5


class Sign(StrEnum):
    """What a sign stands for."""

    QUOTED = "quoted"
    OWN = "own"
    DENIES = "denies"
    DOUBTS = "doubts"
    SILENT = "silent"
    NOT_ANNOTATED = "not-annotated"
    EVENT = "event"
    PUBLISHED = "published"


MEANINGS = {
    Sign.QUOTED: "said by someone whom the article names",
    Sign.OWN: "said in the article’s own voice",
    Sign.DENIES: "denied",
    Sign.DOUBTS: "doubted",
    Sign.SILENT: "left out",
    Sign.NOT_ANNOTATED: "not annotated",
    Sign.EVENT: "as this archive dates it",
    Sign.PUBLISHED: "an article appeared",
}

SOLID = 'fill="currentColor" stroke="currentColor" stroke-width="1.6"'
HOLLOW = 'class="ab-hollow" fill="none" stroke="currentColor" stroke-width="1.8"'
SHAPES = {
    Sign.QUOTED: '<circle r="4.6" {style}/>',
    Sign.OWN: '<rect x="-4.4" y="-4.4" width="8.8" height="8.8" {style}/>',
    Sign.DENIES: '<path d="M-4.6-4.6 4.6 4.6M-4.6 4.6 4.6-4.6" fill="none" stroke="currentColor" stroke-width="2.6"/>',
    Sign.DOUBTS: f'<path d="M0-6.4 6.4 0 0 6.4-6.4 0z" {HOLLOW}/>',
    Sign.SILENT: '<circle r="4.6" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2 2.2"/>',
    Sign.NOT_ANNOTATED: '<circle r="1.3" fill="currentColor"/>',
    Sign.EVENT: '<path d="M0-6.2 5.8 4.4H-5.8z" {style}/>',
    Sign.PUBLISHED: '<path d="M0 6.2 5.8-4.4H-5.8z" {style}/>',
}
ARROW = '<path d="M{back}-5 0 0 {back} 5" fill="none" stroke="currentColor" stroke-width="2"/>'


class Mark(NamedTuple):
    """One value on an axis."""

    sign: Sign
    words: str
    """The value in words."""
    low: float | None
    """The least it may be; None where nothing bounds it below."""
    high: float | None
    """The most it may be; None where nothing bounds it above."""
    soft: tuple[float, float] | None = None
    """How far it reaches where it is said to be about so much."""
    hollow: bool = False
    """Whether its sign is drawn empty: it is approximate, uncertain, or leaves its own bound out."""

    @property
    def is_point(self) -> bool:
        return self.low == self.high


@cache
def sign(kind: Sign, *, hollow: bool = False) -> Markup:
    """A sign by itself, as high as the words beside it; its meaning has to stand there in words."""
    shape = SHAPES[kind].format(style=HOLLOW if hollow else SOLID)
    return Markup(
        f'<svg class="ab-sign ab-sign-{kind}" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true" '
        f'focusable="false">{shape}</svg>'
    )


def percent(number: float) -> str:
    """A place on the width of a figure."""
    return f"{round(number, 2):g}%"


def drawn(mark: Mark, axis: Axis, y: float, told: str = "") -> str:
    """The mark on its axis at the height ``y``, in pixels; ``told`` is what a pointer that rests on it reads."""
    left = OPEN_LEFT if mark.low is None else axis.place(mark.low)
    right = OPEN_RIGHT if mark.high is None else axis.place(mark.high)
    title = f"<title>{escape(told, quote=False)}</title>" if told else ""
    parts = (_soft(mark, axis, y), _bar(mark, left, right, y), _ends(mark, left, right, y))
    return f'<g class="ab-mark-{mark.sign}">{title}{"".join(parts)}</g>'


def _soft(mark: Mark, axis: Axis, y: float) -> str:
    if mark.soft is None:
        return ""
    left, right = (axis.place(value) for value in mark.soft)
    return (
        f'<rect x="{percent(left)}" y="{y - SOFT:g}" width="{percent(right - left)}" height="{2 * SOFT}" rx="3" '
        f'fill="currentColor" fill-opacity="0.18"/>'
    )


def _bar(mark: Mark, left: float, right: float, y: float) -> str:
    if mark.is_point:
        return ""
    dashes = ' stroke-dasharray="5 3"' if mark.sign in (Sign.DENIES, Sign.DOUBTS) else ""
    return (
        f'<line x1="{percent(left)}" y1="{y:g}" x2="{percent(right)}" y2="{y:g}" '
        f'stroke="currentColor" stroke-width="2.4"{dashes}/>'
    )


def _ends(mark: Mark, left: float, right: float, y: float) -> str:
    shape = SHAPES[mark.sign].format(style=HOLLOW if mark.hollow else SOLID)
    if mark.is_point:
        return _at(left, y, shape)
    if mark.low is None:
        return _at(left, y, ARROW.format(back=8)) + _at(right, y, shape)
    if mark.high is None:
        return _at(left, y, shape) + _at(right, y, ARROW.format(back=-8))
    if mark.sign is Sign.QUOTED:
        shape = f'<path d="M0-{CAP}V{CAP}" stroke="currentColor" stroke-width="2.4"/>'
    return _at(left, y, shape) + _at(right, y, shape)


def _at(place: float, y: float, shape: str) -> str:
    """A shape at a place of the width: a nested figure, as a transform knows no percentages."""
    return f'<svg x="{percent(place)}" y="{y:g}" overflow="visible">{shape}</svg>'

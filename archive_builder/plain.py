"""Tells the blocks of a Markdown text that are their own rendering, which most of a news report is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

__all__ = ["Span", "blocks", "joined", "runs"]

Span = tuple[int, int]

BLANK_LINES = re.compile(r"\n(?:[ ]*\n)+")
# A block with none of these, in it or at the beginning or the end of a line of it, is its own rendering. A pattern that
# begins with a class of characters, or with one, is looked for several times as fast as one that begins with a choice.
SPECIAL = re.compile(r"[\\`*_<&#>|~^\[](?:(?<!\[)|(?!…\](?![\[(:])))")
BREAK = "  \n"
SPECIAL_LINE = re.compile(r"[ ]{4}|[ ]{0,3}(?:[-+=:!?]|\d+[.)])")
# Definitions act at a distance, and fences run across blank lines: nothing of such a text stands for itself.
FAR_REACHING = re.compile(r"\n[ ]*(?:```|~~~|\[[^\]\n]*\]:)")


def blocks(source: str) -> list[Span]:
    """The blocks of ``source``: what blank lines part."""
    last = f"{source}\n".index("\n", len(source.rstrip(" \n")))
    blanks = [blank.span() for blank in BLANK_LINES.finditer(source, 0, last)]
    starts, ends = [0, *(end for _, end in blanks)], [*(start for start, _ in blanks), last]
    spans = zip(starts, ends, strict=True)
    return [(start, end) for start, end in spans if source[start:end].strip()]


def joined(source: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those with nothing but blank lines between them as one."""
    found: list[Span] = []
    for start, end in spans:
        if found and not source[found[-1][1] : start].strip():
            start = found.pop()[0]
        found.append((start, end))
    return found


def runs(source: str, written: Sequence[Span] = ()) -> tuple[list[Span], list[Span]]:
    """The runs of blocks that are their own rendering, and the runs with markup; the first hold the ``written`` ones.

    Those are shown as they are written, whatever they hold.
    """
    if FAR_REACHING.search(f"\n{source}"):
        written = joined(source, written)
        edges = [0, *(edge for span in written for edge in span), len(source)]
        return written, list(zip(edges[::2], edges[1::2], strict=True))
    found: tuple[list[Span], list[Span]] = ([], [])
    as_written = frozenset(written)
    for is_marked, run in groupby(
        blocks(source), key=lambda block: block not in as_written and _has_markup(source, *block)
    ):
        (first, last), *others = run
        found[is_marked].append((first, others[-1][1] if others else last))
    return found


def _has_markup(source: str, start: int, end: int) -> bool:
    if SPECIAL.search(source, start, end) or BREAK in source[start:end] or SPECIAL_LINE.match(source, start, end):
        return True
    line = source.find("\n", start, end)
    while line >= 0:
        if SPECIAL_LINE.match(source, line + 1, end):
            return True
        line = source.find("\n", line + 1, end)
    return False

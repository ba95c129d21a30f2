"""Tells the blocks of a Markdown text that are their own rendering, which most of a news report is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

__all__ = ["Span", "blocks", "is_plain", "runs"]

Span = tuple[int, int]

BLANK_LINES = re.compile(r"\n(?:[ ]*\n)+")
# A block with none of these, in it or at the beginning or the end of a line of it, is its own rendering.
SPECIAL = re.compile(r"[\\`*_<&#>|~^]|\[(?!…\](?![\[(:]))|[ ]{2}\n")
SPECIAL_LINE = re.compile(r"[ ]{4}|[ ]{0,3}(?:[-+=:!?]|\d+[.)])")
# Definitions act at a distance, and fences run across blank lines: nothing of such a text stands for itself.
FAR_REACHING = re.compile(r"^[ ]*(?:```|~~~|\[[^\]\n]*\]:)", re.MULTILINE)


def blocks(source: str) -> list[Span]:
    """The blocks of ``source``: what blank lines part."""
    blanks = [blank.span() for blank in BLANK_LINES.finditer(source)]
    starts, ends = [0, *(end for _, end in blanks)], [*(start for start, _ in blanks), len(source)]
    return list(zip(starts, ends, strict=True))


def is_plain(source: str, spans: Sequence[Span]) -> list[bool]:
    """Of each block whether it is its own rendering."""
    if FAR_REACHING.search(source):
        return [False] * len(spans)
    return [not _has_markup(source, *span) for span in spans]


def runs(source: str) -> tuple[list[Span], list[Span]]:
    """The runs of blocks that are their own rendering, and the runs with markup."""
    found: tuple[list[Span], list[Span]] = ([], [])
    spans = blocks(source)
    for plain, run in groupby(zip(is_plain(source, spans), spans, strict=True), key=lambda block: block[0]):
        (_, (first, last)), *others = run
        found[not plain].append((first, others[-1][1][1] if others else last))
    return found


def _has_markup(source: str, start: int, end: int) -> bool:
    if SPECIAL.search(source, start, end) or SPECIAL_LINE.match(source, start, end):
        return True
    line = source.find("\n", start, end)
    while line >= 0:
        if SPECIAL_LINE.match(source, line + 1, end):
            return True
        line = source.find("\n", line + 1, end)
    return False

"""Weighs the blocks of a Markdown text by what its renderer would do for them, and tells those that are too heavy.

Python-Markdown looks for the end of each bracket through the rest of its run, copies a run for each sign that it
replaces, and reads the rest of a block anew after each line that ends one. That is nothing in a text that somebody
wrote, and minutes in one that was made for it. We weigh rather than measure time, because the same text must give the
same page on every computer; and block by block, because no paragraph should change for what stands in another.

A weight is in steps of about a tenth of a microsecond, as counted on what each construct makes the renderer do.

What a text makes of little signs that cost little each, as a table of fifty thousand empty rows does, no block shows.
So signs are counted through the text as well, and what stands beyond more than any text has of them is told, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from archive_builder.plain import Span, blocks

__all__ = ["heavy", "is_heavy"]

STEPS = 50  # for each character of a block; of real texts a row of linked badges has seven, prose less than one
STEPS_IN_NAME = 2  # to look at one character for the end of a bracket, by each of the patterns that begin with one
STEPS_IN_ADDRESS = 6  # to look at one character for the end of a link's address
COPIED_IN_A_STEP = 256  # characters
PAIRED_IN_A_STEP = 4  # pipes with spans of code
SOUGHT_IN_A_STEP = 16  # characters, for the end of a fence

# How many signs a text may have, and how many more for each of its characters; the densest real text at hand
# has 0.14. A sign costs about 20 microseconds, a link or a fence as much as five, a note as two links.
SIGNS = 30_000
SHORT = 800  # code points; no text so short has as many signs, nor too many tags without end
SIGNS_FOR_A_CHARACTER = 0.2
FENCED = 5
COUNTED = {"\n": 1, "|": 1, "*": 1, "_": 1, "`": 1, "&": 1, "\\": 1, "<": 2, "[": 5, "[^": 12}
DEAREST = COUNTED["["] + COUNTED["[^"]
COUNTED_SIGN = re.compile(r"[*_`\n|&\\<\[](?:(?<=\*)\*++|(?<=_)_++|(?<=`)`++|(?<=\[)\^)?")

# Opens no block, and has nothing that weighs.
ONE_LINE = re.compile(r"[^\s\d>*+~`\[<|-][^\[<`|\n]*+\n?")
# Blocks within blocks within blocks: more than anyone writes, and than the renderer can follow.
DEEP = re.compile(r"\n(?:[ ]{4}|>[ ]?|[*+-][ ]|\d{1,9}\.[ ]+){50}")
# What is read as one run of inline Markdown at most: to an item of a list, a row of a table.
RUN_ENDS = re.compile(r"\n(?=[ ]*+(?:[*+-][ ]|\d++[.)][ ]|\|))")
UNENDED_TAG = re.compile(r"<[^<>]*+(?!>)")
SIGN = re.compile(r"[\\`*_<&!]|[ ]{2}\n")
BRACKET = re.compile(r"\\.|[\[\]()]", re.DOTALL)
CLOSES = {"[": "]", "(": ")"}
DEFINITION = r"\[[^\[\]\n]*+\]:[ ]*+[^\s][^\n]*+"
# A heading, definitions of links, an underline, a rule: the renderer reads the block anew below each.
UNTARGETED = r"\[[^\[\]\n]*+\]:[ ]*+$"  # its link would stand on the next line
ENDS_A_BLOCK = re.compile(
    rf"^[ >]*+(?:#|{UNTARGETED}|{DEFINITION}(?:\n[ >]*+{DEFINITION})*+|(?:[-=*_][ ]*+)++$)", re.MULTILINE
)
REFERENCE = re.compile(r"\[\^[^\]]{0,200}\]")
FENCE = re.compile(r"^(?P<sign>`{3,}+|~{3,}+)(?P<rest>[^\n]*+)$", re.MULTILINE)
OPENING = re.compile(r"[ ]*+\.?[\w#.+-]*+[ ]*+")
WITH_ATTRIBUTES = re.compile(r"[{]|hl_lines")


def heavy(source: str) -> list[Span]:
    """The blocks of ``source`` that weigh more than any text needs."""
    fenced, looked = _fences(source)
    far = Counter[int]()
    found = blocks(source)
    starts = [start for start, _ in found]
    for at, cost in (*looked, *_references(source), *_too_deep(source)):
        if not list(_within(at, at + 1, fenced)):
            far[bisect_right(starts, at) - 1] += cost
    spans = ((span, far[index]) for index, span in enumerate(found))
    weighing = [span for span, cost in spans if _is_heavy(source, span, cost, fenced)]
    if _most_signs(source) <= _room(source):
        return weighing
    return sorted([*weighing, *_beyond(source, found, frozenset(weighing), fenced)])


def _room(source: str) -> float:
    return SIGNS + SIGNS_FOR_A_CHARACTER * len(source)


def _most_signs(source: str) -> int:
    """What a text has of signs at most; nearly every text is done with at the first look."""
    most = len(source) + DEAREST * source.count("[") + source.count("<")
    return most if most <= SIGNS else sum(weight * source.count(sign) for sign, weight in COUNTED.items())


def _beyond(source: str, found: Sequence[Span], written: frozenset[Span], fenced: Sequence[Span]) -> Iterator[Span]:
    """The blocks that are left when those before them have as many signs as a text may have."""
    left = _room(source)
    for span in found:
        if span not in written:
            signs = sum(_signs(source, *part) for part in _outside(span, fenced))
            signs += FENCED * sum(1 for _ in _within(*span, fenced))
            if signs > left:
                yield span
            else:
                left -= signs


def _signs(source: str, start: int, end: int) -> int:
    """How many signs stand there, by what they cost; the blank line behind a block is counted with it."""
    return 2 + sum(COUNTED.get(sign[0], 1) for sign in COUNTED_SIGN.finditer(source, start, end))


def is_heavy(note: str) -> bool:
    """Whether any block of a note is, or its tags are, which the renderer looks for the ends of."""
    if len(note) < SHORT and _is_surely_light(note):
        return False
    unended = sum(1 for _ in UNENDED_TAG.finditer(note))
    return unended > STEPS * SOUGHT_IN_A_STEP or bool(heavy(note))


def _is_surely_light(note: str) -> bool:
    """Whether a short note is by the number of its signs; most notes are done with here."""
    if ONE_LINE.fullmatch(note):
        return True
    if any(sign in note for sign in ("```", "~~~", "[^")) or DEEP.search(f"\n{note}"):
        return False
    return _most_weight(note, 0, len(note)) < STEPS


def _most_weight(source: str, start: int, end: int) -> int:
    """What stands there cannot weigh more for each of its characters."""
    brackets, lines = source.count("[", start, end), source.count("\n", start, end)
    has_pairs = source.find("`", start, end) >= 0
    pairs = min(source.count("|", start, end), source.count("`", start, end)) if has_pairs else 0
    return (STEPS_IN_NAME + STEPS_IN_ADDRESS) * brackets + lines + pairs + (end - start) // COPIED_IN_A_STEP


def _is_heavy(source: str, span: Span, cost: int, fenced: Sequence[Span]) -> bool:
    start, end = span
    room = STEPS * (end - start) - cost
    if room < 0:
        return True
    if not cost and _most_weight(source, start, end) < STEPS:  # nearly every block is done with here
        return False
    return sum(_weights(source, span, fenced)) > room


def _weights(source: str, span: Span, fenced: Sequence[Span]) -> Iterator[int]:
    for start, end in _outside(span, fenced):
        for low, high in _runs(source, start, end):
            yield from _sought(source, low, high)
            yield sum(1 for _ in SIGN.finditer(source, low, high)) * (high - low) // COPIED_IN_A_STEP
            yield source.count("`", low, high) * source.count("|", low, high) // PAIRED_IN_A_STEP
        yield sum(end - line.start() for line in ENDS_A_BLOCK.finditer(source, start, end))


def _outside(span: Span, fenced: Sequence[Span]) -> Iterator[Span]:
    """The parts of the span that are not fenced: what is, the renderer takes out before it looks at blocks."""
    start, end = span
    for low, high in _within(start, end, fenced):
        yield start, max(low, start)
        start = high
    if start < end:
        yield start, end


def _within(start: int, end: int, fenced: Sequence[Span]) -> Iterator[Span]:
    """The fenced stretches that have something of ``start`` to ``end``."""
    first = bisect_right(fenced, start, key=lambda span: span[1])
    return takewhile(lambda span: span[0] < end, islice(fenced, first, None))


def _runs(source: str, start: int, end: int) -> Iterator[Span]:
    for gap in RUN_ENDS.finditer(source, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end


def _sought(source: str, start: int, end: int) -> Iterator[int]:
    """What it takes to find the end of each bracket in a run, and of each address behind one."""
    waiting: dict[str, list[int]] = {"]": [], ")": []}
    for sign in BRACKET.finditer(source, start, end):
        if closes := CLOSES.get(sign[0]):
            waiting[closes].append(sign.start())
        elif sign[0] in waiting and waiting[sign[0]]:
            opening = waiting[sign[0]].pop()
            yield _steps(source, opening) * (sign.start() - opening)
    yield from (_steps(source, opening) * (end - opening) for each in waiting.values() for opening in each)


def _steps(source: str, opening: int) -> int:
    """How many steps each character costs that stands behind an opening sign."""
    if source[opening] == "[":
        return STEPS_IN_NAME
    return STEPS_IN_ADDRESS if source.startswith("]", opening - 1) else 0


def _fences(source: str) -> tuple[list[Span], list[tuple[int, int]]]:
    """The stretches that are fenced code, and each line that only looks like the beginning of one, with its cost."""
    lines = list(FENCE.finditer(source)) if "```" in source or "~~~" in source else []
    closing: dict[str, list[int]] = {}
    for line in lines:
        if not line["rest"].strip(" "):
            closing.setdefault(line["sign"], []).append(line.start())
    closed: list[Span] = []
    looked: list[tuple[int, int]] = []
    free = 0
    for line in (line for line in lines if line.start() >= free):
        ends = closing.get(line["sign"], [])
        after = bisect_right(ends, line.start())
        is_closed = after < len(ends)
        if is_closed and OPENING.fullmatch(line["rest"]):
            free = ends[after] + len(line["sign"])
            closed.append((line.start(), free))
        elif OPENING.fullmatch(line["rest"]) or WITH_ATTRIBUTES.search(line["rest"]):
            looked.append((line.start(), (len(source) - line.start()) // SOUGHT_IN_A_STEP))
        looked.append((line.start(), line["rest"].count(" ") ** 2 // SOUGHT_IN_A_STEP))
    return closed, looked


def _references(source: str) -> Iterator[tuple[int, int]]:
    """Each reference to a note with those to it before: Python-Markdown counts them all to name the next."""
    counts: Counter[str] = Counter()
    for reference in REFERENCE.finditer(source):
        yield reference.start(), counts[reference[0]]
        counts[reference[0]] += 1


def _too_deep(source: str) -> Iterator[tuple[int, int]]:
    return ((line.start(), STEPS * (len(source) + 1)) for line in DEEP.finditer(f"\n{source}"))

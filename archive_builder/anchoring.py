"""Finds the one passage a selector means, or says why there is none; and the inverse, describes a passage.

A quotation anchors only where it stands word for word in the normalised prose, exactly once. We never take the most
similar passage instead, because "15 militants" is very similar to "17 militants". Similarity only proposes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz

from archive_builder.model import QUOTE_LENGTH, Selector
from archive_builder.problems import Code
from archive_builder.projection import BARRIER, ELISION, Prose, normalise

__all__ = ["Anchor", "Miss", "NotDescribable", "describe", "find", "nearest", "widened"]

# Below this share of likeness (of 100) a candidate would mislead more than help.
LIKENESS = 65.0
# An ambiguous quotation is told with its first places only.
PLACES_TOLD = 20

UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
NUMBER_BEFORE = re.compile(r"\d[.,:/-]$|(?<!\d)\d{1,3} $")
NUMBER_AFTER = re.compile(r"[.,:/-]\d| \d{3}(?!\d)")
CONTRACTION = re.compile(r"(?<=\w)'t(?!\w)|(?<=\bn)'(?=\w)", re.IGNORECASE)
BLANK = re.compile(r" ")


class Anchor(NamedTuple):
    """Where a passage stands in an article's prose, in code points."""

    start: int
    end: int


class Miss(NamedTuple):
    """Why a selector anchors nowhere."""

    code: Code
    places: tuple[Anchor, ...] = ()
    """The passages that match too well (ambiguous, cut) or nearly (drifted)."""


class NotDescribable(ValueError):
    """No selector tells this passage from another: it repeats between two elisions, or crosses one."""


def find(selector: Selector, prose: Prose) -> Anchor | Miss:
    """The passage ``selector`` means in ``prose``: the only one, or a Miss."""
    exact = normalise(selector.exact)
    if BARRIER in prose.text and ELISION in exact:
        return Miss(Code.QUOTE_CROSSES_ELISION)
    whole, cut = _matches(exact, normalise(selector.prefix), normalise(selector.suffix), prose.text)
    if len(whole) == 1:
        return whole[0]
    if whole:
        return Miss(Code.QUOTE_AMBIGUOUS, tuple(whole))
    if cut:
        return Miss(Code.QUOTE_CUTS_A_WORD, tuple(cut))
    candidate = nearest(exact, prose)
    return Miss(Code.QUOTE_DRIFTED, (candidate,)) if candidate else Miss(Code.QUOTE_MISSING)


def describe(anchor: Anchor, prose: Prose) -> Selector:
    """The selector for a passage with the shortest prefix, in words, that makes it unique; if need be, a suffix."""
    exact = prose.text[anchor.start : anchor.end]
    if not exact or BARRIER in exact or exact != exact.strip() or _cuts(prose.text, anchor):
        raise NotDescribable("the passage is empty, cuts a word or crosses an elision")
    if len(exact) > QUOTE_LENGTH:
        raise NotDescribable(f"the passage has more than {QUOTE_LENGTH:,} characters")
    for prefix, suffix in _contexts(anchor, prose.text):
        if max(len(prefix), len(suffix)) > QUOTE_LENGTH:
            break
        selector = Selector(exact=exact, prefix=prefix, suffix=suffix)
        if find(selector, prose) == anchor:
            return selector
    raise NotDescribable("the passage repeats, and so does everything around it")


def nearest(quote: str, prose: Prose) -> Anchor | None:
    """The passage most like ``quote``, trimmed to whole words; None where nothing is much like it."""
    if not quote or not prose.text:
        return None
    likeness = fuzz.partial_ratio_alignment(quote, prose.text, score_cutoff=LIKENESS)
    if likeness is None:
        return None
    return widened(prose.text, Anchor(likeness.dest_start, likeness.dest_end))


def widened(text: str, anchor: Anchor) -> Anchor:
    """The anchor moved out, at each end, to where a word or a number is whole, without blanks at its ends."""
    start, end = anchor.start, anchor.end
    while start > 0 and _cuts_at(text, start):
        start -= 1
    while end < len(text) and _cuts_at(text, end):
        end += 1
    while start < end and text[start] in " " + BARRIER:
        start += 1
    while end > start and text[end - 1] in " " + BARRIER:
        end -= 1
    return Anchor(start, end)


def _matches(exact: str, prefix: str, suffix: str, text: str) -> tuple[list[Anchor], list[Anchor]]:
    """The places that match, as many as are told: whole ones, and those that cut something."""
    whole: list[Anchor] = []
    cut: list[Anchor] = []
    for anchor in (Anchor(start, start + len(exact)) for start in _occurrences(exact, text)):
        if _precedes(prefix, anchor.start, text) and _follows(suffix, anchor.end, text):
            (cut if _cuts(text, anchor) else whole).append(anchor)
            if len(whole) == PLACES_TOLD:
                break
    return whole, cut[:PLACES_TOLD]


def _occurrences(exact: str, text: str) -> Iterator[int]:
    start = text.find(exact) if exact else -1
    while start >= 0:
        yield start
        start = text.find(exact, start + 1)


def _precedes(prefix: str, start: int, text: str) -> bool:
    """Whether ``prefix`` stands just before ``start``, a blank between them or not."""
    end = start - 1 if start and text[start - 1] == " " else start
    return len(prefix) <= end and text.startswith(prefix, end - len(prefix))


def _follows(suffix: str, end: int, text: str) -> bool:
    return text.startswith(suffix, end + 1 if text.startswith(" ", end) else end)


def _cuts(text: str, anchor: Anchor) -> bool:
    return _cuts_at(text, anchor.start) or _cuts_at(text, anchor.end)


def _cuts_at(text: str, edge: int) -> bool:
    """Whether the edge before ``text[edge]`` parts what belongs together: a word, a number, a range, a contraction."""
    if not 0 < edge < len(text):
        return False
    left, right = text[edge - 1], text[edge]
    if unicodedata.combining(right) or unicodedata.category(right) == "Mc":
        return True
    if "_" in left + right and (left + right).replace("_", "a").isalnum():
        return True
    if left.isalnum() and right.isalnum():
        return left.isdigit() or right.isdigit() or not (UNSPACED.match(left) and UNSPACED.match(right))
    if right.isdigit():
        return NUMBER_BEFORE.search(text, max(edge - 5, 0), edge) is not None and _is_number_at(text, edge)
    if left.isdigit():
        return NUMBER_AFTER.match(text, edge) is not None
    return "'" in (left, right) and CONTRACTION.match(text, edge - (left == "'")) is not None


def _is_number_at(text: str, edge: int) -> bool:
    """After a blank, only three digits go on a number: 1 300 is one, 6 20 is two."""
    return text[edge - 1] != " " or re.match(r"\d{3}(?!\d)", text[edge : edge + 4]) is not None


def _contexts(anchor: Anchor, text: str) -> Iterator[tuple[str, str]]:
    """Ever longer prefixes, up to an elision; then the longest with ever longer suffixes."""
    yield "", ""
    first = text.rfind(BARRIER, 0, anchor.start) + 1
    start, prefix = anchor.start, ""
    while start > first:
        start = max(text.rfind(" ", first, max(start - 1, first)) + 1, first)
        prefix = text[start : anchor.start].strip()
        yield prefix, ""
    last = text.find(BARRIER, anchor.end)
    last = len(text) if last < 0 else last
    end = anchor.end
    while end < last:
        blank = text.find(" ", end + 1, last)
        end = blank if blank > 0 else last
        yield prefix, text[anchor.end : end].strip()

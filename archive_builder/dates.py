"""Reads the dates of an archive, uncertain ones included, and tells them in words.

The subset of EDTF (ISO 8601-2) that reporting needs: a year, a month or a day (``2018``, ``2018-08``, ``2018-08-31``),
each perhaps uncertain (``?``), approximate (``~``) or both (``%``); an interval (``2019-11-06/2019-11-11``, either end
open as ``..``); and one of a set (``[2019-11-06..2019-11-11]``), which is read as the interval it spans.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

__all__ = ["EdtfDate", "parse_date"]

POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
EXAMPLE = "a date is written 2018, 2018-08, 2018-08-31, 2018-08?, or 2019-11-06/2019-11-11"
# Not calendar.month_name, which follows the locale: the same input gives the same bytes.
MONTHS = ("", *"January February March April May June July August September October November December".split())


Point = tuple[date | None, date | None, str]
OPEN: Point = (None, None, "")


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date as written, with the days it may stand for."""

    text: str
    """As written."""
    earliest: date | None
    """The first day it may mean; None where the beginning is open."""
    latest: date | None
    """The last day it may mean; None where the end is open."""
    uncertain: bool
    """Whether the source is doubtful (``?`` or ``%``)."""
    approximate: bool
    """Whether it is about then (``~`` or ``%``)."""

    @property
    def is_day(self) -> bool:
        """Whether it means exactly one day, without doubt."""
        return self.earliest == self.latest is not None and not (self.uncertain or self.approximate)

    def meets(self, other: EdtfDate) -> bool:
        """Whether some day fits both."""
        return _before(self.earliest, other.latest) and _before(other.earliest, self.latest)

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Orders dates by their first day, then by their last; an open beginning comes first."""
        return (
            self.earliest.isoformat() if self.earliest else "",
            self.latest.isoformat() if self.latest else "9999",
            self.text,
        )

    def __str__(self) -> str:
        """In words, like ``probably August 2018`` or ``between 6 and 11 November 2019``."""
        start, slash, end = (
            self.text.strip("[]").replace("..", "/", 1 if self.text.startswith("[") else 0).partition("/")
        )
        if not slash:
            return _point_in_words(start)
        if start in ("", ".."):
            return f"by {_point_in_words(end)}"
        if end in ("", ".."):
            return f"since {_point_in_words(start)}"
        return f"between {_shared(start, end)} and {_point_in_words(end)}"


@lru_cache(maxsize=10_000)
def parse_date(text: str) -> EdtfDate:
    """Read ``text``; raise ValueError with a correct example where it is no date of the subset."""
    written = text.strip()
    inner = written[1:-1] if written.startswith("[") and written.endswith("]") else written
    separator = ".." if inner is not written else "/"
    start, parted, end = inner.partition(separator)
    if not parted:
        first, last, mark = _point(start)
        return EdtfDate(written, first, last, mark in ("?", "%"), mark in ("~", "%"))
    if start in ("", "..") and end in ("", ".."):
        raise ValueError(EXAMPLE)
    first, _, opening = OPEN if start in ("", "..") else _point(start)
    _, last, closing = OPEN if end in ("", "..") else _point(end)
    if not _before(first, last):
        raise ValueError(f"the interval {written} ends before it begins")
    marks = opening + closing
    return EdtfDate(written, first, last, "?" in marks or "%" in marks, "~" in marks or "%" in marks)


def _point(text: str) -> Point:
    match = POINT.fullmatch(text)
    if match is None:
        raise ValueError(EXAMPLE)
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    assert year is not None
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
        last_month = 12 if month is None else month
        last_day = calendar.monthrange(year, last_month)[1] if day is None else day
        return first, date(year, last_month, last_day), match[4]
    except ValueError:
        raise ValueError(f"there is no day {text} in the calendar") from None


def _before(first: date | None, second: date | None) -> bool:
    return first is None or second is None or first <= second


def _point_in_words(text: str) -> str:
    match = POINT.fullmatch(text)
    assert match is not None
    year, month, day, mark = match.groups()
    words = " ".join(filter(None, (day and str(int(day)), month and MONTHS[int(month)], year)))
    return {"?": "probably ", "~": "about ", "%": "probably about "}.get(mark, "") + words


def _shared(start: str, end: str) -> str:
    """The beginning of an interval in words, without the month and year it shares with the end."""
    words = _point_in_words(start)
    if start[:4] != end[:4]:
        return words
    if start[:7] == end[:7] and len(start) >= 10 and len(end) >= 10:
        return words.rsplit(" ", 2)[0]
    return words.rsplit(" ", 1)[0] if len(start) > 4 and len(end) > 4 else words

"""Reads the day from the many ways in which pages write dates for machines, and from addresses."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from archive_builder.ingest.datelines import read_date

__all__ = ["day_of", "day_of_address", "day_within"]

EARLIEST, LATEST = 1800, 2100
ISO = re.compile(r"(?:[A-Za-z]{3}, )?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
STAMP = re.compile(r"(1\d{9}|[2-9]\d{8})(?:\d{3})?$")
RFC = re.compile(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4}")
IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)")
TOGETHER = re.compile(r"[/-](20\d{2}|19\d{2})(\d{2})(\d{2})(?=[/_.-]|$)")
WITHIN = (
    re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"),
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def day_of(written: str) -> str | None:
    """The day that ``written`` gives, as it was where it was written; None where it gives none for certain."""
    text = " ".join(written.split())
    for form in (ISO, COMPACT):
        if match := form.match(text):
            return _day(*match.groups())
    if match := STAMP.match(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    if RFC.match(text):
        try:
            return parsedate_to_datetime(text).date().isoformat()
        except (ValueError, TypeError):
            return None
    found = read_date(text)
    return found if found and len(found) == len("2018-11-29") else None


def day_within(line: str) -> str | None:
    """The day that stands in a short line among other words, where it can be no other day."""
    days = {
        _day(*(match[each] for each in ("year", "month", "day"))) for form in WITHIN for match in form.finditer(line)
    }
    return next(iter(days)) if len(days) == 1 else None


def day_of_address(address: str) -> str | None:
    """The day that an address has in its path, like /2018/11/29/."""
    path = address.lower().partition("//")[2].partition("?")[0]
    for form in (IN_ADDRESS, TOGETHER):
        if match := form.search(path):
            year, month, day = match.groups()
            return _day(year, str(MONTHS.index(month) + 1) if month in MONTHS else month, day)
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= found.year <= LATEST else None

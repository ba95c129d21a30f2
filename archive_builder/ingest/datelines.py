"""Reads the dates that newspapers print, in five languages, and the datelines that texts open with.

    Thursday, November 29, 2018 · 29. November 2018 · 29 novembre 2018 à 14h05 · 29 ноября 2018 г. · 29.11.2018

A date is read only where it can mean one day, or one month: 3/4/2018 is nobody's date.
"""

from __future__ import annotations

import re

from archive_builder.dates import parse_date

__all__ = ["has_time", "is_update", "read_date", "read_dateline"]

# January to December; abbreviations are found by their beginnings.
MONTHS = tuple(
    words.split()
    for words in (
        "january jan januar jänner janvier janv января январь янв enero ene",
        "february feb februar février févr февраля февраль фев febrero",
        "march mar märz mrz mars марта март marzo",
        "april apr avril avr апреля апрель апр abril abr",
        "may mai мая май mayo",
        "june jun juni juin июня июнь июн junio",
        "july jul juli juillet juil июля июль июл julio",
        "august aug août августа август авг agosto ago",
        "september sep sept septembre сентября сентябрь сен сент septiembre setiembre",
        "october oct oktober okt octobre октября октябрь окт octubre",
        "november nov novembre ноября ноябрь ноя нояб noviembre",
        "december dec dezember dez décembre déc декабря декабрь дек diciembre dic",
    )
)
MONTH_OF = {word: number for number, words in enumerate(MONTHS, 1) for word in words}
LONGEST = 120  # code points a line with a date alone can have
OPENING = 160  # code points a dateline stands within
SHORTEST = 5  # code points of a town in capitals with nothing to confirm it

WORD = r"[^\W\d_]{3,12}"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
YEAR = r"(?P<year>\d{4})"
UPDATED = r"(?:last )?(?:updated|modified)|aktualisiert|mis à jour|обновлено|actualizado"
LABEL = (
    rf"(?:(?:{UPDATED}|published|posted|date|veröffentlicht|erstellt|datum|stand|publié|опубликовано|дата|publicado|fecha)"
    r"(?: on| am| le| el)?\s?:?\s)?"
)
CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?"
ZONE = r"(?:z|[+-]\d{1,2}:?\d{2}|\(?[a-z]{2,5}(?:[+-]\d{1,2}(?::\d{2})?)?\)?)"
TIME = rf"(?:\s?(?:,|\||·|•|-|at|um|à|в|a las)?\s?{CLOCK}(?:\s?[ap]\.?m\.?)?(?:\s?uhr)?(?:\s?{ZONE})?)?"
FORMS = tuple(
    re.compile(rf"{LABEL}(?:{WORD},?\s)?(?:le |den |el )?{form}{TIME}\.?")
    for form in (
        rf"{YEAR}-(?P<number>\d{{2}})-{DAY}(?:t(?={CLOCK}))?",
        rf"(?P<month>{WORD})\.?\s{DAY},?\s{YEAR}",
        rf"{DAY}\s(?:de |of )?(?P<month>{WORD})\.?,?\s(?:de |del )?{YEAR}(?:\s?г\.?|\sгода)?",
        rf"(?P<month>{WORD})\.?,?\s(?:de |del )?{YEAR}(?:\s?г\.?|\sгода)?",
        rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{YEAR}",
        rf"(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{YEAR}",
    )
)
UPDATE = re.compile(UPDATED)
CLOCK_TIME = re.compile(rf"\b{CLOCK}\b")

PLACE = r"(?P<place>[^\W\d_][^\d.:;!?\"()/]{1,60}?)"
AGENCY = r"(?:,?\s[(/][^()/]{2,40}[)/])"
SHORT_DATE = rf"(?:(?P<before>{WORD})\.?\s\d{{1,2}}|\d{{1,2}}\.?\s(?:de )?(?P<after>{WORD})\.?)(?:,?\s\d{{4}})?"
STROKE = r"(?:\s?(?:--|[-–—])\s|:\s)"
DATELINE = re.compile(rf"(?P<all>{PLACE},?\s(?P<date>{SHORT_DATE}))(?:[.,]?{AGENCY})?(?:{STROKE}|\.{STROKE}?\s?)")
UNDATED = re.compile(rf"(?P<all>{PLACE})(?P<agency>{AGENCY})?\s(?:--|[-–—])\s")


def read_date(line: str) -> str | None:
    """The EDTF date that ``line`` gives and nothing else; None where it is no such line."""
    if len(line) > LONGEST:
        return None
    written = " ".join(line.casefold().replace("–", "-").replace("—", "-").strip("*_ ").split())
    for form in FORMS:
        if match := form.fullmatch(written):
            return _edtf(match.groupdict())
    return None


def is_update(line: str) -> bool:
    """Whether a line with a date says when the text was changed, not when it was published."""
    return UPDATE.match(line.casefold().strip("*_ ")) is not None


def has_time(line: str) -> bool:
    """Whether ``line`` gives a time of day."""
    return CLOCK_TIME.search(line) is not None


def read_dateline(paragraph: str) -> str | None:
    """The place and day that ``paragraph`` opens with, as written."""
    opening = paragraph[:OPENING]
    if match := DATELINE.match(opening):
        month = match["before"] or match["after"]
        if month.casefold() in MONTH_OF and _is_place(match["place"]):
            return match["all"].rstrip(".,")
    if match := UNDATED.match(opening):
        town, _, country = match["place"].partition(",")
        # A single short word in capitals is sooner an abbreviation, as in "NATO - the alliance".
        if (town.isupper() and (country or len(town) >= SHORTEST)) or (match["agency"] and _is_place(town)):
            return match["all"]
    return None


def _is_place(words: str) -> bool:
    capitals = [word for word in words.split() if word[0].isupper()]
    return words[0].isupper() and len(words.split()) <= 2 * len(capitals)


def _edtf(parts: dict[str, str | None]) -> str | None:
    month, day = _month_and_day(parts)
    if month is None:
        return None
    text = f"{parts['year']}-{month:02}" + (f"-{day:02}" if day is not None else "")
    try:
        return parse_date(text).text
    except ValueError:
        return None


def _month_and_day(parts: dict[str, str | None]) -> tuple[int | None, int | None]:
    if (first := parts.get("first")) and (second := parts.get("second")):
        return _unambiguous(int(first), int(second))
    day = parts.get("day")
    number = parts.get("number")
    month = int(number) if number else MONTH_OF.get(parts.get("month") or "")
    return month, int(day) if day else None


def _unambiguous(first: int, second: int) -> tuple[int | None, int | None]:
    if first > 12 or first == second:
        return second, first
    return (first, second) if second > 12 else (None, None)

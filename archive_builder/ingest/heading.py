"""Takes from the top of a text what stands above the article: title, byline, date, navigation.

The heading ends where the text begins: at the first sentence, but one short sentence, a standfirst, may stand above the
byline. What stands there and is neither title nor byline nor furniture stays in the text, with a doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from archive_builder.ingest.bylines import Byline, is_about, is_name, read_byline
from archive_builder.ingest.datelines import is_update, read_date, read_dateline
from archive_builder.ingest.extract import Found, Removed
from archive_builder.ingest.furniture import Where, reason_to_remove
from archive_builder.ingest.paragraphs import Paragraph, folded
from archive_builder.ingest.reading import Reading
from archive_builder.ingest.sections import is_caption

__all__ = ["is_headline", "is_title_again", "read_heading"]

TALLEST = 12  # paragraphs
LONGEST_TITLE = 250  # code points
LONGEST_STANDFIRST = 300
LONGEST_SITE_NAME = 60
SHORT_TITLE, SURE_TITLE = 2, 4  # words: "Example Gazette" gives way to "Five Officers Leave the Ministry"
SEPARATORS = (" | ", " - ", " · ", " :: ", ' " ')  # folded: a dash of any length, a double angle


class _Role(Enum):
    """What a paragraph near the top may be."""

    DATE = auto()
    BYLINE = auto()
    FURNITURE = auto()
    NAME = auto()
    HEADLINE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph near the top, understood."""

    role: _Role
    paragraph: Paragraph
    value: str = ""
    """The date, or the reason to remove it."""
    byline: Byline | None = None


def read_heading(reading: Reading) -> Reading:
    """The reading without its heading, and with what the heading says."""
    parts = _heading(tuple(_part(one, place) for place, one in enumerate(reading.kept[:TALLEST])))
    title = _title(parts, reading.kept[len(parts) :])
    named = _named(parts, title)
    reasons = {
        place: reason for place, part in enumerate(parts) if (reason := _reason(part, place == named, place == title))
    }
    doubts = {
        place: _doubt(place, title) for place in range(len(parts)) if _is_left(parts[place]) and place not in reasons
    }
    known = replace(
        reading.doubting(doubts),
        title=None if title is None else Found(_bare(parts[title].paragraph.text), _where(parts[title], "heading")),
        authors=_authors(parts, named),
        published=_published(parts),
    )
    return _with_rest(known.without(reasons), parts)


def is_headline(text: str) -> bool:
    """Whether ``text`` may be a headline: short, and no sentence with its full stop."""
    if len(text) > LONGEST_TITLE or not any(map(str.isalnum, text)):
        return False
    return not text.rstrip("\"'”’»*_) ").endswith((".", "…", ":", ",", ";", "("))


def is_title_again(text: str, title: str) -> bool:
    """Whether ``text`` is ``title`` again, perhaps with the name of the site."""
    again, first = folded(_bare(text)), folded(_bare(title))
    if not again.startswith(first):
        return False
    rest = again[len(first) :]
    return not rest or (rest.startswith(SEPARATORS) and len(rest) <= LONGEST_SITE_NAME)


def _part(paragraph: Paragraph, place: int) -> _Part:
    text = paragraph.text
    if date := read_date(text):
        return _Part(_Role.DATE, paragraph, date)
    if (byline := read_byline(text)) and _is_sure(byline, place):
        return _Part(_Role.BYLINE, paragraph, byline=byline)
    if reason := reason_to_remove(text, Where.TOP):
        return _Part(_Role.FURNITURE, paragraph, reason)
    if not is_headline(text) or is_caption(text) or read_dateline(text):
        return _Part(_Role.TEXT, paragraph)
    return _Part(_Role.NAME if is_name(text) else _Role.HEADLINE, paragraph)


def _is_sure(byline: Byline, place: int) -> bool:
    """Whether it gives full names, or stands below a line and gives an agency's; a title "By Design" does neither."""
    return all(map(is_name, byline.authors)) or (place > 0 and not byline.rest)


def _heading(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """The parts that are of the heading."""
    end = texts = 0
    for place, part in enumerate(parts):
        if part.role is _Role.TEXT:
            texts += 1
            if texts > 1 or len(part.paragraph.text) > LONGEST_STANDFIRST:
                break
        elif not texts or _is_sure_to_belong(parts, place, end):
            end = place + 1
        if part.byline and part.byline.rest:
            break
    return parts[:end]


def _is_sure_to_belong(parts: tuple[_Part, ...], place: int, end: int) -> bool:
    """Whether the part belongs to the heading, which reaches to ``end`` so far, although a sentence stands above."""
    role = parts[place].role
    if role is _Role.DATE and any(part.role is _Role.BYLINE for part in parts[place + 1 : place + 2]):
        return True
    return role is _Role.BYLINE or (role in (_Role.DATE, _Role.FURNITURE) and place == end)


def _title(parts: tuple[_Part, ...], below: tuple[Paragraph, ...]) -> int | None:
    """Which part is the title of the text below; the name of the site may stand above it."""
    places = [place for place, part in enumerate(parts) if _is_left(part)]
    if not places or (len(parts) == 1 and not below):
        return None
    if (echoed := _echoed(parts, places, below)) is not None:
        return echoed
    first = parts[places[0]].paragraph.text
    for place in places[1:]:
        text = parts[place].paragraph.text
        if is_title_again(first, text) and folded(first) != folded(text):
            return place
        if len(first.split()) <= SHORT_TITLE and len(text.split()) >= SURE_TITLE:
            return place
    return places[0]


def _echoed(parts: tuple[_Part, ...], places: list[int], below: tuple[Paragraph, ...]) -> int | None:
    """Which part is said again below, alone or as in "One response to"; the first of them."""
    lines = [folded(one.text) for one in below if len(one.text) <= 2 * LONGEST_TITLE]
    titles = {place: folded(_bare(parts[place].paragraph.text)) for place in places}
    return next(
        (
            place
            for place, title in titles.items()
            if len(title.split()) >= SURE_TITLE and any(line.endswith(title) for line in lines)
        ),
        None,
    )


def _named(parts: tuple[_Part, ...], title: int | None) -> int | None:
    """Which part is the author's name alone: between title and text, where there is no byline."""
    if title is None or any(part.role is _Role.BYLINE for part in parts):
        return None
    for place in range(title + 1, len(parts)):
        if parts[place].role is _Role.NAME:
            return place
        if parts[place].role is _Role.TEXT:
            return None
    return None


def _reason(part: _Part, is_author: bool, is_title: bool) -> str | None:
    if is_title:
        return "title"
    if is_author or part.role is _Role.BYLINE:
        return "byline"
    if part.role is _Role.DATE:
        return "date"
    return part.value or None


def _is_left(part: _Part) -> bool:
    """Whether it stands in the heading and nothing is known of it."""
    return part.role in (_Role.HEADLINE, _Role.NAME)


def _doubt(place: int, title: int | None) -> str:
    if title is None or place < title:
        return "stands above the title; perhaps navigation"
    return "stands between title and text; perhaps a subtitle or a name"


def _authors(parts: tuple[_Part, ...], named: int | None) -> tuple[Found, ...]:
    if named is not None:
        text = _bare(parts[named].paragraph.text)
        return (Found(text, _where(parts[named], "a name alone between title and text")),)
    found = {
        author: Found(author, _where(part, "byline"))
        for part in reversed(parts)
        if part.byline
        for author in part.byline.authors
    }
    return tuple(found.values())


def _published(parts: tuple[_Part, ...]) -> Found | None:
    for part in parts:
        if part.role is _Role.DATE and not is_update(part.paragraph.text):
            return Found(part.value, _where(part, "a date alone"))
        if part.byline and part.byline.published:
            return Found(part.byline.published, _where(part, "byline"))
    return None


def _bare(text: str) -> str:
    return text.lstrip("# ").strip("*_ ")


def _where(part: _Part, what: str) -> str:
    return f"line {part.paragraph.line}, {what}"


def _with_rest(reading: Reading, parts: tuple[_Part, ...]) -> Reading:
    """The reading in which what followed the byline on its line is text again, or the author's note."""
    if not parts or parts[-1].byline is None or not parts[-1].byline.rest:
        return reading
    byline, paragraph = parts[-1].byline, parts[-1].paragraph
    whole = Removed(paragraph.line, paragraph.text, "byline")
    removed = tuple(replace(one, text=byline.text) if one == whole else one for one in reading.removed)
    rest = Paragraph(paragraph.line, byline.rest)
    if is_about(rest.text, byline.authors):
        note = Removed(rest.line, rest.text, "author's note")
        return replace(reading, removed=(*removed, note))
    above = sum(one.line < rest.line for one in reading.kept)
    return replace(reading, kept=(*reading.kept[:above], rest, *reading.kept[above:]), removed=removed)

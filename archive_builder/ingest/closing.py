"""Takes from below the article what does not belong to it: readers' comments, forms, footers, other articles.

Readers' comments are taken only below a line that announces them and above which the article stands, and only where
one of them is signed and they are counted or a form follows. Everything else is peeled off from the last line upwards,
as far as every line is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive_builder.ingest.bylines import is_about, opens_with_author, read_signature
from archive_builder.ingest.datelines import has_time, read_date
from archive_builder.ingest.extract import Found
from archive_builder.ingest.furniture import Where, reason_to_remove
from archive_builder.ingest.heading import is_headline
from archive_builder.ingest.paragraphs import Paragraph
from archive_builder.ingest.reading import Reading
from archive_builder.ingest.sections import (
    is_about_the_author,
    is_comment_header,
    is_comment_signature,
    is_counted,
    is_related_header,
)

__all__ = ["drop_comments", "drop_tail"]

FIRST_SIGNATURE_WITHIN = 3  # paragraphs below the line that announces comments
FORM = "comment form"
LONGEST_LIST = 30  # other articles
LONGEST_NOTE = 3  # paragraphs on the author
SHORTEST_TEXT = 8  # words a paragraph above the comments must have, so that they are below the article


@dataclass(frozen=True, slots=True)
class _Closing:
    """What the end of a text was found to be."""

    start: int
    """Where it begins, in ``kept``."""
    reason: str
    authors: tuple[str, ...] = ()
    published: str | None = None


def drop_comments(reading: Reading) -> Reading:
    """The reading without readers' comments and all that stands below them."""
    kept = reading.kept
    form = max(
        (place for place, one in enumerate(kept) if reason_to_remove(one.text, Where.MIDDLE) == FORM), default=-1
    )
    start = next((place for place in range(len(kept)) if _opens_comments(kept, place, form)), None)
    if start is None or not any(len(paragraph.text.split()) >= SHORTEST_TEXT for paragraph in kept[:start]):
        return reading
    reasons = {
        place: reason_to_remove(kept[place].text, Where.TAIL) or "reader's comment"
        for place in range(start + 1, len(kept))
    }
    return reading.without({start: "comment header", **reasons})


def drop_tail(reading: Reading) -> Reading:
    """The reading without furniture at its end, and with what a closing byline or date says."""
    reasons: dict[int, str] = {}
    end = len(reading.kept)
    while end and (closing := _closing(reading, end)):
        reasons.update(dict.fromkeys(range(closing.start, end), closing.reason))
        reading = _informed(reading, closing)
        end = closing.start
    return reading.doubting(_unsigned(reading.kept[:end])).without(reasons)


def _opens_comments(kept: tuple[Paragraph, ...], place: int, form: int) -> bool:
    """Whether readers' comments begin here; ``form`` is where the last line of a comment form stands."""
    text = kept[place].text
    if not is_comment_header(text) or not (is_counted(text) or place < form):
        return False
    return any(map(_is_signature, kept[place + 1 : place + 1 + FIRST_SIGNATURE_WITHIN]))


def _is_signature(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return is_comment_signature(text) or (has_time(text) and read_date(text) is not None)


def _closing(reading: Reading, end: int) -> _Closing | None:
    """What the last paragraph before ``end`` is, with those above that belong to it; None where it is text."""
    last = reading.kept[end - 1].text
    if reason := reason_to_remove(last, Where.TAIL):
        return _Closing(end - 1, reason)
    if is_comment_header(last):
        return _Closing(end - 1, "comment header")
    if byline := read_signature(last):
        return _Closing(end - 1, "byline", byline.authors, byline.published)
    if date := read_date(last):
        return _Closing(end - 1, "date", published=date)
    if opens_with_author(last, names := _names(reading)) and is_about(last, names):
        return _Closing(end - 1, "author's note")
    return _list_of_articles(reading.kept, end) or _note_on_author(reading.kept, end)


def _names(reading: Reading) -> tuple[str, ...]:
    return tuple(author.value for author in reading.authors)


def _list_of_articles(kept: tuple[Paragraph, ...], end: int) -> _Closing | None:
    for place in range(end - 1, max(end - 1 - LONGEST_LIST, -1), -1):
        if is_related_header(kept[place].text):
            return _Closing(place, "other articles")
        if not is_headline(kept[place].text):
            return None
    return None


def _note_on_author(kept: tuple[Paragraph, ...], end: int) -> _Closing | None:
    places = range(end - 1, max(end - 2 - LONGEST_NOTE, -1), -1)
    start = next((place for place in places if is_about_the_author(kept[place].text)), None)
    return None if start is None else _Closing(start, "author's note")


def _informed(reading: Reading, closing: _Closing) -> Reading:
    line = reading.kept[closing.start].line
    if closing.authors and not reading.authors:
        where = f"line {line}, byline at the end"
        reading = replace(reading, authors=tuple(Found(author, where) for author in closing.authors))
    if closing.published and not reading.published:
        reading = replace(reading, published=Found(closing.published, f"line {line}, {closing.reason} at the end"))
    return reading


def _unsigned(kept: tuple[Paragraph, ...]) -> Mapping[int, str]:
    """A doubt on a line that announces comments, where none is signed."""
    places = (place for place in range(1, len(kept)) if is_comment_header(kept[place].text))
    return dict.fromkeys(places, "perhaps readers' comments from here on")

"""Draws when an event is said to have happened and when each article on it appeared; an unsure date is a range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from archive_builder.archive import Archive
from archive_builder.dates import parse_date
from archive_builder.model import Article, Event
from archive_builder.pages.axes import day_axis
from archive_builder.pages.marks import Sign
from archive_builder.pages.plots import mark_of, sign_of
from archive_builder.pages.tracks import Lane, Row, clipped, figure, listed
from archive_builder.standing import Position, Standing

__all__ = ["timeline"]

SAID, APPEARED = "Said to have happened", "Appeared"
TITLE_WIDTH = 400


def timeline(
    event: Event, standings: Iterable[Standing], articles: Sequence[Article], archive: Archive
) -> Markup | None:
    """The timeline of an event; None where fewer than two things have a date."""
    said = [*_happened(event), *_claimed(standings, archive)]
    appeared = list(_published(articles, archive))
    rows = [*_grouped(said, SAID), *_grouped(appeared, APPEARED)]
    marks = [lane.mark for row in rows for lane in row.lanes if lane.mark]
    days = [int(day) for mark in marks for day in (*(mark.soft or ()), mark.low, mark.high) if day is not None]
    if len(marks) < 2 or not days:
        return None
    title = f"{event.title}: when it is said to have happened, and when the articles appeared."
    return figure(rows, day_axis(days, ""), title, "timeline")


def _grouped(rows: Sequence[Row], heading: str) -> Iterator[Row]:
    for index, row in enumerate(rows):
        yield Row(row.name, row.lanes, heading) if index == 0 else row


def _happened(event: Event) -> Iterator[Row]:
    if event.date:
        mark = mark_of(parse_date(event.date), Sign.EVENT)
        yield Row("The event", (Lane(mark, "as this archive dates it", f"{mark.words}, as this archive dates it"),))


def _claimed(standings: Iterable[Standing], archive: Archive) -> Iterator[Row]:
    """A row for each claim about a day, a track for each day given."""
    for standing in standings:
        measure = standing.claim.measure
        if measure is None or not measure.is_date:
            continue
        alike: dict[tuple[str, Sign], list[Position]] = defaultdict(list)
        for position in standing.positions:
            if position.reading is not None:
                alike[position.reading.text, sign_of(position)].append(position)
        lanes = tuple(_day(same, kind, archive) for (_, kind), same in sorted(alike.items()))
        if lanes:
            yield Row(f"{measure.quantity[0].upper()}{measure.quantity[1:]}", lanes)


def _day(positions: Sequence[Position], kind: Sign, archive: Archive) -> Lane:
    first = positions[0]
    assert first.reading is not None
    mark = mark_of(first.reading, kind)
    names = [archive.name_of(position.origin) for position in positions]
    verb = {Sign.DENIES: "denied by", Sign.DOUBTS: "doubted by"}.get(kind, "according to")
    return Lane(mark, f"{verb} {listed(names)}", f"{mark.words}, {verb} {', '.join(dict.fromkeys(names))}")


def _published(articles: Sequence[Article], archive: Archive) -> Iterator[Row]:
    for article in articles:
        if article.published:
            mark = mark_of(parse_date(article.published), Sign.PUBLISHED)
            told = f"“{article.title}” appeared {mark.words}"
            yield Row(archive.outlets[article.outlet].name, (Lane(mark, clipped(article.title, TITLE_WIDTH), told),))

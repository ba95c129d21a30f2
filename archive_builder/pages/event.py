"""The page of an event: what is agreed and contested, when, where, and the matrix of its claims: who says what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from archive_builder.dates import parse_date
from archive_builder.model import Article, EntityType, Event, Stance
from archive_builder.pages.maps import coordinates_in_words, place_map
from archive_builder.pages.marks import MEANINGS, Sign, sign
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Links, Page
from archive_builder.pages.plots import sign_of
from archive_builder.pages.routes import Route, map_place, routes_of
from archive_builder.pages.templates import render
from archive_builder.pages.timeline import timeline
from archive_builder.pages.views import STATUS_WORDS, Link, Views
from archive_builder.standing import Standing, in_words

__all__ = ["Cell", "Entry", "event_page", "matrix"]

IN_CELL = 6
"""Passages of one article on one claim, before the rest is only counted."""
IN_MATRIX = (Sign.QUOTED, Sign.OWN, Sign.DENIES, Sign.DOUBTS, Sign.SILENT, Sign.NOT_ANNOTATED)


class Entry(NamedTuple):
    """One passage in a cell of the matrix."""

    sign: Markup
    value: str | None
    """What it gives, in words."""
    stance: str
    passage: Link


class Cell(NamedTuple):
    """What one article has on one claim."""

    state: str
    """speaks, silent (an annotation says so) or not-annotated (nothing annotated says either)."""
    sign: Markup
    entries: tuple[Entry, ...] = ()

    @property
    def shown(self) -> tuple[Entry, ...]:
        """As many as a cell has room for; one more is shown rather than counted."""
        return self.entries if len(self.entries) <= IN_CELL + 1 else self.entries[:IN_CELL]

    @property
    def further(self) -> int:
        """How many passages are told on the claim's page alone."""
        return len(self.entries) - len(self.shown)

    @property
    def order(self) -> int:
        """Sorts a column: by how many passages, then silent, then not annotated."""
        return len(self.entries) or {"silent": 0}.get(self.state, -1)


def event_page(event: Event, views: Views) -> Page:
    path = f"events/{event.id}.md"
    links = views.links(path)
    articles = views.articles_on[event.id]
    standings = views.claims_on[event.id]
    return Page(
        path=path,
        title=event.title,
        description=f"{len(articles)} articles on it and {len(standings)} claims about it, set side by side.",
        source=event.path,
        head=render(
            "event",
            event=event,
            date=str(parse_date(event.date)) if event.date else None,
            views=views,
            links=links,
            groups=_by_status(standings),
            timeline=timeline(event, standings, articles, views.archive),
            undated=[article for article in articles if not article.published],
            **_places(event, routes_of(standings, links, views), links, views),
            summary=note_html(event.summary, links) if event.summary else None,
            body=note_html(event.body, links, "events") if event.body.strip() else None,
            articles=articles,
            status_order={status: order for order, status in enumerate(STATUS_WORDS)},
            meanings=[(sign(each), MEANINGS[each]) for each in IN_MATRIX],
            rows=[(standing, matrix(standing, articles, links, views)) for standing in standings],
            witnesses=views.witnesses(event.evidence, links),
        ),
        meta={"kind": "event"},
    )


def matrix(standing: Standing, articles: Sequence[Article], links: Links, views: Views) -> list[Cell]:
    """What each article has on a claim."""
    held = defaultdict(list)
    for position in standing.positions:
        held[position.article.id].append(position)
    cells = []
    for article in articles:
        speaking = [position for position in held[article.id] if position.stance is not Stance.OMITS]
        entries = tuple(
            Entry(
                sign=sign(sign_of(position)),
                value=in_words(position.reading, standing.claim.measure) if position.reading else None,
                stance=str(position.stance),
                passage=views.passage(position.annotation, links),
            )
            for position in speaking
        )
        state = "speaks" if speaking else "silent" if held[article.id] else "not-annotated"
        cells.append(Cell(state, sign(Sign.SILENT if held[article.id] else Sign.NOT_ANNOTATED), entries))
    return cells


def _by_status(standings: Sequence[Standing]) -> list[tuple[str, list[Standing]]]:
    groups = ((status, [each for each in standings if each.status == status]) for status in STATUS_WORDS)
    return [(status, held) for status, held in groups if held]


def _places(event: Event, routes: Sequence[Route], links: Links, views: Views) -> dict[str, object]:
    """The places of the event and of the routes: on a map those whose coordinates are known."""
    entities = [views.archive.entities[id] for id in dict.fromkeys((event.place, *event.places)) if id]
    passed = [each for route in routes for each in route.entities if each.type is EntityType.PLACE]
    every = {each.id: each for each in (*entities, *passed)}.values()
    shown = [(each.id, map_place(each)) for each in every if each.coordinates]
    drawn = [route.on_map for route in routes if route.on_map]
    title = f"{event.title}: the places{' and the routes, as claimed,' if drawn else ''} on a map."
    return {
        "places": [views.speaker_link(each.id, links) for each in entities],
        "map": place_map([place for _, place in shown], title, "map", drawn),
        "mapped": [(views.speaker_link(id, links), coordinates_in_words(place)) for id, place in shown],
        "unmapped": [views.speaker_link(each.id, links) for each in every if not each.coordinates],
        "routes": routes,
    }

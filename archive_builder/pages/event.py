"""The page of an event: the articles on it, and the matrix of its claims: who says what, who is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from archive_builder.dates import parse_date
from archive_builder.model import Article, Event, Stance
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Links, Page, render
from archive_builder.pages.views import Link, Views
from archive_builder.standing import Standing, in_words

__all__ = ["Cell", "event_page", "matrix"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article has on one claim."""

    state: str
    """speaks, silent (an annotation says so) or not-annotated (nothing annotated says either)."""
    entries: tuple[tuple[str, Link], ...] = ()
    """What it gives, as a value or a stance, each with the way to the passage."""


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
            places=[views.speaker_link(id, links) for id in (event.place, *event.places) if id],
            summary=note_html(event.summary, links) if event.summary else None,
            body=note_html(event.body, links, "events") if event.body.strip() else None,
            articles=articles,
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
            (
                in_words(position.reading, standing.claim.measure) if position.reading else str(position.stance),
                views.passage(position.annotation, links),
            )
            for position in speaking
        )
        state = "speaks" if speaking else "silent" if held[article.id] else "not-annotated"
        cells.append(Cell(state, entries))
    return cells

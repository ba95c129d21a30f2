"""Sets an article beside another one on the same event: what each says of every claim, or that it is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive_builder.model import Annotation, Article, Stance
from archive_builder.pages.page import Links
from archive_builder.pages.views import Link, Views
from archive_builder.standing import Standing

__all__ = ["Comparison", "Row", "Saying", "Side", "comparisons"]

# Each one weighs some kilobytes on the page; the others are listed.
SHOWN = 4
# Words of a passage; the rest is where the quotation leads.
QUOTED = 50


@dataclass(frozen=True, slots=True)
class Saying:
    """One passage on a claim."""

    says: str
    """The value it gives, else its stance."""
    stance: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one article has on a claim."""

    state: str
    """speaks, silent (an annotation says so) or not-annotated (nobody has looked)."""
    language: str
    sayings: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One claim, seen from both articles."""

    standing: Standing
    sides: tuple[Side, Side]
    """This article's and the other's."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """This article beside another."""

    article: Article
    title: Link
    outlet: Link
    published: str | None
    shared: int
    """On how many claims both are annotated."""
    rows: tuple[Row, ...]
    """The claims on which both are annotated, then those of the same events that only the other one is."""
    alone: int
    """On how many claims only this article is annotated."""


def comparisons(article: Article, others: Sequence[Article], views: Views, links: Links) -> list[Comparison]:
    """The articles that speak to most of the same claims, each beside this one; at most four."""
    here = views.by_claim[article.id].keys()
    near = sorted(others, key=lambda other: -len(here & views.by_claim[other.id].keys()))[:SHOWN]
    return [_compared(article, other, views, links) for other in near if here & views.by_claim[other.id].keys()]


def _compared(article: Article, other: Article, views: Views, links: Links) -> Comparison:
    here, there = views.by_claim[article.id], views.by_claim[other.id]
    events = set(article.events) & set(other.events)
    shared = [id for id in here if id in there]
    further = [id for id in there if id not in here and views.archive.claims[id].event in events]
    return Comparison(
        article=other,
        title=views.article_link(other, links),
        outlet=views.outlet_link(other, links),
        published=views.date(other.published) if other.published else None,
        shared=len(shared),
        rows=tuple(
            Row(
                views.archive.standings[id],
                (_side(article, here.get(id, ()), views, links, "#"), _side(other, there[id], views, links)),
            )
            for id in (*shared, *further)
        ),
        alone=len(here) - len(shared),
    )


def _side(article: Article, annotations: Sequence[Annotation], views: Views, links: Links, page: str = "") -> Side:
    """What the annotations of ``article`` say; ``page`` leads to it from itself."""
    if not annotations:
        return Side("not-annotated", article.language)
    speaking = [annotation for annotation in annotations if annotation.stance is not Stance.OMITS]
    sayings = tuple(_saying(each, views, links, page) for each in speaking)
    return Side("speaks" if speaking else "silent", article.language, sayings)


def _saying(annotation: Annotation, views: Views, links: Links, page: str) -> Saying:
    fragment = views.fragment(annotation)
    stance = str(annotation.stance or "mentions")
    says = views.value(annotation) or stance
    url = f"{page}{fragment}" if page else links.to("articles", annotation.article, fragment)
    return Saying(says, stance, _cut_short(views.quote(annotation)), url)


def _cut_short(quote: str) -> str:
    words = quote.split(" ")
    return quote if len(words) <= QUOTED else " ".join(words[:QUOTED]) + " …"

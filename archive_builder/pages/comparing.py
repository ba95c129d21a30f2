"""Sets an article beside another one on the same event: what each says of every claim, or that it is silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive_builder.model import Annotation, Article, Stance
from archive_builder.pages.page import Links
from archive_builder.pages.views import Link, Views
from archive_builder.standing import Standing

__all__ = ["Comparison", "Row", "Saying", "Side", "comparisons"]

# Each one weighs some kilobytes on the page; the others are listed.
SHOWN = 4


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
    sayings: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One claim, seen from both articles."""

    standing: Standing
    this: Side
    other: Side


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


def comparisons(article: Article, others: Sequence[Article], views: Views, links: Links) -> list[Comparison]:
    """The articles that speak to most of the same claims, each beside this one; at most four."""
    here = views.claims_in[article.id]
    near = sorted(others, key=lambda other: -len(here & views.claims_in[other.id]))[:SHOWN]
    return [_compared(article, other, views, links) for other in near if here & views.claims_in[other.id]]


def _compared(article: Article, other: Article, views: Views, links: Links) -> Comparison:
    here, there = _by_claim(article, views), _by_claim(other, views)
    shared = set(article.events) & set(other.events)
    further = [id for id in there if id not in here and views.archive.claims[id].event in shared]
    rows = [
        Row(
            views.archive.standings[id],
            _side(here.get(id, ()), views, links, article.id),
            _side(there.get(id, ()), views, links, article.id),
        )
        for id in (*here, *further)
    ]
    rows.sort(key=lambda row: "not-annotated" in (row.this.state, row.other.state))
    return Comparison(
        article=other,
        title=views.article_link(other, links),
        outlet=views.outlet_link(other, links),
        published=views.date(other.published) if other.published else None,
        shared=len(here.keys() & there.keys()),
        rows=tuple(rows),
    )


def _by_claim(article: Article, views: Views) -> Mapping[str, list[Annotation]]:
    """The article's annotations, by the claim they bear on, in reading order."""
    held: dict[str, list[Annotation]] = {}
    for annotation in views.archive.annotated[article.id]:
        if annotation.claim is not None and annotation.claim in views.archive.standings:
            held.setdefault(annotation.claim, []).append(annotation)
    return held


def _side(annotations: Sequence[Annotation], views: Views, links: Links, here: str) -> Side:
    if not annotations:
        return Side("not-annotated")
    speaking = [annotation for annotation in annotations if annotation.stance is not Stance.OMITS]
    return Side("speaks" if speaking else "silent", tuple(_saying(each, views, links, here) for each in speaking))


def _saying(annotation: Annotation, views: Views, links: Links, here: str) -> Saying:
    url = views.passage(annotation, links).url
    stance = str(annotation.stance or "mentions")
    says = views.value(annotation) or stance
    shown = url[url.index("#") :] if annotation.article == here else url
    return Saying(says, stance, views.quote(annotation), shown)

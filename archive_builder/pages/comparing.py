"""Sets an article beside another one on the same event: what each says of every claim, or that it is silent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

from markupsafe import Markup, escape

from archive_builder.model import Annotation, Article, Stance
from archive_builder.pages.page import Links
from archive_builder.pages.views import Link, Views
from archive_builder.standing import Standing

__all__ = ["Comparison", "Row", "comparisons"]

# Each one weighs some kilobytes on the page; the others are listed.
SHOWN = 3
# Words of a passage; the rest is where the quotation leads.
QUOTED = 50


class Row(NamedTuple):
    """One claim, seen from both articles."""

    standing: Standing
    cells: tuple[Markup, Markup]
    """This article's and the other's: each passage with the value it gives, else its stance."""


class Comparison(NamedTuple):
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
    """The articles that speak to most of the same claims, each beside this one; at most three."""
    here = views.by_claim[article.id].keys()
    near = sorted(others, key=lambda other: -len(here & views.by_claim[other.id].keys()))[:SHOWN]
    own = cache(partial(_cell, article, views=views, links=links, page="#"))
    return [_compared(article, other, views, links, own) for other in near if here & views.by_claim[other.id].keys()]


def _compared(article: Article, other: Article, views: Views, links: Links, own: Callable[[str], Markup]) -> Comparison:
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
            Row(views.archive.standings[id], (own(id), _cell_from_elsewhere(other, id, views, links)))
            for id in (*shared, *further)
        ),
        alone=len(here) - len(shared),
    )


def _cell_from_elsewhere(article: Article, claim: str, views: Views, links: Links) -> Markup:
    """Several pages of one depth show it."""
    key = article.id, claim, links.root
    if key not in views.cells:
        views.cells[key] = _cell(article, claim, views, links)
    return views.cells[key]


def _cell(article: Article, claim: str, views: Views, links: Links, page: str = "") -> Markup:
    """What an article has on a claim: it speaks, is silent (an annotation says so), or is not annotated (nobody has
    looked). ``page`` leads to it from itself."""
    annotations = views.by_claim[article.id].get(claim, ())
    if not annotations:
        return Markup('<td class="ab-cell ab-not-annotated">not annotated</td>')
    speaking = [annotation for annotation in annotations if annotation.stance is not Stance.OMITS]
    if not speaking:
        return Markup('<td class="ab-cell ab-silent">silent</td>')
    quote = f'<q lang="{article.language}" dir="auto">'
    sayings = "".join([_saying(each, quote, views, links, page) for each in speaking])
    return Markup(f'<td class="ab-cell ab-speaks">{sayings}</td>')


def _saying(annotation: Annotation, quote: str, views: Views, links: Links, page: str) -> str:
    fragment = views.fragment(annotation)
    stance = annotation.stance or "mentions"
    says = escape(views.value(annotation) or stance)
    url = f"{page}{fragment}" if page else links.to("articles", annotation.article, fragment)
    passage = f'<a class="ab-quote" href="{url}">{quote}{escape(_cut_short(views.quote(annotation)))}</q></a>'
    return f'<p><span class="ab-value ab-stance-{stance}">{says}</span> {passage}</p>'


def _cut_short(quote: str) -> str:
    words = quote.split(" ")
    return quote if len(words) <= QUOTED else " ".join(words[:QUOTED]) + " …"

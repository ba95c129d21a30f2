"""The pages that list everything: articles, claims, events, people and places, outlets; each in several orders.

Every order is a page that needs no script. Where there is one (assets/tables.js), it sorts and narrows the same tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from archive_builder.dates import parse_date
from archive_builder.model import Article, Entity, EntityType, Event, Outlet
from archive_builder.pages.badges import rights_keyword, short_badge
from archive_builder.pages.glance import by_status, status_bar
from archive_builder.pages.listing import Facet, Group, Order, Row, alphabetical, facets, grouped
from archive_builder.pages.page import Links, Page, Site
from archive_builder.pages.templates import render
from archive_builder.pages.views import STATUS_WORDS, Views
from archive_builder.standing import Standing

__all__ = ["INDEXES", "ORDERS", "doors", "index_page", "index_pages"]

INDEXES = {
    "articles": ("Articles", "Every article of this archive, with who published it and when."),
    "claims": ("Claims", "Every claim of this archive: what it asks, where it stands, and what values are given."),
    "events": ("Events", "The events that the articles report on."),
    "entities": ("People, places, organisations", "Everyone and everything named, under every spelling."),
    "outlets": ("Outlets", "Who published the articles of this archive."),
}
ORDERS = {
    "articles": (Order("", "by date"), Order("outlet", "by outlet"), Order("event", "by event")),
    "claims": (Order("", "most contested first"), Order("event", "by event"), Order("title", "by title")),
    "events": (Order("", "by date"), Order("claims", "by number of claims")),
    "entities": (Order("", "by name"), Order("type", "by type"), Order("mentions", "most mentioned first")),
    "outlets": (Order("", "by name"), Order("type", "by type"), Order("articles", "by number of articles")),
}
NOUNS = {
    "articles": ("article", "articles"),
    "claims": ("claim", "claims"),
    "events": ("event", "events"),
    "entities": ("entry", "entries"),
    "outlets": ("outlet", "outlets"),
}
TYPES = {EntityType.PERSON: "People", EntityType.PLACE: "Places", EntityType.ORGANISATION: "Organisations"}
# A plot in each row of a long table costs more than it tells.
ROWS_WITH_PLOTS = 300
MANY_ORIGINS = 4

Titles = Mapping[str, tuple[str, Callable[[str], str]]]


@dataclass(frozen=True, slots=True)
class Listing:
    """An index in one order, ready to show."""

    groups: tuple[Group[Any], ...]
    facets: tuple[Facet, ...]
    values: Mapping[str, Any]
    """What else its rows show."""

    @property
    def count(self) -> int:
        return len({row.item.id if hasattr(row.item, "id") else row.item.claim.id for row in self._rows()})

    def _rows(self) -> Iterable[Row[Any]]:
        return (row for group in self.groups for row in group.rows)


def index_pages(views: Views) -> Mapping[str, Callable[[], Page]]:
    """What makes each index in each order, by path below ``content/``."""
    return {_path(kind, order): partial(index_page, kind, views, order) for kind in INDEXES for order in ORDERS[kind]}


def doors(site: Site) -> list[Mapping[str, str]]:
    """Where each index is, from the top of the site: for who has lost the way."""
    links = Links("", site.directory_urls)
    return [{"title": title, "words": words, "url": links.to(kind)} for kind, (title, words) in INDEXES.items()]


def index_page(kind: str, views: Views, order: Order) -> Page:
    title, description = INDEXES[kind]
    path = _path(kind, order)
    links = views.links(path)
    listing = LISTINGS[kind](views, links, order.slug)
    head = render(
        f"index_{kind}",
        kind=kind,
        title=title,
        description=description,
        views=views,
        links=links,
        listing=listing,
        nouns=NOUNS[kind],
        **listing.values,
        orders=[(each, links.to(kind, each.slug and f"by/{each.slug}/index"), each == order) for each in ORDERS[kind]],
    )
    named = f"{title}, {order.words}" if order.slug else title
    # What an index lists is found on the pages it leads to; in a search it would only come first.
    meta = {"kind": "index", "hide": ["navigation", "toc"], "search": {"exclude": True}}
    return Page(path, named, description, None, head=head, meta=meta)


def _path(kind: str, order: Order) -> str:
    """Not ``by-event/``, which a record might be called."""
    return f"{kind}/by/{order.slug}/index.md" if order.slug else f"{kind}/index.md"


def _all(rows: Sequence[Row[Any]]) -> tuple[Group[Any], ...]:
    return (Group("all", "", tuple(rows)),)


def _same(word: str) -> str:
    return word


def _articles(views: Views, links: Links, order: str) -> Listing:
    archive = views.archive
    rows = [Row(article, _article_facets(article)) for article in views.by_date(tuple(archive.articles.values()))]
    titles: Titles = {
        "outlet": ("Outlet", lambda id: archive.outlets[id].name),
        "year": ("Year", _same),
        "event": ("Event", lambda id: archive.events[id].title),
        "rights": ("Rights", _same),
    }
    heads = {"outlet": _outlet_heads(views, links), "event": _event_heads(views, links)}
    narrowed = facets(rows, titles)
    # Where all articles are under one statement, it would stand in every row and tell none from another.
    tells_rights = any(facet.name == "rights" for facet in narrowed)
    values = {"badge": short_badge if tells_rights else lambda _: ""}
    return Listing(grouped(rows, order, heads[order]) if order else _all(rows), narrowed, values)


def _article_facets(article: Article) -> Mapping[str, tuple[str, ...]]:
    return {
        "outlet": (article.outlet,),
        "year": _year(article.published),
        "event": tuple(article.events),
        "rights": (rights_keyword(article.rights),) if article.rights else (),
    }


def _claims(views: Views, links: Links, order: str) -> Listing:
    standings = views.most_contested(tuple(views.archive.standings.values()))
    rows = [Row(standing, _claim_facets(standing)) for standing in standings]
    titles: Titles = {
        "status": ("Status", lambda status: STATUS_WORDS[status]),
        "event": ("Event", lambda id: views.archive.events[id].title),
        "origins": ("Origins", lambda count: f"{count} or more" if count == str(MANY_ORIGINS) else count),
    }
    groups = {
        "": _all(rows),
        "event": grouped(rows, "event", _event_heads(views, links)),
        "title": _all(sorted(rows, key=lambda row: alphabetical(row.item.claim.title))),
    }
    ranks = {status: rank for rank, status in enumerate(STATUS_WORDS)}
    plot = views.spark if len(rows) <= ROWS_WITH_PLOTS else lambda _: None
    return Listing(groups[order], facets(rows, titles), {"plot": plot, "ranks": ranks})


def _claim_facets(standing: Standing) -> Mapping[str, tuple[str, ...]]:
    return {
        "status": (str(standing.status),),
        "event": (standing.claim.event,) if standing.claim.event else (),
        "origins": (str(min(len(standing.origins), MANY_ORIGINS)),),
    }


def _events(views: Views, links: Links, order: str) -> Listing:
    def count(row: Row[Event]) -> int:
        return len(views.claims_on[row.item.id])

    dated = sorted(views.archive.events.values(), key=lambda event: (_date_key(event.date), event.id))
    rows = [Row(event, {"year": _year(event.date)}) for event in dated]
    groups = _all(sorted(rows, key=count, reverse=True) if order else rows)
    values = {"by_status": by_status, "status_bar": status_bar, "date_key": _date_key}
    return Listing(groups, facets(rows, {"year": ("Year", _same)}), values)


def _entities(views: Views, links: Links, order: str) -> Listing:
    def mentioned(row: Row[Entity]) -> int:
        return len(views.mentions[row.item.id])

    named = sorted(views.archive.entities.values(), key=lambda entity: (alphabetical(entity.name), entity.id))
    rows = [Row(entity, {"type": (str(entity.type),)}) for entity in named]
    heads: Mapping[str, tuple[str, str | None]] = {str(type): (words, None) for type, words in TYPES.items()}
    groups = {
        "": _all(rows),
        "type": grouped(rows, "type", heads),
        "mentions": _all(sorted(rows, key=mentioned, reverse=True)),
    }
    return Listing(groups[order], facets(rows, {"type": ("Type", lambda type: TYPES[EntityType(type)])}), {})


def _outlets(views: Views, links: Links, order: str) -> Listing:
    def published(row: Row[Outlet]) -> int:
        return len(views.articles_by[row.item.id])

    named = sorted(views.archive.outlets.values(), key=lambda outlet: (alphabetical(outlet.name), outlet.id))
    rows = [Row(outlet, _outlet_facets(outlet)) for outlet in named]
    types = dict.fromkeys(sorted(str(outlet.type) for outlet in named))
    groups = {
        "": _all(rows),
        "type": grouped(rows, "type", {type: (_type_words(type), None) for type in types}),
        "articles": _all(sorted(rows, key=published, reverse=True)),
    }
    alone = Counter(standing.origins[0] for standing in views.archive.standings.values() if len(standing.origins) == 1)
    titles: Titles = {"type": ("Type", _type_words), "country": ("Country", _same)}
    return Listing(groups[order], facets(rows, titles), {"alone": alone})


def _outlet_facets(outlet: Outlet) -> Mapping[str, tuple[str, ...]]:
    return {"type": (str(outlet.type),), "country": (outlet.country,) if outlet.country else ()}


def _type_words(type: str) -> str:
    return type.replace("-", " ").capitalize()


def _event_heads(views: Views, links: Links) -> Mapping[str, tuple[str, str | None]]:
    return {event.id: (event.title, links.to("events", event.id)) for event in views.archive.events.values()}


def _outlet_heads(views: Views, links: Links) -> Mapping[str, tuple[str, str | None]]:
    named = sorted(views.archive.outlets.values(), key=lambda outlet: alphabetical(outlet.name))
    return {outlet.id: (outlet.name, links.to("outlets", outlet.id)) for outlet in named}


def _year(written: str | None) -> tuple[str, ...]:
    """The years a date may fall in, as long as its ends are known and near each other."""
    if written is None:
        return ()
    date = parse_date(written)
    if date.earliest is None or date.latest is None or date.latest.year - date.earliest.year > 1:
        return ()
    return tuple(dict.fromkeys((str(date.earliest.year), str(date.latest.year))))


def _date_key(written: str | None) -> str:
    return parse_date(written).sort_key[0] if written else "9999"


LISTINGS: Mapping[str, Callable[[Views, Links, str], Listing]] = {
    "articles": _articles,
    "claims": _claims,
    "events": _events,
    "entities": _entities,
    "outlets": _outlets,
}

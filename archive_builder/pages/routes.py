"""Gathers the routes that passages give: each way once, with everyone who says that it was taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from archive_builder.model import Entity
from archive_builder.pages.arrows import MapRoute, sample
from archive_builder.pages.extent import MapPlace
from archive_builder.pages.page import Links
from archive_builder.pages.statements import Statement, statement
from archive_builder.pages.views import Link, Views
from archive_builder.standing import Position, Standing

__all__ = ["Route", "map_place", "routes_of"]


class Route(NamedTuple):
    """One way through places, as claimed."""

    number: int
    entities: tuple[Entity, ...]
    places: tuple[Link, ...]
    """In the order the passages give."""
    said: tuple[Statement, ...]
    """The passages that give it."""

    @property
    def on_map(self) -> MapRoute | None:
        """Its line through the places that have coordinates; None where that is no line."""
        mapped = tuple(map_place(entity) for entity in self.entities if entity.is_mappable)
        return MapRoute(self.number, mapped) if len(set(mapped)) > 1 else None

    @property
    def sample(self) -> Markup | None:
        """What its line looks like on the map."""
        return sample(self.number) if self.on_map else None


def routes_of(standings: Iterable[Standing], links: Links, views: Views) -> list[Route]:
    """The different routes of the claims' passages, those with most passages first, numbered from 1."""
    said: dict[tuple[str, ...], list[Position]] = {}
    for standing in standings:
        for position in standing.positions:
            if position.annotation.route:
                said.setdefault(position.annotation.route, []).append(position)
    order = sorted(said.items(), key=lambda route: -len(route[1]))
    return [_route(number, ids, held, links, views) for number, (ids, held) in enumerate(order, start=1)]


def map_place(entity: Entity) -> MapPlace:
    """The place as a map shows it; it has coordinates."""
    assert entity.coordinates is not None
    return MapPlace(entity.name, *entity.coordinates)


def _route(number: int, ids: tuple[str, ...], held: list[Position], links: Links, views: Views) -> Route:
    entities = tuple(views.archive.entities[id] for id in ids)
    places = tuple(views.speaker_link(id, links) for id in ids)
    return Route(number, entities, places, tuple(statement(position, links, views) for position in held))

"""Chooses the stretch of the world that a map shows, and tells where on it a point stands.

The projection keeps directions north and east straight and is true to scale at the middle of the map (equirectangular);
for the few hundred kilometres that an event spans it is hardly told from any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians
from typing import NamedTuple

from archive_builder.pages.outlines import Box, Point

__all__ = ["MapPlace", "View", "view_of"]

KM_PER_DEGREE = 111.195
LEAST_SPAN = 5.0
"""Degrees of latitude that a map is wide at least: some 550 km, so that borders tell where it is."""
MARGIN = 1.5
FLATTEST, TALLEST = 0.55, 0.8


class MapPlace(NamedTuple):
    """A place to show, in degrees (WGS 84)."""

    name: str
    latitude: float
    longitude: float


class View(NamedTuple):
    """The stretch of the world that a map shows."""

    box: Box
    """In degrees; its longitudes may go beyond 180."""
    shrink: float
    """How much shorter a degree of longitude is than one of latitude at the middle."""
    ratio: float
    """The height of the map, as a share of its width."""

    def at(self, point: Point, width: float) -> Point:
        """Where a point stands on a map so many steps wide."""
        scale = width / (self.box.right - self.box.left)
        return (point[0] - self.box.left) * scale, (self.box.high - point[1]) * scale / self.shrink

    def place(self, place: MapPlace, width: float) -> Point:
        """Where a place stands, by the shorter way around the world."""
        middle = (self.box.left + self.box.right) / 2
        return self.at((middle + _wrapped(place.longitude - middle), place.latitude), width)

    @property
    def kilometres(self) -> float:
        """How wide it is at its middle."""
        return (self.box.right - self.box.left) * self.shrink * KM_PER_DEGREE


def view_of(places: Sequence[MapPlace]) -> View:
    """A stretch that holds every place with a margin, by the shorter way around the world."""
    middle = _middle([place.longitude for place in places])
    offsets = [_wrapped(place.longitude - middle) for place in places]
    latitudes = [place.latitude for place in places]
    latitude = (min(latitudes) + max(latitudes)) / 2
    shrink = max(cos(radians(latitude)), 0.1)
    width = max((max(offsets) - min(offsets)) * shrink * MARGIN, LEAST_SPAN)
    height = (max(latitudes) - min(latitudes)) * MARGIN
    width = min(max(width, height / TALLEST), 360 * shrink)
    ratio = min(max(height / width, FLATTEST), TALLEST)
    east = middle + (min(offsets) + max(offsets)) / 2
    half_x, half_y = width / shrink / 2, width * ratio / 2
    return View(Box(east - half_x, latitude - half_y, east + half_x, latitude + half_y), shrink, ratio)


def _middle(longitudes: Sequence[float]) -> float:
    """The longitude opposite the widest stretch without a place."""
    around = sorted(longitudes)
    gaps = [
        *((after - before, before) for before, after in pairwise(around)),
        (around[0] + 360 - around[-1], around[-1]),
    ]
    gap, start = max(gaps)
    return _wrapped(start + gap / 2 + 180)


def _wrapped(degrees: float) -> float:
    return (degrees + 180) % 360 - 180

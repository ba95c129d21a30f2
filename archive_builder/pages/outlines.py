"""Holds the outlines of the world's countries, read once, when the first map is drawn; see ``assets/natural-earth``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import ceil, floor
from typing import Any, NamedTuple

__all__ = ["Box", "Country", "Line", "Outlines", "Point", "outlines"]

Point = tuple[float, float]
"""Longitude and latitude in degrees, or a place on a map."""
Points = tuple[Point, ...]

TURN = 360.0
FILE = "assets/natural-earth/countries.json"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in degrees or on a map."""

    left: float
    low: float
    right: float
    high: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> Box:
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    def meets(self, other: Box) -> bool:
        apart = self.right <= other.left or other.right <= self.left or self.high <= other.low or other.high <= self.low
        return not apart

    def turns_into(self, view: Box) -> Iterator[float]:
        """The whole turns around the world, in degrees, that bring it into a view."""
        if self.high > view.low and self.low < view.high:
            first = ceil((view.left - self.right) / TURN)
            yield from (turn * TURN for turn in range(first, floor((view.right - self.left) / TURN) + 1))


class Line(NamedTuple):
    """A ring or a stretch of border, with the box around it."""

    points: Points
    box: Box


@dataclass(frozen=True, slots=True)
class Country:
    """A country's land; holes are rings too, as a rule of even and odd fills them."""

    name: str
    rings: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """The land and its lines."""

    countries: tuple[Country, ...]
    coasts: tuple[Line, ...]
    borders: tuple[Line, ...]
    """The lines that two countries share."""


@cache
def outlines() -> Outlines:
    """Every country of Natural Earth."""
    topology = json.loads(files("archive_builder").joinpath(FILE).read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    geometries = topology["objects"]["countries"]["geometries"]
    used = Counter(arc if arc >= 0 else ~arc for geometry in geometries for ring in _rings(geometry) for arc in ring)
    pieces = [(used[index], _line(_unwrapped(arc))) for index, arc in enumerate(arcs)]
    return Outlines(
        countries=tuple(_country(geometry, arcs) for geometry in geometries),
        coasts=tuple(line for times, line in pieces if times == 1),
        borders=tuple(line for times, line in pieces if times > 1),
    )


def _arcs(topology: Mapping[str, Any]) -> Iterator[Points]:
    """The arcs in degrees; a TopoJSON stores each point as its distance from the one before."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        xs, ys = (accumulate(axis) for axis in zip(*arc, strict=True))
        yield tuple((x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True))


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else (geometry["arcs"],)
    for polygon in polygons:
        yield from polygon


def _country(geometry: Mapping[str, Any], arcs: Sequence[Points]) -> Country:
    rings = (_line(_stitched(ring, arcs)) for ring in _rings(geometry))
    return Country(geometry["properties"]["name"], tuple(rings))


def _stitched(ring: Sequence[int], arcs: Sequence[Points]) -> Points:
    points: list[Point] = []
    for arc in ring:
        piece = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += piece[1:] if points else piece
    whole = _unwrapped(points)
    if abs(whole[-1][0] - whole[0][0]) < TURN / 2:
        return whole
    # Land around a pole comes back a whole turn further on: it is closed over the pole.
    pole = 90.0 if whole[0][1] > 0 else -90.0
    return (*whole, (whole[-1][0], pole), (whole[0][0], pole))


def _unwrapped(points: Sequence[Point]) -> Points:
    """The points without leaps from one end of the map of the world to the other."""
    turned = [points[0]]
    for (before, _), (longitude, latitude) in pairwise(points):
        step = (longitude - before + TURN / 2) % TURN - TURN / 2
        turned.append((turned[-1][0] + step, latitude))
    return tuple(turned)


def _line(points: Points) -> Line:
    return Line(points, Box.around(points))

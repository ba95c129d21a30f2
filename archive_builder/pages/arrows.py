"""Draws routes on a map: each dashed in a way of its own, numbered, with a head at the end of each leg.

Legs between the same two places are bent apart, whichever way they lead, so that none hides another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import NamedTuple

from markupsafe import Markup

from archive_builder.pages.extent import MapPlace, View
from archive_builder.pages.marks import percent
from archive_builder.pages.outlines import Box, Point
from archive_builder.pages.tracks import NARROWEST

__all__ = [
    "GRID",
    "MapRoute",
    "Way",
    "dashes",
    "drawn_badges",
    "drawn_heads",
    "drawn_lines",
    "placed",
    "sample",
    "ways",
]

GRID = 720
"""Steps of the drawing across the map: two for each pixel of a phone."""
DASHES = ("8 5", "2 4", "14 4 2 4", "16 6", "8 3 2 3 2 3", "5 2")
"""After these the patterns come again, and the numbers alone tell routes apart."""
BOW, LEAST_BOW = 0.16, 14.0
"""How far a bent leg stands off the straight one: as a share of its length, and in pixels of the narrowest map."""
BADGE = 9.0
"""Half the width of a number with its ring, in pixels."""
CLEAR = 7.0
"""Around a dot, in pixels: where a head stops, and no number stands."""
STOPS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where along a leg its number may stand."""
STEPS = 12


class MapRoute(NamedTuple):
    """A way through places, in the order somebody gives."""

    number: int
    places: tuple[MapPlace, ...]


class Leg(NamedTuple):
    """From one place to the next, bent by a point beside it; in pixels of the narrowest map."""

    start: Point
    bend: Point
    end: Point

    def at(self, share: float) -> Point:
        """A point of it, by how much of it lies behind."""
        weights = (1 - share) ** 2, 2 * share * (1 - share), share**2
        points = self.start, self.bend, self.end
        return (
            sum(weight * point[0] for weight, point in zip(weights, points, strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, points, strict=True)),
        )

    @property
    def length(self) -> float:
        return hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])

    @property
    def heading(self) -> float:
        """Where it leads at its end, in degrees, clockwise from the right."""
        return degrees(atan2(self.end[1] - self.bend[1], self.end[0] - self.bend[0]))


class Way(NamedTuple):
    """A route as drawn."""

    number: int
    legs: tuple[Leg, ...]
    badge: Point
    """Where its number stands."""

    @property
    def badges(self) -> tuple[Box, ...]:
        return (_around(self.badge, BADGE),)

    @property
    def boxes(self) -> Iterator[Box]:
        """The room its lines take."""
        return (_around(leg.at(step / STEPS), 3) for leg in self.legs for step in range(1, STEPS))


def ways(routes: Sequence[MapRoute], view: View) -> tuple[Way, ...]:
    """The routes as they run on the map, each number where it has room."""
    spots = [view.place(place, NARROWEST) for route in routes for place in route.places]
    taken = [_around(spot, CLEAR) for spot in spots]
    used: Counter[tuple[Point, Point]] = Counter()
    led = []
    for route in routes:
        legs = tuple(_legs([view.place(place, NARROWEST) for place in route.places], used, view))
        if legs:
            badge = _badge(legs, taken)
            taken.append(_around(badge, BADGE))
            led.append(Way(route.number, legs, badge))
    return tuple(led)


def dashes(number: int) -> str:
    """The pattern of the route of that number."""
    return DASHES[(number - 1) % len(DASHES)]


def sample(number: int) -> Markup:
    """What the line of a route looks like, for the list beside the map."""
    return Markup(
        '<svg class="ab-route-sample" aria-hidden="true" width="52" height="10">'
        f'<path class="ab-route" d="M0 5H44" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-dasharray="{dashes(number)}"/><path class="ab-head" d="M52 5l-9-4v8z" fill="currentColor"/></svg>'
    )


def drawn_lines(led: Iterable[Way]) -> str:
    """The dashed lines, on the grid of the land below them."""
    return "".join(
        f'<path class="ab-route" d="{"".join(map(_curve, way.legs))}" stroke-width="2" '
        f'stroke-dasharray="{dashes(way.number)}" vector-effect="non-scaling-stroke"/>'
        for way in led
    )


def drawn_heads(led: Iterable[Way], view: View) -> str:
    """An arrow head before each place that a leg leads to."""
    head = f'<path class="ab-head" transform="rotate({{:.0f}})" d="M-{CLEAR:g} 0l-10-4.5v9z" fill="currentColor"/>'
    return "".join(placed(leg.end, view, head.format(leg.heading)) for way in led for leg in way.legs)


def drawn_badges(led: Iterable[Way], view: View) -> str:
    """The number of each route, in a ring upon its line."""
    return "".join(
        placed(
            way.badge,
            view,
            f'<circle class="ab-badge" r="{BADGE - 1:g}" fill="none" stroke="currentColor" stroke-width="1.4"/>'
            f'<text y="4" text-anchor="middle" font-weight="700">{way.number}</text>',
        )
        for way in led
    )


def placed(at: Point, view: View, drawing: str) -> str:
    """A drawing in pixels at a place of the map, which keeps its size however wide the map is."""
    x, y = at[0] * 100 / NARROWEST, at[1] * 100 / (NARROWEST * view.ratio)
    return f'<svg x="{percent(x)}" y="{percent(y)}" overflow="visible">{drawing}</svg>'


def _legs(spots: Sequence[Point], used: Counter[tuple[Point, Point]], view: View) -> Iterator[Leg]:
    for start, end in pairwise(spots):
        if hypot(end[0] - start[0], end[1] - start[1]) < 1:
            continue
        pair = (min(start, end), max(start, end))
        yield _bent(start, end, pair, used[pair], view)
        used[pair] += 1


def _bent(start: Point, end: Point, pair: tuple[Point, Point], turn: int, view: View) -> Leg:
    """The first leg between two places is straight, the next bows to one side, the one after it to the other."""
    (ax, ay), (bx, by) = pair
    length = hypot(bx - ax, by - ay)
    side = (turn + 1) // 2 * (1 if turn % 2 else -1)
    bow = 2 * side * max(BOW * length, LEAST_BOW)
    x = (ax + bx) / 2 + (ay - by) / length * bow
    y = (ay + by) / 2 + (bx - ax) / length * bow
    high = NARROWEST * view.ratio
    return Leg(start, (min(max(x, 0.0), float(NARROWEST)), min(max(y, 0.0), high)), end)


def _badge(legs: Sequence[Leg], taken: Sequence[Box]) -> Point:
    """On the longest leg where it stands free, else at its middle."""
    longest = sorted(legs, key=lambda leg: -leg.length)
    spots = [leg.at(stop) for leg in longest for stop in STOPS]
    free = (spot for spot in spots if not any(_around(spot, BADGE).meets(box) for box in taken))
    return next(free, spots[0])


def _around(point: Point, reach: float) -> Box:
    return Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)


def _curve(leg: Leg) -> str:
    (ax, ay), (bx, by), (cx, cy) = (
        (x * GRID / NARROWEST, y * GRID / NARROWEST) for x, y in (leg.start, leg.bend, leg.end)
    )
    return f"M{ax:.0f} {ay:.0f}Q{bx:.0f} {by:.0f} {cx:.0f} {cy:.0f}"

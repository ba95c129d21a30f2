"""Draws a small map of the places of an event, anywhere on Earth, from outlines that come along: nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from markupsafe import Markup

from archive_builder.pages.arrows import GRID, MapRoute, Way, drawn_badges, drawn_heads, drawn_lines, placed, ways
from archive_builder.pages.clipping import clip_line, clip_ring
from archive_builder.pages.extent import MapPlace, View, view_of
from archive_builder.pages.lettering import Label, inside_label, place_labels
from archive_builder.pages.marks import percent
from archive_builder.pages.outlines import Box, Line, Point, outlines
from archive_builder.pages.tracks import NARROWEST, text_width

__all__ = ["MapPlace", "MapRoute", "coordinates_in_words", "place_map"]

FINEST = 2.5
"""How far apart two points of an outline are at least, in steps."""
SMALLEST = 5
"""How wide or high an island is at least, in steps."""
BAR_SHARE = 0.3

Areas = Sequence[tuple[str, Sequence[Sequence[Point]]]]
"""The countries in view: names, and rings in degrees."""


def place_map(places: Sequence[MapPlace], title: str, id: str, routes: Sequence[MapRoute] = ()) -> Markup | None:
    """The map of the places, and of the routes through some of them; None where there is none to show."""
    if not places:
        return None
    view = view_of(places)
    led = ways(routes, view)
    told = _told(places, routes)
    height = round(GRID * view.ratio)
    clipped = ((country.name, list(_clipped_rings(country.rings, view))) for country in outlines().countries)
    areas = [(name, rings) for name, rings in clipped if rings]
    return Markup(
        f'<svg class="ab-map" role="img" aria-labelledby="{id}-title" aria-describedby="{id}-desc" '
        f'xmlns="http://www.w3.org/2000/svg" width="100%" style="aspect-ratio:{GRID}/{height}" font-size="12">'
        f'<title id="{id}-title">{_safe(title)}</title><desc id="{id}-desc">{_safe(told)}</desc>'
        f'<svg width="100%" height="100%" viewBox="0 0 {GRID} {height}" fill="none" stroke="currentColor">'
        f"{_drawn_land(areas, view)}{drawn_lines(led)}</svg>{_names(areas, view, places, led)}</svg>"
    )


def _told(places: Sequence[MapPlace], routes: Sequence[MapRoute]) -> str:
    stand = "; ".join(f"{place.name}, {coordinates_in_words(place)}" for place in places)
    lead = "; ".join(f"route {each.number}, {' to '.join(place.name for place in each.places)}" for each in routes)
    return f"The places on the map: {stand}." + (f" The routes, as claimed: {lead}." if routes else "")


def coordinates_in_words(place: MapPlace) -> str:
    """Its latitude and longitude."""
    north = "N" if place.latitude >= 0 else "S"
    east = "E" if place.longitude >= 0 else "W"
    return f"{abs(place.latitude):g}° {north}, {abs(place.longitude):g}° {east}"


def _drawn_land(areas: Areas, view: View) -> str:
    held = outlines()
    land = "".join(_closed(ring, view) for _, rings in areas for ring in rings)
    coasts = "".join(_open(stretch, view) for stretch in _clipped_lines(held.coasts, view))
    borders = "".join(_open(stretch, view) for stretch in _clipped_lines(held.borders, view))
    thin = 'vector-effect="non-scaling-stroke"'
    return (
        f'<path class="ab-land" d="{land}" fill="currentColor" fill-opacity="0.07" fill-rule="evenodd" stroke="none"/>'
        f'<path class="ab-coast" d="{coasts}" stroke-opacity="0.55" stroke-width="1" {thin}/>'
        f'<path class="ab-border" d="{borders}" stroke-opacity="0.6" stroke-width="1" stroke-dasharray="4 3" {thin}/>'
    )


def _clipped_rings(rings: Iterable[Line], view: View) -> Iterator[list[Point]]:
    for line in rings:
        for east in line.box.turns_into(view.box):
            ring = clip_ring([(x + east, y) for x, y in line.points], view.box)
            if ring:
                yield ring


def _clipped_lines(lines: Iterable[Line], view: View) -> Iterator[list[Point]]:
    for line in lines:
        for east in line.box.turns_into(view.box):
            yield from clip_line([(x + east, y) for x, y in line.points], view.box)


def _closed(ring: Sequence[Point], view: View) -> str:
    points = _coarse(ring, view)
    box = Box.around(points)
    if len(points) < 3 or max(box.right - box.left, box.high - box.low) < SMALLEST:
        return ""
    return f"{_path(points)}Z"


def _open(stretch: Sequence[Point], view: View) -> str:
    points = _coarse(stretch, view)
    box = Box.around(points)
    small = max(box.right - box.left, box.high - box.low) < SMALLEST
    return "" if len(points) < 2 or small else _path(points)


def _coarse(points: Sequence[Point], view: View) -> list[tuple[int, int]]:
    """The points on the grid of the drawing, without those that stand upon each other; the last one stays."""
    kept: list[tuple[int, int]] = []
    last = len(points) - 1
    for index, point in enumerate(points):
        x, y = view.at(point, GRID)
        at = (round(x), round(y))
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= FINEST or (index == last and at != kept[-1]):
            kept.append(at)
    return kept


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Steps from point to point, which take half the letters of places."""
    (x, y), *_ = points
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points))
    return f"M{x} {y}l{steps}".replace(" -", "-")


def _names(areas: Areas, view: View, places: Sequence[MapPlace], led: Sequence[Way]) -> str:
    """The scale bar, the arrow heads, the dots, the routes' numbers and every name that has room."""
    frame = Box(2, 2, NARROWEST - 2, NARROWEST * view.ratio - 2)
    bar, bar_box = _scale_bar(view, frame)
    spots = [(place.name, view.place(place, NARROWEST)) for place in places]
    standing = [bar_box, *(box for way in led for box in way.badges)]
    lines = [box for way in led for box in way.boxes]
    labels = place_labels(spots, frame, [*standing, *lines])
    if lines and None in labels:
        labels = place_labels(spots, frame, standing)
    taken = [*standing, *lines, *(label.box for label in labels if label)]
    taken += [Box(x - 6, y - 6, x + 6, y + 6) for _, (x, y) in spots]
    countries = "".join(_country(label, view) for label in _country_labels(areas, view, frame, taken))
    dots = (_dot(at, label, view) for (_, at), label in zip(spots, labels, strict=True))
    return countries + bar + drawn_heads(led, view) + "".join(dots) + drawn_badges(led, view)


def _country_labels(areas: Areas, view: View, frame: Box, taken: list[Box]) -> Iterator[Label]:
    """The names of the countries that have room, each in its largest part on the map, the larger country first."""
    parts = []
    for name, rings in areas:
        largest = max(rings, key=_area)
        parts.append((-_area(largest), name, [view.at(point, NARROWEST) for point in largest]))
    for _, name, ring in sorted(parts, key=lambda part: part[:2]):
        label = inside_label(name, ring, frame, taken)
        if label is not None:
            taken.append(label.box)
            yield label


def _area(ring: Sequence[Point]) -> float:
    turned = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in turned)) / 2


def _country(label: Label, view: View) -> str:
    text = (
        f'<text class="ab-muted ab-country" y="4" text-anchor="middle" font-style="italic">{_safe(label.text)}</text>'
    )
    return placed(label.at, view, text)


def _dot(at: Point, label: Label | None, view: View) -> str:
    dot = '<circle class="ab-dot" r="4" fill="currentColor"/>'
    if label is None:
        return placed(at, view, dot)
    line = f'<line x2="{label.dx:g}" y2="{label.dy:g}" stroke="currentColor" stroke-width="1"/>' if label.leads else ""
    words = (
        f'<text class="ab-place" x="{label.dx:g}" y="{label.dy + 4:g}" text-anchor="{label.anchor}" '
        f'font-weight="600">{_safe(label.text)}</text>'
    )
    return placed(at, view, line + dot + words)


def _scale_bar(view: View, frame: Box) -> tuple[str, Box]:
    """A bar of a round length at the lower left, and the room it takes."""
    most = view.kilometres * BAR_SHARE
    size = 10.0 ** (len(str(int(most))) - 1)
    length = next(step * size for step in (5, 2, 1) if step * size <= most)
    share = length / view.kilometres
    words = f"{length:,g} km"
    width = max(share * NARROWEST, text_width(words))
    drawing = (
        f'<svg x="3%" y="100%" overflow="visible"><text class="ab-muted" y="-18">{words}</text>'
        f'<path d="M0-14v8M0-10H0" stroke="currentColor" stroke-width="1.4"/></svg>'
        f'<svg x="3%" y="100%" overflow="visible"><line x2="{percent(share * 100)}" y1="-10" y2="-10" '
        f'stroke="currentColor" stroke-width="1.4"/></svg>'
        f'<svg x="{percent(3 + share * 100)}" y="100%" overflow="visible">'
        f'<path d="M0-14v8" stroke="currentColor" stroke-width="1.4"/></svg>'
    )
    return drawing, Box(0, frame.high - 34, NARROWEST * 0.03 + width + 4, frame.high + 2)


def _safe(text: str) -> str:
    return escape(text, quote=False)

"""Makes the country outlines of the maps from Natural Earth: ``python tools/outlines.py countries-50m.json``.

The input is the file of that name in the npm package world-atlas 2.0.2 (``npm pack world-atlas@2.0.2``), a TopoJSON of
Natural Earth 4.1. The output keeps the countries and their names, on a grid of a hundredth of a degree (about a
kilometre), without the points that a map of a few hundred kilometres does not show.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "archive_builder" / "assets" / "natural-earth" / "countries.json"
GRID = 0.01
"""Degrees between two points of the grid."""
TOLERANCE = 2.0
"""How far a point may lie from the simplified line, in steps of the grid."""

Point = tuple[int, int]


def main() -> None:
    source = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [deltas(simplified(points)) for points in on_grid(source)]
    countries = {"type": "GeometryCollection", "geometries": [slim(each) for each in geometries(source)]}
    result = {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [-180, -90]},
        "objects": {"countries": countries},
        "arcs": arcs,
    }
    OUTPUT.write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def on_grid(source: dict) -> list[list[Point]]:
    """The arcs, as points of our grid from the south-west corner of the world."""
    (sx, sy), (tx, ty) = source["transform"]["scale"], source["transform"]["translate"]
    lines = []
    for arc in source["arcs"]:
        xs, ys = (accumulate(axis) for axis in zip(*arc, strict=True))
        points = [
            (round((x * sx + tx + 180) / GRID), round((y * sy + ty + 90) / GRID)) for x, y in zip(xs, ys, strict=True)
        ]
        lines.append([points[0], *(point for before, point in pairwise(points) if point != before)])
    return lines


def simplified(points: Sequence[Point]) -> list[Point]:
    """Douglas and Peucker's line simplification, with a stack rather than by recursion; closed arcs keep their turn."""
    kept = {0, len(points) - 1}
    if points[0] == points[-1] and len(points) > 3:
        kept.add(max(range(len(points)), key=lambda index: distance(points[index], points[0], points[0])))
    bounds = sorted(kept)
    stack = list(pairwise(bounds))
    while stack:
        first, last = stack.pop()
        between = range(first + 1, last)
        if not between:
            continue
        far = max(between, key=lambda index: distance(points[index], points[first], points[last]))
        if distance(points[far], points[first], points[last]) > TOLERANCE:
            kept.add(far)
            stack += [(first, far), (far, last)]
    return [points[index] for index in sorted(kept)]


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the segment between two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
    return float(((px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2) ** 0.5)


def deltas(points: Sequence[Point]) -> list[list[int]]:
    return [list(points[0]), *([bx - ax, by - ay] for (ax, ay), (bx, by) in pairwise(points))]


def geometries(source: dict) -> list[dict]:
    held = [each for each in source["objects"]["countries"]["geometries"] if each.get("arcs")]
    return sorted(held, key=lambda each: str(each["properties"]["name"]))


def slim(geometry: dict) -> dict:
    name = geometry["properties"]["name"]
    return {"type": geometry["type"], "arcs": geometry["arcs"], "properties": {"name": name}}


if __name__ == "__main__":
    main()

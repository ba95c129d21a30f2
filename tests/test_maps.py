"""The map of an event: anywhere on Earth, with every place on it, names that do not collide, and nothing fetched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_builder.pages.clipping import clip_line, clip_ring
from archive_builder.pages.lettering import place_labels
from archive_builder.pages.maps import MapPlace, coordinates_in_words, place_map
from archive_builder.pages.outlines import Box, outlines
from tests.drawing import check_kept, described, parsed, places

SPOTS = {
    "one-place": [MapPlace("Elmford", 52.1, 7.9)],
    "three-places": [
        MapPlace("Dushanbe", 38.56, 68.77),
        MapPlace("Danghara", 38.1, 69.3),
        MapPlace("Kunduz", 36.73, 68.86),
    ],
    "over-the-date-line": [MapPlace("Anadyr", 64.7, 177.5), MapPlace("Nome", 64.5, -165.4)],
    "south-pole": [MapPlace("South Pole", -90, 0), MapPlace("McMurdo", -77.8, 166.7)],
    "in-the-sea": [MapPlace("Nowhere", -15.9, -25.7)],
    "around-the-world": [
        MapPlace("New York", 40.7, -74),
        MapPlace("Tokyo", 35.7, 139.7),
        MapPlace("Cape Town", -33.9, 18.4),
    ],
}
LATITUDES = st.floats(-90, 90).map(lambda number: round(number, 3))
LONGITUDES = st.floats(-180, 180).map(lambda number: round(number, 3))
PLACES = st.lists(
    st.builds(MapPlace, st.sampled_from(("A", "Long Name of a Place", "村")), LATITUDES, LONGITUDES),
    min_size=1,
    max_size=6,
)


def drawn(spots: list[MapPlace]) -> str:
    drawing = place_map(spots, "Where it was.", "map")
    assert drawing is not None
    return str(drawing)


@pytest.mark.parametrize("name", ["one-place", "three-places", "over-the-date-line"])
def test_a_map_is_drawn_as_it_was_when_somebody_looked_at_it(name: str) -> None:
    check_kept(f"map-{name}", drawn(SPOTS[name]))


@pytest.mark.parametrize("name", SPOTS)
def test_every_place_is_on_it_and_told_in_words(name: str) -> None:
    drawing = drawn(SPOTS[name])
    told = described(drawing)
    assert all(f"{spot.name}, {coordinates_in_words(spot)}" in told for spot in SPOTS[name])
    assert drawing.count('class="ab-dot"') == len(SPOTS[name])
    assert all(f">{spot.name}</text>" in drawing for spot in SPOTS[name])
    assert all(0 <= place <= 100 for place in places(drawing))


@pytest.mark.parametrize("name", SPOTS)
def test_a_map_weighs_less_than_a_photograph(name: str) -> None:
    assert len(drawn(SPOTS[name])) < 60_000


def test_it_names_the_countries_around_and_no_colour() -> None:
    drawing = drawn(SPOTS["three-places"])
    assert all(f">{country}</text>" in drawing for country in ("Tajikistan", "Afghanistan", "Uzbekistan"))
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl|https?://(?!www\.w3\.org/2000/svg)", drawing)


def test_no_place_is_no_map() -> None:
    assert place_map([], "Where it was.", "map") is None


def test_places_over_the_date_line_lie_beside_each_other() -> None:
    """The shorter way around: Anadyr is left of Nome, some 1,300 km away, not a world apart."""
    dots = re.findall(
        r'<svg x="([\d.]+)%" y="[\d.]+%" overflow="visible"><circle class="ab-dot"', drawn(SPOTS["over-the-date-line"])
    )
    assert len(dots) == 2 and 5 < float(dots[0]) < float(dots[1]) < 95
    assert ">200 km</text>" in drawn(SPOTS["over-the-date-line"])


def test_the_land_has_no_line_across_the_world() -> None:
    """Countries on both sides of the 180th meridian are whole, and Antarctica reaches the pole."""
    held = outlines()
    russia = next(country for country in held.countries if country.name == "Russia")
    assert (
        max(abs(b[0] - a[0]) for line in russia.rings for a, b in zip(line.points, line.points[1:], strict=False)) < 20
    )
    antarctica = next(country for country in held.countries if country.name == "Antarctica")
    assert min(line.box.low for line in antarctica.rings) == -90


@settings(max_examples=10)
@given(PLACES)
def test_any_places_on_earth_are_drawn_well_formed_and_inside(spots: list[MapPlace]) -> None:
    drawing = drawn(spots)
    assert all(-0.01 <= place <= 100.01 for place in places(drawing))
    assert drawing.count('class="ab-dot"') == len(spots)
    assert drawing == drawn(spots) and parsed(drawing) is not None


SPOT = st.tuples(
    st.sampled_from(("A", "Qalai-e Zal", "A Town of Many Letters")), st.tuples(st.floats(4, 280), st.floats(4, 180))
)


@given(st.lists(SPOT, max_size=12))
def test_names_never_run_into_each_other_or_over_the_edge(spots: list) -> None:
    frame = Box(2, 2, 286, 186)
    boxes = [label.box for label in place_labels(spots, frame, ()) if label]
    assert not any(one.meets(other) for index, one in enumerate(boxes) for other in boxes[:index])
    assert all(frame.left <= box.left and box.right <= frame.right for box in boxes)
    assert all(frame.low <= box.low and box.high <= frame.high for box in boxes)


POINTS = st.tuples(st.integers(-20, 20), st.integers(-20, 20))


@given(st.lists(POINTS, min_size=2, max_size=12))
def test_what_is_clipped_lies_in_the_box(points: list) -> None:
    box = Box(-5, -5, 5, 5)
    kept = [*clip_ring(points, box), *(point for stretch in clip_line(points, box) for point in stretch)]
    assert all(-5.001 <= x <= 5.001 and -5.001 <= y <= 5.001 for x, y in kept)


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=12))
def test_what_lies_in_the_box_is_kept_whole(points: list) -> None:
    box = Box(-5, -5, 5, 5)
    assert clip_ring(points, box) == points
    assert [point for stretch in clip_line(points, box) for point in stretch] == points

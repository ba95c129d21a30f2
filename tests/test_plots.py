"""The plot of a claim: a row for each origin, every value in its place, everything in words, the same bytes always."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_builder.model import Stance
from archive_builder.pages.axes import day_axis, number_axis
from archive_builder.pages.plots import claim_plot, legend, rows_of, spark
from archive_builder.quantities import parse_value
from tests.conftest import World, build
from tests.drawing import Said, archive_of, check_kept, described, heights, parsed, places, signs

CASES: dict[str, tuple[list[Said], str]] = {
    "one-value": ([("15", "asserts", "")], "quantity: guards killed"),
    "equal-values": ([("15", "asserts", ""), ("15", "asserts", "ministry")], "quantity: guards killed"),
    "every-form": (
        [
            ("15", "asserts", ""),
            ("~200", "asserts", "ministry"),
            ("200..300", "asserts", "spokesman"),
            ("~20..90", "asserts", ""),
            (">100", "asserts", ""),
            ("<=40", "asserts", "ministry"),
            ("120", "denies", ""),
            ("60..90", "doubts", ""),
            (None, "doubts", ""),
        ],
        "quantity: distance\n  unit: km",
    ),
    "negative": ([("-40", "asserts", ""), ("-12.5", "asserts", "")], "quantity: temperature\n  unit: °C"),
    "huge": (
        [("2000000000", "asserts", ""), ("~3500000000", "asserts", "ministry")],
        "quantity: cost\n  unit: US dollars",
    ),
    "only-bounds": ([(">100", "asserts", ""), ("<5", "asserts", "ministry")], "quantity: guards killed"),
    "only-dates": (
        [("2018-07-29", "asserts", ""), ("2018-08?", "asserts", "ministry"), ("../2018-07-31", "asserts", "spokesman")],
        "quantity: day\n  unit: date",
    ),
}


def drawn(said: list[Said], measure: str) -> str:
    archive = build(archive_of(said, measure))
    assert archive.problems == ()
    plot = claim_plot(archive.standings["guards-killed"], archive)
    assert plot is not None
    return str(plot)


@pytest.mark.parametrize("name", CASES)
def test_a_plot_is_drawn_as_it_was_when_somebody_looked_at_it(name: str) -> None:
    check_kept(f"plot-{name}", drawn(*CASES[name]))


@pytest.mark.parametrize("name", CASES)
def test_everything_stands_inside_the_plot(name: str) -> None:
    plot = drawn(*CASES[name])
    assert all(0 <= place <= 100 for place in places(plot))
    assert all(0 <= height <= int(parsed(plot).get("height", "0")) for height in heights(plot))


@pytest.mark.parametrize("name", CASES)
def test_its_words_name_every_origin_and_every_value(name: str) -> None:
    archive = build(archive_of(*CASES[name]))
    standing = archive.standings["guards-killed"]
    told = described(drawn(*CASES[name]))
    assert all(archive.name_of(origin) in told for origin in standing.origins)
    assert all(str(position.reading) in told for position in standing.positions if position.reading)


@pytest.mark.parametrize("name", CASES)
def test_it_names_no_colour(name: str) -> None:
    """Light, dark and print all draw it in the colours of the page."""
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", drawn(*CASES[name]))


def test_a_row_is_an_origin_however_many_articles_carry_it() -> None:
    """A spokesman speaks for the ministry, so that both are one origin; each article's own voice is another."""
    said = [("15", "asserts", "ministry"), ("15", "asserts", "spokesman"), ("17", "asserts", ""), ("16", "asserts", "")]
    archive = build(archive_of(said))
    rows = rows_of(archive.standings["guards-killed"], archive)
    assert [row.name for row in rows] == ["The Ministry", "Paper 3", "Paper 2"]
    assert rows[0].lanes[0].source == "in Paper 0, Paper 1"
    assert "Paper 1 citing A Spokesman" in rows[0].told


def test_who_speaks_and_how_is_told_by_shape() -> None:
    said = [("1", "asserts", ""), ("2", "asserts", "ministry"), ("3", "denies", ""), ("4", "doubts", "")]
    assert signs(drawn(said, "quantity: x")) == {"own": 1, "quoted": 1, "denies": 1, "doubts": 1}


def test_who_objects_without_a_value_comes_last_with_words() -> None:
    archive = build(archive_of([(None, "denies", ""), ("15", "asserts", "")]))
    rows = rows_of(archive.standings["guards-killed"], archive)
    assert [row.lanes[0].note for row in rows] == ["", "denies it; gives no value"]


def test_what_an_article_leaves_out_is_no_row() -> None:
    files = archive_of([("15", "asserts", ""), ("16", "asserts", "")])
    files["annotations/paper-1/it.yml"] = "claim: guards-killed\nstance: omits\nnote: Nothing.\n"
    archive = build(files)
    standing = archive.standings["guards-killed"]
    assert [position.stance for position in standing.positions] == [Stance.ASSERTS, Stance.OMITS]
    assert [row.name for row in rows_of(standing, archive)] == ["Paper 0"]


def test_without_a_value_there_is_no_plot(world: World) -> None:
    archive = world(archive_of([(None, "asserts", "")]))
    standing = archive.standings["guards-killed"]
    assert claim_plot(standing, archive) is None and spark(standing) is None and legend(standing) == []


def test_a_spark_is_drawn_where_values_differ_and_nowhere_else() -> None:
    def of(*values: str) -> str | None:
        return spark(build(archive_of([(value, "asserts", "") for value in values])).standings["guards-killed"])

    assert of("15") is None and of("15", "15") is None
    drawing = of("<3", "15", "~200..300")
    assert drawing and "fewer than 3" in drawing and "about 200 to 300" in drawing
    assert [part.get("aria-hidden") for part in parsed(drawing)] == ["true", "true"]


def test_names_of_any_length_and_any_letters_are_safe() -> None:
    files = archive_of([("15", "asserts", "ministry")])
    files["content/entities/ministry.md"] = (
        f'---\nname: "<b>&{"Ministry of Everything " * 30}"\ntype: organisation\n---\n'
    )
    archive = build(files)
    plot = claim_plot(archive.standings["guards-killed"], archive)
    assert plot and "<b>" not in plot and "Ministry of Everything Ministry" in described(plot)


def test_twenty_seven_positions_are_drawn_in_well_under_a_page() -> None:
    said: list[Said] = [(str(10 + number), "asserts", "ministry" if number % 2 else "") for number in range(27)]
    assert len(drawn(said, "quantity: x")) < 30_000


@given(st.lists(st.decimals(-(10**12), 10**12, allow_nan=False, places=3), min_size=1, max_size=8), st.booleans())
def test_an_axis_holds_every_number_between_round_ticks(numbers: list, open_ends: bool) -> None:
    axis = number_axis(numbers, "x", None, open_ends=open_ends)
    assert all(0 <= axis.place(float(number)) <= 100 for number in numbers)
    assert axis.ticks[0].at <= float(min(numbers)) and float(max(numbers)) <= axis.ticks[-1].at
    assert 2 <= len(axis.ticks) <= 8
    assert len({tick.words for tick in axis.ticks}) == len(axis.ticks)


@given(st.lists(st.integers(1, 3_652_059), min_size=1, max_size=8))
def test_an_axis_holds_every_day_and_has_ticks(days: list[int]) -> None:
    axis = day_axis(days, "when")
    assert all(0 <= axis.place(day) <= 100 for day in days)
    assert 1 <= len(axis.ticks) <= 8
    assert all(axis.low <= tick.at <= axis.high for tick in axis.ticks)


@given(st.lists(st.sampled_from("15 ~200 200..300 >100 <5 ~1..9 -3 0 1000000 0.5".split()), min_size=1, max_size=9))
def test_the_same_values_make_the_same_bytes_in_any_order_of_files(values: list[str]) -> None:
    said: list[Said] = [(value, "asserts", "ministry") for value in values]
    files = archive_of(said, "quantity: x")
    one, other = build(files), build(dict(reversed(files.items())))
    plots = [claim_plot(each.standings["guards-killed"], each) for each in (one, other)]
    assert plots[0] == plots[1] and all(0 <= place <= 100 for place in places(str(plots[0])))
    rows = rows_of(one.standings["guards-killed"], one)
    lows = [
        lane.mark.low if lane.mark.low is not None else lane.mark.high
        for row in rows
        for lane in row.lanes
        if lane.mark
    ]
    assert lows == sorted(lows, key=float) and len(lows) == len({parse_value(value).text for value in values})

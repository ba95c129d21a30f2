"""Figures are read with their vagueness, and two of them contradict when no number fits both."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_builder.quantities import Quantity, parse_value

NUMBERS = st.integers(-10_000, 10_000)
VALUES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(("", "~", ">", ">=", "<", "<=")), NUMBERS),
    st.builds(lambda sign, a, b: f"{sign}{min(a, b)}..{max(a, b)}", st.sampled_from(("", "~")), NUMBERS, NUMBERS),
)
QUANTITIES = VALUES.map(parse_value)


@pytest.mark.parametrize(
    "text, low, high, words",
    [
        ("15", "15", "15", "15"),
        ("200..300", "200", "300", "200 to 300"),
        (">100", "100", None, "more than 100"),
        (">=10", "10", None, "at least 10"),
        ("<5", None, "5", "fewer than 5"),
        ("<= 4", None, "4", "at most 4"),
        ("~200", "200", "200", "about 200"),
        ("~200..300", "200", "300", "about 200 to 300"),
        ("3.5", "3.5", "3.5", "3.5"),
        ("-5..5", "-5", "5", "-5 to 5"),
        ("12000", "12000", "12000", "12,000"),
        (" 17 ", "17", "17", "17"),
        ("7..7", "7", "7", "7"),
    ],
)
def test_a_value_has_bounds_and_is_told_in_words(text: str, low: str | None, high: str | None, words: str) -> None:
    """As exact as it was written, and no more."""
    read = parse_value(text)
    assert (read.low, read.high) == tuple(None if bound is None else Decimal(bound) for bound in (low, high))
    assert str(read) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "1,300",
        "15 men",
        "300..200",
        ">1..2",
        "~>5",
        "1e3",
        "..5",
        "5..",
        "NaN",
        "0x1",
        "--5",
        "1" * 16,
        "½",
        "١٥",
    ],
)
def test_what_is_no_value_is_refused_with_an_example(text: str) -> None:
    """Refused, not guessed."""
    with pytest.raises(ValueError):
        parse_value(text)


@pytest.mark.parametrize(
    "one, other, meet",
    [
        ("15", "17", False),
        ("15", "15.0", True),
        ("15", "10..20", True),
        ("200..300", "300..400", True),
        ("200..300", "301", False),
        (">100", "100", False),
        (">=100", "100", True),
        ("<5", ">5", False),
        ("<=5", ">=5", True),
        ("<5", ">4", True),
        ("~200", "210", True),
        ("~200", "220", True),
        ("~200", "221", False),
        ("~200", "~240", True),
        ("~200..300", "330", True),
        ("~-100", "-105", True),
        (">100", ">1000", True),
        ("~0", "1", False),
    ],
)
def test_values_contradict_when_no_number_fits_both(one: str, other: str, meet: bool) -> None:
    """About allows for a tenth; a strict bound leaves itself out."""
    assert parse_value(one).meets(parse_value(other)) is meet


@given(QUANTITIES, QUANTITIES)
def test_meeting_is_mutual(one: Quantity, other: Quantity) -> None:
    """Either figure can be held against the other."""
    assert one.meets(other) == other.meets(one)


@given(QUANTITIES)
def test_a_value_meets_itself(one: Quantity) -> None:
    """No figure contradicts itself, and each is told in words and read again from what was written."""
    assert one.meets(one) and str(one)
    assert parse_value(one.text) == one


@given(NUMBERS, VALUES)
def test_saying_about_only_widens(number: int, value: str) -> None:
    """What meets a figure meets about that figure."""
    other = parse_value(value)
    assert not parse_value(str(number)).meets(other) or parse_value(f"~{number}").meets(other)


@given(st.text())
def test_any_text_is_a_value_or_a_value_error(text: str) -> None:
    """Nothing but ValueError is raised."""
    with contextlib.suppress(ValueError):
        assert str(parse_value(text))

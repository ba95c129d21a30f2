"""Dates are read as EDTF, compared by the days they may mean, and told in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_builder.dates import EdtfDate, parse_date

DAYS = st.dates(min_value=date(1000, 1, 1))
POINTS = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    DAYS,
    st.sampled_from((4, 7, 10)),
    st.sampled_from(("", *"?~%")),
)
INTERVALS = (
    st.builds(lambda first, second: "/".join(sorted((first.isoformat(), second.isoformat()))), DAYS, DAYS)
    | POINTS.map("{}/..".format)
    | POINTS.map("../{}".format)
)
DATES = (POINTS | INTERVALS).map(parse_date)


@pytest.mark.parametrize(
    "text, earliest, latest, words",
    [
        ("2018", "2018-01-01", "2018-12-31", "2018"),
        ("2018-08", "2018-08-01", "2018-08-31", "August 2018"),
        ("2018-08-31", "2018-08-31", "2018-08-31", "31 August 2018"),
        ("2018-08?", "2018-08-01", "2018-08-31", "probably August 2018"),
        ("2018~", "2018-01-01", "2018-12-31", "about 2018"),
        ("2018-08-01%", "2018-08-01", "2018-08-01", "probably about 1 August 2018"),
        ("2019-11-06/2019-11-11", "2019-11-06", "2019-11-11", "between 6 and 11 November 2019"),
        ("2019-11-06/2019-12-01", "2019-11-06", "2019-12-01", "between 6 November and 1 December 2019"),
        ("2018-11-06/2019-11-11", "2018-11-06", "2019-11-11", "between 6 November 2018 and 11 November 2019"),
        ("2018/2019", "2018-01-01", "2019-12-31", "between 2018 and 2019"),
        ("2019-11/2019-12", "2019-11-01", "2019-12-31", "between November and December 2019"),
        ("2019-11-06/..", "2019-11-06", None, "since 6 November 2019"),
        ("../2019-11", None, "2019-11-30", "by November 2019"),
        ("[2019-11-06..2019-11-11]", "2019-11-06", "2019-11-11", "between 6 and 11 November 2019"),
        ("[2019..]", "2019-01-01", None, "since 2019"),
        ("[..2019]", None, "2019-12-31", "by 2019"),
        ("2020-02", "2020-02-01", "2020-02-29", "February 2020"),
    ],
)
def test_a_date_means_some_days_and_is_told_in_words(
    text: str, earliest: str | None, latest: str | None, words: str
) -> None:
    """From the first day it may mean to the last, and never more exactly than it was written."""
    read = parse_date(text)
    days = [day and day.isoformat() for day in (read.earliest, read.latest)]
    assert (days, str(read), read.text) == ([earliest, latest], words, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "18", "2018-8", "2018-13", "2018-02-30", "2019-02-29", "31.08.2018", "August 2018", "2018-08-31T10:00",
        "2018/2017", "../..", "/", "..", "[..]", "2018??", "0000", "٢٠١٨", "2018-08-31/2018-08-30", "[2018", "2018]",
        "-2018", "2018 / 2019", "[2018/2019]",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    """Refused, not guessed; the error is a sentence for the person who wrote it."""
    with pytest.raises(ValueError) as raised:
        parse_date(text)
    assert str(raised.value)


@given(st.text())
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    """Nothing but ValueError is raised, and what is read can be told."""
    try:
        read = parse_date(text)
    except ValueError:
        return
    assert str(read)


@given(DATES)
def test_a_date_meets_itself_and_is_told(one: EdtfDate) -> None:
    """No date contradicts itself; its first day is not after its last."""
    assert one.meets(one) and str(one)
    assert one.earliest is None or one.latest is None or one.earliest <= one.latest


@given(DATES, DATES)
def test_meeting_is_mutual(one: EdtfDate, other: EdtfDate) -> None:
    """Either date can be held against the other."""
    assert one.meets(other) == other.meets(one)


@given(POINTS, DAYS)
def test_a_date_meets_the_days_within_it(text: str, day: date) -> None:
    """A day fits a date exactly when it is written with the same beginning."""
    assert parse_date(text).meets(parse_date(day.isoformat())) == day.isoformat().startswith(text.rstrip("?~%"))


def test_a_day_without_doubt_is_a_day() -> None:
    """Only a whole date without a mark is one day."""
    assert parse_date("2018-08-31").is_day
    assert not any(
        parse_date(text).is_day for text in ("2018-08-31?", "2018-08", "2018-08-31/2018-09-01", "../2018-08-31")
    )


def test_dates_are_in_order_of_their_first_day() -> None:
    """An open beginning comes first, then the earlier, then the shorter."""
    texts = ["../2017", "2018-01-01", "2018-01", "2018", "2018-01-01/..", "2018-02"]
    assert sorted({*texts}, key=lambda text: parse_date(text).sort_key) == texts

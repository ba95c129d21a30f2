"""Lays numbers or days out along an axis: round ticks, and the place of each value between its ends.

Places are percentages of a figure's width, so that a figure grows with its page while its words keep their size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import count
from typing import NamedTuple

__all__ = ["Axis", "Tick", "day_axis", "number_axis"]

# What is left free at either end of an axis for marks, arrows and words, in percent.
INSET = 7.0
TICKS = 4
NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
LARGE = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))

DAYS = (1, 2, 5, 10)
MONTHS = (1, 2, 3, 6)
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
SHORT_MONTHS = ("", *"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())


class Tick(NamedTuple):
    """A mark of the axis, with its words."""

    at: float
    words: str


class Axis(NamedTuple):
    """A stretch of numbers or, as ordinals, of days."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    title: str

    def place(self, value: float) -> float:
        """Where a value stands, in percent of the width."""
        return INSET + (value - self.low) / (self.high - self.low) * (100 - 2 * INSET)


def number_axis(values: Sequence[Decimal], quantity: str, unit: str | None, *, open_ends: bool = False) -> Axis:
    """An axis that holds every value, from nought where that is not far off; ``open_ends`` leaves room for arrows."""
    low, high = _stretched(min(values), max(values), open_ends)
    whole = all(value == value.to_integral_value() for value in values)
    step = _nice_step((high - low) / TICKS, whole)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    divisor, word = next(((size, word) for size, word in LARGE if max(abs(low), abs(high)) >= size), (Decimal(1), ""))
    steps = [(first + index) * step for index in range(int(last - first) + 1)]
    ticks = tuple(Tick(float(at), _plain(at / divisor)) for at in steps)
    return Axis(float(steps[0]), float(steps[-1]), ticks, _title(quantity, unit, word))


def day_axis(days: Sequence[int], title: str) -> Axis:
    """An axis that holds every day, given by its ordinal, with ticks at round days, months or years."""
    first, last = min(days), max(days)
    margin = max((last - first) // 12, 2)
    low, high = max(first - margin, 1), min(last + margin, date.max.toordinal())
    start, end = date.fromordinal(low), date.fromordinal(high)
    ticks = _day_ticks(start, end)
    if start.year == end.year:
        title = ", ".join(filter(None, (title, str(start.year))))
    return Axis(low, high, ticks, title)


def _stretched(low: Decimal, high: Decimal, open_ends: bool) -> tuple[Decimal, Decimal]:
    """The ends of the axis before they are rounded: never a single point, and nought where it is near."""
    span = high - low
    margin = span / 10 if span else max(abs(low) / 10, Decimal(1))
    if open_ends:
        margin = max(margin, span / 4)
    stretched = low - margin if open_ends or not span else low, high + margin if open_ends or not span else high
    if low >= 0:
        near = span and low <= span * 3 / 2
        return (Decimal(0) if near else max(stretched[0], Decimal(0))), stretched[1]
    if high <= 0:
        near = span and -high <= span * 3 / 2
        return stretched[0], (Decimal(0) if near else min(stretched[1], Decimal(0)))
    return stretched


def _nice_step(about: Decimal, whole: bool) -> Decimal:
    magnitude = Decimal(10) ** about.adjusted()
    step = next(nice * magnitude for nice in NICE if nice * magnitude >= about)
    if whole and step != step.to_integral_value():
        return step.to_integral_value(ROUND_CEILING)
    return step


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def _title(quantity: str, unit: str | None, word: str) -> str:
    if unit:
        return f"{quantity} ({word} {unit})" if word else f"{quantity} ({unit})"
    return f"{quantity} ({word}s)" if word else quantity


def _day_ticks(low: date, high: date) -> tuple[Tick, ...]:
    for step in DAYS:
        if high.toordinal() - low.toordinal() < step * (TICKS + 1):
            return tuple(_days(low, high, step))
    for step in MONTHS:
        if (high.year - low.year) * 12 + high.month - low.month < step * (TICKS + 1):
            return tuple(_months(low, high, step))
    step = next(step for step in YEARS if high.year - low.year < step * (TICKS + 2))
    return tuple(_years(low, high, step))


def _days(low: date, high: date, step: int) -> Iterator[Tick]:
    """Every so many days; the year is told where it changes, and else beside the axis."""
    year = low.year
    for ordinal in range(low.toordinal(), high.toordinal() + 1, step):
        day = date.fromordinal(ordinal)
        told = f" {day.year}" if day.year != year else ""
        yield Tick(ordinal, f"{day.day} {SHORT_MONTHS[day.month]}{told}")
        year = day.year


def _months(low: date, high: date, step: int) -> Iterator[Tick]:
    for index in count(-(-(low.year * 12 + low.month - 1) // step) * step, step):
        year, month = divmod(index, 12)
        if year > date.max.year or date(year, month + 1, 1) > high:
            return
        if date(year, month + 1, 1) >= low:
            told = "" if low.year == high.year else f" {year}"
            yield Tick(date(year, month + 1, 1).toordinal(), f"{SHORT_MONTHS[month + 1]}{told}")


def _years(low: date, high: date, step: int) -> Iterator[Tick]:
    for year in range(max(-(-low.year // step) * step, 1), high.year + 1, step):
        if low <= date(year, 1, 1) <= high:
            yield Tick(date(year, 1, 1).toordinal(), str(year))

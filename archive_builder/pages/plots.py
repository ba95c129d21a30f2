"""Plots the values given for a claim: a row for each independent origin, so that five echoes of one voice are one row.

An exact value is a sign on its track, a range a bar between its ends, a bound an arrow that stays open, and about so
much a soft bar around an empty sign. The shape of the sign tells who speaks; see ``marks``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from archive_builder.archive import Archive
from archive_builder.dates import EdtfDate
from archive_builder.model import Measure, Stance
from archive_builder.pages.axes import Axis, day_axis, number_axis
from archive_builder.pages.marks import MEANINGS, Mark, Sign, drawn, sign
from archive_builder.pages.tracks import Lane, Row, clipped, figure, listed
from archive_builder.quantities import ABOUT, Quantity
from archive_builder.standing import Position, Reading, Standing, in_words

__all__ = ["claim_plot", "legend", "mark_of", "rows_of", "sign_of", "spark"]

SPARK_HEIGHT = 20
SPARK_MIDDLE = 10

OBJECTIONS = {Stance.DENIES: "denies it", Stance.DOUBTS: "doubts it"}


def claim_plot(standing: Standing, archive: Archive) -> Markup | None:
    """The plot of a claim's values; None where no passage gives one."""
    axis = _axis(standing)
    if axis is None:
        return None
    title = f"{standing.claim.title} The values given, by independent origin."
    return figure(rows_of(standing, archive), axis, title, "plot")


def legend(standing: Standing) -> list[tuple[Markup, str]]:
    """The signs that occur in a claim's plot, each with what it stands for."""
    met = {sign_of(position) for position in standing.positions if position.reading is not None}
    told = [(sign(kind), meaning) for kind, meaning in MEANINGS.items() if kind in met]
    if any(_soft(reading) for reading in standing.readings):
        told.append((sign(Sign.QUOTED, hollow=True), "empty: approximate, the soft bar a tenth more or less"))
    return told


def spark(standing: Standing) -> Markup | None:
    """All the values of a claim on one track above its ends in words; None where there are not two that differ."""
    held = _distinct(standing)
    axis = _axis(standing) if len(held) > 1 else None
    if axis is None:
        return None
    # What is narrow is drawn last, so that nothing hides it.
    marks = sorted((mark_of(reading, kind) for reading, kind in held), key=_width, reverse=True)
    drawing = "".join(drawn(mark, axis, SPARK_MIDDLE) for mark in marks)
    low, high = _ends(standing)
    return Markup(
        f'<span class="ab-spark">'
        f'<svg class="ab-plot" aria-hidden="true" focusable="false" width="100%" height="{SPARK_HEIGHT}" '
        f'style="height:{SPARK_HEIGHT}px">'
        f'<line class="ab-track" x1="0" y1="{SPARK_MIDDLE}" x2="100%" y2="{SPARK_MIDDLE}" stroke="currentColor" '
        f'stroke-opacity="0.15"/>{drawing}</svg>'
        f'<span class="ab-ends" aria-hidden="true"><span>{low}</span> <span>{high}</span></span></span>'
    )


def rows_of(standing: Standing, archive: Archive) -> list[Row]:
    """A row for each origin that speaks, by its least value; those that give none come last."""
    by_origin: dict[str, list[Position]] = defaultdict(list)
    for position in standing.positions:
        if position.stance is not Stance.OMITS and (position.reading or position.stance in OBJECTIONS):
            by_origin[position.origin].append(position)
    measure = standing.claim.measure
    held = [(archive.name_of(origin), list(_lanes(own, measure, archive))) for origin, own in by_origin.items()]
    held.sort(key=lambda each: (_least(each[1]), each[0]))
    return [Row(name, tuple(lanes)) for name, lanes in held]


def sign_of(position: Position) -> Sign:
    """Who speaks in a passage, and how."""
    match position.stance:
        case Stance.DENIES:
            return Sign.DENIES
        case Stance.DOUBTS:
            return Sign.DOUBTS
        case Stance.OMITS:
            return Sign.SILENT
    return Sign.QUOTED if position.annotation.attribution else Sign.OWN


def mark_of(reading: Reading, kind: Sign) -> Mark:
    """A value as it stands on an axis; days are ordinals."""
    low, high = _bounds(reading)
    soft = _soft(reading)
    hollow = soft is not None or (isinstance(reading, Quantity) and reading.excludes_ends)
    return Mark(kind, str(reading), low, high, soft, hollow)


def _bounds(reading: Reading) -> tuple[float | None, float | None]:
    """The least and the most a value may be; None where nothing bounds it."""
    if isinstance(reading, EdtfDate):
        first, last = reading.earliest, reading.latest
        return first.toordinal() if first else None, last.toordinal() if last else None
    low, high = reading.low, reading.high
    return None if low is None else float(low), None if high is None else float(high)


def _soft(reading: Reading) -> tuple[float, float] | None:
    """How far a value reaches that is said to be about so much; None of any other, and of one without an end."""
    if isinstance(reading, EdtfDate):
        return _around(reading) if reading.uncertain or reading.approximate else None
    if not reading.approximate or reading.low is None or reading.high is None:
        return None
    low, high = reading.low, reading.high
    return float(low - abs(low) * ABOUT), float(high + abs(high) * ABOUT)


def _around(written: EdtfDate) -> tuple[float, float] | None:
    """The days of a date that is uncertain; a single day is given one to either side."""
    if written.earliest is None or written.latest is None:
        return None
    low, high = written.earliest.toordinal(), written.latest.toordinal()
    return (low, high) if low != high else (max(low - 1, 1), min(high + 1, date.max.toordinal()))


def _distinct(standing: Standing) -> list[tuple[Reading, Sign]]:
    """The different values with their signs, in the order they are met."""
    found = {
        (position.reading.text, sign_of(position)): position.reading
        for position in standing.positions
        if position.reading
    }
    return [(reading, kind) for (_, kind), reading in found.items()] if len({text for text, _ in found}) > 1 else []


def _axis(standing: Standing) -> Axis | None:
    measure, readings = standing.claim.measure, standing.readings
    if measure is None or not readings:
        return None
    title = measure.quantity
    days = [day for each in readings if isinstance(each, EdtfDate) for day in _days(each)]
    if days:
        return day_axis(days, title)
    numbers = [number for each in readings if isinstance(each, Quantity) for number in _numbers(each)]
    if not numbers:
        return None
    return number_axis(numbers, title, measure.unit, open_ends=any(_is_open(each) for each in readings))


def _days(reading: EdtfDate) -> Iterator[int]:
    yield from (int(day) for day in _soft(reading) or _bounds(reading) if day is not None)


def _numbers(quantity: Quantity) -> Iterator[Decimal]:
    share = ABOUT if quantity.approximate else Decimal(0)
    if quantity.low is not None:
        yield quantity.low - abs(quantity.low) * share
    if quantity.high is not None:
        yield quantity.high + abs(quantity.high) * share


def _is_open(reading: Reading) -> bool:
    return isinstance(reading, Quantity) and (reading.low is None or reading.high is None)


def _ends(standing: Standing) -> tuple[str, str]:
    """The least and the greatest value given, in words."""
    spans = [(_span(each), each) for each in standing.readings]
    _, least = min(spans, key=lambda each: each[0])
    _, most = max(reversed(spans), key=lambda each: each[0][::-1])
    told = str(least), in_words(most, standing.claim.measure)
    low, high = (Markup.escape(clipped(words, 130)) for words in told)
    return low, high


def _width(mark: Mark) -> float:
    return float("inf") if mark.low is None or mark.high is None else mark.high - mark.low


def _span(reading: Reading) -> tuple[float, float]:
    low, high = _bounds(reading)
    return (low if low is not None else high or 0.0), (high if high is not None else low or 0.0)


def _least(lanes: Iterable[Lane]) -> float:
    lows = (mark.low if mark.low is not None else mark.high for mark in (lane.mark for lane in lanes) if mark)
    return min((low for low in lows if low is not None), default=float("inf"))


def _lanes(positions: Sequence[Position], measure: Measure | None, archive: Archive) -> Iterator[Lane]:
    """A lane for each value and way of giving it."""
    alike: dict[tuple[str, Sign], list[Position]] = defaultdict(list)
    for position in positions:
        alike[position.reading.text if position.reading else "", sign_of(position)].append(position)
    lanes = [_lane(same, kind, measure, archive) for (_, kind), same in alike.items()]
    yield from sorted(lanes, key=lambda lane: (_least([lane]), lane.told))


def _lane(positions: Sequence[Position], kind: Sign, measure: Measure | None, archive: Archive) -> Lane:
    first = positions[0]
    source = told = "in its own voice"
    if first.annotation.attribution:
        source = f"in {listed(archive.outlets[each.article.outlet].name for each in positions)}"
        told = f"in {', '.join(dict.fromkeys(_through(each, archive) for each in positions))}"
    objection = OBJECTIONS.get(first.stance)
    if first.reading is None:
        return Lane(None, source, f"{objection} {told}, and gives no value", f"{objection}; gives no value")
    words = in_words(first.reading, measure)
    mark = mark_of(first.reading, kind)
    return Lane(mark, source, f"{f'{objection}, ' if objection else ''}{words}, {told}")


def _through(position: Position, archive: Archive) -> str:
    """The outlet, and those it cites on the way to the origin."""
    outlet = archive.outlets[position.article.outlet].name
    between = [speaker for speaker in position.annotation.attribution if speaker != position.origin]
    return " citing ".join((outlet, *(archive.name_of(speaker) for speaker in between)))

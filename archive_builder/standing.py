"""Derives where a claim stands, from who says what: nothing here decides who is right.

Positions are counted by *origin*, not by outlet: five articles that quote one press release are one origin. The origin
of a passage is the last of its attribution chain, followed through ``speaks_for``; without a chain, it is the outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from archive_builder.dates import EdtfDate, parse_date
from archive_builder.model import Annotation, Article, Claim, ClaimStatus, Entity, Measure, Stance
from archive_builder.quantities import Quantity, parse_value

__all__ = ["Position", "Reading", "Standing", "in_words", "origin_of", "read_value", "speaks_in_a_circle", "standing"]

Reading = Quantity | EdtfDate


class Position(NamedTuple):
    """What one passage does with a claim."""

    annotation: Annotation
    article: Article
    stance: Stance
    origin: str
    """The id of the entity or outlet it comes from in the end."""
    reading: Reading | None
    """The value it gives, read in the claim's measure."""


class Standing(NamedTuple):
    """Where a claim stands in this archive."""

    claim: Claim
    positions: tuple[Position, ...]
    status: ClaimStatus
    """As derived, or as overruled by the claim's file."""
    derived: ClaimStatus
    reason: str
    """Why, in one sentence."""
    origins: tuple[str, ...]
    """The independent origins that assert, deny or doubt it, sorted."""

    @property
    def is_overruled(self) -> bool:
        return self.claim.status is not None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The different values given, in the order they are met."""
        given = (position.reading for position in self.positions)
        return tuple({reading.text: reading for reading in given if reading is not None}.values())


def read_value(value: str, measure: Measure | None) -> Reading:
    """Read ``value`` in a claim's measure; raise ValueError, with a correct example, where it cannot be."""
    if measure is None:
        raise ValueError("the claim has no measure: add measure: with quantity: to it, or drop the value")
    return parse_date(value) if measure.is_date else parse_value(value)


def in_words(reading: Reading, measure: Measure | None) -> str:
    """A value with its unit."""
    unit = "" if measure is None or measure.is_date or not measure.unit else f" {measure.unit}"
    return f"{reading}{unit}"


def origin_of(annotation: Annotation, article: Article, entities: Mapping[str, Entity]) -> str:
    """The id of the entity or outlet a passage comes from in the end."""
    origin = annotation.attribution[-1] if annotation.attribution else article.outlet
    seen = {origin}
    while (entity := entities.get(origin)) is not None and entity.speaks_for and entity.speaks_for not in seen:
        origin = entity.speaks_for
        seen.add(origin)
    return origin


def standing(claim: Claim, positions: Iterable[Position]) -> Standing:
    """Derive the claim's status and the reason for it."""
    held = tuple(positions)
    speaking = [position for position in held if position.stance is not Stance.OMITS]
    origins = tuple(sorted({position.origin for position in speaking}))
    derived, reason = _judge(speaking, origins, claim.measure)
    if claim.status is not None and claim.reason is not None:
        return Standing(claim, held, claim.status, derived, claim.reason, origins)
    return Standing(claim, held, derived, derived, reason, origins)


def _judge(speaking: Sequence[Position], origins: Sequence[str], measure: Measure | None) -> tuple[ClaimStatus, str]:
    asserting = {position.origin for position in speaking if position.stance is Stance.ASSERTS}
    objecting = {position.origin for position in speaking if position.stance in (Stance.DENIES, Stance.DOUBTS)}
    if not speaking:
        return ClaimStatus.UNREPORTED, "No annotated passage speaks to it."
    if asserting and objecting:
        verbs = _objections(speaking)
        return ClaimStatus.CONTESTED, f"{_origins(asserting)} {_verb(asserting, 'assert')} it; {verbs}."
    if not asserting:
        return ClaimStatus.UNSUPPORTED, f"No origin asserts it here; {_objections(speaking)}."
    clash = _clash(speaking)
    if clash is not None:
        return ClaimStatus.CONTESTED, _told_apart(*clash, measure)
    if len(origins) == 1:
        count = len({position.article.id for position in speaking})
        articles = "one article" if count == 1 else f"{count} articles"
        return ClaimStatus.SINGLE_ORIGIN, f"Everything said of it, in {articles}, comes from one origin."
    return ClaimStatus.AGREED, f"{_origins(asserting)} assert it, and nothing annotated here contradicts them."


def _clash(speaking: Sequence[Position]) -> tuple[Position, Position] | None:
    """Two positions whose values cannot both be true, of different origins if there are such."""
    by_value: dict[str, dict[str, Position]] = {}
    for position in speaking:
        if position.reading is not None:
            by_value.setdefault(position.reading.text, {}).setdefault(position.origin, position)
    clashing = [
        pair
        for one, other in combinations(by_value.values(), 2)
        if not _meet(next(iter(one.values())), next(iter(other.values())))
        for pair in product(one.values(), other.values())
    ]
    return min(clashing, key=lambda pair: pair[0].origin == pair[1].origin, default=None)


def _meet(first: Position, second: Position) -> bool:
    one, other = first.reading, second.reading
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.meets(other)
    if isinstance(one, EdtfDate) and isinstance(other, EdtfDate):
        return one.meets(other)
    return True


def _told_apart(first: Position, second: Position, measure: Measure | None) -> str:
    assert first.reading is not None and second.reading is not None
    values = f"{in_words(first.reading, measure)} and {in_words(second.reading, measure)}"
    if first.origin != second.origin:
        return f"Independent origins give values that cannot both be true, such as {values}."
    return f"One origin is given with values that cannot both be true: {values}."


def _objections(speaking: Sequence[Position]) -> str:
    deniers = {position.origin for position in speaking if position.stance is Stance.DENIES}
    doubters = {position.origin for position in speaking if position.stance is Stance.DOUBTS} - deniers
    told = [
        f"{_origins(origins).lower()} {_verb(origins, verb)} it"
        for origins, verb in ((deniers, "den"), (doubters, "doubt"))
        if origins
    ]
    return " and ".join(told)


def _origins(origins: Iterable[str]) -> str:
    count = len(set(origins))
    return "One origin" if count == 1 else f"{count} independent origins"


def _verb(origins: set[str], stem: str) -> str:
    if stem == "den":
        return "denies" if len(origins) == 1 else "deny"
    return f"{stem}s" if len(origins) == 1 else stem


def speaks_in_a_circle(entity: Entity, entities: Mapping[str, Entity]) -> bool:
    """Whether an entity speaks, in the end, for itself."""
    seen: set[str] = set()
    current: Entity | None = entity
    while current is not None and current.speaks_for and current.id not in seen:
        seen.add(current.id)
        current = entities.get(current.speaks_for)
    return current is not None and current.id == entity.id and bool(seen)

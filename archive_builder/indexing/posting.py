"""Writes where every word of a part stands, as Pagefind writes it.

A word has a list of records; a record is its number, told as the step from the one before, a list of places in its
text, and a list of places in what is told beside the text. Of every word of every record a few bytes are written, a
hundred thousand times a second: so what is common, a word that stands in the text as it is, goes a short way.

Only what is looked for between quotation marks needs every place. For the rest it matters how often a word stands
there: so it is written a second time with its first place alone, which weighs as much as ten of them (and the next as
much as the ten after). What is found is the same, and in the same order; in long texts it is a third of the bytes, and
there is little that the program has to add up.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import sub
from typing import Literal, NamedTuple

from archive_builder.indexing.learning import SEVERAL, WHOLE, Lexicon
from archive_builder.ordering import LIST, NEGATIVE, UNSIGNED, head, text

__all__ = ["Told", "Words", "postings"]


class Told(NamedTuple):
    """A record as words."""

    words: array[int]
    """Their numbers."""
    beside: Sequence[tuple[int, str]]
    """What is told beside the text, by the number of the field, which they are in the order of."""


@dataclass(slots=True)
class _Word:
    """What is known of a word so far."""

    last: int = 0
    """The last record in which it stands."""
    records: int = 0
    every: bytearray = field(default_factory=bytearray)
    """Each record with every place."""
    first: bytearray = field(default_factory=bytearray)
    """The same with the first place alone."""


class _Heads(dict[int, bytes]):
    """What numbers are written as, or lists of so many; each is worked out once."""

    def __init__(self, kind: int, before: bytes = b"") -> None:
        self.kind, self.before = kind, before

    def __missing__(self, number: int) -> bytes:
        self[number] = made = self.before + head(self.kind, number)
        return made


HEAVIEST = 255
"""A place weighs no more."""
NUMBERS, LISTS, WEIGHTS = _Heads(UNSIGNED), _Heads(LIST), _Heads(NEGATIVE)
RECORD, NOTHING = head(LIST, 3), head(LIST, 0)
STEPS = _Heads(UNSIGNED, before=RECORD)
"""A record begins with the step from the one before."""
FEW = HEAVIEST // WHOLE
"""So many places can weigh together what each weighs."""
ONE = _Heads(NEGATIVE, before=LISTS[2])
"""A single place stands below what the word weighs there."""

Words = Iterator[tuple[str, bytes]]
"""Words in the order of their letters, each as it stands in a file."""

Listed = tuple[int, bytes]
"""Places as they are written, and as how many numbers."""


def postings(records: Iterable[Told], lexicon: Lexicon, *, are_long: bool) -> tuple[Words, Words]:
    """Every word of the records, which are numbered as they come: with every place, and of long ones with the first."""
    words: dict[str, _Word] = defaultdict(_Word)
    # Few titles and dates stand beside many passages.
    beside = lru_cache(maxsize=1 << 14)(partial(_beside, lexicon))
    for number, told in enumerate(records):
        for term, every, first in _places(told, lexicon, _joined(beside(*each) for each in told.beside), are_long):
            word = words[term]
            step = STEPS[number - word.last]
            word.every += step + every
            if are_long:
                word.first += step + first
            word.last = number
            word.records += 1
    return _written(words, "every"), _written(words, "first")


def _places(
    told: Told, lexicon: Lexicon, beside: Mapping[str, Listed], are_long: bool
) -> Iterator[tuple[str, bytes, bytes]]:
    """The words of a record: with every place and with the first, and behind either the places beside the text."""
    whole: dict[str, list[int]] = defaultdict(list)
    for place, term in enumerate(map(lexicon.terms.__getitem__, told.words)):
        whole[term].append(place)
    others = _others(told, whole.pop(SEVERAL, ()), lexicon)
    for term, weighed in others.items():
        after = _beside_of(term, beside)
        if len(weighed) == 1 and term not in whole:
            [(weight, place)] = weighed
            every = first = ONE[weight] + NUMBERS[place] + after
        else:
            own = _by_weight((*weighed, *((WHOLE, place) for place in whole.pop(term, ()))))
            every = _listed(own.items()) + after
            first = _listed(each for weight, places in own.items() for each in _together(weight, places)) + after
        yield term, every, first
    for term, places in whole.items():
        after = _beside_of(term, beside) if term in beside else NOTHING
        many = len(places)
        if many == 1:
            every = first = ONE[WHOLE] + NUMBERS[places[0]] + after
        else:
            every = LISTS[many + 1] + WEIGHTS[WHOLE] + _steps(places) + after
            first = _first(places) + after if are_long else NOTHING
        yield term, every, first
    for term in beside:
        if term not in whole and term not in others:
            only = NOTHING + _beside_of(term, beside)
            yield term, only, only


def _first(places: Sequence[int]) -> bytes:
    """The first of the places of a word at its whole weight; nearly always a single one weighs what they all do."""
    many = len(places)
    return ONE[WHOLE * many] + NUMBERS[places[0]] if many <= FEW else _listed(_together(WHOLE, places))


def _others(told: Told, places: Iterable[int], lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """Where words stand that are found under several, each place behind what they weigh there."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place in places:
        for term, weight in lexicon.several[told.words[place]]:
            found[term].append((weight, place))
    return found


def _by_weight(weighed: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for weight, place in sorted(weighed):
        found[weight].append(place)
    return found


def _together(weight: int, places: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """The first of these places, as few as can weigh what they all weigh."""
    most = HEAVIEST // weight
    times, rest = divmod(len(places), most)
    yield weight * most, places[:times]
    yield weight * rest, places[times : times + 1] if rest else ()


def _listed(weighed: Iterable[tuple[int, Sequence[int]]]) -> bytes:
    """Places, below what the word weighs there."""
    kept = [(weight, places) for weight, places in sorted(weighed) if places]
    size = sum(len(places) + 1 for _, places in kept)
    return LISTS[size] + b"".join([WEIGHTS[weight] + _steps(places) for weight, places in kept])


def _beside(lexicon: Lexicon, number: int, told: str) -> dict[str, Listed]:
    """Where words stand in one field that is told beside the text, below the field's number."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(lexicon.vocabulary.read(told)):
        term = lexicon.terms[word]
        for own in (term,) if term else [each for each, _ in lexicon.several[word]]:
            found[own].append(place)
    field = head(NEGATIVE, number)
    return {term: (len(places) + 1, field + _steps(places)) for term, places in found.items()}


def _joined(fields: Iterable[Mapping[str, Listed]]) -> Mapping[str, Listed]:
    """What stands in the fields of a record."""
    joined: dict[str, Listed] = {}
    for held in fields:
        for term, (size, places) in held.items():
            known = joined.get(term)
            joined[term] = (size + known[0], known[1] + places) if known else (size, places)
    return joined


def _beside_of(term: str, beside: Mapping[str, Listed]) -> bytes:
    if term not in beside:
        return NOTHING
    size, places = beside[term]
    return LISTS[size] + places


def _steps(places: Sequence[int]) -> bytes:
    """Places as steps, each from the one before."""
    return b"".join(map(NUMBERS.__getitem__, map(sub, places, (0, *places))))


def _written(words: Mapping[str, _Word], places: Literal["every", "first"]) -> Words:
    """Each word with its other forms, which come right after it in the order of letters."""
    forms: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for term in sorted(words):
        stem, _, form = term.partition("\0")
        word = words[term]
        forms[stem].append((form, LISTS[word.records] + getattr(word, places)))
    for stem, held in forms.items():
        own = held.pop(0)[1] if not held[0][0] else NOTHING
        others = b"".join(LISTS[2] + text(form) + data for form, data in held)
        yield stem, RECORD + text(stem) + own + LISTS[len(held)] + others

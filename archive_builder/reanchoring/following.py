"""Asks of one passage, in this order: was it kept, was it moved, was it reworded, did it come in elsewhere?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from archive_builder.aligning import KEPT, UNSURE, Alignment, reworded, weight
from archive_builder.reanchoring.copies import Copies
from archive_builder.reanchoring.surroundings import changed_beside, is_at_an_end, is_cut, is_supported
from archive_builder.wording import differences, has_changed_sign, is_safe_rewording

__all__ = ["Outcome", "Reanchored", "Search"]

# So many words side by side in both texts are no coincidence; so few may well be.
RUN, SHORT_RUN = 6, 2
# Of two places, one is the passage's own only if so many more words around it agree.
LEAD = 2
# So like must a passage be, of 1, to be proposed where it stood, and to be proposed elsewhere.
LIKE_HERE, LIKE_ELSEWHERE = 0.3, 0.7
# Nothing shorter, in weighty words, is looked for elsewhere unless it is the same.
WEIGHTY = 4.0
# Shorter stretches that came in are not looked through, and fewer words may stand in any text.
SHORT = 3
# A stretch found by likeness is widened by so many words at most to whole sentences.
WIDER = 12


class Outcome(StrEnum):
    """What became of a passage."""

    KEPT = "kept"
    """Every word of it stands where it stood."""
    FOLLOWED = "followed"
    """It was moved, or reworded in nothing that counts."""
    PROPOSED = "proposed"
    """This is what it seems to have become: a person decides."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Reanchored:
    """Where a passage of an old text is in the new one."""

    outcome: Outcome
    start: int | None
    """Where it begins in the new text, in code points; None where it is gone."""
    end: int | None
    """Where it ends; None where it is gone."""
    why: str
    """The reason, in words."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of the new text that the passage may have become."""

    low: int
    high: int
    why: str
    outcome: Outcome = Outcome.PROPOSED
    likeness: float = 1.0

    @property
    def row(self) -> tuple[int, int]:
        return self.low, self.high


class Search:
    """Looks for one passage of an aligned text."""

    def __init__(self, alignment: Alignment, start: int, end: int, language: str) -> None:
        self.alignment = alignment
        self.start, self.end, self.language = start, end, language
        self.low, self.high = alignment.words_in(start, end)
        self.copies = Copies(alignment, self.low, self.high)
        self.passage = alignment.old.shown(self.low, self.high)

    def result(self) -> Reanchored:
        if self.low == self.high:
            return Reanchored(Outcome.GONE, None, None, "there is no word in it")
        place = self._kept() or self._moved() or self._reworded() or self._came_in_elsewhere()
        if place is None or place.outcome is Outcome.GONE:
            return Reanchored(Outcome.GONE, None, None, place.why if place else "it was deleted")
        start, end = self._span(place)
        if place.outcome is not Outcome.PROPOSED and self._grew_together(start, end):
            why = "it has become part of another word, number or range"
            return Reanchored(Outcome.PROPOSED, start, end, why)
        return Reanchored(place.outcome, start, end, place.why)

    def _kept(self) -> _Place | None:
        """Where the alignment says that every word of it stands."""
        if not self.alignment.is_kept(self.low, self.high):
            return None
        at = self.alignment.to[self.low]
        place = self._at(at, "every word of it stands where it stood", Outcome.KEPT)
        is_held = is_supported(self.alignment, (self.low, self.high))
        if self.copies.new is None:
            return place if is_held else replace(place, outcome=Outcome.PROPOSED, why="it stands there many times")
        if self.copies.may_be_anothers():
            return self._at(at, "one of several alike was deleted")
        run = self.copies.run(at)
        if self.copies.is_anothers(at):
            return self._moved() or self._at(at, "what stood around it stands around another one like it")
        if not is_held and any(self.copies.run(copy) > run + LEAD for copy in self.copies.new):
            return self._moved() or self._at(at, "it stands there several times")
        is_sure = is_held or run >= RUN or is_at_an_end(self.alignment, (self.low, self.high), place.row)
        return self._unless_turned(place) if is_sure else self._at(at, "everything around it changed")

    def _moved(self) -> _Place | None:
        """Where it stands word for word, and no other copy in the old text has a better right to be."""
        runs = self.copies.unclaimed()
        if not runs:
            return None
        run, at = runs[0]
        if self.alignment.how.count(UNSURE, self.low, self.high):
            return self._at(at, "the change can be told in several ways")
        if self.copies.is_anothers(at):
            return None
        if not self.copies.has_whole_sentence(at):
            is_there = run > SHORT_RUN and self.copies.came_along(at, at + self.high - self.low)
            return self._at(at, "it stands elsewhere, in another sentence") if is_there else None
        if run < RUN:
            return self._at(at, "the same words stand elsewhere") if run > SHORT_RUN else None
        if len(runs) > 1 and runs[1][0] > run - LEAD:
            return self._at(at, "it stands in several new places")
        return self._unless_turned(self._at(at, "it was moved", Outcome.FOLLOWED))

    def _reworded(self) -> _Place | None:
        """What stands now where it stood, if that is like it."""
        found = reworded(self.alignment, self.low, self.high)
        if found.low >= found.high or (found.likeness < LIKE_HERE and not found.is_held):
            return None
        if found.high - found.low >= SHORT and not self.copies.is_new(found.low, found.high):
            return None
        here = self.alignment.new.shown(found.low, found.high)
        is_safe = not has_changed_sign(self.passage, here) and is_safe_rewording(self.passage, here, self.language)
        is_sure = not self.alignment.how.count(UNSURE, self.low, self.high)
        if is_safe and is_sure and is_supported(self.alignment, (self.low, self.high)):
            why = "it was reworded in nothing that counts"
            return self._unless_turned(_Place(found.low, found.high, why, Outcome.FOLLOWED, found.likeness))
        return _Place(found.low, found.high, _told(self.passage, here, self.language), likeness=found.likeness)

    def _came_in_elsewhere(self) -> _Place | None:
        """What is like it in a part of the new text that has no counterpart in the old one."""
        if sum(weight(word) for word in self.alignment.old.keys[self.low : self.high]) < WEIGHTY:
            return None
        best = max((self._like(*part) for part in self._new_parts()), key=lambda place: place.likeness, default=None)
        if best is None or best.likeness < LIKE_ELSEWHERE or not self.copies.is_new(*best.row):
            return None
        if self.copies.came_along(*best.row):
            return best
        return replace(best, outcome=Outcome.GONE, why="it was deleted; something like it came in elsewhere")

    def _like(self, low: int, high: int) -> _Place:
        passage, part = self.copies.ours[self.low : self.high], self.copies.theirs[low:high]
        found = fuzz.partial_ratio_alignment(passage, part, score_cutoff=LIKE_ELSEWHERE * 100)
        if found is None or len(part) * 2 < len(passage):
            return _Place(low, low, "", likeness=0)
        first, last = self._whole_sentences(low + found.dest_start, low + found.dest_end, (low, high))
        return _Place(first, last, "it was moved and reworded", likeness=found.score / 100)

    def _whole_sentences(self, first: int, last: int, part: tuple[int, int]) -> tuple[int, int]:
        """The stretch, widened to where sentences begin and end where the passage did."""
        ours, theirs = self.alignment.old.begins_sentence, self.alignment.new.begins_sentence
        if ours(self.low):
            first = next((at for at in range(first, max(first - WIDER, part[0]) - 1, -1) if theirs(at)), first)
        if ours(self.high):
            last = next((at for at in range(last, min(last + WIDER, part[1]) + 1) if theirs(at)), last)
        return first, last

    def _new_parts(self) -> Iterator[tuple[int, int]]:
        """The stretches of the new text that came in."""
        low = 0
        for place, how in zip(self.alignment.to, self.alignment.how, strict=True):
            if how == KEPT:
                if place - low >= SHORT:
                    yield low, place
                low = place + 1
        if len(self.copies.theirs) - low >= SHORT:
            yield low, len(self.copies.theirs)

    def _at(self, at: int, why: str, outcome: Outcome = Outcome.PROPOSED) -> _Place:
        return _Place(at, at + self.high - self.low, why, outcome)

    def _unless_turned(self, place: _Place) -> _Place:
        changed = changed_beside(self.alignment, (self.low, self.high), place.row, self.language)
        return replace(place, outcome=Outcome.PROPOSED, why=changed) if changed else place

    def _span(self, place: _Place) -> tuple[int, int]:
        """The place in code points: of words that stayed, as exactly as the passage was given."""
        old, new = self.alignment.old, self.alignment.new
        start, end = new.spans[place.low][0], new.spans[place.high - 1][1]
        first, last = old.spans[self.low], old.spans[self.high - 1]
        if new.text.startswith(old.text[slice(*first)], start):
            start += max(self.start - first[0], 0)
        if new.text.endswith(old.text[slice(*last)], 0, end):
            end -= max(last[1] - self.end, 0)
        lead, rest = old.text[self.start : first[0]], old.text[last[1] : self.end]
        start -= len(lead) * (bool(lead) and new.text.endswith(lead, 0, start))
        return start, end + len(rest) * (bool(rest) and new.text.startswith(rest, end))

    def _grew_together(self, start: int, end: int) -> bool:
        is_part = is_cut(self.alignment.old.text, self.start, self.end)
        return not is_part and is_cut(self.alignment.new.text, start, end)


def _told(passage: str, here: str, language: str) -> str:
    found = differences(passage, here, language)
    return f"it was reworded ({found[0]})" if found else "its punctuation changed"

"""Two other rules of re-anchoring, for comparison: an exact quotation with the best context, and an approximate one.

The second accepts a place where up to half the characters differ, as widespread annotation clients do; this is our own
implementation of the rule, with the bit-parallel search of Myers on Python's long integers.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

__all__ = ["approximate", "exact"]

CONTEXT = 32
# Of the quotation's characters.
ERRORS = 0.5


def exact(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the quotation stands word for word, with the context most like its own."""
    quote = old[start:end]
    places = []
    at = new.find(quote)
    while at >= 0:
        before = Levenshtein.distance(old[max(start - CONTEXT, 0) : start], new[max(at - CONTEXT, 0) : at])
        after_end = at + len(quote)
        after = Levenshtein.distance(old[end : end + CONTEXT], new[after_end : after_end + CONTEXT])
        places.append((before + after, at))
        at = new.find(quote, at + 1)
    return (min(places)[1], min(places)[1] + len(quote)) if places else None


def approximate(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """The place in the new text that takes the fewest changes from the quotation; the first of several."""
    quote = old[start:end]
    errors, last = _best_end(quote, new)
    if errors > len(quote) * ERRORS:
        return None
    reach = new[max(last - len(quote) - errors, 0) : last]
    _, back = _best_end(quote[::-1], reach[::-1])
    return last - back, last


def _best_end(pattern: str, text: str) -> tuple[int, int]:
    """The fewest changes from the pattern to any stretch of the text, and where the first such stretch ends."""
    size = len(pattern)
    mask, top = (1 << size) - 1, 1 << (size - 1)
    equal: dict[str, int] = {}
    for at, character in enumerate(pattern):
        equal[character] = equal.get(character, 0) | 1 << at
    plus, minus, score = mask, 0, size
    best = (size, 0)
    for at, character in enumerate(text, 1):
        here = equal.get(character, 0)
        down = (((here & plus) + plus) ^ plus) | here | minus
        right = minus | (~(down | plus) & mask)
        left = plus & down
        score += bool(right & top) - bool(left & top)
        right, left = (right << 1) & mask, (left << 1) & mask
        vertical = here | minus
        plus, minus = left | (~(vertical | right) & mask), right & vertical
        best = min(best, (score, at))
    return best

"""Reads the figures that reports give, with their vagueness, and says when two of them can both be true.

15          exactly fifteen          >100  >=100     more than, at least a hundred
200..300    from 200 to 300          <5    <=4       fewer than five, at most four
~200        about two hundred        ~200..300       about two to three hundred
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

__all__ = ["Quantity", "parse_value"]

NUMBER = r"-?\d{1,15}(?:\.\d{1,6})?"
FORM = re.compile(rf"(~|>=|<=|>|<)?\s*({NUMBER})(?:\.\.({NUMBER}))?", re.ASCII)
EXAMPLE = "a value is written 15, 200..300, >100, >=10, <5, <=4, ~200 or ~200..300, in plain digits"

# "About 200" is taken to allow for a tenth more or less: reporters round to the nearest ten or hundred.
ABOUT = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its bounds: every number from ``low`` to ``high`` fits what was said."""

    text: str
    """As written, without blanks."""
    low: Decimal | None
    """The least it may be; None where nothing bounds it below."""
    high: Decimal | None
    """The most it may be; None where nothing bounds it above."""
    approximate: bool = False
    """Whether it is said to be about so much."""
    excludes_ends: bool = False
    """Whether the bound itself is left out, as in ``>100``."""

    def meets(self, other: Quantity) -> bool:
        """Whether some number fits both."""
        mine, theirs = self._reach(), other._reach()
        low = max((bound for bound in (mine[0], theirs[0]) if bound is not None), default=None)
        high = min((bound for bound in (mine[1], theirs[1]) if bound is not None), default=None)
        if low is None or high is None or low < high:
            return True
        return low == high and not (self._leaves_out(low) or other._leaves_out(low))

    def _reach(self) -> tuple[Decimal | None, Decimal | None]:
        """The bounds, widened by a tenth where the figure is approximate."""
        if not self.approximate:
            return self.low, self.high
        low, high = self.low, self.high
        return (
            None if low is None else low - abs(low) * ABOUT,
            None if high is None else high + abs(high) * ABOUT,
        )

    def _leaves_out(self, number: Decimal) -> bool:
        return self.excludes_ends and number in (self.low, self.high)

    def __str__(self) -> str:
        """In words, like ``about 200 to 300`` or ``more than 100``."""
        low = None if self.low is None else f"{self.low:,}"
        high = None if self.high is None else f"{self.high:,}"
        if low is None:
            return f"{'fewer than' if self.excludes_ends else 'at most'} {high}"
        if high is None:
            return f"{'more than' if self.excludes_ends else 'at least'} {low}"
        words = low if low == high else f"{low} to {high}"
        return f"about {words}" if self.approximate else words


@lru_cache(maxsize=10_000)
def parse_value(text: str) -> Quantity:
    """Read ``text``; raise ValueError with correct examples where it is no value."""
    match = FORM.fullmatch(text.strip())
    if match is None:
        raise ValueError(EXAMPLE)
    sign, first, second = match.groups()
    low = Decimal(first)
    written = re.sub(r"\s", "", text)
    if second is None:
        strict = sign in (">", "<")
        if sign in (">", ">="):
            return Quantity(written, low, None, excludes_ends=strict)
        if sign in ("<", "<="):
            return Quantity(written, None, low, excludes_ends=strict)
        return Quantity(written, low, low, approximate=sign == "~")
    high = Decimal(second)
    if sign not in (None, "~"):
        raise ValueError("a range has no bound sign: write 200..300, or >200")
    if high < low:
        raise ValueError(f"the range {written} ends below where it begins")
    return Quantity(written, low, high, approximate=sign == "~")

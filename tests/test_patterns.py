"""No regular expression of the package takes longer than its text is long, so none can be kept busy by a text."""

from __future__ import annotations

import re
from time import process_time

import pytest
from patterns import PATTERNS, Asked, attacks, times

NOTICED = 0.04  # seconds of CPU: below it, what is measured is the machine
GROWTH = 3.0  # for twice the text; a square would be four
TRIES = 4
ROUNDS = 2
BOUNDED = {
    "ingest.charsets.DECLARED": (8_192, "so far into a page it is looked for"),
    "ingest.signatures.HANDLE": (2_000, "of a signature no more is read"),
    "pages.citing.QUOTED": (1_000, "a title may be no longer"),
    "sentences.LAST_WORD": (30, "so far back an abbreviation is looked for"),
}
"""What does not keep the law, with the longest text that it is given, in code points."""


def cost(asked: Asked, text: str) -> float:
    start = process_time()
    asked.ask(text)
    return process_time() - start


def least(asked: Asked, text: str) -> float:
    return min(cost(asked, text) for _ in range(TRIES))


@pytest.mark.parametrize("asked", [pytest.param(each, id=f"{at}-{each.name}") for at, each in enumerate(PATTERNS)])
def test_what_a_pattern_costs_grows_with_its_text(asked: Asked) -> None:
    """Texts that begin a match over and over, and never end it; in small steps, so that a doubling is caught early."""
    longest, _ = BOUNDED.get(asked.name, (10**9, ""))
    for ahead, unit, behind in attacks(asked.pattern):
        for count in times():
            text = ahead + unit * count + behind
            if len(text) > longest:
                break
            if cost(asked, text) > NOTICED:
                half = ahead + unit * (count // 2) + behind
                grows = (least(asked, text) >= max(GROWTH * least(asked, half), NOTICED) for _ in range(ROUNDS))
                assert not all(grows), (ahead, unit, behind, count)
                break


def test_every_exception_is_a_pattern() -> None:
    assert set(BOUNDED) <= {asked.name for asked in PATTERNS}


def test_the_measure_finds_what_is_known_to_be_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A square, a power, and what doubles with each letter; once, as what is slow is slow at every try."""
    monkeypatch.setitem(globals(), "TRIES", 1)
    monkeypatch.setitem(globals(), "ROUNDS", 1)
    for written in (r"\s+x", r"(a+)+b", r"<b [^>]*>", r"(?:\w+\s?)*:", r"a*a*a*b"):
        with pytest.raises(AssertionError):
            test_what_a_pattern_costs_grows_with_its_text(Asked("", re.compile(written), True))

"""What the renderer would take minutes over is disarmed, and what people write is left as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_builder.canonical import BRACKETS_COST, EMPHASIS_COST, canonical
from archive_builder.projection import project

SIGNS = ("[", "[[]", "![", "[a][", "*a", "a_", "**_a", "[*a", "a\n=\n", "[^a] ", "[^a]: > ", "]", " ", "\n\n", "x")
INVISIBLE = "\u200b"


def many(sign: str, size: int = 12_000) -> str:
    return sign * (size // len(sign))


@pytest.mark.parametrize("sign", SIGNS)
def test_nothing_of_many_signs_is_lost_and_the_rest_is_told(sign: str) -> None:
    """Only backslashes before signs and invisible spaces come in, and each is told with its place."""
    text = many(sign)
    found, disarmed = canonical(text)
    assert re.sub(rf"\\(?=[\[*_])|{INVISIBLE}", "", found) == text
    assert len(disarmed) == len(found) - len(text)
    assert canonical(found) == (found, ())


@pytest.mark.parametrize("sign", ["[", "[[]", "![", "[a][", "[*a"])
def test_the_brackets_that_are_left_can_be_looked_for(sign: str) -> None:
    """The way from each bracket that acts to the end of its text, all ways together, is bounded."""
    text = many(sign)
    found, _ = canonical(text)
    bare = found.replace(INVISIBLE, "")
    open_ended = [at for at, char in enumerate(bare) if char == "[" and bare[at - 1 : at] != "\\"]
    bound = BRACKETS_COST[0] + BRACKETS_COST[1] * len(text)
    closed = sum("]" in bare[at : at + 3] for at in open_ended)
    assert (len(open_ended) - closed) * 1_000 <= bound


@pytest.mark.parametrize("sign", ["*a", "a_", "**_a"])
def test_the_signs_of_emphasis_that_are_left_can_be_looked_for(sign: str) -> None:
    text = many(sign, 40_000)
    found, _ = canonical(text)
    left = len(re.findall(r"(?<!\\)[*_]", found))
    assert left * len(text) <= EMPHASIS_COST[0] + EMPHASIS_COST[1] * len(text)


def test_of_headings_within_one_block_and_references_to_one_note_some_are_enough() -> None:
    assert len(re.findall(r"^=$", canonical(many("a\n=\n"))[0], re.MULTILINE)) == 50
    assert canonical(many("x[^1] "))[0].count("[^1]") == 100


@pytest.mark.parametrize(
    "text",
    [
        "A [link](https://e.org/) with *emphasis*, `code` and [a note].\n\n" * 400,
        "- **one** and *two* with [a link](https://e.org)\n" * 300,
        "| **a** | [b](https://e.org) | c_d |\n|---|---|---|\n" + "| **a** | [b](https://e.org) | c_d |\n" * 300,
        "Title\n===\n\nText.\n\n" * 100,
        "A statement[^1] and another[^2].\n\n" * 90 + "[^1]: x\n[^2]: y\n",
    ],
    ids=["paragraphs", "list", "table", "headings", "notes"],
)
def test_long_texts_as_people_write_them_are_left_as_they_are(text: str) -> None:
    assert canonical(text) == (text, ())


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6), st.integers(1, 900))
def test_the_canonical_form_of_many_signs_is_canonical(signs: list[str], times: int) -> None:
    found, _ = canonical("".join(signs) * times)
    assert canonical(found) == (found, ())


def test_thirty_thousand_brackets_read_as_themselves() -> None:
    """They took a minute."""
    text = "[" * 30_000
    assert project(canonical(text)[0]).text == text

"""A passage is followed only where the alignment of old and new text leads, and only if it still says the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from texts import MARKDOWN

from archive_builder.aligning import align
from archive_builder.anchoring import Anchor
from archive_builder.canonical import canonical
from archive_builder.projection import project
from archive_builder.repinning import Followed, NotFollowed, follow


def outcome(old: str, new: str, passage: str, language: str = "en") -> str | None:
    """What the passage reads in the new text; None where it is not followed."""
    before, after = project(old), project(new)
    start = before.text.index(passage)
    followed = follow(before, after, Anchor(start, start + len(passage)), language)
    if isinstance(followed, NotFollowed):
        return None
    return after.text[followed.anchor.start : followed.anchor.end]


FOLLOWED: dict[str, tuple[str, str, str, str | None]] = {
    "moved down by a new paragraph": ("One two. Three.", "Zero.\n\nOne two. Three.", "two", "two"),
    "the other of two alike": ("The guards died. The guards fled.", "The guards fled.", "The guards fled", None),
    "alike come before it": ("The guards fled.", "The guards died. The guards fled.", "The guards fled", None),
    "put in bold": ("He saw 15 boats there.", "He saw **15 boats** there.", "15 boats", "15 boats"),
    "reworded a little": (
        "He said that fifteen boats lay in the long harbour at night.",
        "He said that fifteen boats lay in the longer harbour at night.",
        "fifteen boats lay in the long harbour at night",
        "fifteen boats lay in the longer harbour at night",
    ),
    "a comma came in": ("He said, of the 15 boats that sank, all.", "He said of the 15 boats, that sank, all.",
                        "the 15 boats that sank", "the 15 boats, that sank"),
    "in a script without blanks": (
        "我们看见十五名守卫被杀。后来。", "昨天。我们看见十五名守卫被杀。后来。", "十五名守卫", None,
    ),
}  # fmt: skip
NOT_FOLLOWED = {
    "a digit": ("He saw 15 boats there.", "He saw 17 boats there.", "15 boats"),
    "a decimal": ("It took 1.5 hours then.", "It took 15 hours then.", "1.5 hours"),
    "a number word": ("He saw fifteen boats there at night.", "He saw fifty boats there at night.", "fifteen boats"),
    "a negation": ("The group did take the town in the north.", "The group did not take the town in the north.",
                   "did take the town in the north"),
    "a name": ("In the town of Kala it was quiet last night.", "In the town of Kara it was quiet last night.",
               "In the town of Kala it was quiet last night"),
    "a currency": ("It cost them $15 then.", "It cost them €15 then.", "cost them $15 then"),
    "too many words": ("He said the boats lay there quietly.", "He said the ships were there quietly.", "boats lay"),
    "a sentence deleted": ("One. Two of them. Three.", "One. Three.", "Two of them"),
    "deleted, with one like it elsewhere": (
        "The first boat sank near the old pier. Nobody saw it at all. Ten men came later on.",
        "Nobody saw it at all. Ten men came later on. The first boat sank near the cold pier.",
        "The first boat sank near the old pier",
    ),
    "one of several alike deleted": ("So be it. So be it. So be it.", "So be it. So be it.", "So be it"),
    "grown into a longer number": ("There were 15 of them.", "There were 1.15 of them.", "15 of them"),
    "all around it changed": ("aa bb cc dd ee ff passage gg hh ii jj kk ll",
                              "mm nn oo pp qq rr passage ss tt uu vv ww xx", "passage"),
    "a language we know no numbers of": (
        "Han sa at de femten båtene lå i den lange havnen om natten.",
        "Han sa at de femten båtene lå i den lengre havnen om natten.",
        "de femten båtene lå i den lange havnen om natten",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FOLLOWED)
def test_a_passage_that_says_the_same_is_followed(case: str) -> None:
    old, new, passage, expected = FOLLOWED[case]
    assert outcome(old, new, passage) == (expected or passage)


@pytest.mark.parametrize("case", NOT_FOLLOWED)
def test_what_may_say_something_else_waits_for_a_person(case: str) -> None:
    old, new, passage = NOT_FOLLOWED[case]
    assert outcome(old, new, passage, "no" if "Han sa" in old else "en") is None


def test_a_person_is_shown_the_old_passage_and_the_new_text_around_its_place() -> None:
    before, after = project("One. He saw 15 boats there. Two."), project("One. He saw 17 boats there. Two.")
    start = before.text.index("15")
    found = follow(before, after, Anchor(start, start + 8), "en")
    here = Anchor(after.text.index("17"), after.text.index("17") + 8)
    told = "it was reworded (a number: 15 / 17)"
    assert found == NotFollowed(told, "15 boats", "One. He saw 17 boats there. Two.", proposed=here)


@given(MARKDOWN, st.data())
@settings(max_examples=80, deadline=None)
def test_in_the_same_text_a_passage_stands_where_it_stood(text: str, data: st.DataObject) -> None:
    prose = project(canonical(text)[0])
    words = align(prose.text, prose.text).old.spans
    assume(words)
    low = data.draw(st.integers(0, len(words) - 1))
    high = data.draw(st.integers(low, len(words) - 1))
    anchor = Anchor(words[low][0], words[high][1])
    found = follow(prose, prose, anchor, "en")
    assert found == Followed(anchor, False) or isinstance(found, NotFollowed)
    if isinstance(found, NotFollowed):
        assert found.reason.startswith(("it has become part", "part of it is not"))


WORDS = st.sampled_from("boats guards harbour night north pier quiet river sank storm town walls winter yard".split())
SENTENCE = st.lists(WORDS, min_size=6, max_size=9, unique=True).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(SENTENCE, min_size=4, max_size=8, unique=True), st.data())
@settings(max_examples=300, deadline=None)
def test_a_deleted_sentence_is_never_followed_to_one_like_it(parts: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(parts) - 1))
    kept = [*parts[:index], *parts[index + 1 :]]
    like = parts[index][:-1].rsplit(" ", 1)[0] + " elsewhere."
    place = data.draw(st.integers(0, len(kept)).filter(lambda at: abs(at - index) > 0))
    new = [*kept[:place], like, *kept[place:]]
    assert outcome(" ".join(parts), " ".join(kept), parts[index][:-1]) is None
    followed = outcome(" ".join(parts), " ".join(new), parts[index][:-1])
    assert followed is None or followed == parts[index][:-1]


@given(st.integers(0, 99_999), st.integers(0, 99_999), st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_a_changed_number_is_never_followed(old: int, new: int, before: list[str], after: list[str]) -> None:
    assume(old != new)
    texts = [" ".join([*before, str(number), *after]) + "." for number in (old, new)]
    assert outcome(texts[0], texts[1], texts[0][:-1]) is None


@pytest.mark.parametrize("change", ["every tenth word", "every third word", "everything"])
def test_a_megabyte_is_aligned_in_time(change: str) -> None:
    words = [f"w{number * 7919 % 5003}" for number in range(180_000)]
    step = {"every tenth word": 10, "every third word": 3, "everything": 1}[change]
    other = [f"x{number % 977}" if number % step == 0 else word for number, word in enumerate(words)]
    started = time.process_time()
    align(" ".join(words), " ".join(other))
    assert time.process_time() - started < 4  # twice what it takes on a slow machine

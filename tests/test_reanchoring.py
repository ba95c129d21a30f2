"""A passage is kept where nothing touched it, never anchored where it is gone, never taken over where it changed."""

from __future__ import annotations

import doctest
import json

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

import archive_builder
from archive_builder import Outcome, Reanchored, reanchor
from archive_builder.cli import main
from bench.edits import cases, parted
from bench.reanchoring import HERE, judged
from bench.rules import approximate

WORDS = st.sampled_from("boats guards harbour night north pier quiet river sank storm town walls winter yard".split())
SENTENCE = st.lists(WORDS, min_size=6, max_size=9, unique=True).map(lambda words: " ".join(words).capitalize() + ".")
TEXT = st.lists(SENTENCE, min_size=3, max_size=8, unique=True)
ANY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)
TAKEN_OVER = (Outcome.KEPT, Outcome.FOLLOWED)


def what(old: str, new: str, passage: str, language: str = "en") -> tuple[str, str | None]:
    """The outcome, and what stands at the place."""
    start = old.index(passage)
    found = reanchor(old, new, start, start + len(passage), language=language)
    return str(found.outcome), None if found.start is None else new[found.start : found.end]


SANK = "Ten boats sank near the old pier at night."
WING = "Repairs will cost two million and take all of a year. The fire began in the east wing of it."
EDITS = {
    "nothing": ("Two boats sank. All slept.", "Two boats sank. All slept.", "boats", ("kept", "boats")),
    "a sentence before": ("Two boats sank. All slept.", "It was late. Two boats sank. All slept.", "Two boats",
                          ("kept", "Two boats")),
    "markup, quotes and a line break": ('He said "ten boats" sank at sea. All slept.',
                                        "He said “ten **boats**”\nsank at sea. All slept.", '"ten boats" sank',
                                        ("kept", "“ten **boats**”\nsank")),
    "a link": ("He saw the old harbour at night.", "He saw the [old harbour](https://example.org/15) at night.",
               "the old harbour at", ("kept", "the [old harbour](https://example.org/15) at")),
    "a soft hyphen and decomposed letters": ("Die Ha\u00adfen\u00e4mter schlossen um neun Uhr.",
                                             "Die Hafena\u0308mter schlossen um neun Uhr.", "Ha\u00adfen\u00e4mter",
                                             ("kept", "Hafena\u0308mter")),
    "a moved sentence": (f"{SANK} In the morning she came back alone. He left for the town.",
                         f"In the morning she came back alone. He left for the town. {SANK}",
                         SANK, ("followed", SANK)),
    "a misprint mended": ("He said that the boats lay in the harbor for many nights. So it was.",
                          "He said that the boats lay in the harbour for many nights. So it was.",
                          "He said that the boats lay in the harbor for many nights.",
                          ("followed", "He said that the boats lay in the harbour for many nights.")),
    "another number": ("It is said that 15 boats sank.", "It is said that 17 boats sank.", "15", ("proposed", "17")),
    "a number grown at its end": ("They counted 15 of them.", "They counted 15,000 of them.", "15",
                                  ("proposed", "15")),
    "a negation beside it": ("The group did take the town.", "The group did not take the town.", "take the town",
                             ("proposed", "take the town")),
    "words inside": ("The boats sank at once in the storm.", "The boats, all of them old and rotten, sank at once in "
                     "the storm.", "The boats sank at once",
                     ("proposed", "The boats, all of them old and rotten, sank at once")),
    "another sentence takes its place": ("It was late. Ten boats sank near the pier. All slept.",
                                         "It was late. Nobody knows why this came about. All slept.",
                                         "Ten boats sank near the pier.", ("gone", None)),
    "deleted, and the same words are elsewhere": ("He paid $300 then. She came. They spent 300 in all.",
                                                  "She came. They spent 300 in all.", "300", ("gone", None)),
    "the first of two alike deleted": ("It rained. So be it. A came. B went. So be it. It snowed.",
                                       "It rained. A came. B went. So be it. It snowed.", "So be it", ("gone", None)),
    "its end struck out, at the end of the text": ("It was late. The last boat stays here at night.",
                                                   "It was late. The last boat stays here",
                                                   "The last boat stays here at night.",
                                                   ("proposed", "The last boat stays here")),
    "moved with its paragraph, and reworded": (
        f"It rained in the town all day. {WING}\n\nThe council met on Monday to speak of what was to be done then.",
        "The council met on Monday to speak of what was to be done then.\n\n"
        + f"It rained in the town all day. {WING}".replace("will cost", "are going to cost"),
        "Repairs will cost two million and take all of a year.",
        ("proposed", "Repairs are going to cost two million and take all of a year.")),
    "one of two alike deleted, with what stood between them": (
        f"It rained in the town. {SANK} Nobody saw it at all. {SANK} Then came the winter.",
        f"It rained in the town. {SANK} Then came the winter.", SANK,
        ("proposed", SANK)),
    "everything": ("One two three.", "Four five six.", "two", ("gone", None)),
    "all of it": ("One two three.", "", "two", ("gone", None)),
}  # fmt: skip


@pytest.mark.parametrize("case", EDITS)
def test_a_passage_goes_where_its_words_went(case: str) -> None:
    old, new, passage, expected = EDITS[case]
    found = what(old, new, passage)
    assert (found[0], found[1] if expected[1] else None) == expected


@given(ANY, st.data())
def test_in_the_same_text_a_passage_is_kept_to_the_code_point(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert reanchor(text, text, start, end) == Reanchored(Outcome.KEPT, start, end, "the text is the same")


@given(TEXT, SENTENCE, st.data())
def test_a_sentence_put_in_elsewhere_keeps_the_passage(parts: list[str], other: str, data: st.DataObject) -> None:
    assume(other not in parts)
    index, place = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, len(parts)))
    new = " ".join([*parts[:place], other, *parts[place:]])
    assert what(" ".join(parts), new, parts[index]) == ("kept", parts[index])


@given(TEXT, st.data())
def test_a_deleted_sentence_is_never_anchored(parts: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(parts) - 1))
    new = " ".join(parts[:index] + parts[index + 1 :])
    assert what(" ".join(parts), new, parts[index])[0] not in TAKEN_OVER


@given(
    TEXT, st.sampled_from(["15", "fifteen", "not", "Olsen"]), st.sampled_from(["17", "fifty", "", "Hansen"]), st.data()
)
def test_what_counts_never_changes_in_what_is_taken_over(
    parts: list[str], old: str, new: str, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(parts) - 1))
    head, _, tail = parts[index].partition(" ")
    texts = [" ".join([*parts[:index], f"{head} {word} {tail}", *parts[index + 1 :]]) for word in (old, new)]
    assert what(texts[0], texts[1], f"{head} {old} {tail}")[0] not in TAKEN_OVER


@given(ANY, ANY, st.data())
def test_any_two_texts_give_a_place_inside_the_new_one_or_none(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    found = reanchor(old, new, start, data.draw(st.integers(start + 1, len(old))))
    if found.outcome is Outcome.GONE:
        assert (found.start, found.end) == (None, None)
    else:
        assert found.start is not None and found.end is not None and 0 <= found.start < found.end <= len(new)


def test_what_the_door_shows_is_what_happens() -> None:
    assert doctest.testmod(archive_builder).failed == 0


def test_a_passage_that_is_not_there_is_refused() -> None:
    for start, end in ((-1, 2), (2, 2), (0, 99)):
        with pytest.raises(ValueError, match="there is no passage"):
            reanchor("One two.", "One.", start, end)


@pytest.mark.parametrize("language", ["en", "de", "ru", "tg", "fr"])
def test_of_every_kind_of_edit_none_is_anchored_wrongly_and_nearly_all_are_found(language: str) -> None:
    prose = parted(language, language, (HERE / "prose" / f"{language}.md").read_text("utf-8"))
    told = [judged(case) for case in cases(prose)]
    there = [each for each in told if each in ("followed", "proposed", "asked", "lost")]
    assert len(told) > 300 and "wrong" not in told
    assert sum(each in ("followed", "proposed") for each in there) >= 0.95 * len(there)


def test_the_approximate_rule_is_what_it_is_said_to_be() -> None:
    """It takes the fewest changes, and accepts half: that is what ours is compared with."""
    assert approximate("15 militants", "There were 17 militants.", 0, 12) == (11, 23)
    assert approximate("abcdef", "xxabcxxx", 0, 6) == (2, 5)
    assert approximate("abcdef", "xxabxxxx", 0, 6) is None


def test_json_lines_are_answered_in_order_and_a_bad_one_is_named() -> None:
    """One line in, one line out; a line nobody can use costs no other one its answer."""
    lines = [
        {"id": "a", "old": "Ten boats.", "new": "Now: Ten boats.", "start": 4, "end": 9, "language": "en"},
        {"id": 7, "old": "Ten boats.", "new": "Nobody.", "start": 4, "end": 9},
        {"id": "c", "old": "Ten.", "new": "Ten."},
        {"old": "Ten.", "new": "Ten.", "start": 0, "end": 40},
    ]
    given_lines = "\n".join([*map(json.dumps, lines), "{nonsense", "[1]", "", '{"old": 3}']) + "\n"
    result = CliRunner().invoke(main, ["reanchor"], input=given_lines.encode() + b"\xff\n")
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 1
    assert answers[0] == {"id": "a", "outcome": "kept", "start": 9, "end": 14,
                          "why": "every word of it stands where it stood"}  # fmt: skip
    assert answers[1] == {"id": 7, "outcome": "gone", "start": None, "end": None, "why": "it was deleted"}
    assert answers[2] == {"id": "c", "line": 3, "error": '"start" is missing: a whole number'}
    assert [each["line"] for each in answers[3:]] == [4, 5, 6, 8, 9] and all("error" in each for each in answers[3:])


def test_json_lines_without_a_fault_end_well() -> None:
    line = json.dumps({"old": "a b", "new": "a b", "start": 0, "end": 1})
    assert CliRunner().invoke(main, ["reanchor", "-"], input=line).exit_code == 0

"""A quotation anchors where it stands word for word, exactly once, or nowhere."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from texts import MARKDOWN, PROSE, inline

from archive_builder.anchoring import Anchor, Miss, NotDescribable, describe, find, nearest, widened
from archive_builder.canonical import canonical
from archive_builder.model import Selector
from archive_builder.problems import Code
from archive_builder.projection import BARRIER, Prose, project
from archive_builder.wording import DifferenceKind, differences, is_safe_rewording

TEXTS = st.one_of(st.lists(PROSE, min_size=1, max_size=6).map(". ".join), MARKDOWN, inline)
ARTICLE = "On 6 November, about 15 armed men did not attack the Ishkobod post 300 km from Dushanbe; three guards died."


@given(TEXTS, st.data())
def test_what_is_described_is_found(text: str, data: st.DataObject) -> None:
    """``find(describe(passage)) == passage`` in every script; only what repeats between elisions has no description."""
    prose = project(canonical(text)[0], elisions=True)
    passage = data.draw(passages(prose))
    try:
        selector = describe(passage, prose)
    except NotDescribable:
        _assert_repeats(passage, prose)
    else:
        assert find(selector, prose) == passage


@given(TEXTS, st.data())
def test_what_is_found_stands_there(text: str, data: st.DataObject) -> None:
    """A passage that anchors is, letter by letter, the quotation in its normalised form."""
    prose = project(canonical(text)[0], elisions=True)
    passage = data.draw(passages(prose))
    quote = prose.text[passage.start : passage.end]
    found = find(Selector(exact=quote), prose)
    assert isinstance(found, Miss) or prose.text[found.start : found.end] == quote
    if isinstance(found, Miss):
        assert found.code is Code.QUOTE_AMBIGUOUS


@given(st.text(min_size=1), TEXTS, st.text(max_size=5), st.text(max_size=5))
def test_finding_never_fails(quote: str, text: str, prefix: str, suffix: str) -> None:
    """Any words whatever anchor, or miss; they raise nothing."""
    prose = project(canonical(text)[0], elisions=True)
    found = find(Selector(exact=quote, prefix=prefix, suffix=suffix), prose)
    assert isinstance(found, Anchor | Miss)


@given(TEXTS, st.integers(0, 400), st.integers(0, 60))
def test_a_widened_passage_cuts_no_word(text: str, start: int, length: int) -> None:
    """Widening moves each end out to where a word is whole, and only trims blanks; widening again changes nothing."""
    prose = project(canonical(text)[0], elisions=True)
    start = min(start, len(prose.text))
    passage = widened(prose.text, Anchor(start, min(start + length, len(prose.text))))
    assert widened(prose.text, passage) == passage or passage.start == passage.end


@pytest.mark.parametrize(
    "quote, kind",
    [
        ("about 17 armed men", DifferenceKind.NUMBER),
        ("about 15 armed men did attack", DifferenceKind.NEGATION),
        ("the Iskhobod post", DifferenceKind.NAME),
        ("300 km from Khujand", DifferenceKind.NAME),
        ("330 km from Dushanbe", DifferenceKind.NUMBER),
        ("four guards died", DifferenceKind.NUMBER_WORD),
        ("about 1.5 armed men", DifferenceKind.NUMBER),
        ("about 15 armed men did never attack", DifferenceKind.NEGATION),
        ("about 15 armed boys", DifferenceKind.WORDS),
    ],
)
def test_a_quotation_that_differs_is_never_anchored(quote: str, kind: DifferenceKind) -> None:
    """However similar: a changed number, number word, negation, name or any other word drifts; the nearest is shown."""
    prose = project(ARTICLE)
    found = find(Selector(exact=quote), prose)
    assert isinstance(found, Miss) and found.code is Code.QUOTE_DRIFTED
    near = prose.text[found.places[0].start : found.places[0].end]
    told = differences(quote, near, "en")
    assert kind in {each.kind for each in told}
    assert kind is DifferenceKind.WORDS or not is_safe_rewording(quote, near, "en")


@given(st.data())
def test_no_other_digit_is_accepted(data: st.DataObject) -> None:
    """Whatever digit of a quotation is replaced by another, it does not anchor."""
    digits = [place.start() for place in re.finditer(r"\d", ARTICLE)]
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != ARTICLE[at]]))
    found = find(Selector(exact=ARTICLE[:at] + other + ARTICLE[at + 1 :]), project(ARTICLE))
    assert isinstance(found, Miss)


@pytest.mark.parametrize(
    "written, quoted",
    [
        ("he said “no” — it’s ‘over’", "he said \"no\" - it's 'over'"),
        ("he said \"no\" - it's 'over'", "he said «no» – it’s ‹over›"),
        ("300\u00a0km\u2009away", "300 km away"),
        ("300 km away", "300\u00a0km\n  away"),
        ("Ishko\u00adbod\u200b post", "Ishkobod post"),
        ("Ishkobod post", "\u200fIshko\u00adbod post\ufeff"),
        ("Қалъаи Зол café", unicodedata.normalize("NFD", "Қалъаи Зол café")),
        (unicodedata.normalize("NFD", "Ишкобод, ещё, café"), "Ишкобод, ещё, café"),
        ("می‌خواهد برود", "میخواهد برود"),
        ("*Fifteen* [guards](https://e.org) **died**[^1]\n\n[^1]: x", "Fifteen guards died"),
        ("one\n\n- two\n- three", "one two three"),
        ("AT&amp;T &mdash; 5", "AT&T — 5"),
    ],
)
def test_a_quotation_anchors_however_it_was_typed(written: str, quoted: str) -> None:
    """Quotation marks, dashes, blanks, soft hyphens, composed and decomposed letters and markup make no difference."""
    assert isinstance(find(Selector(exact=quoted), project(canonical(written)[0])), Anchor)


@pytest.mark.parametrize(
    "text, quote",
    [
        ("15 men", "5 men"),
        ("200-300 km", "300 km"),
        ("200-300 km", "200"),
        ("1,300 men", "300 men"),
        ("1 300 men", "300 men"),
        ("he can't go", "he can"),
        ("he can’t go", "can"),
        ("he can't go", "can'"),
        ("he can't go", "t go"),
        ("il n'est pas", "n"),
        ("il n'est pas", "est pas"),
        ("unlikely", "likely"),
        ("at 06:20", "20"),
        ("3.5 km", "5 km"),
        ("Dushanbes", "Dushanbe"),
        ("snake_case", "snake"),
        ("Боевики", "Боевик"),
        ("мой", "мои"),
    ],
)
def test_a_quotation_cuts_nothing_that_belongs_together(text: str, quote: str) -> None:
    """A word, a number, a range, a time or a contraction is quoted whole."""
    found = find(Selector(exact=quote), project(text))
    assert isinstance(found, Miss) and found.code in (Code.QUOTE_CUTS_A_WORD, Code.QUOTE_DRIFTED)


@pytest.mark.parametrize(
    "text, quote",
    [
        ("十五名守卫被杀", "守卫"),
        ("ผู้ก่อการร้าย", "การ"),
        ("on 6 20 men", "20 men"),
        ("the year 2018. 15 men", "15 men"),
        ("Tajikistan's", "Tajikistan"),
        ("Gerard 't Hooft", "'t Hooft"),
        ("well-known", "known"),
        ("(15)", "15"),
        ("👩‍👩‍👧 17 🙂", "17"),
    ],
)
def test_what_can_stand_alone_can_be_quoted(text: str, quote: str) -> None:
    """Scripts without blanks are quoted anywhere; parts of compounds and numbers side by side are words."""
    assert isinstance(find(Selector(exact=quote), project(text)), Anchor)


def test_context_tells_like_passages_apart() -> None:
    """A prefix or a suffix narrows; what still matches twice is ambiguous, and every place is told."""
    prose = project("First 15 men came. Then 15 men went.")
    assert find(Selector(exact="15 men", prefix="Then"), prose) == Anchor(24, 30)
    assert find(Selector(exact="15 men", prefix="Then "), prose) == Anchor(24, 30)
    assert find(Selector(exact="15 men", suffix="came"), prose) == Anchor(6, 12)
    found = find(Selector(exact="15 men"), prose)
    assert found == Miss(Code.QUOTE_AMBIGUOUS, (Anchor(6, 12), Anchor(24, 30)))


def test_a_wrong_context_anchors_nowhere() -> None:
    """The words around a quotation are part of the quotation."""
    found = find(Selector(exact="15 men", prefix="Never"), project("First 15 men came."))
    assert isinstance(found, Miss) and found.code in (Code.QUOTE_DRIFTED, Code.QUOTE_MISSING)


def test_the_description_is_no_longer_than_it_must_be() -> None:
    """A unique passage needs no context; one that repeats takes the fewest words before it that tell it apart."""
    prose = project("First 15 men came. Then 15 men went.")
    assert describe(Anchor(0, 12), prose) == Selector(exact="First 15 men")
    assert describe(Anchor(24, 30), prose) == Selector(exact="15 men", prefix="Then")


def test_a_quotation_does_not_cross_an_elision() -> None:
    """Where the article is quoted in parts, neither a passage nor its context runs across what is left out."""
    prose = project("15 men came […] 15 men came", elisions=True)
    crossing = find(Selector(exact="came […] 15"), prose)
    assert isinstance(crossing, Miss) and crossing.code is Code.QUOTE_CROSSES_ELISION
    with pytest.raises(NotDescribable):
        describe(Anchor(0, 11), prose)


def test_what_is_not_like_anything_has_no_candidate() -> None:
    """Similarity only proposes, and not what would mislead."""
    prose = project(ARTICLE)
    assert nearest("zzzz qqqq xxxx wwww", prose) is None
    found = find(Selector(exact="zzzz qqqq xxxx wwww"), prose)
    assert isinstance(found, Miss) and found.code is Code.QUOTE_MISSING


def test_an_article_of_a_megabyte() -> None:
    """A text of a million characters is projected, searched and described like any other."""
    told = "Report {} says that *{}* men crossed the river near Қалъаи Зол."
    prose = project("\n\n".join(told.format(number, number % 97) for number in range(17_000)))
    assert len(prose.text) > 900_000
    start = prose.text.index("Report 16123")
    passage = Anchor(start, prose.text.index("Report 16125") - 1)
    assert find(describe(passage, prose), prose) == passage
    again = prose.text.index("men crossed the", start)
    assert find(describe(Anchor(again, again + 15), prose), prose) == Anchor(again, again + 15)
    assert isinstance(find(Selector(exact="Report 16123 says that 21 men"), prose), Anchor)
    assert isinstance(find(Selector(exact="Report 16123 says that 22 men"), prose), Miss)


@st.composite
def passages(draw: st.DrawFn, prose: Prose) -> Anchor:
    """A passage in whole words that crosses no elision."""
    assume(prose.text)
    start = draw(st.integers(0, len(prose.text) - 1))
    end = min(start + draw(st.integers(1, 80)), len(prose.text))
    passage = widened(prose.text, Anchor(start, end))
    assume(passage.start < passage.end and BARRIER not in prose.text[passage.start : passage.end])
    return passage


def _assert_repeats(passage: Anchor, prose: Prose) -> None:
    """The passage stands twice with all that is quoted around it."""
    first = prose.text.rfind(BARRIER, 0, passage.start) + 1
    last = prose.text.find(BARRIER, passage.end)
    around = prose.text[first : last if last >= 0 else None].strip()
    assert prose.text.count(prose.text[passage.start : passage.end]) > 1 and BARRIER in prose.text, around


@pytest.mark.parametrize("numbers", [19, 20, 40])
def test_a_whole_passage_is_found_behind_any_number_of_cut_ones(numbers: int) -> None:
    """And never taken for the only one where another follows: however many stand inside longer numbers before it."""
    longer = " ".join(f"1{number}5" for number in range(10, 10 + numbers))
    once, twice = project(f"{longer} and 5 men."), project(f"{longer} and 5 men, then 5 women.")
    at = len(longer) + 5
    assert find(Selector(exact="5"), once) == Anchor(at, at + 1)
    missed = find(Selector(exact="5"), twice)
    assert isinstance(missed, Miss) and missed.code is Code.QUOTE_AMBIGUOUS and len(missed.places) == 2


def test_what_no_selector_may_hold_is_not_described() -> None:
    """A passage, or the words that would tell it from another, of more characters than a file may quote."""
    for text, anchor in (("word " * 3000, Anchor(0, 4)), ("a b " * 2000, Anchor(0, 7999))):
        with pytest.raises(NotDescribable):
            describe(anchor, project(text))

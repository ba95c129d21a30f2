"""A quoted body keeps every annotated passage with its sentence to the letter, and shows where text is left out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import MARKDOWN

from archive_builder.anchoring import Anchor, Miss, NotDescribable, describe, find, widened
from archive_builder.blocks import blocks
from archive_builder.canonical import canonical
from archive_builder.projection import BARRIER, Prose, project
from archive_builder.quoting import NotQuotable, quotations
from archive_builder.sentences import sentences

TEXT = """\
# Harbour

The storm came at night. About fifteen boats sank, Mr. Olsen of the U.S. Coast Guard said. Nobody slept.

Nothing is known of the crews.

## Denials

She *denies* it. “There were [12 boats](https://example.org/log).” The mayor was away.[^1] He is back.

- First item. Second sentence.
- Another item.

## Ferries

They run again.

[^1]: In St. Petersburg.
"""


def quoted(text: str, *passages: str) -> str:
    source = canonical(text)[0]
    prose = project(source)
    starts = [prose.text.index(passage) for passage in passages]
    spans = zip(starts, passages, strict=True)
    return quotations(source, [Anchor(start, start + len(each)) for start, each in spans], prose)


CASES = {
    "the middle of a paragraph": (
        ("fifteen boats",),
        "# Harbour\n\n[…] About fifteen boats sank, Mr. Olsen of the U.S. Coast Guard said.\n\n[…]\n",
    ),
    "paragraphs left out between": (
        ("The storm came", "They run"),
        "# Harbour\n\nThe storm came at night.\n\n[…]\n\n## Ferries\n\nThey run again.\n",
    ),
    "the end of one paragraph and the beginning of the next": (
        ("Nobody slept", "Nothing is known"),
        "# Harbour\n\n[…] Nobody slept.\n\nNothing is known of the crews.\n\n[…]\n",
    ),
    "two sentences apart": (
        ("storm", "Nobody"),
        "# Harbour\n\nThe storm came at night. […] Nobody slept.\n\n[…]\n",
    ),
    "a passage across sentences": (
        ("at night. About",),
        "# Harbour\n\nThe storm came at night. About fifteen boats sank, Mr. Olsen of the U.S. Coast Guard said."
        "\n\n[…]\n",
    ),
    "markup and a link": (
        ("12 boats",),
        "# Harbour\n\n[…]\n\n## Denials\n\n[…] “There were [12 boats](https://example.org/log).”\n\n[…]\n",
    ),
    "a footnote with what refers to it": (
        ("The mayor",),
        "# Harbour\n\n[…]\n\n## Denials\n\n[…] The mayor was away.[^1]\n\n[…]\n\n[^1]: In St. Petersburg.\n",
    ),
    "a passage in a footnote": (
        ("In St. Petersburg",),
        "# Harbour\n\n[…]\n\n## Denials\n\n[…] The mayor was away.[^1]\n\n[…]\n\n[^1]: In St. Petersburg.\n",
    ),
    "list items": (
        ("Second sentence",),
        "# Harbour\n\n[…]\n\n## Denials\n\n[…]\n\n- Second sentence.\n\n[…]\n",
    ),
    "nothing": ((), "[…]\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_left_out_is_shown_once_where_it_is(case: str) -> None:
    passages, expected = CASES[case]
    assert quoted(TEXT, *passages) == expected


def test_an_elision_of_the_article_itself_is_escaped() -> None:
    assert quoted("One […] two. Three.\n", "Three") == "[…] Three.\n"
    assert quoted("One […] two. Three.\n", "One") == "One \\[…] two. […]\n"


def test_a_text_quoted_as_a_whole_is_as_it_was() -> None:
    text = "One *two*. Three.\n\n- a\n- b\n"
    assert quoted(text, "One", "Three", "a", "b") == text


def test_emphasis_over_sentences_keeps_the_paragraph_whole() -> None:
    assert quoted("**One two. Three four.** Five.\n", "Three") == "**One two. Three four.** […]\n"


def test_a_table_is_kept_whole() -> None:
    table = "| a | b |\n|---|---|\n| One. Two. | 3 |\n"
    assert quoted(f"X.\n\n{table}\nY.\n", "Two") == f"[…]\n\n{table}\n[…]\n"


def test_another_text_than_the_passages_were_found_in_is_refused() -> None:
    with pytest.raises(NotQuotable):
        quotations("Two.\n", [], project("One.\n"))


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Mr. Smith left the U.S. Army on Jan. 5. He said “No.” Then J. R. Roe paid 3.5 million. OK! Yes.", 5),
        ('page: "... The storm came. And so, the "boats" are there".', 2),
        ("Он пришёл в 1992 г. и ушёл. Это т. е. Иван. Да? Нет!", 4),
        ("او آمد؟ رفت۔ بعد.", 3),
        ("他来了。他走了！真的？", 3),
        ("「走吧。」他说。", 1),
        ("She left St. Mary's. Prof. X stayed, i.e. slept. Wait… what? Yes.", 4),
        ("„Nein!“ sagte er. Dann ging er.", 2),
        ("No. 5 is alive. (It is.) True.", 3),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, parted: int) -> None:
    found = sentences(project(text).text)
    assert len(found) == parted, [project(text).text[slice(*each)] for each in found]


@given(st.text(max_size=200))
def test_every_word_is_in_one_sentence(text: str) -> None:
    prose = project(canonical(text)[0]).text
    parts = [prose[start:end] for start, end in sentences(prose)]
    assert "".join(parts).replace(" ", "") == prose.replace(" ", "")


@st.composite
def annotated(draw: st.DrawFn) -> tuple[Prose, list[Anchor]]:
    """A text with passages that a selector describes."""
    prose = project(canonical(draw(MARKDOWN))[0])
    anchors = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, max(len(prose.text) - 1, 0)))
        anchor = widened(prose.text, Anchor(start, min(start + draw(st.integers(1, 60)), len(prose.text))))
        try:
            describe(anchor, prose)
        except NotDescribable:
            continue
        anchors.append(anchor)
    return prose, anchors


@given(annotated())
@settings(max_examples=120, deadline=None)
def test_every_passage_still_anchors_and_no_kept_word_is_altered(case: tuple[Prose, list[Anchor]]) -> None:
    prose, anchors = case
    try:
        body = quotations(prose.source, anchors, prose)
    except NotQuotable:
        return
    read = project(body, elisions=True)
    assert quotations(prose.source, reversed(anchors), prose) == body
    assert f"{BARRIER} {BARRIER}" not in read.text
    for anchor in anchors:
        selector = describe(anchor, prose)
        bare = selector.model_copy(update={"prefix": "", "suffix": ""})
        found = find(bare, read)
        assert not isinstance(found, Miss) or found.places or "[…]" in selector.exact


@given(st.lists(st.integers(0, 39), max_size=6), st.integers(0, 2**32))
def test_in_plain_prose_exactly_the_annotated_sentences_are_kept(chosen: list[int], seed: int) -> None:
    parted = [[f"Sentence number {5 * block + each} of the report ends." for each in range(5)] for block in range(8)]
    source = "\n\n".join(map(" ".join, parted)) + "\n"
    prose = project(source)
    anchors = [Anchor(at := prose.text.index(f"number {each} of"), at + 6) for each in chosen]
    body = quotations(source, anchors, prose)
    kept = [each for each in range(40) if f"number {each} of" in body]
    assert kept == sorted(set(chosen))
    assert "[…] […]" not in body and "[…]\n\n[…]" not in body
    assert set(project(body, elisions=True).text.replace(BARRIER, "").split()) <= set(prose.text.split())


def test_a_long_text_is_quoted_in_time() -> None:
    source = "\n\n".join(f"Paragraph {each} begins. It goes on and on *and* on. It ends." for each in range(6_000))
    prose = project(source)
    anchors = [Anchor(at := prose.text.index(f"Paragraph {each} "), at + 9) for each in range(0, 6_000, 600)]
    started = time.process_time()
    quotations(source, anchors, prose)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "text",
    [
        "|" * 20_000 + "\n" + "-" * 20_000 + "x",
        "> " * 10_000 + "x",
        "1. " * 7_000 + "x",
        "|a" * 10_000 + "\n" + "|-" * 10_000,
    ],
    ids=["rule", "quotations", "items", "table"],
)
def test_a_text_made_to_be_looked_through_for_ever_is_parted_at_once(text: str) -> None:
    """The first took hours: each pipe was tried with each hyphen."""
    start = time.process_time()
    assert blocks(project(text))
    assert time.process_time() - start < 5

"""Weaving marks passages and alters nothing else; unweaving takes every mark out again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from texts import JUNK, MARKDOWN, PROSE, inline

from archive_builder.anchoring import Anchor, widened
from archive_builder.canonical import canonical
from archive_builder.projection import BARRIER, PieceKind, Prose, project, visible_text
from archive_builder.rendering import DIALECT
from archive_builder.weaving import Mark, render, unweave, weave

TEXTS = st.one_of(MARKDOWN, inline)
VOID = frozenset("br hr img wbr input".split())
# See test_projection: Python-Markdown itself drops a letter of these.
LOSES_A_LETTER = re.compile(r"[^\W_]_+[^\W_]")
# Of a link whose text has brackets within brackets we may not see the end: a reference can come to stand in it.
NESTED_BRACKETS = re.compile(r"\[[^\[\]]*\[")


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=list(DIALECT))


def prose_of(text: str) -> Prose:
    source = canonical(text)[0]
    assume(not ("*" in source and LOSES_A_LETTER.search(source)))
    return project(source, elisions=True)


@st.composite
def marks_in(draw: st.DrawFn, prose: Prose, most: int = 5) -> list[Mark]:
    """Some passages of ``prose`` in whole words: overlapping, nested, identical."""
    assume(prose.text)
    places = st.tuples(st.integers(0, len(prose.text) - 1), st.sampled_from((1, 3, 10, 40, 200)))
    anchors = [
        widened(prose.text, Anchor(start, min(start + length, len(prose.text))))
        for start, length in draw(st.lists(places, min_size=1, max_size=most))
    ]
    kept = [a for a in anchors if a.start < a.end and BARRIER not in prose.text[a.start : a.end]]
    again = draw(st.lists(st.sampled_from(kept), max_size=1)) if kept else []
    return [Mark(f"m{number}", anchor, str(number), "contested") for number, anchor in enumerate([*kept, *again])]


class Page(HTMLParser):
    """A rendered text as a browser's stack of open elements sees it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.marked: dict[str, str] = {}
        self.feed(re.sub(r'<sup id="fnref.*?</sup>', "", html))
        self.close()
        self.faults += [f"{tag} is not closed" for tag, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and any(name == "a" for name, _ in self.open):
            self.faults.append("a link stands in a link")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag not in VOID:
            self.open.append((tag, given.get("data-note") or ("ref" if given.get("class") == "ab-ref" else "")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop()[0] != tag):
            self.faults.append(f"{tag} is closed out of turn")

    def handle_data(self, data: str) -> None:
        if not any(kind == "ref" for _, kind in self.open):
            for name in {kind for tag, kind in self.open if tag == "mark"}:
                self.marked[name] = self.marked.get(name, "") + data


@given(st.data(), st.lists(st.one_of(MARKDOWN, inline, JUNK, PROSE), min_size=1, max_size=4).map("\n\n".join))
def test_marks_put_into_what_was_rendered_are_as_if_woven_and_rendered(data: st.DataObject, text: str) -> None:
    prose = prose_of(text)
    marks = data.draw(marks_in(prose))
    assert render(prose, marks) == rendered(weave(prose, marks))


@given(st.one_of(TEXTS, JUNK), st.data())
def test_unweaving_gives_back_what_was_woven(text: str, data: st.DataObject) -> None:
    """``unweave(weave(md, marks)) == md``, whatever was marked."""
    prose = project(canonical(text)[0], elisions=True)
    assert unweave(weave(prose, data.draw(marks_in(prose)))) == prose.source


@given(st.one_of(TEXTS, JUNK))
def test_weaving_nothing_changes_nothing(text: str) -> None:
    """Without a mark, a text that leaves nothing out is woven into itself."""
    prose = project(canonical(text)[0])
    assert weave(prose, []) == prose.source


@given(TEXTS, st.data())
def test_weaving_never_alters_a_word(text: str, data: st.DataObject) -> None:
    """The page of the woven text reads as the page of the text."""
    prose = prose_of(text)
    woven = weave(prose, data.draw(marks_in(prose)))
    assert visible_text(rendered(woven)) == visible_text(rendered(prose.source))
    assert project(unweave(woven), elisions=True).text == prose.text


@given(JUNK, st.data())
def test_weaving_never_alters_a_word_of_junk(text: str, data: st.DataObject) -> None:
    """Not even where the text is signs of Markdown, but for underscores, in any order."""
    assume("_" not in text)  # one acts on what is beside it, and a mark may come to stand there
    prose = prose_of(text)
    woven = weave(prose, data.draw(marks_in(prose)))
    assert visible_text(rendered(woven)) == visible_text(rendered(prose.source))


@given(TEXTS, st.data())
def test_the_order_of_the_annotations_does_not_matter(text: str, data: st.DataObject) -> None:
    """The same marks in any order give the same bytes."""
    prose = project(canonical(text)[0], elisions=True)
    marks = data.draw(marks_in(prose))
    assert weave(prose, data.draw(st.permutations(marks))) == weave(prose, marks)


@given(TEXTS, st.data())
def test_what_is_woven_is_well_formed_where_the_text_is(text: str, data: st.DataObject) -> None:
    """Every mark is closed in its turn, no link stands in a link, and no id stands twice."""
    assume(not NESTED_BRACKETS.search(text))
    prose = prose_of(text)
    before = Page(rendered(prose.source))
    assume(not before.faults and len(set(before.ids)) == len(before.ids))
    after = Page(rendered(weave(prose, data.draw(marks_in(prose)))))
    assert not after.faults
    assert len(set(after.ids)) == len(after.ids)


@given(TEXTS, st.data())
def test_the_marks_of_one_name_hold_its_passage(text: str, data: st.DataObject) -> None:
    """In the page, what the marks of an annotation enclose is its passage, but for code and what cannot be cut."""
    prose = prose_of(text)
    marks = data.draw(marks_in(prose))
    page = Page(rendered(weave(prose, marks)))
    for mark in marks:
        assert _bare(page.marked.get(mark.name, "")) == _bare("".join(_markable(prose, mark.anchor)))


def test_no_reference_is_woven_into_code_that_runs_across_lines() -> None:
    """What looks like the rest of a link there is code."""
    prose = project("Zero`](0)\n` and one.")
    woven = weave(prose, [Mark("zero", Anchor(0, 4), "1", "contested")])
    assert woven.endswith("</a>`](0)\n` and one.") and unweave(woven) == prose.source


@given(st.one_of(TEXTS, JUNK), st.data())
def test_nothing_is_woven_inside_code_a_tag_or_an_address(text: str, data: st.DataObject) -> None:
    """No mark shows as text: not in code, not in an attribute, not in an address."""
    prose = prose_of(text)
    html = rendered(weave(prose, data.draw(marks_in(prose))))
    for code in re.findall(r"<code[^>]*>(.*?)</code>", html, re.DOTALL):
        assert "<mark" not in code and "ab-ref" not in code
    rest = re.sub(r'<mark class="ab-mark [^>]*>|<a class="ab-ref".*?</a>', "", html)
    assert "data-note" not in rest and "ab-ref" not in rest


PLACES = [
    ("overlapping", "one two three four", ["one two three", "two three four"]),
    ("nested", "one two three four", ["one two three four", "two three", "three"]),
    ("identical", "one two three", ["two", "two"]),
    ("touching", "one two three", ["one", "two", "three"]),
    ("across emphasis", "one *two **three** four* five", ["one two three", "three four five"]),
    ("across a link", "see [the *long* report](https://e.org/a_b) now", ["see the", "long report", "report now"]),
    ("a whole reference", "see [ref] and [the *text*][ref]\n\n[ref]: https://e.org", ["ref", "see ref and the text"]),
    ("across paragraphs", "one two\n\nthree *four*\n\nfive", ["two three four five"]),
    ("across items", "- one\n- two\n    - three\n\n1. four\n2. five", ["one two three four", "two", "five"]),
    ("across cells", "a | b\n--|--\none | *two*\nthree | four", ["a b one two three", "three"]),
    ("across headings", "# one *two*\n\nthree\n===\n\n## four ##", ["one two three four", "two three"]),
    ("across a footnote", "one[^1] two.\n\n[^1]: A *note* here.\n\nthree", ["one two", "note here", "three A note"]),
    ("in a quotation", "> one *two*\n> three\n>\n> four", ["two three four", "one"]),
    ("around code", "one `two three` four", ["one two three four", "four"]),
    ("around references of characters", "AT&amp;T &mdash; one&nbsp;two", ["AT&T - one two", "one two"]),
    ("around escapes", r"one \*two\* three\_four", ["one *two* three_four", "two"]),
    ("around a lone sign", "15* guards, 17** men and * one", ["15* guards", "guards", "17** men and * one"]),
    ("around allowed tags", "H<sub>2</sub>O and <cite>a book</cite>", ["H2O and a book", "book"]),
    ("around a hard break", "one  \ntwo\nthree", ["one two", "two three"]),
    (
        "in other scripts",
        "Боевики *убили* 15. مهاجمان **پنج** نگهبان. 👩‍👩‍👧 十五名*守卫*",
        ["убили 15. مهاجمان پنج", "守卫"],
    ),
]


@pytest.mark.parametrize("source, passages", [pytest.param(*case[1:], id=case[0]) for case in PLACES])
def test_passages_are_marked_wherever_they_stand(source: str, passages: Sequence[str]) -> None:
    """A passage that runs across markup is marked in parts, and overlapping marks still nest."""
    prose = project(source)
    marks = [Mark(f"m{number}", _anchor(prose, text), "1", "contested") for number, text in enumerate(passages)]
    html = rendered(weave(prose, marks))
    page = Page(html)
    assert not page.faults and len(set(page.ids)) == len(page.ids)
    assert visible_text(html) == prose.text
    for mark, text in zip(marks, passages, strict=True):
        assert f'id="mark-{mark.name}"' in html and f'href="#note-{mark.name}"' in html
        assert _bare(page.marked[mark.name]) == _bare("".join(_markable(prose, mark.anchor))), text


def test_an_elision_is_set_apart() -> None:
    """What is left out is woven as an elision, outside every mark."""
    prose = project("one […] two", elisions=True)
    woven = weave(prose, [Mark("m", Anchor(0, 3), "1", "agreed")])
    assert '</a> <i class="ab-elision">[…]</i> two' in woven
    assert unweave(woven) == prose.source


def test_only_the_first_part_of_a_mark_has_its_id() -> None:
    """A permalink leads to the beginning of the passage."""
    prose = project("one *two* three")
    woven = weave(prose, [Mark("m", Anchor(0, len(prose.text)), "1", "agreed")])
    assert woven.count('id="mark-m"') == 1 and woven.count('data-note="m"') == 3


@given(PROSE)
def test_a_label_can_hold_no_markup(text: str) -> None:
    """The label of a reference is text, whatever is in it."""
    prose = project("one")
    assert "<b>" not in weave(prose, [Mark("m", Anchor(0, 3), f"<b>{text}", "agreed")])


def _anchor(prose: Prose, passage: str) -> Anchor:
    start = prose.text.index(passage)
    return Anchor(start, start + len(passage))


def _markable(prose: Prose, anchor: Anchor) -> list[str]:
    """The parts of a passage that a mark may enclose."""
    return [
        prose.text[max(piece.start, anchor.start) : min(piece.end, anchor.end)]
        for piece in prose.pieces_in(anchor.start, anchor.end)
        if piece.kind is PieceKind.TEXT
        or (piece.kind is PieceKind.ATOM and anchor.start <= piece.start and piece.end <= anchor.end)
    ]


def _bare(text: str) -> str:
    """``text`` folded, without blanks, which may stand beside a mark instead of in it."""
    return visible_text(text.replace("&", "&amp;").replace("<", "&lt;")).replace(" ", "")

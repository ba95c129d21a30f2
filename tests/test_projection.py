"""The projection of a text is what a reader sees of its page, with a map back that can be trusted."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from itertools import pairwise
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from texts import JUNK, MARKDOWN, PROSE, inline

from archive_builder.canonical import canonical
from archive_builder.projection import BARRIER, PieceKind, Prose, normalise, project, visible_text
from archive_builder.rendering import DIALECT, Renderer
from archive_builder.weaving import render

CASES = Path(__file__).parent / "cases" / "projection.yml"
LONGEST_REAL = 60_000

# Python-Markdown 3.11 drops a letter after an underscore within a word when emphasis goes before it
# ("*( *x* k_abt *x*" shows as "k" and "at"): such a page reads wrong whatever we do, and text-differs tells it.
LOSES_A_LETTER = re.compile(r"[^\W_]_+[^\W_]")


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=list(DIALECT))


def canonical_form(text: str) -> str:
    """The canonical text, if the renderer can be trusted with it."""
    found = canonical(text)[0]
    assume(not ("*" in found and LOSES_A_LETTER.search(found)))
    return found


def real_texts() -> list[tuple[str, str]]:
    """The descriptions of installed packages that are written in Markdown."""
    found = {}
    for package in distributions():
        told, name = package.metadata, package.metadata["Name"]
        text = told.get("Description") or told.get_payload()
        if told.get("Description-Content-Type", "").startswith("text/markdown") and isinstance(text, str):
            found[name] = text[:LONGEST_REAL]
    return sorted(found.items())


@given(st.one_of(MARKDOWN, inline))
def test_the_projection_of_markdown_is_the_text_of_its_page(text: str) -> None:
    """Whatever blocks and inline markup a text has, its projection is the visible text of its rendering."""
    source = canonical_form(text)
    assert project(source).text == visible_text(rendered(source))


@given(st.one_of(MARKDOWN, inline, JUNK))
def test_a_renderer_without_idle_patterns_renders_alike(text: str) -> None:
    """Patterns whose signs are not in a text do nothing to it."""
    source = canonical(text)[0]
    assert Renderer().convert(source) == Renderer(html_blocks=False).convert(source) == rendered(source)


@given(JUNK)
def test_the_projection_of_junk_is_the_text_of_its_page(text: str) -> None:
    """Signs that mean something in Markdown, in any order, project to what Python-Markdown makes of them."""
    source = canonical_form(text)
    assert project(source).text == visible_text(rendered(source))


@pytest.mark.parametrize("name, text", [pytest.param(name, text, id=name) for name, text in real_texts()])
def test_the_projection_of_real_markdown_is_the_text_of_its_page(name: str, text: str) -> None:
    """The law holds of texts that people wrote: the descriptions of the packages installed here."""
    source = canonical(text)[0]
    assert project(source).text == visible_text(rendered(source))


def test_each_case_reads_as_written_down() -> None:
    """Each case of ``cases/projection.yml`` gives Markdown and the prose a reader sees of it."""
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    for case in cases:
        found = project(canonical(case["markdown"])[0], elisions=case.get("elisions", False)).text
        assert found.replace(BARRIER, "BARRIER") == case["prose"], case["name"]
        if not case.get("elisions"):
            assert found == visible_text(rendered(canonical(case["markdown"])[0])), case["name"]


@given(st.one_of(MARKDOWN, inline, JUNK))
def test_the_pieces_make_up_the_prose(text: str) -> None:
    """Pieces follow one another without a gap, and only a blank at the very end may have no place in the prose."""
    prose = project(canonical(text)[0], elisions=True)
    assert [piece.start for piece in prose.pieces] == [0, *(piece.end for piece in prose.pieces)][: len(prose.pieces)]
    assert not prose.pieces or prose.pieces[-1].end - len(prose.text) in (0, 1)


@given(st.one_of(MARKDOWN, inline, JUNK))
def test_a_text_piece_stands_in_the_source_letter_by_letter(text: str) -> None:
    """The source of a TEXT piece, with its signs folded, is the prose of it."""
    prose = project(canonical(text)[0])
    for piece in prose.pieces:
        if piece.kind is PieceKind.TEXT:
            written = prose.source[piece.source_start : piece.source_end]
            assert len(written) == piece.end - piece.start
            assert _folded(written)[: len(prose.text) - piece.start] == prose.text[piece.start : piece.end]


@given(st.one_of(MARKDOWN, inline), st.data())
def test_a_tag_at_the_edge_of_a_span_changes_no_word(text: str, data: st.DataObject) -> None:
    """The spans of a passage are free of markup: tags around one of them leave the prose of the text as it was."""
    source = canonical_form(text)
    prose = project(source)
    spans = prose.source_spans(0, len(prose.text))
    assume(spans)
    start, end = data.draw(st.sampled_from(spans))
    assert project(f"{source[:start]}<b>{source[start:end]}</b>{source[end:]}").text == prose.text


@example("T \u00ad[[![](i) &shy;](a)^")
@given(st.one_of(MARKDOWN, inline, JUNK))
def test_spans_stand_in_the_source_without_overlap(text: str) -> None:
    """No two spans of one passage share a character, and none is empty."""
    prose = project(canonical(text)[0])
    spans = sorted(prose.source_spans(0, len(prose.text)))
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_every_kind_of_white_space_is_folded() -> None:
    """Also at the end of an ordinary space, and also where no two spaces follow each other."""
    blanks = [sign for sign in map(chr, range(0x110000)) if sign.isspace() and sign != " "]
    prose = project("x".join(f"a {blank}b" for blank in blanks))
    assert prose.text == "x".join("a b" for _ in blanks)


@given(PROSE)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.one_of(PROSE, MARKDOWN, JUNK))
@example("![](](0)")
def test_the_canonical_form_is_its_own_and_keeps_every_line(text: str) -> None:
    """Canonical text is canonical already, and a line of it is the same line of the file."""
    found, _ = canonical(text)
    assert canonical(found) == (found, ())
    assert found.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


@given(st.one_of(MARKDOWN, inline, JUNK))
def test_no_tag_that_acts_comes_out_of_a_canonical_text(text: str) -> None:
    """Rendered, a canonical text has no script, no event, no frame, no style, no picture from elsewhere."""
    html = rendered(canonical(text)[0])
    tags = re.findall(r"<[A-Za-z/!?][^>]*>", html)
    acting = re.compile(r"<(?:script|iframe|style|svg|math|object|form|input|details|!|\?)|\son\w+=", re.IGNORECASE)
    assert not [tag for tag in tags if acting.match(tag) or re.search(r'(?:href|src)="\s*(?:javascript|data):', tag)]
    assert not re.search(r'<img[^>]* src="(?:\w+:)?//', html)


@pytest.mark.parametrize(
    "text",
    ["", "\n", " ", "\ufeff", "\u00ad", "[…]", "***", "#", "> ", "-", "|", "[^1]: ", "```", "    ", "\u200b\n\n\u200b"],
)
def test_a_text_of_next_to_nothing_projects(text: str) -> None:
    """Nothing is too little to be projected."""
    source = canonical(text)[0]
    assert project(source).text == visible_text(rendered(source))


@pytest.mark.parametrize(
    "text",
    [
        "x[^1]\n\n[^1]: 1. [^2]: y",
        "x[^1]\n\n[^1]: y\n\n    > [^2]: z [^2]",
        "- " * 1_000 + "x",
        "1. > " * 500 + "x",
        "\n".join("    " * depth + "- x" for depth in range(120)),
        "\n[^" * 1_000,
        "[a](" * 5_000,
        "*a _b " * 2_000,
        "<b>" * 5_000,
    ],
    ids="note-in-a-note note-in-a-quotation lists quotations indents names links emphasis tags".split(),
)
def test_nothing_hostile_stops_the_renderer(text: str) -> None:
    """Notes within notes, bottomless lists and signs that never end neither fail nor hang: they show as text."""
    prose = project(canonical(text)[0])
    assert prose.text == visible_text(render(prose, ()))


def test_a_note_may_say_anything() -> None:
    """The text of a footnote is not the address of a link; only what would be one is disarmed."""
    for note in ('"Quoted."', "*Soft.*", "“Ещё”", "http://example.org", "1. one"):
        assert canonical(f"x[^1]\n\n[^1]: {note}\n")[1] == ()
    assert len(canonical("[^1]: javascript:alert(1)")[1]) == len(canonical("[a]: javascript:alert(1)")[1]) == 1


def test_an_elision_is_a_barrier_only_where_the_article_is_quoted() -> None:
    """``[…]`` is text in a full text, and a barrier in quotations."""
    assert project("one […] two").text == "one […] two"
    assert project("one […] two", elisions=True).text == f"one {BARRIER} two"


def test_a_position_leads_back_to_the_line_it_came_from() -> None:
    """The place of a character of the prose in the source is exact within a text."""
    source = "# A *title*\n\nSome **bold** words — and more."
    prose: Prose = project(source)
    for word in ("title", "Some", "bold", "more"):
        assert source.startswith(word, prose.source_position(prose.text.index(word)))


def _folded(text: str) -> str:
    """``text`` with its quotation marks and dashes folded, blanks as they are."""
    return "".join(" " if sign.isspace() else normalise(sign) or sign for sign in text)

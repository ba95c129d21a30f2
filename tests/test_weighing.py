"""A block that would keep the renderer busy is shown as it is written, and what people write is rendered as ever."""

from __future__ import annotations

from time import process_time

import pytest
from conftest import World
from hypothesis import assume, given
from hypothesis import strategies as st
from test_projection import canonical_form, real_texts
from test_weaving import marks_in

from archive_builder.anchoring import Anchor
from archive_builder.canonical import canonical
from archive_builder.projection import project, visible_text
from archive_builder.weaving import Mark, render, unweave, weave
from archive_builder.weighing import heavy, is_heavy
from bench.hostile import FAMILIES, WHERE, seconds

SIGNS = (
    "[",
    "[[]",
    "![",
    "[a][",
    "*a",
    "a_",
    "**_a",
    "[*a",
    "a\n=\n",
    "[^a] ",
    "[^a]: > ",
    "]",
    " ",
    "\n\n",
    "x",
    "<&",
)
HEAVY = "*[<b>&amp; " * 200
SIZE = 6_000
NOTICED = 0.25  # seconds of CPU: below it, what is measured is the machine
TIMES = 4
GROWTH = 9.0  # a square would be sixteen
TRIES = 3


@pytest.mark.parametrize("family", FAMILIES)
def test_what_a_text_costs_grows_with_its_length(family: str) -> None:
    """Four times as much of any sign costs about four times as much, all the way to the page."""
    for where, files in WHERE.items():
        once, many = (files(FAMILIES[family](size)) for size in (SIZE, TIMES * SIZE))
        if (least := seconds(once)) > NOTICED:
            # What else the machine does may fall on any try, but not on each of one and none of the other.
            growth = [seconds(many) / max(min(least, seconds(once)), NOTICED / 5) for _ in range(TRIES)]
            assert min(growth) < GROWTH, where


@pytest.mark.parametrize(
    "text",
    [
        "A [link](https://e.org/) with *emphasis*, `code` and [a note].\n\n" * 400,
        "A [link](https://e.org/a_b?c=d&e=f) with *emphasis*, `code` and [a note].\n" * 100,
        "- **one** and *two* with [a link](https://e.org)\n" * 3_000,
        "| **a** | [b](https://e.org) | `c_d` |\n|---|---|---|\n" + "| **a** | [b](https://e.org) | `c_d` |\n" * 3_000,
        "Title\n===\n\nText.\n\n" * 100,
        "# One\n## Two\nText\n" * 20,
        "A statement[^1] and another[^2].\n\n" * 300 + "[^1]: x\n[^2]: y\n",
        "```sh\n" + "# a remark\n[ -d x ] && y\n" * 500 + "```\n\nText.",
        "\n".join(f"[{at}]: https://e.org/{at}" for at in range(2_000)),
    ],
    ids=["paragraphs", "paragraph", "list", "table", "headings", "headings in one", "notes", "code", "definitions"],
)
def test_long_texts_as_people_write_them_are_light(text: str) -> None:
    assert heavy(canonical(text)[0]) == []


@pytest.mark.parametrize("name, text", [pytest.param(name, text, id=name) for name, text in real_texts()])
def test_real_texts_are_light(name: str, text: str) -> None:
    """The descriptions of the packages installed here, of which some are one long list of links."""
    assert heavy(canonical(text)[0]) == []


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6), st.integers(1, 900), st.data())
def test_a_page_of_many_signs_reads_as_its_projection(signs: list[str], times: int, data: st.DataObject) -> None:
    """Whatever is heavy of it, whatever is marked in it, and wherever the mark ends."""
    assume(not ("*" in "".join(signs) and "_" in "".join(signs)))  # of which Python-Markdown loses letters
    source = canonical_form(f"Seen (the <i>ferry</i>) at dawn.\n\n{''.join(signs) * times}\n\nGone.")
    prose = project(source)
    marks = [*data.draw(marks_in(prose)), Mark("beside", Anchor(5, 16), "2", "agreed")]
    assert visible_text(render(prose, ())) == prose.text
    assert visible_text(render(prose, marks)) == prose.text
    assert unweave(weave(prose, marks)) == source


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6), st.integers(1, 900))
def test_the_canonical_form_of_many_signs_is_canonical(signs: list[str], times: int) -> None:
    found, _ = canonical("".join(signs) * times)
    assert canonical(found) == (found, ())


def test_nothing_acts_of_what_is_shown_as_it_is_written() -> None:
    prose = project(canonical(HEAVY)[0])
    assert prose.text == HEAVY.strip()
    html = render(prose, [Mark("m", Anchor(0, 5), "1", "agreed")])
    assert "<b>" not in html and "<em>" not in html and "&lt;b&gt;&amp;amp;" in html
    assert html.startswith('<p><mark class="ab-mark ab-agreed" id="mark-m" data-note="m">*[&lt;b&gt;</mark><a')


def test_only_the_heavy_block_is_shown_as_it_is_written() -> None:
    """What stands before, behind and beside it keeps its markup, whether or not a mark ends beside emphasis."""
    source = canonical(f"- *one*\n\n{HEAVY.strip()}\n\n(*Two*) [three][a].\n\n[a]: /b\n")[0]
    prose = project(source)
    assert [source[slice(*span)] for span in prose.written] == [HEAVY.strip()]
    at = prose.text.index("(Two)")
    for marks in ((), (Mark("m", Anchor(at, at + 5), "1", "agreed"),)):
        html = render(prose, marks)
        assert "<li><em>one</em></li>" in html.replace("\n", "").replace("<p>", "").replace("</p>", "")
        assert (not marks or 'data-note="m">Two</mark>' in html) and '<a href="/b">three</a>' in html
        assert html.count("*[&lt;b&gt;") == 200


def test_a_heavy_paragraph_of_an_article_is_told_where_it_stands(world: World) -> None:
    text = f"---\ntitle: T\noutlet: gazette\ndisplay: full\nrights: CC0\n---\nSeen.\n\n{'[' * 5_000}\n"
    (problem,) = world({"content/articles/ferry.md": text}).problems
    assert (problem.code, problem.place.line) == ("markup-too-heavy", 9)


def test_what_stands_beyond_as_many_signs_as_a_text_may_have_is_shown_as_it_is_written() -> None:
    """Each of them costs little. Those before keep their markup, and so does what has none of it too much."""
    source = canonical("*a*\n\n" * 20_000 + "Gone.\n")[0]
    prose = project(source)
    ((start, end),) = prose.written
    assert 5_000 < source.count("*a*", 0, start) < 20_000 and source[start:end].startswith("*a*\n")
    html = render(prose, [Mark("m", Anchor(0, 1), "1", "agreed")])
    assert html.count("<em>") == source.count("*a*", 0, start)
    assert html.count("<p>*a*</p>") == source.count("*a*", start)
    assert visible_text(html).replace(" 1", "") == prose.text == visible_text(render(prose, ()))


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_a_text_as_dense_as_the_densest_of_real_ones_is_light_however_long(size: int) -> None:
    """A sixth of its characters are signs, a link counted as five: links, emphasis and code in each item of a list."""
    item = "- **Ferries** and *boats* on it: see [the list](https://e.org/ferries) `now`.\n"
    assert heavy(item * (size // len(item))) == []
    assert heavy(item * (size // len(item)) + "```\n" + "|*_`[<&\\" * (size // 8) + "\n```\n") == []


def test_what_is_heavy_is_told_once_for_each_stretch(world: World) -> None:
    text = f"---\ntitle: T\noutlet: gazette\ndisplay: full\nrights: CC0\n---\nSeen.\n\n{'*a*' + chr(10)}\n" * 1
    text += "|\n" * 60_000 + "\nGone.\n\n" + "[" * 5_000 + "\n\n" + "[" * 5_000
    assert [problem.place.line for problem in world({"content/articles/ferry.md": text}).problems] == [11, 60_014]


def test_heavy_words_of_our_own_are_told_at_their_line(world: World) -> None:
    signs = "[" * 5_000
    files = {
        "content/claims/ferry.md": f"---\ntitle: T\nstatement: It sank.\n---\nSeen.\n\n{signs}\n",
        "content/events/night.md": f"---\ntitle: T\nsummary: '{signs}'\n---\n",
        "content/entities/mole.md": f"---\nname: T\ntype: place\ndescription: '{signs}'\n---\n",
        "annotations/gate/mark.yml": f"target: {{exact: 15 border guards}}\n\nnote: '{signs}'\n",
    }
    found = [(problem.code, problem.place.path, problem.place.line) for problem in world(files).problems]
    places = {"annotations/gate/mark.yml": 3, "content/claims/ferry.md": 5, "content/entities/mole.md": 4}
    assert found == [("markup-too-heavy", *each) for each in {**places, "content/events/night.md": 3}.items()]


def test_a_heavy_note_is_shown_as_it_is_written() -> None:
    assert is_heavy("[" * 5_000) and is_heavy("<http://a" * 5_000) and is_heavy("Seen.\n\n" + "[" * 5_000)
    assert not is_heavy("<b>Seen</b> [there](https://e.org).\n" * 100)


def test_a_hundred_thousand_brackets_read_as_themselves_at_once() -> None:
    """They took two minutes."""
    text = "[" * 100_000
    start = process_time()
    assert project(canonical(text)[0]).text == text
    assert process_time() - start < 2

"""The page reads and describes passages as the build does: one text, one selector, in every script and any markup."""

from __future__ import annotations

import os
import random
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Serve
from mill import ARTICLES, mill
from playwright.sync_api import Browser, Page
from sites import PROJECT, Built

from archive_builder.anchoring import Anchor, Miss, NotDescribable, describe, find, widened
from archive_builder.archive import Archive
from archive_builder.ingest import ingest
from archive_builder.projection import normalise
from archive_builder.store import load

pytestmark = pytest.mark.browser

SELECTIONS = 200
RECLASSIFIED = {"U+1171E"}
"""A vowel sign that Unicode 15.1 made a spacing one."""

READ = """async (base) => {
  const { PageText } = await import(base + "assets/annotate/text.js");
  window.held = new PageText(document.querySelector(".ab-article-head").parentElement);
  window.letters = await import(base + "assets/annotate/letters.js");
  window.anchoring = await import(base + "assets/annotate/anchoring.js");
  return held.text;
}"""
POINTS = """(spans) => {
  // Offsets in code points, as Python has them, to and from units.
  const units = [0];
  for (const sign of held.text) units.push(units.at(-1) + sign.length);
  window.unitOf = (point) => units[point];
  window.pointOf = (unit) => units.indexOf(unit);
}"""
DESCRIBED = """(spans) => spans.map(([start, end]) => {
  const wide = anchoring.widened(held.text, { start: unitOf(start), end: unitOf(end) });
  const range = held.rangeOf(wide);
  const back = held.spanOf(range);
  const made = anchoring.describe(wide, held.text);
  return { wide: [pointOf(wide.start), pointOf(wide.end)], back: [pointOf(back.start), pointOf(back.end)], made };
})"""


@pytest.fixture(scope="module")
def archive(mill_archive: Path) -> Archive:
    """The archive as the build has it."""
    return load(mill_archive)


@pytest.fixture(scope="module")
def page(browser: Browser, mill_address: str) -> Iterator[Page]:
    """A window, for one article after the other."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    yield context.new_page()
    context.close()


def read(page: Page, address: str, name: str) -> str:
    """Open an article and read its text in the page."""
    page.goto(f"{address}articles/{name}/")
    page.wait_for_selector(".ab-annotate", state="attached")
    text: str = page.evaluate(READ, address)
    page.evaluate(POINTS)
    return text


def spans(text: str, seed: str, count: int = SELECTIONS) -> list[tuple[int, int]]:
    """Selections as readers make them: mostly short, anywhere, sloppy at their ends."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        start = chance.randrange(len(text))
        length = chance.choice((3, 10, 30, 90, 300))
        found.append((start, min(start + chance.randint(1, length), len(text))))
    return found


def test_the_archive_has_no_problem_of_its_own(archive: Archive) -> None:
    """What is compared below is a sound archive: the article with elisions, and one whose passages repeat, included."""
    assert archive.problems == ()


@pytest.mark.parametrize("name", ARTICLES)
def test_the_page_reads_the_text_that_the_build_checked(
    name: str, page: Page, mill_address: str, archive: Archive
) -> None:
    assert read(page, mill_address, name) == archive.proses[name].text


@pytest.mark.parametrize("name", ARTICLES)
def test_a_selection_is_described_as_the_build_describes_it(
    name: str, page: Page, mill_address: str, archive: Archive
) -> None:
    """Widened to whole words alike, told by the same selector, or impossible in both; and the page finds it again."""
    prose = archive.proses[name]
    read(page, mill_address, name)
    chosen = spans(prose.text, name)
    made = page.evaluate(DESCRIBED, chosen)
    described = 0
    for (start, end), told in zip(chosen, made, strict=True):
        wide = widened(prose.text, Anchor(start, end))
        assert told["wide"] == [wide.start, wide.end], prose.text[start:end]
        try:
            selector = describe(wide, prose)
        except NotDescribable:
            assert "fault" in told["made"], (prose.text[wide.start : wide.end], told)
            continue
        assert told["made"] == selector.model_dump()
        assert told["back"] == told["wide"]
        assert find(selector, prose) == wide
        described += 1
    assert described > SELECTIONS / 3


FOUND = """(selectors) => selectors.map((selector) => {
  const found = anchoring.find(selector, held.text);
  return "fault" in found ? found.fault : [pointOf(found.start), pointOf(found.end)];
})"""


@pytest.mark.parametrize("name", ARTICLES)
def test_the_page_finds_what_the_build_finds(name: str, page: Page, mill_address: str, archive: Archive) -> None:
    """Any words of the text, whole or cut, with and without a prefix: found at one place in both, or missed in both."""
    prose = archive.proses[name]
    read(page, mill_address, name)
    faults = {
        "quote-crosses-elision": "elision", "quote-ambiguous": "repeats", "quote-cuts-a-word": "cuts",
        "quote-drifted": "missing", "quote-missing": "missing",
    }  # fmt: skip
    quotes = [(prose.text[a:b], prose.text[max(a - 9, 0) : a]) for a, b in spans(prose.text, f"{name} words", 60)]
    quotes = [(exact, prefix) for exact, prefix in quotes if exact.strip()] + [("not in the text", "")]
    selectors = [{"exact": exact, "prefix": prefix, "suffix": ""} for exact, prefix in quotes]
    selectors += [{"exact": exact, "prefix": "", "suffix": ""} for exact, _ in quotes]
    for selector, told in zip(selectors, page.evaluate(FOUND, selectors), strict=True):
        found = find(archive.annotations["english/hurt"].target.model_copy(update=selector), prose)  # type: ignore[union-attr]
        assert told == (faults[found.code] if isinstance(found, Miss) else [found.start, found.end]), selector


CLASSES = """() => {
  let told = "";
  for (let point = 0; point < 0x110000; point += 1) {
    const sign = String.fromCodePoint(point);
    told += letters.isAlnum(sign) + 2 * letters.isDigit(sign) + 4 * letters.isCombining(sign);
  }
  return told;
}"""


def test_letters_digits_and_combining_signs_are_the_same_in_both_languages(page: Page, mill_address: str) -> None:
    """Every character that this Python knows; a few changed their class between versions of Unicode."""
    read(page, mill_address, "english")
    told: str = page.evaluate(CLASSES)
    points = [point for point in range(sys.maxunicode + 1) if unicodedata.category(chr(point)) not in ("Cn", "Cs")]
    differing = {f"U+{point:04X}" for point in points if told[point] != classes(chr(point))}
    assert differing <= RECLASSIFIED, differing


def classes(sign: str) -> str:
    return str(sign.isalnum() + 2 * sign.isdigit() + 4 * is_combining(sign))


def is_combining(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or unicodedata.category(sign) == "Mc"


def test_texts_are_normalised_alike(page: Page, mill_address: str) -> None:
    """Every character between two letters, and runs of those that vanish or are blanks."""
    read(page, mill_address, "english")
    texts = [f"a{chr(point)}b" for point in range(0x10000) if not 0xD800 <= point < 0xE000]
    texts += ["\u00ad \u200b", " \ufeffa\u2028\u200bb\x85", "«‚’`´″‹›»", "e\u0301\u200b\u0301", "\x1c \x1fa"]
    script = "async ([base, texts]) => texts.map((await import(base + 'assets/annotate/text.js')).normalise)"
    assert page.evaluate(script, [mill_address, texts]) == [normalise(text) for text in texts]


def test_every_annotation_there_is_gives_the_build_s_selector_again(
    page: Page, mill_address: str, archive: Archive
) -> None:
    """The reverse: from the marks on the page to the selector that means them."""
    for key, annotation in archive.annotations.items():
        read(page, mill_address, annotation.article)
        made = page.evaluate(FROM_MARKS, annotation.id)
        assert made == describe(archive.anchors[key], archive.proses[annotation.article]).model_dump(), key


def test_every_annotation_of_this_project_s_archive_is_described_again_from_its_marks(page: Page, address: str) -> None:
    """Each gives the build's own selector for its passage, and what is written in its file means the same place."""
    archive = load(PROJECT)
    assert archive.anchors
    for name in archive.articles:
        keys = [note.key for note in archive.annotated[name] if note.key in archive.anchors]
        if not keys:
            continue
        assert read(page, address, name) == archive.proses[name].text
        for key in keys:
            annotation, anchor = archive.annotations[key], archive.anchors[key]
            made = page.evaluate(FROM_MARKS, annotation.id)
            assert made == describe(anchor, archive.proses[name]).model_dump(), key
            assert annotation.target is not None
            assert page.evaluate(FOUND, [annotation.target.model_dump(), made]) == [[anchor.start, anchor.end]] * 2, key


@pytest.fixture(scope="module")
def whole_texts(tmp_path_factory: pytest.TempPathFactory, built: Built, serve: Serve) -> tuple[str, Archive]:
    """The captured articles of this project's archive, shown in full on a site that is nowhere but here."""
    folder = Path(os.environ.get("ARCHIVE_CAPTURES") or PROJECT / "captures")
    captures = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not captures:
        pytest.skip("the captures are not at hand: set ARCHIVE_CAPTURES to the folder that holds them")
    root = mill(tmp_path_factory.mktemp("whole") / "archive")
    for number, capture in enumerate(captures):
        text = ingest(capture.read_bytes(), "capture.txt").markdown
        head = "---\ntitle: A capture\noutlet: gazette\ndisplay: full\nrights: UND\n---\n"
        (root / f"content/articles/capture-{number}.md").write_text(head + text, encoding="utf-8")
    return serve(built(root)), load(root)


def test_selections_in_real_reports_are_described_as_the_build_describes_them(
    page: Page, whole_texts: tuple[str, Archive]
) -> None:
    """The same 200 selections in each captured article, whose text and selectors are the build's."""
    address, archive = whole_texts
    for name in (each for each in archive.articles if each.startswith("capture-")):
        prose = archive.proses[name]
        assert read(page, address, name) == prose.text
        chosen = spans(prose.text, name)
        for (start, end), told in zip(chosen, page.evaluate(DESCRIBED, chosen), strict=True):
            wide = widened(prose.text, Anchor(start, end))
            assert told["wide"] == [wide.start, wide.end]
            try:
                assert told["made"] == describe(wide, prose).model_dump() and told["back"] == told["wide"]
            except NotDescribable:
                assert "fault" in told["made"]


FROM_MARKS = """(name) => {
  const marks = [...document.querySelectorAll(`mark[data-note="${name}"]`)];
  const range = document.createRange();
  range.setStartBefore(marks[0]);
  range.setEndAfter(marks.at(-1));
  return anchoring.describe(anchoring.widened(held.text, held.spanOf(range)), held.text);
}"""

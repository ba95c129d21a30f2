"""Printed pages: Chromium makes a real PDF, and every note is in its text with its number and where its evidence lies.

What is told by colour on a screen is told by a shape, a pattern or a word too: it prints in black and white.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from browsing import Serve
from bs4 import BeautifulSoup
from crowd import COUNT, SITE, crowd
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from rooms import KINDS
from sites import BRIDGE, Built, Once

from archive_builder.pages.marks import Sign, sign
from archive_builder.pages.views import STATUS_WORDS

pytestmark = pytest.mark.browser

# A status as the reader sees it: what the line under its word looks like, and nothing of its colour.
LINE = """(status) => {
  const sample = document.createElement("mark");
  sample.className = `ab-mark ab-${status}`;
  document.querySelector(".md-typeset").append(sample);
  const {textDecorationStyle, textDecorationThickness, textDecorationLine} = getComputedStyle(sample);
  return [textDecorationLine, textDecorationStyle, textDecorationThickness].join(" ");
}"""


def printed(browser: Browser, url: str, width: int = 1440, **options: bool) -> str:
    """The text of the page as it comes out of the printer, without the ends of its lines."""
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.goto(url)
    page.wait_for_timeout(300)
    pdf = page.pdf(format="A4")
    page.close()
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", "", text)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_note_is_on_paper_with_its_number(
    width: int,
    with_scripts: bool,
    browser: Browser,
    once: Once,
    built: Built,
    serve: Serve,
) -> None:
    address = serve(built(once("crowd", crowd)), SITE)
    text = printed(browser, f"{address}articles/crowded/", width, java_script_enabled=with_scripts)
    for n in range(1, COUNT + 1):
        assert bare(f"On evening {n} somebody else counted, at length and with care") in text, n
        assert bare(f"lit {n + 100} lamps{n}") in text, f"the number {n} stands behind its passage"
    for name in ("outer", "middle", "inner"):
        assert bare(f"The {name} one.") in text


def test_every_address_of_the_evidence_is_written_out(browser: Browser, built: Built, serve: Serve) -> None:
    notes = (path.read_text(encoding="utf-8") for path in (BRIDGE / "annotations/gazette-bridge-falls").glob("*.yml"))
    addresses = [url for note in notes for url in re.findall(r"^\s*-?\s*(?:url|archived): (\S+)", note, re.MULTILINE)]
    text = printed(browser, f"{serve(built(BRIDGE))}articles/gazette-bridge-falls/")
    assert addresses and [url for url in addresses if url not in text] == []


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A window, for one page after the other."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "404"])
def test_every_kind_of_page_prints_its_heading_and_ends(kind: str, page: Page, address: str) -> None:
    page.goto(address + KINDS[kind])
    heading = page.locator("h1").first.evaluate("heading => heading.firstChild.textContent.trim()")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert bare(heading)[:40] in bare("".join(sheet.extract_text() for sheet in sheets[:2]))
    assert all(sheet.extract_text().strip() for sheet in sheets), "no sheet is empty"


def test_statuses_differ_by_their_line_and_not_by_colour_alone(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + KINDS["article"])
    page.emulate_media(media="print")
    lines = {status: page.evaluate(LINE, status) for status in STATUS_WORDS}
    page.close()
    assert len(set(lines.values())) == len(STATUS_WORDS), lines


def test_signs_differ_by_their_shape_and_not_by_colour_alone() -> None:
    shapes = {each: re.sub(r' (?:class|fill|stroke|style|aria-[a-z]+)="[^"]*"', "", str(sign(each))) for each in Sign}
    for one, other in combinations(Sign, 2):
        assert shapes[one] != shapes[other], (one, other)


def test_every_drawing_is_told_in_words(site: Path) -> None:
    """By itself, or, where it is hidden from those who hear the page, by the words around it."""
    told = 0
    for path in site.glob("**/index.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for drawing in soup.select("svg.ab-map, svg.ab-plot, svg.ab-bar"):
            if drawing.get("aria-hidden") == "true":
                around = drawing.find_parent(lambda each: "ab-spark" not in each.get("class", ()))
                words = around.get_text(" ", strip=True)
            else:
                words = drawing.find(id=drawing["aria-describedby"]).get_text(" ", strip=True)
            assert len(words.split()) > 2, f"{path}: {str(drawing)[:120]}"
            told += 1
    assert told > 10

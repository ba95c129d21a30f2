"""What hardly ever happens lays out well: nothing overlaps, is cut off, or makes the page scroll sideways."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from browsing import Serve
from extremes import MANY, PAGES, SITE, extremes
from playwright.sync_api import Browser, Page, expect
from sites import Built, Once
from test_accessibility import AXE, RUN, TAGS

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1440)
# What is narrower than its content, hides the rest, and is not meant to: a clamp in the margin opens, a table scrolls.
CUT_OFF = """() => [...document.querySelectorAll(".md-content__inner *")]
  .filter((element) => {
    const style = getComputedStyle(element);
    if (!element.getClientRects().length || element.closest("svg, .ab-scroll, .md-typeset__scrollwrap")) return false;
    if (style.position === "absolute" && style.clipPath !== "none") return false;
    return style.overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1 ||
      ["hidden", "clip"].includes(style.overflowY) && style.webkitLineClamp === "none" &&
      element.scrollHeight > element.clientHeight + 2;
  }).map((element) => element.outerHTML.slice(0, 120))"""
# The content of a page that reaches beyond the screen, apart from what scrolls by itself.
BEYOND = """() => [...document.querySelectorAll(".md-content__inner *")]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || element.closest("svg, .ab-scroll, .md-typeset__scrollwrap, pre")) return false;
    const style = getComputedStyle(element);
    if (style.clipPath !== "none" || style.visibility === "hidden") return false;
    return box.right > innerWidth + 1 || box.left < -1;
  }).map((element) => element.outerHTML.slice(0, 120))"""
NOTES = """() => [...document.querySelectorAll(".ab-compact")]
  .filter((note) => getComputedStyle(note).visibility === "visible")
  .map((note) => { const box = note.getBoundingClientRect(); return [box.top, box.bottom]; })"""


@pytest.fixture(scope="module")
def address(once: Once, built: Built, serve: Serve) -> str:
    return serve(built(once("extremes", extremes)), SITE)


@pytest.fixture(scope="module", params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_the_page_scrolls_one_way_only_and_cuts_nothing_off(kind: str, page: Page, address: str) -> None:
    page.goto(address + PAGES[kind])
    for details in page.locator("details.ab-source, details.ab-legend").all():
        details.evaluate("details => details.open = true")
    page.wait_for_timeout(250)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_heading_is_there_to_be_read_and_leaves_room_for_the_page(kind: str, page: Page, address: str) -> None:
    page.goto(address + PAGES[kind])
    heading = page.locator("h1").first.bounding_box()
    assert heading is not None
    assert heading["width"] >= 200 and 20 <= heading["height"] <= 900


def test_two_hundred_notes_stand_below_one_another(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address + PAGES["200 annotations"])
    expect(page.locator(".ab-compact")).to_have_count(MANY)
    page.wait_for_timeout(400)
    notes = page.evaluate(NOTES)
    page.close()
    assert len(notes) == MANY
    assert all(above[1] <= below[0] for above, below in pairwise(notes))


def test_the_note_of_a_long_quotation_opens_whole_on_a_phone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(address + PAGES["a quotation of 300 words"])
    page.wait_for_selector(".ab-ready")
    page.locator(".ab-ref").first.click()
    assert page.locator("#note-speech .ab-note-text").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(BEYOND) == []
    page.close()


@pytest.fixture(scope="module", params=[(390, "light"), (1440, "dark")], ids=str)
def still(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A window in which nothing moves."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", [kind for kind in PAGES if not kind.startswith("the list")])
def test_axe_finds_nothing(kind: str, still: Page, address: str) -> None:
    still.goto(address + PAGES[kind])
    still.evaluate(AXE)
    violations = still.evaluate(RUN, TAGS)
    assert not violations, "\n".join(violations)

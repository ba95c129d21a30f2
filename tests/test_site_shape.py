"""What is looked at but seldom tested: a footer without a nav, a crowded cell, one edge for every text."""

from __future__ import annotations

import pytest
from browsing import Serve
from extremes import SITE, extremes
from playwright.sync_api import Browser
from rooms import KINDS, NARROW, WIDE
from sites import Built, Once

pytestmark = pytest.mark.browser

LEFT = """() => document.querySelector(".md-content h1").getBoundingClientRect().left"""
BESIDE_A_LIST = ("about", "guide", "cookbook")


@pytest.fixture(scope="module")
def crowded(once: Once, built: Built, serve: Serve) -> str:
    """An archive of extremes, whose configuration has no nav."""
    return serve(built(once("extremes", extremes)), SITE)


def test_without_a_nav_the_footer_keeps_its_shape_and_lists_indexes_and_no_records(
    browser: Browser, crowded: str
) -> None:
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.goto(crowded)
    about = page.locator(".ab-footer__about").bounding_box()
    assert about is not None and about["width"] > 250
    linked = page.locator(".ab-footer__links a").evaluate_all("links => links.map((link) => link.pathname)")
    assert linked == ["/articles/", "/claims/", "/events/", "/entities/", "/outlets/"]
    page.close()


def test_a_cell_of_200_passages_shows_a_few_and_leads_to_the_rest(browser: Browser, crowded: str) -> None:
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.goto(f"{crowded}events/fair/")
    further = page.get_by_role("link", name="and 194 more")
    cell = page.locator("td", has=further).first.bounding_box()
    assert cell is not None and cell["height"] < 300
    further.first.click()
    assert page.url.endswith("/claims/lamps/")
    page.close()


def test_an_outlets_page_does_not_name_the_outlet_at_each_article(browser: Browser, crowded: str) -> None:
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.goto(f"{crowded}outlets/herald/")
    assert page.locator("section[aria-labelledby=articles] a", has_text="Harbour Herald").count() == 0
    page.close()


SIDEWAYS = """() => [...document.querySelectorAll(".md-content__inner *")]
  .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.className)"""


def test_on_a_phone_only_the_matrix_scrolls_sideways(browser: Browser, address: str) -> None:
    """Every other table is read one row below the other, so that no column hides."""
    page = browser.new_page(viewport={"width": NARROW, "height": 844})
    for kind in ("home", "claim", "entity", "outlet", "event", *(name for name in KINDS if "index" in name)):
        page.goto(address + KINDS[kind])
        assert set(page.evaluate(SIDEWAYS)) <= {"ab-scroll ab-matrix-box"}, kind
    page.close()


def test_every_text_begins_at_one_edge_with_and_without_a_table_of_contents(browser: Browser, address: str) -> None:
    """The tables of the indexes are as wide as the header; a page with a list at its left begins beside it."""
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    edges: dict[str, set[int]] = {"text": set(), "index": set()}
    for name, path in KINDS.items():
        if name not in BESIDE_A_LIST:
            page.goto(address + path)
            edges["index" if name.startswith("index") else "text"].add(round(page.evaluate(LEFT)))
    page.close()
    assert all(len(found) == 1 for found in edges.values()), edges


EDGES = """() => {
  const text = document.querySelector(".md-content__inner").getBoundingClientRect();
  return [text.left, innerWidth - text.right];
}"""


@pytest.mark.parametrize("width", [740, 800, 1100])
def test_between_a_phone_and_a_desk_no_text_touches_the_edge(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for name, path in KINDS.items():
        page.goto(address + path)
        assert min(page.evaluate(EDGES)) >= 12, name
    page.close()


def test_the_ends_of_a_track_never_run_into_each_other(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto(f"{address}claims/")
    ends = page.locator(".ab-ends").evaluate_all(
        "all => all.map((each) => [...each.children].map((end) => end.getBoundingClientRect().toJSON()))"
    )
    assert ends
    for low, high in ends:
        assert low["right"] <= high["left"] or low["bottom"] <= high["top"] + 1
    page.close()

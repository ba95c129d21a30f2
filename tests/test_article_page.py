"""The page of an article before a reader: notes beside their lines or below their paragraph; pointer, finger, key."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from browsing import Serve
from crowd import COUNT, SITE, crowd
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sites import BRIDGE, Built, Once

from archive_builder.plugin.assets import MODULES, SCRIPTS, STYLE

pytestmark = pytest.mark.browser

WIDE, TABLET, PHONE = (1440, 1000), (1000, 900), (390, 844)
Open = Callable[..., Page]

RECTS = """() => [...document.querySelectorAll(".ab-compact")]
  .filter(note => getComputedStyle(note).visibility === "visible")
  .map(note => { const r = note.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; })"""
# Until nothing moves from one look to the next.
SETTLED = f"""async () => {{
  for (let before, now = ""; now !== before; ) {{
    before = now;
    await new Promise((done) => setTimeout(done, 200));
    now = JSON.stringify(({RECTS})());
  }}
}}"""
TEXT_EDGE = (
    'Math.max(...[...document.querySelectorAll(".ab-article-head ~ p")].map(p => p.getBoundingClientRect().right))'
)
FIRST_LINE = "mark => { const r = mark.getClientRects()[0]; return [r.left + 3, r.top + r.height / 2, r.top]; }"


@pytest.fixture(scope="module")
def crowded(once: Once, built: Built, serve: Serve) -> str:
    """The address of the crowded archive."""
    return serve(built(once("crowd", crowd)), SITE)


@pytest.fixture(scope="module")
def bridge(built: Built, serve: Serve) -> str:
    """The address of the small archive in four languages."""
    return serve(built(BRIDGE))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens an address in a window of its own, and at the end asserts that no script failed there."""
    contexts: list[BrowserContext] = []
    failed: list[str] = []

    def open_(address: str, size: tuple[int, int] = WIDE, **options: Any) -> Page:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, has_touch=width < 600, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(address)
        if options.get("java_script_enabled", True):
            page.wait_for_function("document.querySelector('.ab-annotate, .ab-toggle, .ab-copy')")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert failed == []


def article(address: str, name: str = "crowded", fragment: str = "") -> str:
    return f"{address}articles/{name}/{fragment}"


def tap(page: Page, name: str) -> None:
    """Tap the beginning of a passage."""
    mark = page.locator(f"#mark-{name}")
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    x, y, _ = mark.evaluate(FIRST_LINE)
    page.mouse.click(x, y)


def opened(page: Page) -> list[str]:
    return page.eval_on_selector_all(".ab-note.ab-open", "notes => notes.map(note => note.id)")


def expect_opened(page: Page, name: str) -> None:
    """Wait until this note is open, and no other."""
    expect(page.locator(".ab-note.ab-open")).to_have_id(f"note-{name}")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def assert_apart(page: Page) -> None:
    page.evaluate(SETTLED)
    rects = page.evaluate(RECTS)
    assert all(above[3] <= below[1] for above, below in pairwise(rects)), rects
    assert min(rect[0] for rect in rects) > page.evaluate(TEXT_EDGE)


@pytest.mark.parametrize("size", [WIDE, TABLET])
def test_thirty_notes_on_one_paragraph_stand_beside_it_and_never_on_one_another(
    size: tuple[int, int], crowded: str, visit: Open
) -> None:
    page = visit(article(crowded), size)
    assert page.locator(".ab-compact").count() == COUNT + 3
    assert_apart(page)
    footer = page.locator("footer").bounding_box()
    assert footer is not None and page.evaluate(RECTS)[-1][3] < footer["y"]


def test_a_note_is_level_with_its_line_where_there_is_room(bridge: str, visit: Open) -> None:
    page = visit(article(bridge, "gazette-bridge-falls"))
    first = page.locator("#note-evening").bounding_box()
    assert first is not None and abs(first["y"] - page.locator("#mark-evening").evaluate(FIRST_LINE)[2]) < 3


@pytest.mark.parametrize("name", ["lamps-01", "lamps-15", "lamps-30", "outer"])
def test_the_open_note_is_pulled_level_with_its_line(name: str, crowded: str, visit: Open) -> None:
    page = visit(article(crowded))
    tap(page, name)
    assert opened(page) == [f"note-{name}"]
    assert_apart(page)
    note = page.locator(f"#note-{name}").bounding_box()
    assert note is not None and abs(note["y"] - page.locator(f"#mark-{name}").evaluate(FIRST_LINE)[2]) < 3


def test_packing_keeps_order_and_distance_and_moves_nothing_that_has_room(crowded: str, visit: Open) -> None:
    page = visit(article(crowded))
    packed = f"async ([w, h, o]) => (await import('{crowded}assets/article/margin.js')).pack(w, h, o, 0)"
    chance = random.Random(7)
    for _ in range(40):
        heights = [chance.randint(40, 200) for _ in range(chance.randint(1, 25))]
        wanted = sorted(chance.randint(0, 1500) for _ in heights)
        held = chance.randint(-1, len(heights) - 1)
        tops = page.evaluate(packed, [wanted, heights, held])
        ends = [top + height for top, height in zip(tops, heights, strict=True)]
        assert all(end + 9 <= top for end, top in zip(ends, tops[1:], strict=False)), (wanted, heights, tops)
        assert held < 0 or abs(tops[held] - wanted[held]) <= 1
        assert held >= 0 or min(tops) >= 0
    assert page.evaluate(packed, [[5, 300, 900], [100, 100, 100], -1]) == [5, 300, 900]


def test_pointing_at_a_passage_or_at_its_note_lights_up_both(crowded: str, visit: Open) -> None:
    page = visit(article(crowded))
    lit = ".ab-linked[id]"
    page.locator("#mark-lamps-02").hover()
    assert page.eval_on_selector_all(lit, "all => all.map(each => each.id)") == ["mark-lamps-02", "note-lamps-02"]
    page.locator("#note-lamps-05").hover()
    assert page.eval_on_selector_all(lit, "all => all.map(each => each.id)") == ["mark-lamps-05", "note-lamps-05"]
    page.locator("#ref-lamps-03").focus()
    assert page.eval_on_selector_all(lit, "all => all.map(each => each.id)") == ["mark-lamps-03", "note-lamps-03"]


def test_on_a_phone_a_tap_opens_the_note_below_its_paragraph_and_another_closes_it(crowded: str, visit: Open) -> None:
    page = visit(article(crowded), PHONE)
    page.evaluate("window.same = document.getElementById('note-lamps-07')")
    tap(page, "lamps-07")
    below = "note => note.closest('.ab-opened').previousElementSibling.querySelector('#mark-lamps-07') !== null"
    assert page.locator("#note-lamps-07").evaluate(below)
    assert page.evaluate("window.same === document.getElementById('note-lamps-07')")
    assert page.locator("[id='note-lamps-07']").count() == 1
    tap(page, "lamps-08")
    assert opened(page) == ["note-lamps-08"]
    tap(page, "lamps-08")
    assert opened(page) == [] and page.locator(".ab-opened").count() == 0
    order = page.eval_on_selector_all(".ab-notes > ol > li", "all => all.map(each => each.value)")
    assert order == list(range(1, COUNT + 4))


def test_opening_a_note_does_not_move_the_passage_under_the_finger(crowded: str, visit: Open) -> None:
    """Without motion: the first note, opened below the screen, would else still be gliding into sight."""
    page = visit(article(crowded), PHONE, reduced_motion="reduce")
    tap(page, "lamps-01")
    mark = page.locator("#mark-outer")
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    before = mark.evaluate(FIRST_LINE)
    page.mouse.click(before[0], before[1])
    assert opened(page) == ["note-outer"]
    assert abs(mark.evaluate(FIRST_LINE)[1] - before[1]) < 2


def test_who_hears_a_note_in_the_margin_hears_its_passage_too(crowded: str, visit: Open) -> None:
    """The eye has it beside the note, and does not see it twice."""
    page = visit(article(crowded))
    note = page.locator("#note-lamps-07.ab-compact")
    quote = note.locator(".ab-passage q")
    words = quote.inner_text()
    assert words and words in note.aria_snapshot()
    box = quote.bounding_box()
    assert box is not None and box["width"] <= 1


def test_a_note_that_opens_beyond_the_screen_comes_into_sight(crowded: str, visit: Open) -> None:
    """Below a long paragraph it would open unseen, and the tap seem to do nothing."""
    page = visit(article(crowded), PHONE, reduced_motion="reduce")
    mark = page.locator("#mark-lamps-01")
    mark.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().top - 300)")
    x, y, _ = mark.evaluate(FIRST_LINE)
    bottom = page.locator("p", has=mark).evaluate("block => block.getBoundingClientRect().bottom")
    assert bottom > PHONE[1], "the paragraph is longer than the screen"
    page.mouse.click(x, y)
    note = page.locator("#note-lamps-01").bounding_box()
    assert note is not None and 0 < note["y"] < PHONE[1] - 90


def test_keys_go_from_note_to_note_open_and_close_and_give_the_focus_back(crowded: str, visit: Open) -> None:
    page = visit(article(crowded))
    for key, there in (("j", "ref-lamps-01"), ("j", "ref-lamps-02"), ("k", "ref-lamps-01")):
        page.keyboard.press(key)
        assert focused(page) == there
    page.keyboard.press("Enter")
    assert opened(page) == ["note-lamps-01"] and focused(page) == "note-lamps-01"
    assert page.url.endswith("#note-lamps-01")
    page.keyboard.press("j")
    assert opened(page) == ["note-lamps-02"] and focused(page) == "ref-lamps-02"
    page.keyboard.press("Escape")
    assert opened(page) == [] and focused(page) == "ref-lamps-02"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("?")
    assert page.locator(".ab-legend").evaluate("legend => legend.open")
    expect(page.locator(".ab-legend kbd").first).to_be_visible()


def test_keys_typed_into_the_search_field_are_left_alone(bridge: str, visit: Open) -> None:
    page = visit(article(bridge, "gazette-bridge-falls"))
    page.keyboard.press("/")
    page.wait_for_selector("dialog.ab-search[open]")
    page.keyboard.type("jk?")
    assert page.locator(".ab-search-input").input_value() == "jk?"
    assert not focused(page).startswith("ref-")


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("part", ["note", "mark"])
def test_an_address_of_a_note_or_a_passage_opens_it_and_brings_it_into_view(
    part: str, size: tuple[int, int], crowded: str, visit: Open
) -> None:
    page = visit(article(crowded, fragment=f"#{part}-lamps-29"), size)
    expect_opened(page, "lamps-29")
    expect(page.locator("#mark-lamps-29")).to_be_in_viewport()
    expect(page.locator("#note-lamps-29")).to_be_in_viewport()
    page.evaluate("location.hash = '#mark-inner'")
    expect_opened(page, "inner")


def test_passages_within_passages_are_reached_from_the_smallest_outwards(crowded: str, visit: Open) -> None:
    page = visit(article(crowded))
    found = []
    for _ in range(4):
        tap(page, "inner")
        found.append(opened(page))
    assert found == [["note-inner"], ["note-middle"], ["note-outer"], []]
    page.locator("#ref-inner").focus()
    for name in ("inner", "middle", "outer"):
        page.keyboard.press("Enter")
        assert opened(page) == [f"note-{name}"]
    page.keyboard.press("Enter")
    assert opened(page) == []


def test_a_pressed_sign_leaves_only_its_notes_and_says_how_many(crowded: str, visit: Open) -> None:
    page = visit(article(crowded))
    page.locator(".ab-legend > summary").click()
    page.get_by_role("button", name="language").click()
    assert page.locator(".ab-compact").count() == 3
    assert page.locator("[data-shown]").text_content() == f"3 of {COUNT + 3} notes shown"
    assert "none" in page.locator("#mark-lamps-01").evaluate("mark => getComputedStyle(mark).textDecorationLine")
    expect(page.locator("#ref-lamps-01")).to_be_hidden()
    page.get_by_role("button", name="contested").click()
    assert page.locator(".ab-note:visible").count() == 0
    page.evaluate("location.hash = '#note-lamps-04'")
    expect_opened(page, "lamps-04")
    assert page.locator(".ab-compact").count() == COUNT + 3


def test_everything_lives_on_after_instant_navigation(crowded: str, visit: Open) -> None:
    page = visit(article(crowded))
    page.evaluate("window.stayed = true")
    page.locator(".ab-beside-other a[href$='articles/other/']").click()
    page.wait_for_url("**/articles/other/")
    expect(page.locator("h1")).to_have_text("Fewer lamps")
    assert page.evaluate("window.stayed"), "the page was loaded anew: this shows nothing"
    expect(page.locator(".ab-compact")).to_have_count(1)
    tap(page, "first")
    assert opened(page) == ["note-first"]
    page.go_back()
    expect(page.locator(".ab-compact")).to_have_count(COUNT + 3)
    page.keyboard.press("Escape")
    tap(page, "lamps-03")
    assert opened(page) == ["note-lamps-03"]
    assert_apart(page)


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_link_from_another_page_opens_the_note_of_its_passage(
    size: tuple[int, int], crowded: str, visit: Open
) -> None:
    page = visit(article(crowded, "other"), size)
    page.evaluate("window.stayed = true")
    page.locator(".ab-beside-other a[href$='#mark-lamps-01']").press("Enter")
    page.wait_for_url("**/articles/crowded/#mark-lamps-01")
    expect_opened(page, "lamps-01")
    assert page.evaluate("window.stayed")
    expect(page.locator("#mark-lamps-01")).to_be_in_viewport()
    link = page.locator("#note-lamps-01 .ab-credit a").first
    link.evaluate("link => link.href = link.href.replace('note-lamps-01', 'mark-inner')")
    link.press("Enter")
    expect_opened(page, "inner")


def test_without_scripts_the_notes_stand_numbered_below_with_links_there_and_back(crowded: str, visit: Open) -> None:
    page = visit(article(crowded), java_script_enabled=False)
    notes = page.locator(".ab-notes > ol > li")
    assert notes.count() == COUNT + 3
    for index in (0, COUNT):
        expect(notes.nth(index).locator(".ab-note-text")).to_be_visible()
        expect(notes.nth(index).locator(".ab-credit")).to_be_visible()
    page.locator("#ref-lamps-09").click()
    assert page.url.endswith("#note-lamps-09")
    page.locator("#note-lamps-09 .ab-back").click()
    assert page.url.endswith("#ref-lamps-09")
    expect(page.locator(".ab-by-script").first).to_be_hidden()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_opened_from_a_folder_a_page_has_its_notes_under_the_text(
    size: tuple[int, int], built: Built, browser: Browser
) -> None:
    """A browser loads no module from there, so that nothing may wait for one."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto((built(BRIDGE) / "articles/gazette-bridge-falls/index.html").as_uri())
    notes = page.locator(".ab-notes > ol > li")
    for note in notes.all():
        expect(note.locator(".ab-passage")).to_be_visible()
    text = page.locator(".ab-article-head ~ p").last.bounding_box()
    first = notes.first.bounding_box()
    assert text is not None and first is not None and first["y"] >= text["y"] + text["height"]
    expect(page.locator(".ab-by-script").first).to_be_hidden()
    page.close()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_on_paper_every_note_is_there_and_no_button(size: tuple[int, int], crowded: str, visit: Open) -> None:
    page = visit(article(crowded), size)
    tap(page, "lamps-02")
    page.emulate_media(media="print")
    for text in page.locator(".ab-note-text").all():
        expect(text).to_be_visible()
        assert text.evaluate("text => text.scrollHeight <= text.clientHeight + 1")
    in_flow = "all => all.every(note => getComputedStyle(note).position !== 'absolute')"
    assert page.eval_on_selector_all(".ab-note", in_flow)
    assert page.locator("button.ab-toggle:visible, .ab-annotate:visible, .ab-copy:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")


def test_on_paper_the_evidence_stands_with_its_addresses(bridge: str, visit: Open) -> None:
    page = visit(article(bridge, "gazette-bridge-falls"))
    page.emulate_media(media="print")
    expect(page.locator("#note-injured .ab-evidence")).to_be_visible()
    expect(page.locator("#note-injured .ab-attribution")).to_be_visible()
    expect(page.locator("#notes")).to_be_visible()
    written = "link => getComputedStyle(link, '::after').content"
    assert "https://county.example/report" in page.locator("#note-injured a[href*='county']").evaluate(written)


def test_on_paper_notes_are_footnotes_in_two_columns_without_ways_that_paper_does_not_have(
    bridge: str, visit: Open
) -> None:
    page = visit(article(bridge, "gazette-bridge-falls"))
    page.emulate_media(media="print")
    notes = page.locator(".ab-notes > ol").first
    first, last = (notes.locator("> li").nth(at).bounding_box() for at in (0, -1))
    assert first is not None and last is not None
    assert last["x"] >= first["x"] + first["width"], "the last stands in the second column"
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    assert notes.locator("> li").first.evaluate(size) < 0.8 * page.locator(".ab-article-head ~ p").first.evaluate(size)
    assert page.locator(".ab-note .ab-ways:visible").count() == 0


NAMES = ("gazette-bridge-falls", "weekly-link", "kurier-most", "bote-bruecke", "nama-pol")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_a_small_phone(name: str, bridge: str, visit: Open) -> None:
    page = visit(article(bridge, name), (320, 700))
    for details in page.locator("details.ab-source, details.ab-legend, details.ab-cite-as").all():
        details.evaluate("details => details.open = true")
    if page.locator(".ab-ref").count():
        page.locator(".ab-ref").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def is_ours(url: str) -> bool:
    """The page itself, all of it, and every style and script that is not Material's."""
    return url.endswith("/articles/crowded/") or any(url.endswith(asset) for asset in (STYLE, *SCRIPTS, *MODULES))


def test_a_crowded_page_asks_nothing_of_anyone_else_is_light_and_does_not_shift(crowded: str, browser: Browser) -> None:
    asked: list[str] = []
    ours: dict[str, bytes] = {}
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: is_ours(answer.url) and ours.update({answer.url: answer.body()}))
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(article(crowded))
    page.wait_for_timeout(600)
    assert page.evaluate("window.shift") < 0.02
    context.close()
    assert [url for url in asked if not url.startswith(crowded)] == []
    weights = {url: len(gzip.compress(body)) for url, body in ours.items()}
    assert len(weights) == 2 + len(SCRIPTS) + len(MODULES)
    assert sum(weights.values()) < 60_000
    assert sum(weight for url, weight in weights.items() if url.endswith(".js")) < 15_000


def test_a_text_that_runs_from_the_right_has_its_notes_at_its_left_or_right_and_never_on_it(
    bridge: str, visit: Open
) -> None:
    page = visit(article(bridge, "nama-pol"))
    box = page.locator("#note-dastkam").bounding_box()
    text = page.locator(".ab-article-head ~ p").last.bounding_box()
    assert box is not None and text is not None
    assert box["x"] >= text["x"] + text["width"] or box["x"] + box["width"] <= text["x"]
    quote = page.locator("#note-dastkam q")
    assert quote.get_attribute("lang") == "fa" and quote.get_attribute("dir") == "rtl"
    tap(page, "dastkam")
    assert opened(page) == ["note-dastkam"]

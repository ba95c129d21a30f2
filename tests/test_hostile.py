"""Each hostile input gets what the table in docs/security.md says: told, refused, or shown as text; none acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from browsing import Serve
from bs4 import BeautifulSoup
from conftest import DEFAULTS, World
from hostile import CASES, FROM_OUTSIDE, IN_BROWSER, Case, files
from playwright.sync_api import Browser, Page
from sites import MATERIAL, Built, Once
from test_ingest_hostile import holds, kept
from warcs import SENTENCES

from archive_builder.archive import Archive
from archive_builder.changes import no_history
from archive_builder.ingest import Kind
from archive_builder.pages import NOWHERE, Site, Views, makers

ENOUGH = 119  # rows of the table; it grows, and loses none in silence
PAGES = 90
SCHEMES = ("http", "https", "mailto", "")
RECORDED = [case for case in CASES if case.at not in (*IN_BROWSER, *FROM_OUTSIDE)]
CONFIG = f"""\
INHERIT: {MATERIAL}
site_name: A hostile archive
nav: [{{Home: index.md}}, {{Articles: articles/index.md}}]
"""


def named(cases: list[Case]) -> list[Any]:
    return [pytest.param(case, id=case.id) for case in cases]


def pages(archive: Archive) -> Iterator[tuple[str, str]]:
    """Each page's HTML below its title, as the builder makes it."""
    for path, make in makers(Views(archive, Site(True, NOWHERE, no_history))).items():
        made = make()
        yield path, "\n".join((made.head, made.text.html if made.text else "", made.tail))


def acts(html: str) -> list[str]:
    """What of a page would do something, or look like what the builder makes."""
    found = BeautifulSoup(html, "html.parser")
    names = "script, iframe, object, embed, form[action], style, link, meta, base, [style*=position], [srcdoc]"
    handlers = [each.name for each in found.find_all(True) if any(name.startswith("on") for name in each.attrs)]
    links = [str(each.get("href") or each.get("src")) for each in found.select("[href], [src]")]
    foreign = [str(each) for each in found.select("img[src^=http], img[src^='//']")]
    schemes = [link for link in links if urlsplit(link.strip()).scheme.lower() not in SCHEMES]
    return [*(each.name for each in found.select(names)), *handlers, *schemes, *foreign]


def test_there_are_enough_and_each_is_one_of_its_own() -> None:
    assert len(CASES) >= ENOUGH
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", named(RECORDED))
def test_a_hostile_file_is_told_and_does_nothing(case: Case, world: World) -> None:
    archive = world(files(case))
    assert tuple(sorted({problem.code for problem in archive.problems})) == case.told
    made = dict(pages(archive))
    assert {path: acts(html) for path, html in made.items() if acts(html)} == {}
    words = {path: BeautifulSoup(html, "html.parser").get_text().replace("\u200b", "") for path, html in made.items()}
    if case.says:
        assert any(case.says in text for text in words.values())
    if case.gets == "refused":
        assert case.told
        assert not any("remark" in key for key in archive.anchors)
        assert case.at in ("quotation", "annotation") or f"articles/{case.id}.md" not in made
        assert f"claims/{case.id}.md" not in made


@pytest.mark.parametrize("case", named([case for case in CASES if case.at == "capture"]))
def test_a_hostile_capture_becomes_a_text_that_does_nothing(case: Case) -> None:
    around = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    extract = kept(f"<!doctype html><body><article><h1>Boats</h1>{around}{case.text}</article>".encode(), Kind.HTML)
    assert extract is not None
    holds(extract)


@pytest.fixture(scope="module")
def hostile(once: Once, built: Built) -> Path:
    """All of them in one archive, built: what is refused is there as well."""
    return built(once("hostile", write))


def write(root: Path) -> None:
    held = {**DEFAULTS, "mkdocs.yml": CONFIG, "content/index.md": "# Home\n\n<!-- archive: latest 5 -->\n"}
    for case in RECORDED:
        held |= {} if case.id == "note-huge" else files(case)
    for path, text in held.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


class Watched:
    """A page that remembers what it should not have done."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        own = urlsplit(address).netloc
        page.on("dialog", lambda dialog: (self.wrong.append("a dialog"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: self.wrong.append(asked.url) if self._foreign(asked.url, own) else None)

    @staticmethod
    def _foreign(url: str, own: str) -> bool:
        return urlsplit(url).netloc != own and not url.startswith(("data:", "blob:"))

    def told(self, path: str) -> list[str]:
        """What is wrong after a visit."""
        if self.page.evaluate("window.ran") is not None:
            self.wrong.append("a script ran")
        if self.page.locator("h1").count() < 1 or self.page.locator(".md-header").count() != 1:
            self.wrong.append("the page is broken")
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong.append("the page scrolls sideways")
        wrong, self.wrong = [f"{path}: {each}" for each in self.wrong], []
        return wrong


@pytest.fixture
def watched(browser: Browser, serve: Serve, hostile: Path) -> Iterator[tuple[Watched, str]]:
    address = serve(hostile)
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield Watched(context.new_page(), address), address


@pytest.mark.browser
def test_no_page_of_a_hostile_archive_acts_in_a_browser(watched: tuple[Watched, str], hostile: Path) -> None:
    """No dialog, no script, nobody else asked, no complaint of the policy, the page whole: on every page."""
    page, address = watched
    wrong: list[str] = []
    found = sorted(path.relative_to(hostile).as_posix() for path in hostile.rglob("*.html"))
    assert len(found) >= PAGES
    for path in found:
        page.page.goto(address + path.removesuffix("index.html"))
        page.page.wait_for_load_state("load")
        wrong += page.told(path)
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("case", named([case for case in CASES if case.at in IN_BROWSER]))
def test_what_comes_with_an_address_or_was_kept_is_text(case: Case, watched: tuple[Watched, str]) -> None:
    page, address = watched
    wrong: list[str] = []
    if case.at.startswith("address"):
        where = f"search/?q={quote(case.text)}" if "search" in case.at else f"claims/?find={quote(case.text)}"
        page.page.goto(address + where, wait_until="networkidle")
        assert page.page.locator(f"input[value={json.dumps(case.text)}], input").first.count() == 1
    else:
        draft = {"id": "d1", "saved": case.text, "sent": "", "words": case.text, "filled": {"note": case.text}}
        held = json.dumps([draft])
        page.page.goto(f"{address}articles/gate/", wait_until="networkidle")
        page.page.evaluate("([held]) => localStorage.setItem('ab-drafts:/:gate', held)", [held])
        page.page.reload(wait_until="networkidle")
        page.page.locator(".ab-annotate").first.evaluate("sign => sign.click()")
        page.page.wait_for_selector("dialog.ab-form")
    wrong += page.told(case.at)
    assert wrong == []

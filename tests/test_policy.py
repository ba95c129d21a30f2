"""Each page says what it may run and fetch, and lives with it: nothing that came in with a text has a digest."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from rooms import FORK, KINDS
from test_site import BRIDGE, build, mkdocs

from archive_builder.policy import guarded, hosts, stopped

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
PAGE = (
    '<head><meta charset="utf-8"><script>theme()</script><script src="https://cdn.example.org/x.js"></script></head>'
    '<body><article>{}</article><script type="application/json">{{}}</script></body>'
)


def policy(html: str) -> str:
    found = POLICY.findall(html)
    assert len(found) == 1
    return unescape(found[0])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new reader's page; what the policy stops, or a script complains of, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BRIDGE, tmp_path / "bridge"))


def test_only_the_theme_s_own_scripts_have_a_digest() -> None:
    """A script within the article, also behind a closing tag of its own, changes nothing in the policy."""
    assert policy(guarded(PAGE.format(""))).count("sha256-") == 1
    for hostile in ("<script>bad()</script>", "</article><script>bad()</script><article>"):
        assert policy(guarded(PAGE.format(hostile))) == policy(guarded(PAGE.format("")))


def test_no_script_is_allowed_wholesale_and_nothing_is_left_open() -> None:
    told = dict(each.split(" ", 1) for each in policy(guarded(PAGE.format(""))).split("; "))
    assert "'unsafe-inline'" not in told["script-src"] and "'unsafe-eval'" not in told["script-src"].split()
    assert told["object-src"] == "'none'" and told["base-uri"] == "'self'" and told["default-src"].startswith("'self'")
    assert "https://cdn.example.org" in told["script-src"]  # as the theme was told to fetch it


def test_hosts_are_named_in_a_list_or_refused() -> None:
    assert hosts(None) == hosts(True) == ()
    assert hosts(["https://cdn.example.org", "http://127.0.0.1:80"]) is not None
    for wrong in ("https://x", ["https://x; script-src *"], ["*"], ["javascript:"], {"a": 1}):
        assert hosts(wrong) is None


def test_what_a_written_page_loses_is_told() -> None:
    page = '<script>x()</script><p onclick="y()"><img src="//pics.example.org/a.png"><a href="https://x.example">x</a>'
    assert len(list(stopped(page, ()))) == 3
    assert len(list(stopped(page, ("https://pics.example.org",)))) == 2
    assert list(stopped('<p>plain</p><script type="application/ld+json">{}</script>', ())) == []


def test_a_build_guards_every_page_and_tells_what_it_stops(bridge: Path) -> None:
    index = bridge / "content" / "index.md"
    assert all(policy(path.read_text()) for path in build(bridge).rglob("*.html"))
    index.write_text(index.read_text() + '\n<img src="https://pics.example.org/a.png" alt="">\n')
    assert "https://pics.example.org" in mkdocs(bridge, "build").stderr
    config = bridge / "mkdocs.yml"
    written = config.read_text()
    config.write_text(written + "extra: {csp: ['https://pics.example.org']}\n")
    assert "https://pics.example.org" in policy((build(bridge) / "index.html").read_text())
    config.write_text(written + "extra: {csp: false}\n")
    assert not any(POLICY.search(path.read_text()) for path in build(bridge).rglob("*.html"))


def test_no_link_publishes_a_file_from_elsewhere_and_no_pipe_hangs_the_build(bridge: Path, tmp_path: Path) -> None:
    """MkDocs follows links to files and to folders; a page, a picture, a whole folder may be one."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "key.md").write_text("# secret words")
    (bridge / "content" / "page.md").symlink_to(outside / "key.md")
    (bridge / "content" / "key.txt").symlink_to(outside / "key.md")
    (bridge / "content" / "folder").symlink_to(outside)
    (bridge / "content" / "twin.md").symlink_to(bridge / "content" / "index.md")
    os.mkfifo(bridge / "content" / "pipe.txt")
    done = mkdocs(bridge, "build")
    assert done.returncode == 0, done.stderr
    assert all(f"{name}: this is a link" in done.stderr for name in ("page.md", "key.txt", "folder/key.md", "pipe.txt"))
    site = bridge / "site"
    assert (site / "twin" / "index.html").is_file()
    assert not any(b"secret words" in path.read_bytes() for path in site.rglob("*") if path.is_file())


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_lives_with_its_policy(kind: str, page: Page, address: str) -> None:
    page.goto(address + KINDS[kind], wait_until="networkidle")
    assert page.locator("h1").count() >= 1


@pytest.mark.browser
def test_an_inline_script_that_gets_in_does_not_run(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.evaluate(
            """() => { const made = document.createElement("div"); document.body.append(made);
            made.innerHTML = '<img src="x:" onerror="window.ran = 1"><iframe srcdoc="<script>parent.ran = 1</script>">';
            const script = document.createElement("script"); script.text = "window.ran = 1"; made.append(script); }"""
        )
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None


@pytest.mark.browser
def test_palette_navigation_search_and_form_work_under_it(page: Page, site: Path) -> None:
    """From the first page to one deep down: the policies of all that were met then hold together."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/their-archive/")
        route.fulfill(path=site / (f"{path}index.html" if path.endswith("/") or not path else path))

    page.route(f"{FORK}**", answer)
    page.goto(FORK, wait_until="networkidle")
    page.evaluate("window.stayed = true")
    page.locator("label[for=__palette_1]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.locator(".md-tabs a", has_text="Claims").click()
    page.wait_for_url(f"{FORK}claims/")
    page.locator(".md-tabs a", has_text="Articles").click()
    page.wait_for_url(f"{FORK}articles/")
    page.locator("#list tbody a").first.click()
    page.wait_for_url(re.compile("/articles/[a-z-]+/$"))
    assert page.evaluate("window.stayed") is True
    page.wait_for_selector(".ab-annotate", state="attached")
    page.keyboard.press("/")
    page.locator("dialog.ab-search input").first.fill("border")
    expect(page.locator("dialog.ab-search .ab-hit").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".ab-annotate").first.evaluate("sign => sign.click()")
    expect(page.locator("dialog.ab-form")).to_be_visible()


@pytest.mark.browser
def test_a_page_opened_from_a_folder_keeps_its_looks(browser: Browser, site: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((site / "claims" / "index.html").as_uri())
        assert page.evaluate("[...document.styleSheets].length") >= 3

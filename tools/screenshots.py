"""Photographs a page of each kind, wide and narrow, light and dark: ``make screenshots`` fills screenshots/.

Each page is photographed from top to bottom, and what opens on it as it stands on the screen; an article, a claim and
an event are printed as well, into PDF. ARGS takes names of pages (``ARGS="claim article-note"``) to make only those,
``--extremes`` for the tests' archive of very many and very long things as well, and ``--guide`` to keep the guide's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from guide_pictures import photograph_guide
from playwright.sync_api import Browser, Page, sync_playwright

from archive_builder.store import load

PROJECT = Path(__file__).parent.parent
OUT = PROJECT / "screenshots"
SIZES = {"wide": (1440, 1000), "phone": (390, 844)}
SCHEMES = ("light", "dark")
SETTLED = 500  # milliseconds, for the notes to take their places
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
PRINTED = ("article", "claim", "event")


def main() -> None:
    """Build the sites, serve them on loopback, photograph and print them."""
    OUT.mkdir(exist_ok=True)
    asked = [each for each in sys.argv[1:] if not each.startswith("--")]
    with sync_playwright() as playwright, served(PROJECT) as root:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        for name, address in pages().items():
            if not asked or name in asked:
                photograph(browser, name, root + address)
            if name in PRINTED and (not asked or f"{name}-paper" in asked):
                put_on_paper(browser, name, root + address)
        for name, (of, act) in STATES.items():
            if not asked or name in asked:
                photograph(browser, name, root + pages().get(of, of), act)
        if "--extremes" in sys.argv:
            photograph_extremes(browser, asked)
        if not asked or "guide" in asked:
            photograph_guide(browser, OUT, Silent, keep="--guide" in sys.argv)
        browser.close()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.name}/")


def pages() -> dict[str, str]:
    """The home page, each index, what is written, and of each kind the record with most to show."""
    archive = load(PROJECT)
    quoted = Counter(speaker for each in archive.annotations.values() for speaker in each.attribution)
    by_passages = sorted(archive.standings.values(), key=lambda each: -len(each.positions))
    article = max(archive.articles, key=lambda id: len(archive.annotated[id]))
    most = {
        "article": f"articles/{article}",
        "claim": f"claims/{next(each.claim.id for each in by_passages if each.claim.measure)}",
        "claim-unmeasured": f"claims/{next(each.claim.id for each in by_passages if not each.claim.measure)}",
        "event": f"events/{Counter(each.event for each in archive.claims.values() if each.event).most_common(1)[0][0]}",
        "entity": f"entities/{next(id for id, _ in quoted.most_common() if id in archive.entities)}",
        "outlet": f"outlets/{archive.articles[article].outlet}",
    }
    indexes = {f"{kind}-index": kind for kind in ("articles", "claims", "events", "entities", "outlets")}
    written = {path.stem: f"about/{path.stem}" for path in sorted((PROJECT / "content" / "about").glob("*.md"))}
    folders = {**most, **indexes, "grouped-index": "claims/by/event", **written}
    found = "search/?q=Afghanistan"
    return {"home": "", "not-found": "404.html", "search": found, **{name: f"{at}/" for name, at in folders.items()}}


def _open_note(page: Page) -> None:
    passage = page.locator("mark.ab-mark").nth(4)
    passage.scroll_into_view_if_needed()
    passage.click()


def _open_legend(page: Page) -> None:
    page.locator(".ab-legend > summary").click()


def _open_form(page: Page) -> None:
    page.locator("button.ab-annotate").nth(2).click()
    page.locator("dialog.ab-form").wait_for()


def _end_form(page: Page) -> None:
    _open_form(page)
    page.locator(".ab-form-body").evaluate("body => body.scrollTop = body.scrollHeight")


def _seek(page: Page) -> None:
    page.keyboard.press("/")
    field = page.locator("dialog.ab-search [role=combobox]")
    field.fill("Rahimzoda")
    page.locator("dialog.ab-search [role=option]").first.wait_for()


def _open_drawer(page: Page) -> None:
    button = page.locator("label.md-header__button[for=__drawer]")
    if button.is_visible():
        button.click()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "article-note": ("article", _open_note),
    "article-legend": ("article", _open_legend),
    "article-form": ("article", _open_form),
    "article-form-end": ("article", _end_form),
    "search-dialog": ("", _seek),
    "drawer": ("", _open_drawer),
}


def photograph(browser: Browser, name: str, address: str, act: Callable[[Page], None] | None = None) -> None:
    """The whole page; or the screen, once something was done on it."""
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            arrive(page, address)
            if act:
                act(page)
                page.wait_for_timeout(SETTLED)
            page.screenshot(path=OUT / f"{name}-{size}-{scheme}.png", full_page=act is None)
            page.close()


def arrive(page: Page, address: str) -> None:
    """Go there, and wait for the scripts as well: on a busy computer the network rests before they have run."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED)


def put_on_paper(browser: Browser, name: str, address: str) -> None:
    """The page as A4."""
    page = browser.new_page()
    arrive(page, address)
    page.pdf(path=OUT / f"{name}.pdf", format="A4", prefer_css_page_size=True)
    page.close()


def photograph_extremes(browser: Browser, asked: list[str]) -> None:
    """What hardly ever happens, as the tests make it up."""
    sys.path.insert(0, str(PROJECT / "tests"))
    from extremes import PAGES, extremes

    with tempfile.TemporaryDirectory() as folder, served(extremes(Path(folder))) as root:
        for kind, address in PAGES.items():
            name = f"extreme-{kind.replace(' ', '-')}"
            if not asked or name in asked:
                photograph(browser, name, root + address)


@contextmanager
def served(project: Path) -> Iterator[str]:
    """The address at which the built site of a project is served."""
    with tempfile.TemporaryDirectory() as site:
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", site]
        subprocess.run(command, cwd=project, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for what matters."""


if __name__ == "__main__":
    main()

"""``python -m bench.searching``: what a first search costs a reader, and indexing a build, beside Material's own.

Both sites are built from the same articles and served as GitHub Pages serves them, text compressed; a real browser
opens a page of each, searches, and counts what comes over the network. Writes bench/SEARCHING.md.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

from bench.invented import Invented
from bench.sites import OURS, PLAIN, write_sites

Visited = TypeVar("Visited")

COMPRESSED = (".html", ".js", ".css", ".json", ".svg", ".xml")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FIRST, SECOND = "detained guard", "wounded patrol"
IDLE = 1_000
PATIENCE = 120_000

HEAD = """# What searching costs

Measured on {day} by `python -m bench.searching`: {cores} cores, a browser and a server on one machine. The articles are
those of RESULTS.md, of 1,000 words with 8 annotations each; *plain* is Material's own search on the same articles.
Bytes are as GitHub Pages sends them, with text compressed. A query comes at once, as if it were pasted, as soon as
search is open; or it is typed, a letter each tenth of a second, by another reader. Times depend on what else the
machine does: {busy}."""

RESULT = {OURS: ".ab-hit", PLAIN: ".md-search-result__item"}
FIELD = {OURS: ".ab-search-input", PLAIN: ".md-search__input"}
OPENED = {OURS: "dialog.ab-search[open]", PLAIN: ".md-search__input:focus"}

# Told by the page itself, so that the way there and back is not counted: from the last key to the first result shown.
WATCH = """([field, result, words]) => new Promise((resolve) => {
  const input = document.querySelector(field);
  let last = 0;
  const seen = () => {
    const shown = document.querySelector(result);
    if (last && shown && document.body.dataset.before !== shown.textContent) {
      observer.disconnect();
      document.body.dataset.before = shown.textContent;
      resolve(performance.now() - last);
    }
  };
  const observer = new MutationObserver(() => requestAnimationFrame(seen));
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  last = performance.now();
  input.value = words;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: words.at(-1) }));
})"""

# The same of a query that is typed, in milliseconds from key to key, and when all is shown; results are told by the
# query that they are of.
TYPE = """([field, result, words, pause]) => new Promise(async (resolve) => {
  const input = document.querySelector(field);
  let last = 0;
  let first = 0;
  const seen = () => {
    if (!last) return;
    if (!first && document.querySelector(`dialog[data-begun="${words}"] ${result}`)) first = performance.now() - last;
    if (!first || !document.querySelector(`dialog[data-query="${words}"]`)) return;
    observer.disconnect();
    resolve([first, performance.now() - last]);
  };
  const observer = new MutationObserver(() => requestAnimationFrame(seen));
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  for (let typed = 1; typed <= words.length; typed += 1) {
    input.value = words.slice(0, typed);
    if (typed === words.length) last = performance.now();
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((wait) => setTimeout(wait, pause));
  }
})"""
PAUSE = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What the searches of one fresh reader cost."""

    before: int
    """Bytes of search that came before it was asked for."""
    first: int
    """Bytes over the network for the first query."""
    first_seconds: float
    second_seconds: float


@dataclass(frozen=True, slots=True)
class Typed:
    """What the searches of another fresh reader cost who types them."""

    first: int
    """Bytes over the network for the first query and for all that it begins with."""
    first_seconds: float
    first_whole: float
    """Seconds until all that is found was shown."""
    second_seconds: float
    second_whole: float


class AsPages(SimpleHTTPRequestHandler):
    """Serves files with text compressed, over connections that stay open, and says nothing about it."""

    protocol_version = "HTTP/1.1"
    # An answer leaves at once and as a whole.
    wbufsize = -1
    disable_nagle_algorithm = True

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the output for the figures."""


def built(root: Path, site: str) -> float:
    """Build a site; its wall time in seconds."""
    out = root / f"{site}-site"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / site / "mkdocs.yml"), "-d", str(out)]
    start = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return time.perf_counter() - start


def visited(browser: Browser, folder: Path, visit: Callable[[Page, str], Visited]) -> Visited:
    """Have a new reader visit an article of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(AsPages, directory=str(folder)))
    # A process of its own, so that what is measured does not wait for who measures.
    serving = get_context("fork").Process(target=server.serve_forever, daemon=True)
    serving.start()
    server.socket.close()
    context = browser.new_context()
    try:
        return visit(context.new_page(), f"http://127.0.0.1:{server.server_port}/articles/article-0/")
    finally:
        context.close()
        serving.terminate()
        serving.join()


def searched(page: Page, address: str, *, site: str) -> Found:
    """Search twice, each time for all words at once."""
    sizes = _opened(page, address)
    before = sum(size for url, size in sizes.items() if "search" in url)
    sizes.clear()
    page.keyboard.press("/")
    page.wait_for_selector(OPENED[site])
    seconds = [page.evaluate(WATCH, [FIELD[site], RESULT[site], FIRST]) / 1_000]
    _settled(page)
    first = sum(sizes.values())
    for url, size in sorted(sizes.items(), key=lambda each: -each[1])[:12] if os.environ.get("BENCH_VERBOSE") else ():
        print(f"  {size:>9,} {url}")
    seconds.append(page.evaluate(WATCH, [FIELD[site], RESULT[site], SECOND]) / 1_000)
    return Found(before, first, *seconds)


def typed(page: Page, address: str) -> Typed:
    """Search our site twice, letter by letter."""
    sizes = _opened(page, address)
    sizes.clear()
    page.keyboard.press("/")
    page.wait_for_selector(OPENED[OURS])
    one = page.evaluate(TYPE, [FIELD[OURS], RESULT[OURS], FIRST, PAUSE])
    _settled(page)
    first = sum(sizes.values())
    other = page.evaluate(TYPE, [FIELD[OURS], RESULT[OURS], SECOND, PAUSE])
    return Typed(first, *(milliseconds / 1_000 for milliseconds in (*one, *other)))


def _opened(page: Page, address: str) -> dict[str, int]:
    """Open an address; the bytes of each file that comes, now and later."""
    sizes: dict[str, int] = {}

    def arrived(request: Any) -> None:
        size = request.sizes()
        sizes[request.url] = sizes.get(request.url, 0) + size["responseBodySize"] + size["responseHeadersSize"]

    page.on("requestfinished", arrived)
    page.goto(address)
    _settled(page)
    return sizes


def _settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(IDLE)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[5, 1_000], metavar="N", help="how many (5 1000)")
    parser.add_argument("--alone", type=int, nargs="*", default=[], metavar="N", help="how many of our site alone")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="how many pairs of builds and of searches (1)")
    options = parser.parse_args()
    tables = [table(articles, options.runs, (PLAIN, OURS)) for articles in options.articles]
    tables += [table(articles, options.runs, (OURS,)) for articles in options.alone]
    written = (
        "\n\n".join([HEAD.format(day=date.today().isoformat(), cores=os.cpu_count(), busy=busy()), *tables]) + "\n"
    )
    print(written)
    (Path(__file__).parent / "SEARCHING.md").write_text(written, encoding="utf-8")


def busy() -> str:
    """How many processes wanted to run in the last quarter of an hour, ours among them; where the system tells it."""
    if not hasattr(os, "getloadavg"):
        return "here that is not known"
    return f"on average {os.getloadavg()[2]:.1f} processes wanted to run in the last quarter of an hour"


def table(articles: int, runs: int, sites: Sequence[str]) -> str:
    """What was measured with so many articles; Material's own search is not fit for very many."""
    with TemporaryDirectory(prefix="bench-") as folder, sync_playwright() as playwright:
        root = Path(folder)
        write_sites(root, Invented(articles))
        walls: dict[str, list[float]] = {site: [] for site in sites}
        for _ in range(runs):
            for site, seconds in walls.items():
                seconds.append(built(root, site))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        visits = {site: partial(searched, site=site) for site in walls}
        found = {site: [visited(browser, root / f"{site}-site", visits[site]) for _ in range(runs)] for site in walls}
        letters = [visited(browser, root / f"{OURS}-site", typed) for _ in range(runs)]
        browser.close()
    builds = {site: f"{median(seconds):.1f} s" for site, seconds in walls.items()}
    figures = {words: {site: figure(own) for site, own in found.items()} for words, figure in FIGURES.items()}
    figures = {"the whole build, wall time": builds, **figures}
    figures |= {words: {OURS: figure(letters)} for words, figure in TYPED.items()}
    rows = [f"## {articles:,} articles", "", f"| | {' | '.join(sites)} |", f"|---|{'---:|' * len(sites)}"]
    rows += [f"| {words} | {' | '.join(own.get(site, '') for site in sites)} |" for words, own in figures.items()]
    return "\n".join(rows)


def _kilobytes(sizes: list[int]) -> str:
    return f"{median(sizes) / 1_000:,.0f} KB"


def _milliseconds(seconds: list[float]) -> str:
    return f"{median(seconds) * 1_000:,.0f} ms"


FIGURES: dict[str, Callable[[list[Found]], str]] = {
    "of search, before it is asked for": lambda found: _kilobytes([each.before for each in found]),
    "over the network, first query": lambda found: _kilobytes([each.first for each in found]),
    "from the last key to the first result, first query": lambda found: _milliseconds(
        [each.first_seconds for each in found]
    ),
    "the same, second query": lambda found: _milliseconds([each.second_seconds for each in found]),
}
TYPED: dict[str, Callable[[list[Typed]], str]] = {
    "over the network, first query, typed letter by letter": lambda found: _kilobytes([each.first for each in found]),
    "from the last key to the first result, first query, typed": lambda found: _milliseconds(
        [each.first_seconds for each in found]
    ),
    "until all is shown": lambda found: _milliseconds([each.first_whole for each in found]),
    "from the last key to the first result, second query, typed": lambda found: _milliseconds(
        [each.second_seconds for each in found]
    ),
    "until all is shown, second query": lambda found: _milliseconds([each.second_whole for each in found]),
}

if __name__ == "__main__":
    main()

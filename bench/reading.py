"""``python -m bench.reading``: what an article's page costs a reader's browser beyond Material.

The work of our scripts, with the layout they ask for, is what the main thread spends with them less what it spends
without them: CPU time, and the least of several loads, as whatever else the machine does only adds to it."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from archive_builder.plugin.assets import MODULES, SCRIPTS, STYLE

RUNS = 7
NOTES = 30
FILES = {
    "mkdocs.yml": "site_name: Lamps\nsite_url: https://example.org/lamps/\ndocs_dir: content\n"
    "theme: {name: material, font: false, features: [navigation.instant]}\nplugins: [search, archive-builder]\n",
    "content/index.md": "# Home\n",
    "content/outlets/herald.md": "---\nname: Herald\ntype: newspaper\n---\n",
    "content/articles/lamps.md": "---\ntitle: Lamps\noutlet: herald\nlanguage: en\nrights: CC0\ndisplay: full\n---\n\n"
    + "\n\n".join(f"On evening {n} they lit {n + 100} lamps, and nobody counted twice." for n in range(NOTES)),
    "content/claims/lamps.md": "---\ntitle: How many?\nstatement: They were lit.\nmeasure: {quantity: lamps}\n---\n",
    **{
        f"annotations/lamps/evening-{n}.yml": f'target: {{exact: "they lit {n + 100} lamps"}}\nclaim: lamps\n'
        f'stance: asserts\nvalue: "{n + 100}"\nnote: Somebody else counted, at length, and came to another number.\n'
        for n in range(NOTES)
    },
}
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
SHIFTS = (
    "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
    ".observe({type: 'layout-shift', buffered: true})"
)
SETTLES = 1_000
OUR_SCRIPTS = (*SCRIPTS, *MODULES)


@dataclass(frozen=True, slots=True)
class Load:
    """One load of the page."""

    scripted: bool
    """Whether our scripts came along."""
    thread: float
    """CPU milliseconds of the main thread."""
    shift: float


def main() -> None:
    with TemporaryDirectory(prefix="bench-") as folder, _served(_built(Path(folder))) as (site, address):
        loads = _loads(f"{address}articles/lamps/")
        weights = {kind: sum(map(_weight, files)) for kind, files in _ours(site).items()}
    print(f"An article's page with {NOTES} annotations, least of {RUNS} loads in headless Chromium:")
    for kind, weight in weights.items():
        print(f"  {kind:<22} {weight / 1000:6.1f} KB compressed")
    print(f"  {'all of ours':<22} {sum(weights.values()) / 1000:6.1f} KB compressed (limit 60, scripts 15)")
    print(f"  {'main thread, scripts':<22} {_least(loads, True) - _least(loads, False):6.1f} ms (limit 50)")
    print(f"  {'layout shift':<22} {max(load.shift for load in loads if load.scripted):6.4f} (limit 0.02)")


def _built(folder: Path) -> Path:
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    site = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"), "-d", str(site)]
    subprocess.run(command, check=True)
    return site


@contextmanager
def _served(site: Path) -> Iterator[tuple[Path, str]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def _ours(site: Path) -> dict[str, list[Path]]:
    """The page counts whole: what of it is Material's frame is not taken off."""
    scripts = [site / name for name in OUR_SCRIPTS]
    return {
        "page": [site / "articles/lamps/index.html"],
        "styles": [site / STYLE],
        "scripts": scripts,
    }


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def _loads(address: str) -> list[Load]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        loads = [_load(browser, address, scripted=run % 2 == 0) for run in range(2 * RUNS)]
        browser.close()
    return loads


def _load(browser: Browser, address: str, scripted: bool) -> Load:
    """One load, with our scripts or without them."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    if not scripted:
        page.route(lambda url: url.endswith(OUR_SCRIPTS), lambda route: route.abort())
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(SETTLES)
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    shift = float(page.evaluate("window.shift"))
    context.close()
    return Load(scripted, metrics["TaskDuration"] * 1_000, shift)


def _least(loads: Iterable[Load], scripted: bool) -> float:
    return min(load.thread for load in loads if load.scripted is scripted)


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for the figures."""


if __name__ == "__main__":
    main()

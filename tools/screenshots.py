"""Photographs a page of each kind, wide and narrow, light and dark: ``make screenshots`` fills screenshots/."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from guide_pictures import photograph_guide
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).parent.parent
OUT = PROJECT / "screenshots"
SIZES = {"wide": (1440, 1000), "phone": (390, 844)}
SCHEMES = ("light", "dark")
KINDS = ("articles", "claims", "events", "entities", "outlets")
SETTLED = 500  # milliseconds, for the notes to take their places
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


def main() -> None:
    """Build the site, serve it on loopback, photograph it."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as site:
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", site], cwd=PROJECT, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
            for name, address in pages().items():
                photograph(browser, name, f"http://127.0.0.1:{server.server_port}/{address}")
            photograph_guide(browser, OUT, Silent, keep="--guide" in sys.argv)
            browser.close()
        server.shutdown()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.name}/")


def pages() -> dict[str, str]:
    """The home page, each index, and the first record of each kind."""
    found = {"home": "", "about": "about/reading/", "not-found": "404.html"}
    for kind in KINDS:
        first = min(path.stem for path in (PROJECT / "content" / kind).glob("*.md"))
        found |= {f"{kind}-index": f"{kind}/", kind: f"{kind}/{first}/"}
    return found


def photograph(browser: Browser, name: str, address: str) -> None:
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(address, wait_until="networkidle")
            page.wait_for_timeout(SETTLED)
            page.screenshot(path=OUT / f"{name}-{size}-{scheme}.png")
            page.close()


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for what matters."""


if __name__ == "__main__":
    main()

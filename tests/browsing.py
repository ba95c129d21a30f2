"""A real browser before a real site: Debian's Chromium, driven by Playwright, and a server on loopback only.

Where no Chromium is installed the tests that need it are skipped and say so; with CI=true that is a failure.
"""

from __future__ import annotations

import atexit
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["Serve", "browser", "serve"]

CHROMIUM = next(filter(None, (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))), None)
# Playwright's list of what is off, of which the last that is given counts; and at its end what drops down from
# an address bar that nobody sees, which every window would draw in a process of its own.
OFF = """
    AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades HttpsFirstBalancedModeAutoEnable
    LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning OptimizationHints NetworkTimeServiceQuerying
    AimEnabled PreconnectToSearch WebUIOmniboxPopup WebUIOmniboxAimPopup
"""
# Without the first ones it looks for hosts of its maker's at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(OFF.split())}",
]

Serve = Callable[..., str]
"""Given a folder, and the address that its pages were built for, gives the address it is served at."""


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Chromium, started once."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and CI skips no browser test")
        pytest.skip("Chromium is not installed: on Debian and Ubuntu, apt install chromium")
    return _started(CHROMIUM)


def _started(path: str) -> Browser:
    # Here, so that a test which needs no browser does not wait for it to be imported.
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=path, args=QUIET)
    atexit.register(playwright.stop)
    atexit.register(started.close)
    return started


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves folders for as long as the tests run, each at one address."""
    servers: list[ThreadingHTTPServer] = []

    @cache
    def start(folder: Path, known_as: str = "") -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder), known_as=known_as))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it; the sitemap is told as if the site were meant to lie here.

    Material exchanges only pages that the sitemap names, at the address they are served from.
    """

    def __init__(self, *arguments: Any, known_as: str, **others: Any) -> None:
        self.known_as = known_as
        super().__init__(*arguments, **others)

    def do_GET(self) -> None:
        """Send a file."""
        if not self.known_as or not self.path.endswith("/sitemap.xml"):
            super().do_GET()
            return
        here = f"http://{self.headers['Host']}/"
        sitemap = Path(self.translate_path(self.path)).read_text(encoding="utf-8").replace(self.known_as, here).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(sitemap)))
        self.end_headers()
        self.wfile.write(sitemap)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output for the tests."""

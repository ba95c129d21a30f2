"""A real browser before a real site: Debian's Chromium, driven by Playwright, and a server on loopback only.

Where no Chromium is installed the tests that need it are skipped and say so; with CI=true that is a failure.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

__all__ = ["browser", "built", "serve"]

PROJECT = Path(__file__).parent.parent
CHROMIUM = next(filter(None, (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))), None)
# Without these it looks for hosts of its maker's at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Chromium, started once."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and CI skips no browser test")
        pytest.skip("Chromium is not installed: on Debian and Ubuntu, apt install chromium")
    return _started(CHROMIUM)


@cache
def _started(path: str) -> Browser:
    """Once for all modules: each that imports the fixture has one of its own, and Playwright bears no second start."""
    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=path, args=QUIET)
    atexit.register(playwright.stop)
    atexit.register(started.close)
    return started


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves folders for as long as the tests run; gives each one's address, under a path of its own."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Builds an archive (a folder with mkdocs.yml) once and gives the site's folder."""
    sites: dict[Path, Path] = {}

    def build(archive: Path) -> Path:
        if archive not in sites:
            site = tmp_path_factory.mktemp("site")
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
            environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
            subprocess.run(command, cwd=archive, check=True, env=environment, timeout=300)
            sites[archive] = site
        return sites[archive]

    return build


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output for the tests."""

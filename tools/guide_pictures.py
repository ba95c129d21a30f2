"""Photographs the form for the contributor guide, on an invented archive: ``make screenshots ARGS=--guide``.

The pictures of the guide are kept with it, in content/about/pictures/, because the site is published where there is no
browser to take them. They show no text of anybody's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).parent.parent
BRIDGE = PROJECT / "tests" / "bridge"
PICTURES = PROJECT / "content" / "about" / "pictures"
FORK = {"GITHUB_REPOSITORY": "someone/bridge", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main"}
ARTICLE = "articles/gazette-bridge-falls/"
SIZE = {"width": 1180, "height": 860}
SETTLED = 500  # milliseconds, for the notes and the form to take their places
SELECT = """(words) => {
  for (const block of document.querySelectorAll(".md-content__inner > blockquote p")) {
    const text = [...block.childNodes].find((node) => node.data?.includes(words));
    if (!text) continue;
    const range = document.createRange();
    range.setStart(text, text.data.indexOf(words));
    range.setEnd(text, text.data.indexOf(words) + words.length);
    getSelection().addRange(range);
    block.scrollIntoView({ block: "center" });
    return;
  }
}"""


def photograph_guide(browser: Browser, out: Path, serve: Callable[..., object], *, keep: bool) -> None:
    """Three steps of the guide into ``out``; with ``keep``, into the guide too."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **FORK, "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", folder]
        subprocess.run(command, cwd=BRIDGE, env=environment, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(serve, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(f"http://127.0.0.1:{server.server_port}/{ARTICLE}", wait_until="networkidle")
        for name in ("select", "form", "ways"):
            STEPS[name](page, out / f"guide-{name}.png")
            if keep:
                PICTURES.mkdir(exist_ok=True)
                shutil.copy(out / f"guide-{name}.png", PICTURES / f"{name}.png")
        page.close()
        server.shutdown()


def _select(page: Page, path: Path) -> None:
    page.evaluate(SELECT, "Nobody had closed it")
    page.locator(".ab-annotate-here").wait_for()
    page.wait_for_timeout(SETTLED)
    box = page.locator(".ab-annotate-here").bounding_box()
    assert box is not None
    page.screenshot(path=path, clip={"x": 120, "y": max(box["y"] - 230, 60), "width": 950, "height": 320})


def _form(page: Page, path: Path) -> None:
    page.locator(".ab-annotate-here").click()
    form = page.locator("dialog.ab-form")
    form.get_by_label("What should a reader know?").fill(
        "The administration of the *same* county says the opposite; see [its report](https://county.example/report)."
    )
    for label, typed in (("Claim", "closed"), ("According to", "county")):
        form.get_by_role("combobox", name=label).fill(typed)
        form.locator("[role=option]:visible").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    form.get_by_role("radio", name="denies it").check()
    form.locator(".ab-form-taken").evaluate("part => part.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=path)


def _ways(page: Page, path: Path) -> None:
    page.get_by_label("Your name or handle").fill("your-name")
    page.evaluate("document.querySelector('.ab-form-body').scrollTop = 1e6; document.activeElement.blur()")
    page.wait_for_timeout(SETTLED)
    box = page.locator("dialog.ab-form").bounding_box()
    assert box is not None
    page.screenshot(path=path, clip={**box, "y": box["height"] - 480, "height": 480})


STEPS: dict[str, Callable[[Page, Path], None]] = {"select": _select, "form": _form, "ways": _ways}

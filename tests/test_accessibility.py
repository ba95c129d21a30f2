"""Everyone can read here: axe-core finds nothing on any kind of page, light and dark, on a desk and on a phone.

axe-core comes with axe-playwright-python, so that nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page
from rooms import KINDS, NARROW, WIDE

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags});
  return found.violations.map(({id, help, nodes}) => `${id}: ${help}\\n` +
    nodes.slice(0, 4).map(({html, any}) => `    ${html.slice(0, 160)}  ${any[0]?.message ?? ""}`).join("\\n"));
}"""


@pytest.fixture(scope="module", params=[(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """The window of a reader with a screen of this width and this taste, for one page after the other."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, page: Page, address: str) -> None:
    page.goto(address + KINDS[kind])
    page.evaluate(AXE)
    violations = page.evaluate(RUN, TAGS)
    assert not violations, "\n".join(violations)

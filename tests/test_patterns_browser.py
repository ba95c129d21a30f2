"""What a reader pastes into the form is read in the time that it is long, in the page as in the build."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SIZE = 100_000
LIMIT = 2_000  # milliseconds; what is not linear takes minutes
SIGNS = (
    "[", "]", "[a](", "[a](b", "](", "*a", "a*", "**a*b", "**a", "*", "_", "_a ", "`", "`a", "``a", "- ", "- a\n",
    "* \n", "\n", "\n ", "a\n \n", " ", "a ", "<", "1", "1 ", "1,", "0", "1-", "-", "a-", "between 1 ", "a@", "@", "'",
    "\u00a0",
)  # fmt: skip
READ = """async ([base, size, signs]) => {
  const load = (name) => import(`${base}assets/${name}.js`);
  const names = ["preview", "reading", "record", "yaml", "ways", "text"].map((name) => `annotate/${name}`);
  const [{ preview }, { inWords, suggested }, record, { dumpMapping }, ways, { normalise }, { fold }] =
    await Promise.all([...names, "search/names"].map(load));
  const filled = { note: "", kind: "context", claim: "", newClaim: null, target: null, stance: "", value: "",
                   attribution: [], evidence: [], by: "" };
  const known = { claims: new Map(), speakers: new Map(), passages: new Map() };
  const witness = (text) => ({ ...filled, note: "a", evidence: [{ relation: "supports", witness: text }] });
  const shown = { known, page: null, anchor: null, article: {}, outlet: "" };
  const readers = {
    note: (text) => preview({ ...shown, filled: { ...filled, note: text } }),
    value: (text) => { try { inWords(text, { quantity: "boats" }); } catch { suggested(text); } },
    date: (text) => { try { inWords(text, { quantity: "day", unit: "date" }); } catch { suggested(text); } },
    address: (text) => record.faults(witness(text), known),
    slug: (text) => record.slug(text),
    yaml: (text) => dumpMapping({ note: text }),
    place: (text) => ways.begun("https://github.com/a/b", text),
    passage: (text) => normalise(text),
    search: (text) => fold(text),
  };
  const slow = [];
  for (const [name, read] of Object.entries(readers))
    for (const sign of signs)
      for (const [before, after] of [["", ""], ["https://", " b"], ["1", "1"], ["mailto:a@", " "]]) {
        const text = before + sign.repeat(size / sign.length) + after;
        const start = performance.now();
        read(text);
        const took = performance.now() - start;
        if (took > LIMIT) slow.push([name, sign, before, Math.round(took)]);
      }
  return slow;
}""".replace("LIMIT", str(LIMIT))


def test_nothing_that_is_pasted_keeps_the_page_busy(browser: Browser, mill_address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(mill_address)
        assert page.evaluate(READ, [mill_address, SIZE, list(SIGNS)]) == []

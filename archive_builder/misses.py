"""Tells a selector that anchors nowhere: the quotation, the nearest passage, how they differ, what next."""

from __future__ import annotations

from archive_builder.anchoring import Anchor, Miss, NotDescribable, describe, widened
from archive_builder.model import Article, Display, Selector
from archive_builder.problems import Code, Detail, Place, Problem, quoted
from archive_builder.projection import BARRIER, ELISION, Prose, normalise
from archive_builder.wording import differences

__all__ = ["told"]

DIFFERENCES_TOLD = 4
PLACES_TOLD = 5

MESSAGES = {
    Code.QUOTE_MISSING: "the quote does not stand in the article, nor anything like it",
    Code.QUOTE_DRIFTED: "the quote does not stand in the article",
    Code.QUOTE_AMBIGUOUS: "the quote stands in the article more than once",
    Code.QUOTE_CUTS_A_WORD: "the quote begins or ends inside a word, a number or a range",
    Code.QUOTE_CROSSES_ELISION: f"the quote runs across {ELISION}, where the article is not quoted",
}


def told(miss: Miss, selector: Selector, place: Place, article: Article, body_line: int, prose: Prose) -> Problem:
    """The problem of ``selector``, written at ``place``, missing in ``article``, whose text begins on ``body_line``."""
    teller = _Teller(article, body_line, prose)
    details = [Detail("quote", quoted(selector.exact))]
    if miss.code is Code.QUOTE_AMBIGUOUS:
        details += teller.choices(miss.places)
    elif miss.places:
        details += teller.nearest(miss, normalise(selector.exact))
    return Problem(miss.code, place, MESSAGES[miss.code], teller.step(miss.code), tuple(details))


class _Teller:
    """Knows the article a quotation was looked for in."""

    def __init__(self, article: Article, body_line: int, prose: Prose) -> None:
        self.article = article
        self.body_line = body_line
        self.prose = prose

    def choices(self, places: tuple[Anchor, ...]) -> list[Detail]:
        """Each place, with the shortest prefix or suffix that means it."""
        told = [Detail("place", f"{self._where(each)}  {self._selector(each)}") for each in places[:PLACES_TOLD]]
        more = len(places) - PLACES_TOLD
        return [*told, Detail("place", f"and {more} more")] if more > 0 else told

    def nearest(self, miss: Miss, quote: str) -> list[Detail]:
        passage = widened(self.prose.text, miss.places[0])
        text = self.prose.text[passage.start : passage.end].replace(BARRIER, ELISION)
        nearest = Detail("nearest", f"{quoted(text)}  {self._where(passage)}")
        differs = differences(quote, text, self.article.language)
        if not differs:
            where = "the words around it: correct prefix: or suffix:" if text == quote else "punctuation or letter case"
            return [nearest, Detail("differs", where)]
        return [nearest, Detail("differs", "; ".join(map(str, differs[:DIFFERENCES_TOLD])))]

    def step(self, code: Code) -> str:
        if code is Code.QUOTE_AMBIGUOUS:
            return "add one of these as prefix: or suffix: under target:"
        if code is Code.QUOTE_CUTS_A_WORD:
            return "quote the whole word, number or range"
        if code is Code.QUOTE_CROSSES_ELISION:
            return f"end the quote before {ELISION}, or write a second annotation for what follows it"
        changed = f"if the article changed: archive-builder repin {self.article.id}"
        if self.article.display is Display.QUOTATIONS:
            not_quoted = f"if it is not quoted yet: archive-builder display quotations {self.article.id}"
            return f"correct the quote; {not_quoted}; {changed}"
        return f"correct the quote, or {changed}"

    def _where(self, anchor: Anchor) -> str:
        at = self.prose.source_position(anchor.start)
        return f"{self.article.path}:{self.prose.source.count(chr(10), 0, at) + self.body_line}"

    def _selector(self, anchor: Anchor) -> str:
        try:
            selector = describe(anchor, self.prose)
        except NotDescribable:
            return "(nothing around it tells it from the others)"
        parts = (("prefix", selector.prefix), ("suffix", selector.suffix))
        return ", ".join(f"{name}: {quoted(text)}" for name, text in parts if text)

"""Asks what of a page is the article's text: the extractor, the page's own data, and the outlet's selectors.

We take the library's word for *which* text it is and not for what it looks like: its text is laid over our leaves, so
that lists, tables and links stay as the page has them, and every leaf that is left out can be told.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from copy import deepcopy

from archive_builder.ingest.leaves import Leaf
from archive_builder.ingest.tree import Element

__all__ = ["Words", "extracted_text", "shingles", "words_of"]

WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|(?:[^\W_\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[\u0300-\u036f\u064b-\u065f\u200c])+"
)
RUN = 3  # words that must follow one another to be recognised
RENAMED = {"form": "div", "fieldset": "div", "label": "span", "details": "div", "summary": "p", "time": "span"}


class Words:
    """A text, asked which of a leaf's words it has."""

    def __init__(self, text: str) -> None:
        lines = [words_of(line) for line in text.splitlines()]
        self.lines = Counter(tuple(line) for line in lines)
        self.runs = frozenset(run for line in lines for run in shingles(line))
        self.count = sum(map(len, lines))

    def share_of(self, leaf: Leaf) -> float:
        """How much of the leaf's text is in this text, from 0 to 1."""
        words = words_of(leaf.text)
        if not words:
            return 0.0
        if tuple(words) in self.lines:
            return 1.0
        runs = shingles(words)
        if len(words) <= RUN:
            return float(len(words) == RUN and runs[0] in self.runs)
        return sum(run in self.runs for run in runs) / len(runs)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: runs of letters and digits, and signs of scripts without blanks."""
    return WORD.findall(text.casefold())


def shingles(words: list[str]) -> list[tuple[str, ...]]:
    """Every run of so many words."""
    return [tuple(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 1))]


def extracted_text(root: Element, *, is_large: bool = False) -> str:
    """What trafilatura takes for the text of the page; empty where it finds none.

    Of a large page it takes its first reading: its second one needs the square of the time.
    """
    # It takes a third of a second to import, and plain text needs none of it.
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(_prepared(root), include_comments=False, include_tables=True, fast=is_large)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return ""  # on a page that breaks it, our own reading stands alone
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""


def _prepared(root: Element) -> Element:
    """A copy in which nothing has a name for which the extractor drops it unseen."""
    copy = deepcopy(root)
    for element in list(copy.iter(*RENAMED)):
        element.tag = RENAMED[element.tag]
    for figure in list(copy.iter("figure")):
        # Editors of today wrap tables and quotations in figures.
        if any(True for _ in figure.iter("table", "blockquote", "pre")):
            figure.tag = "div"
    return copy

"""Finds the article in the data of a page that shows no text until its script has run.

Such a page carries what the script will show: as the body of its JSON-LD, as JSON in a script, or as a value given to
a variable. Of all strings that stand at the same place of a list's items, or alone with paragraphs in them, those with
the most words are taken for the article; what stands around them in the data are teasers, menus and notices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import chain, islice
from typing import Any

from archive_builder.ingest.tree import Element, parse_tree, text_of
from archive_builder.ingest.witnesses import words_of

__all__ = ["MARK", "embedded", "is_shell", "show"]

LARGEST = 3_000_000  # code points of all scripts
MOST_VALUES = 50  # given to variables
INNERMOST = 4  # lists within one another that are looked at for each string
MOST_STRINGS = 20_000
DEEPEST = 40
FEW = 40  # words outside links; a page that shows so few may be waiting for its script
LEAST = 40  # words; with less there is no article in the data
MARK = "data-archive-builder-embedded"
ASSIGNED = re.compile(
    r"(?:^|[;\n{])[^\S\n]*+(?:(?:window|self|globalThis)\.|(?:var|let|const)\s+)[\w$.\[\]\"']{1,80}\s*=\s*(?=[\[{])"
)
PARAGRAPHS = re.compile(r"<(?:p|br|div|h[1-6]|li)\b[^<>]*>", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?…。！？۔؟]")

Place = tuple[str | int, ...]


def is_shell(root: Element) -> bool:
    """Whether a page has too little to see for an article."""
    seen, linked = (" ".join(map(text_of, root.iter(tag))) for tag in ("body", "a"))
    return len(words_of(seen)) - len(words_of(linked)) < FEW


def embedded(root: Element, linked: str) -> str:
    """The article as HTML, from the page's data or the ``linked`` text of its JSON-LD; empty where there is none."""
    said = "".join(f"<p>{escape(part)}</p>" for part in map(str.strip, linked.split("\n")) if part)
    best = max(chain([said], (html for data in _data(root) for html in _articles(data))), key=_count)
    return best if _count(best) >= LEAST else ""


def show(root: Element, html: str) -> None:
    """Put the article into the page, as its script would."""
    body = next(root.iter("body"), root)
    article = parse_tree(f"<article {MARK}>{html}</article>").root.find(".//article")
    if article is not None:
        body.append(article)


def _data(root: Element) -> Iterator[Any]:
    """What each script holds as data."""
    left = LARGEST
    for script in root.iter("script"):
        text = script.text or ""
        kind = (script.get("type") or "").lower()
        left -= len(text)
        if not text or left < 0 or "ld+json" in kind:
            continue
        starts = [0] if "json" in kind else [found.end() for found in islice(ASSIGNED.finditer(text), MOST_VALUES)]
        for start in starts:
            try:
                yield json.JSONDecoder(strict=False).raw_decode(text.lstrip() if not start else text, start)[0]
            except (ValueError, RecursionError):
                continue


def _articles(data: Any) -> Iterator[str]:
    """What may be the article: one string with paragraphs, or the strings at one place of a list's items."""
    lists: dict[tuple[Place, Place], dict[str | int, list[str]]] = {}
    for count, (place, text) in enumerate(_strings(data, ())):
        if count >= MOST_STRINGS:
            break
        if PARAGRAPHS.search(text):
            yield text
        for at in [at for at, step in enumerate(place) if isinstance(step, int)][-INNERMOST:]:
            kind = tuple("*" if isinstance(each, int) else each for each in place[at + 1 :])
            lists.setdefault((place[:at], kind), {}).setdefault(place[at], []).append(text)
    for items in lists.values():
        parts = ["".join(item) for item in items.values()]
        if any(SENTENCE.search(part) for part in parts):
            yield "".join(part if PARAGRAPHS.search(part) else f"<p>{escape(part)}</p>" for part in parts)


def _strings(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        if " " in value or not value.isascii():
            yield place, value
    elif len(place) < DEEPEST:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, each in items:
            yield from _strings(each, (*place, key))


def _count(html: str) -> int:
    return len(words_of(re.sub(r"<[^<>]*>", " ", html)))

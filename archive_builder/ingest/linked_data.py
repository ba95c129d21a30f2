"""Reads what a page says of its article in JSON-LD, however it is nested, in bounded time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from archive_builder.ingest.tree import Element
from archive_builder.ingest.witnesses import words_of

__all__ = ["LinkedData", "linked_data"]

LARGEST = 1_000_000  # code points of one script
MOST_NODES = 5_000
WRAPPED = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*+;?\s*+$"
)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|(?:Analysis|Opinion)News\w{0,40})$")
PAGE = re.compile(r"(?:Page|CreativeWork|WebSite)$")
STEM = 4  # letters: of words so long, as many tell that two are alike in spite of their endings
TAG = re.compile(r"<[^<>]*>")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What JSON-LD says of the page's article; empty where it says nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    address: str = ""
    outlet: str = ""
    licence: str = ""
    text: str = ""


def linked_data(root: Element, titles: Sequence[str]) -> LinkedData:
    """What the scripts of the page say of the article that is headed with one of ``titles``, the likeliest first."""
    nodes = list(_nodes(root))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = _article(nodes, titles)
    page = next((node for node in nodes if _is(node, PAGE) and ("datePublished" in node or "author" in node)), {})
    if article is None and not page:
        site = next((node for node in nodes if _is(node, PAGE) and node.get("publisher")), {})
        return LinkedData(outlet=_name(site.get("publisher"), by_id))
    main: Node = article or page

    def first(*keys: str) -> Any:
        return next((node[key] for node in (main, page) for key in keys if node.get(key)), "")

    return LinkedData(
        title=_plain(main.get("headline") or (main.get("name") if article else "")),
        authors=tuple(_people(first("author", "creator"), by_id)),
        published=_plain(first("datePublished", "dateCreated", "uploadDate")),
        language=_plain(first("inLanguage")),
        address=_address(main, by_id),
        outlet=_name(first("publisher", "sourceOrganization"), by_id),
        licence=_licence(first("license")),
        text=unescape(TAG.sub(" ", _text_of(main))),
    )


def _licence(value: Any) -> str:
    """Its address, whether it is named by it or described; of several, none."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    said = one.get("url") or one.get("@id") if isinstance(one, dict) else one
    return said.strip() if isinstance(said, str) else ""


def _nodes(root: Element) -> Iterator[Node]:
    """Every object in every script, in order, outer ones first."""
    seen = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting: list[Any] = [_parsed(script.text or "")]
        while waiting and seen < MOST_NODES:
            value = waiting.pop(0)
            if isinstance(value, dict):
                seen += 1
                yield value
                waiting.extend(each for each in value.values() if isinstance(each, dict | list))
            elif isinstance(value, list):
                waiting.extend(each for each in value if isinstance(each, dict | list))


def _parsed(text: str) -> Any:
    if len(text) > LARGEST:
        return None
    bare = WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (bare, TRAILING_COMMA.sub("", bare), TRAILING_COMMA.sub("", unescape(bare))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _article(nodes: Sequence[Node], titles: Sequence[str]) -> Node | None:
    """The article's node: of several, the one with the page's title; else the first with a headline like it."""
    articles = [node for node in nodes if _is(node, ARTICLE)]
    titled = (
        node
        for title in titles
        for node in articles
        if title and _plain(node.get("headline")).casefold() == title.casefold()
    )
    headed = (node for node in articles if node.get("headline") and (node.get("datePublished") or node.get("author")))
    likely = next(titled, None) or next(headed, None) or next(iter(articles), None)
    return likely if likely is not None and _may_be_headed(likely, titles) else None


def _may_be_headed(article: Node, titles: Sequence[str]) -> bool:
    """Whether a headline for machines may be that of the page: it shares a longer word with one of its titles."""
    said, shown = _stems(_plain(article.get("headline"))), _stems(" ".join(titles))
    return not said or not shown or bool(said & shown)


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words, and the signs of scripts without blanks."""
    return frozenset(
        word[:STEM] for word in words_of(text) if len(word) >= STEM or (len(word) == 1 and word > "\u0e00")
    )


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(isinstance(each, str) and kind.search(each) for each in (types if isinstance(types, list) else [types]))


def _resolved(value: Any, by_id: dict[str, Node]) -> Any:
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _people(value: Any, by_id: dict[str, Node]) -> Iterator[str]:
    """The names of persons; those of organisations only where no person signs."""
    values = [_resolved(each, by_id) for each in (value if isinstance(value, list) else [value])]
    persons = [each for each in values if isinstance(each, str) or (isinstance(each, dict) and not _is_body(each))]
    for each in persons or values:
        yield from filter(None, _names(each, by_id))


def _names(value: Any, by_id: dict[str, Node]) -> Iterator[str]:
    named = value.get("name") if isinstance(value, dict) else value
    for name in named if isinstance(named, list) else [named]:
        yield _plain(name)


def _is_body(node: Node) -> bool:
    return _is(node, re.compile("Organization|Corporation"))


def _name(value: Any, by_id: dict[str, Node]) -> str:
    value = _resolved(value[0] if isinstance(value, list) and value else value, by_id)
    return next(_names(value, by_id), "")


def _address(node: Node, by_id: dict[str, Node]) -> str:
    main = node.get("mainEntityOfPage")
    candidates = (node.get("url"), main.get("@id") if isinstance(main, dict) else main)
    return next((_plain(each) for each in candidates if isinstance(each, str) and each.startswith("http")), "")


def _text_of(node: Node) -> str:
    """The text it gives; of a live blog, that of its updates too."""
    updates = node.get("liveBlogUpdate")
    parts = [node, *(each for each in (updates if isinstance(updates, list) else []) if isinstance(each, dict))]
    return "\n".join(str(part["articleBody"]) for part in parts if isinstance(part.get("articleBody"), str))


def _plain(value: Any) -> str:
    """A string without markup and references; empty where it is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return " ".join(unescape(TAG.sub(" ", unescape(value))).split()) if isinstance(value, str) else ""

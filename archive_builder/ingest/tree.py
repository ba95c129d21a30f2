"""Parses a page into a tree without what a reader does not see: scripts, styles, hidden elements, form controls.

The tree is lxml's. It is made once, pruned, and then only read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree, html

from archive_builder.ingest.extract import Removed, Unreadable

__all__ = ["Element", "Tree", "classes", "parse_tree", "prune", "text_of"]

# lxml brings no types.
Element: TypeAlias = Any

MOST_ELEMENTS = 200_000
# XML knows no other control characters, and lxml refuses them.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
UNSEEN = frozenset(
    "script style template noscript head link meta iframe frame frameset noframes object embed applet param audio video"
    " source track canvas svg map area select option optgroup datalist button input textarea progress meter dialog"
    " rp rt rtc menuitem noindex".split()
)
KEPT_THOUGH_UNSEEN = frozenset(("script", "head", "meta", "link"))  # the metadata are in them
# Word writes the bullet of an item as text, and says so.
STYLE_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-list\s*:\s*ignore", re.IGNORECASE)
HIDING = frozenset(
    "hidden d-none is-hidden visually-hidden visuallyhidden sr-only screen-reader-text mw-editsection".split()
)
SHOWN_SOMEWHERE = re.compile(r"\b(?:\w+:|d-\w+-)(?:block|flex|grid|inline|table|contents)")
TOLD = 12  # words; less is not worth telling
LITTLE = 400  # code points: a page with less to see may hold its text in noscript or noframes


@dataclass(frozen=True, slots=True)
class Tree:
    """A page."""

    root: Element
    text: str
    """Its source."""


def parse_tree(text: str) -> Tree:
    """The page, as lenient about its markup as browsers are; raise Unreadable where there is nothing of one."""
    root = _parsed(NO_TEXT.sub("", text))
    if root is None:
        raise Unreadable("there is no page in it", "save the page again, as HTML alone")
    if (count := sum(1 for _ in root.iter())) > MOST_ELEMENTS:
        raise Unreadable(
            f"it has {count:,} elements, and at most {MOST_ELEMENTS:,} are read", "save the article's own page"
        )
    return Tree(root, text)


def _parsed(text: str) -> Element | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def prune(root: Element) -> tuple[Removed, ...]:
    """Take away what is not seen, and tell of hidden text that is more than a label."""
    told = []
    if len(text_of(root)) < LITTLE:
        _show_what_stands_instead(root)
    for element in list(root.iter(etree.Element)):
        if element.getparent() is None or element.tag in ("html", "body"):
            continue
        hidden = element.tag not in UNSEEN and _is_hidden(element)
        if hidden and len((words := text_of(element)).split()) >= TOLD:
            told.append(Removed(element.sourceline or 1, words, "hidden text"))
        if hidden or element.tag in UNSEEN:
            element.drop_tree()
    return tuple(told)


def _show_what_stands_instead(root: Element) -> None:
    """Let noscript and noframes be seen; the parser leaves the latter as its source."""
    for noframes in list(root.iter("noframes")):
        inside = _parsed(noframes.text or "")
        if inside is not None:
            noframes.text = None
            noframes.extend(inside.xpath("/html/body/*"))
    for instead in list(root.iter("noscript", "noframes", "frameset")):
        instead.tag = "div"


def text_of(element: Element) -> str:
    """The text of an element without scripts and styles, white space folded."""
    return " ".join("".join(_texts(element)).split())


def classes(element: Element) -> str:
    """What an element is called by those who made the page: its class and id, in lower case."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip().lower()


def _texts(element: Element) -> Iterator[str]:
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            yield from (each.text,) if each.text and each.tag not in ("script", "style", "template") else ()
        elif each is not element:
            yield " " if each.tag in ("p", "div", "li", "td", "br") else ""
            yield each.tail or ""


def _is_hidden(element: Element) -> bool:
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    if style and STYLE_HIDES.search(style):
        return True
    named = (element.get("class") or "").lower()
    return bool(HIDING & set(named.split())) and not SHOWN_SOMEWHERE.search(named)

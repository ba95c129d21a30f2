"""Lets an outlet say with CSS selectors where its articles' text and metadata stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.etree import XPathError

from archive_builder.ingest.choice import Choice
from archive_builder.ingest.extract import Found, Unreadable
from archive_builder.ingest.heading import is_title_again
from archive_builder.ingest.leaves import Leaf
from archive_builder.ingest.metadata import About
from archive_builder.ingest.page_dates import day_of
from archive_builder.ingest.tree import Element, text_of
from archive_builder.model import Selectors

__all__ = ["chosen_by", "selected"]


def chosen_by(selectors: Selectors, root: Element, leaves: Sequence[Leaf], title: str | None) -> Choice | None:
    """The leaves the selectors choose; None where they choose none, and the page must be read without."""
    found = {each for selector in selectors.text for each in _matches(root, selector)}
    unwanted = {each for selector in selectors.remove for each in _matches(root, selector)}
    choice = Choice(leaves, {number for number, leaf in enumerate(leaves) if _is_in(leaf, found)})
    if not choice.kept:
        return None
    choice.drop([number for number in choice.in_order() if _is_in(leaves[number], unwanted)], "named by a selector")
    titles = [
        n for n in choice.in_order() if leaves[n].kind == "h1" and title and is_title_again(leaves[n].text, title)
    ]
    choice.drop(titles, "title")
    choice.drop([number for number in range(len(leaves)) if number not in choice.kept], "outside the selectors")
    return choice


def selected(root: Element, selectors: Selectors, found: About) -> About:
    """What is known of the article, with what the selectors find in place of it."""
    title = _first(root, selectors.title)
    published = _first(root, selectors.published)
    day = day_of(published[1]) or day_of(published[0]) if published else None
    authors = [text_of(each) for each in _matches(root, selectors.authors)] if selectors.authors else []
    return replace(
        found,
        title=Found(title[0], f"selector {selectors.title}") if title and title[0] else found.title,
        published=Found(day, f"selector {selectors.published}") if day else found.published,
        authors=tuple(Found(name, f"selector {selectors.authors}") for name in authors if name) or found.authors,
    )


def _first(root: Element, selector: str | None) -> tuple[str, str] | None:
    """The text of the first element, and its date for machines."""
    element = next(iter(_matches(root, selector)), None) if selector else None
    return None if element is None else (text_of(element), element.get("datetime") or element.get("content") or "")


def _matches(root: Element, selector: str) -> list[Element]:
    try:
        return list(CSSSelector(selector, translator="html")(root))
    except (SelectorError, XPathError, ValueError) as fault:
        raise Unreadable(f"the outlet's selector {selector!r} is none", f"correct it: {fault}") from None


def _is_in(leaf: Leaf, elements: set[Element]) -> bool:
    return leaf.element in elements or any(each in elements for each in leaf.element.iterancestors())

"""Finds the headline of a page, as the page shows it where another witness has it too, without the name of the site."""

from __future__ import annotations

import re

from archive_builder.ingest.extract import Found
from archive_builder.ingest.linked_data import LinkedData
from archive_builder.ingest.metas import Metas
from archive_builder.ingest.paragraphs import folded
from archive_builder.ingest.tree import Element, classes, text_of
from archive_builder.ingest.witnesses import words_of

__all__ = ["GUESSED", "heading_of", "title_of"]

LONGEST_TITLE = 400
GUESSED = ", the first heading"
SEPARATOR = re.compile(r"(?<!\s)\s+(?:(?:[|\-–—·•»«:]|::|\|\|)\s+|[|»«]\s*)|[|»«]\s*|_(?=[^_]+$)")
SIDES = " |-–—·•»«:_"
SITE = re.compile(r"\b(?:logo|site-?(?:title|name|branding|header)|brand|masthead|navbar)\b")
FRONT_PAGE = ("/", ".", "./", "index.html")
TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title")


def heading_of(root: Element) -> tuple[str, ...]:
    """The texts of the page's headings of the first rank, without those of the site."""
    found = [text_of(heading) for heading in root.iter("h1") if not _is_of_site(heading)]
    return tuple(text for text in found if 0 < len(text) <= LONGEST_TITLE)


def title_of(root: Element, metas: Metas, data: LinkedData, outlet: Found | None) -> Found | None:
    """The headline as it stands on the page where another witness has it too; else as the surest has it."""
    said = [(data.title, "JSON-LD headline"), *metas.all(*TITLES)]
    tag = next(
        (
            text_of(each)
            for each in root.iter("title")
            if each.getparent() is not None and each.getparent().tag == "head"
        ),
        "",
    )
    said = [(_without_site(value, outlet), where) for value, where in said if 0 < len(value) <= LONGEST_TITLE]
    headings = heading_of(root)
    for heading in headings:
        bare = folded(heading)
        agreeing = [
            where
            for value, where in [*said, (tag, "title tag")]
            if bare == folded(value) or _is_part(bare, folded(value)) or _is_part(folded(value), bare)
        ]
        if agreeing:
            return Found(heading, f"h1, as {agreeing[0]}")
    if said:
        value, where = said[0]
        return Found(value, where)
    if printed := _printed_title(root, tag, outlet):
        return printed
    if len(headings) == 1 and (
        not tag or 2 * len(set(words_of(tag)) & set(words_of(headings[0]))) >= len(set(words_of(headings[0])))
    ):
        return Found(headings[0], "h1")
    if tag:
        return Found(_without_site(tag, outlet, guess=True)[:LONGEST_TITLE], "title tag")
    return Found(headings[0], "h1") if headings else _first_heading(root)


def _first_heading(root: Element) -> Found | None:
    """What a page without any title is headed with."""
    for heading in root.iter("h2", "h3", "h4"):
        if 0 < len(text := text_of(heading)) <= LONGEST_TITLE and not _is_of_site(heading):
            return Found(text, f"{heading.tag}{GUESSED}")
    return None


def _printed_title(root: Element, tag: str, outlet: Found | None) -> Found | None:
    """The longest line of the page that is set like a heading and stands in the title tag."""
    whole, site = folded(tag), folded(outlet.value) if outlet else ""
    lines = ((text_of(each), each) for each in root.iter("h1", "h2", "h3", "h4", "b", "strong", "font"))
    fitting = [
        (len(text), text, each)
        for text, each in lines
        if len(text.split()) > 1 and folded(text) in whole and folded(text) != site and 3 * len(text) >= len(tag)
    ]
    if not fitting:
        return None
    _, text, element = max(fitting, key=lambda each: each[0])
    return Found(text, f"{element.tag} element, as title tag")


def _is_part(part: str, whole: str) -> bool:
    return len(part.split()) > 2 and part in whole


def _without_site(title: str, outlet: Found | None, *, guess: bool = False) -> str:
    """A title without the name of the site before or after it; with ``guess``, without a short last part as well."""
    parts = SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    name = folded(outlet.value) if outlet else None
    if name and folded(parts[-1]) == name:
        return title[: title.rindex(parts[-1])].rstrip(SIDES)
    if name and folded(parts[0]) == name:
        return title[len(parts[0]) :].lstrip(SIDES)
    if guess and len(parts[-1].split()) <= 4 and len(parts[-1]) < len(title) / 2:
        return _without_site(title[: title.rindex(parts[-1])].rstrip(SIDES), outlet, guess=len(parts) > 2)
    return title


def _is_of_site(heading: Element) -> bool:
    """Whether a heading is the name of the site: by what it is called, or because it links to the front page."""
    around = (each for each in (heading, *heading.iterancestors()) if each.tag not in ("body", "html"))
    if re.search(SITE, " ".join(f"{classes(each)} {each.tag}" for each in around)):
        return True
    return any(link.get("href") in FRONT_PAGE or link.get("rel") == "home" for link in heading.iter("a"))

"""Reads who signed a page: from its data, and else from the elements that are named for its byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive_builder.ingest.bylines import is_name, read_byline
from archive_builder.ingest.extract import Found
from archive_builder.ingest.paragraphs import folded
from archive_builder.ingest.tree import Element, classes, text_of

__all__ = ["signers"]

LONGEST_SIGNATURE = 2_000  # code points; of more the beginning is read
LONGEST = 120  # code points of a name, or of an element that holds one
MOST = 12
BY = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|story|text|words|report|analysis|opinion) )?"
    r"(?:by|von|par|por|door|av|di|автор|авторы|текст|"
    r"autorin|autoren|autor|auteur|author|authors|tekst|reporter|نویسنده|بقلم|نوشته)\b\s*:?\s+",
    re.IGNORECASE,
)
AND = re.compile(
    r"(?<!\s)\s+(?:(?:and|und|et|y|e|и|та|con|with|og|och|en|ve|و)\s+|[;&•·|/]\s*)|[;&•·|/]\s*", re.IGNORECASE
)
NO_PERSON = re.compile(
    r"^(?:admin\w*|administrator|staff|editors?|redaktion|redazione|redacción|редакция|"
    r"editorial(?: (?:board|team|staff))?|web ?master|"
    r"guest|anonymous|unknown|user\d*|news ?desk|webdesk|web desk|author|autor|view all posts.*|more from.*|by)$"
    r"|https?://|www\.|\.com\b|^\d+$",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<!\s)\s*+(?:\(?@\w+\)?|<?[\w.+-]+@[\w.-]+>?|\([^()]*\))\s*+$")
EMPLOYED = re.compile(
    r",\s+(?:(?i:[^,]{0,40}\b(?:correspondent|editor|reporter|staff|writer|contributor|bureau|корреспондент|redakteur\w*|chief)\b|for\b|in\b)|[A-Z]{2,6}\b).*$"
)
NAMED = re.compile(r"(?:^|[\s_-])(?:by-?line|authors?|writer|reporter|signature|autor|auteur)(?:$|[\s_-])")
NOT_NAMED = re.compile(
    r"comment|related|bio|about|box|avatar|image|date|time|sidebar|widget|nav|footer|teaser|title|photo|caption|credit|description|job|role"
)


def signers(said: Iterable[tuple[str, str]], root: Element, outlet: str) -> tuple[Found, ...]:
    """The authors that the page's data name, or else its byline; none where only the outlet signs."""
    groups: dict[str, list[str]] = {}
    for value, where in said:
        groups.setdefault(where, []).append(value)
    for where, values in groups.items():
        if found := _people(values, where, outlet):
            return found
    for value, where in _marked(root):
        if found := _people([value], where, outlet):
            return found
    return ()


def _people(values: Iterable[str], where: str, outlet: str) -> tuple[Found, ...]:
    names = dict.fromkeys(name for value in values for name in _names(value) if folded(name) != folded(outlet))
    return tuple(Found(name, where) for name in list(names)[:MOST])


def _names(value: str) -> Iterator[str]:
    """The names in a signature, without what surrounds them."""
    bare = HANDLE.sub("", EMPLOYED.sub("", BY.sub("", " ".join(value.split())[:LONGEST_SIGNATURE])))
    for part in AND.split(bare):
        for name in _parted(part):
            name = HANDLE.sub("", BY.sub("", name)).strip(" ,|.-–—*_:")
            if 1 < len(name) <= LONGEST and not NO_PERSON.search(name) and any(map(str.isalpha, name)):
                yield name.title() if name.isupper() and len(name) > 5 and name.isascii() else name


def _parted(text: str) -> Iterator[str]:
    """The names in a list of them; "Berg, Ada" is one, turned."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 2 and all(" " not in part for part in parts):
        yield f"{parts[1]} {parts[0]}"
    else:
        yield from parts


def _marked(root: Element) -> Iterator[tuple[str, str]]:
    """The texts of elements that are marked as author, the surest first."""
    for query, where in (
        ("//*[contains(concat(' ', @itemprop, ' '), ' author ')]//*[contains(@itemprop, 'name')]", "microdata author"),
        ("//*[contains(concat(' ', @itemprop, ' '), ' author ')]", "microdata author"),
        ("//*[contains(concat(' ', @rel, ' '), ' author ')]", "link to the author"),
        ("//*[contains(concat(' ', @class, ' '), ' vcard ')]//*[contains(concat(' ', @class, ' '), ' fn ')]", "hCard"),
    ):
        for element in root.xpath(query):
            if (
                not _is_elsewhere(element)
                and (text := element.get("content") or text_of(element))
                and len(text) <= LONGEST
            ):
                yield text, f"{where}, line {element.sourceline}"
    for element in root.iter():
        if isinstance(element.tag, str) and NAMED.search(classes(element)) and not NOT_NAMED.search(classes(element)):
            yield from _byline_in(element)


def _byline_in(element: Element) -> Iterator[tuple[str, str]]:
    text = text_of(element)
    if _is_elsewhere(element) or not 0 < len(text) <= 2 * LONGEST:
        return
    where = f"byline, line {element.sourceline}"
    names = dict.fromkeys(name for link in element.iter("a") if is_name(name := text_of(link)))
    if names:
        yield " & ".join(names), where
    byline = read_byline(text)
    if byline is not None:
        yield " and ".join(byline.authors), where
    elif all(map(is_name, _names(text))) and any(True for _ in _names(text)):
        yield text, where


def _is_elsewhere(element: Element) -> bool:
    """Whether an element stands among comments or other articles."""
    around = " ".join(
        f"{classes(each)} {each.tag}" for each in element.iterancestors() if each.tag not in ("body", "html")
    )
    return (
        re.search(r"comment|related|sidebar|widget|teaser|\baside\b|recommend|popular|\bfooter\b", around) is not None
    )

"""Drafts the file of a new article from what its capture says and what the person who adds it knows.

What nobody knows stays absent. What we had to put down all the same, because an article needs it, is listed under
``inferred`` with the ground for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from anyascii import anyascii

from archive_builder.editing import dump_mapping
from archive_builder.ingest import Extract, Found
from archive_builder.model import Article, Display, Outlet, OutletType
from archive_builder.reading import Library, path_of

__all__ = ["Draft", "Given", "drafted", "slug"]

NO_LETTER = re.compile(r"[^a-z0-9]+")
APOSTROPHE = re.compile(r"['’ʼ`]")
ID_LENGTH = 60

UNKNOWN_OUTLET = "unknown-outlet"
UNKNOWN_OUTLET_NAME = "Outlet not known"
NOT_GIVEN = "Not known when the article was added; no outlet is named here on purpose."
FROM_THE_NAME = "From the file's name; the capture has no headline."


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who adds an article says of it."""

    id: str | None = None
    outlet: str | None = None
    """The id of an outlet, or the name of one that is not there yet."""
    url: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    rights: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    source: str | None = None
    """What the capture was taken from."""
    tool: str | None = None
    """What takes the text from the capture."""
    display: Display = Display.QUOTATIONS


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's file to be, without its text."""

    id: str
    path: str
    head: str
    """The front matter, fences and all."""
    outlet: Mapping[str, str]
    """The file of a new outlet, if it needs one, by path."""
    digest: str
    display: Display
    outlet_id: str
    url: str | None
    """Its address, as far as it is known."""
    retrieved: str | None
    rights: str | None
    title: str
    """The headline; what stands for one where the capture has none."""
    is_titled: bool
    """Whether somebody gave the headline."""


def drafted(extract: Extract, name: str, given: Given, library: Library, has_schemas: bool) -> Draft:
    """Draft the article in ``extract``, captured in a file called ``name``."""
    outlet = _outlet_id(extract, given.outlet, library)
    found = given.title or (extract.title.value if extract.title else "")
    title = found or (name if name.strip("-") else "Untitled capture")
    known = "" if outlet == UNKNOWN_OUTLET else f"{outlet} "
    id = given.id or slug(known + title) or extract.digest.removeprefix("sha256:")[:12]
    url, retrieved = given.url or _address(extract), given.retrieved or _value(extract.retrieved)
    inferred = {
        "title": None if found else FROM_THE_NAME,
        "outlet": NOT_GIVEN if outlet == UNKNOWN_OUTLET else None,
        "published": _ground(extract.published) if not given.published else None,
    }
    head = {
        "title": title,
        "outlet": outlet,
        "authors": list(given.authors if given.authors is not None else (each.value for each in extract.authors)),
        "published": given.published or _value(extract.published),
        "language": given.language or _value(extract.language),
        "url": url,
        "archived": _value(extract.archived),
        "retrieved": retrieved,
        "digest": extract.digest,
        "source": given.source,
        "tool": given.tool,
        "words": extract.words,
        "rights": given.rights,
        "display": given.display.value,
        "inferred": {key: ground for key, ground in inferred.items() if ground},
    }
    path = path_of(Article, id)
    text = _fenced(head, "article", has_schemas)
    named = given.outlet or _value(extract.outlet)
    return Draft(
        id,
        path,
        text,
        _outlet(outlet, named, library, has_schemas),
        extract.digest,
        given.display,
        outlet,
        url,
        retrieved,
        given.rights,
        title,
        bool(found),
    )


def slug(text: str) -> str:
    """``text`` as an id: ASCII words and hyphens, cut at a word; empty where nothing of it can stand in one."""
    words = NO_LETTER.sub("-", APOSTROPHE.sub("", anyascii(text)).lower()).strip("-")
    if len(words) <= ID_LENGTH:
        return words
    return words[: ID_LENGTH + 1].rpartition("-")[0] or words[:ID_LENGTH]


def _value(found: Found | None) -> str | None:
    return found.value if found else None


def _ground(published: Found | None) -> str | None:
    """On what an uncertain date rests."""
    return f"From {published.where}." if published and published.value.endswith("?") else None


def _address(extract: Extract) -> str | None:
    """The address the page gives itself, if it is of the site it was captured from; else where it was captured."""
    address, canonical = _value(extract.address), _value(extract.canonical)
    if address and canonical and _site(address) != _site(canonical):
        return address
    return canonical or address


def _site(address: str) -> str:
    return address.partition("//")[2].partition("/")[0].lower().removeprefix("www.").partition(":")[0]


def _outlet_id(extract: Extract, given: str | None, library: Library) -> str:
    """The id of the outlet that is meant, by its id or any of its names; that of a new one where it is none of them.

    Without a name that is known, the outlet is the one whose site the article stands on.
    """
    names = {name.casefold(): id for id, held in library.outlets.items() for name in (*held.aliases, held.name, id)}
    name = given or _value(extract.outlet) or ""
    if name.casefold() in names:
        return names[name.casefold()]
    sites = {_site(held.url): id for id, held in library.outlets.items() if held.url}
    if not given and (address := _address(extract)) and _site(address) in sites:
        return sites[_site(address)]
    return slug(name) or UNKNOWN_OUTLET


def _outlet(id: str, named: str | None, library: Library, has_schemas: bool) -> dict[str, str]:
    """The file of the outlet, where there is none: its name, and nothing that nobody said."""
    path = path_of(Outlet, id)
    if path in library.files:
        return {}
    name = UNKNOWN_OUTLET_NAME if id == UNKNOWN_OUTLET else named
    return {path: _fenced({"name": name, "type": OutletType.OTHER.value}, "outlet", has_schemas)}


def _fenced(head: Mapping[str, object], kind: str, has_schemas: bool) -> str:
    schema = f"# yaml-language-server: $schema=../../archive_builder/schemas/{kind}.json\n" if has_schemas else ""
    return f"---\n{schema}{dump_mapping(head)}---\n"

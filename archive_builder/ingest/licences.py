"""Finds what a page says may be done with its text: a proposal for a person, who may know better.

A page may bear the licence of a picture, of its theme or of a part. So what it says is told with its place and never
written unasked, and where it says several things nothing is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from archive_builder.ingest.extract import Found
from archive_builder.ingest.metas import Metas
from archive_builder.ingest.tree import Element, classes
from archive_builder.rights import statement_of

__all__ = ["licence_of"]

METAS = ("dcterms.license", "dc.rights.license", "dcterms.rights", "dc.rights", "copyright-license")
ADDRESS = re.compile(r"https?://[^\s\"'<>`/?#][^\s\"'<>`]{1,500}")
OF_SOMETHING_ELSE = re.compile(r"comment|related|sidebar|widget|aside|teaser|figure|figcaption|caption|credit|gallery")


def licence_of(root: Element, metas: Metas, linked: str) -> Found | None:
    """The one statement that the page makes, as ``rights:`` takes it; ``linked`` is that of its JSON-LD."""
    said = chain([(linked, "JSON-LD license")], _links(root), metas.all(*METAS))
    found: dict[str, str] = {}
    for written, where in said:
        statement = statement_of(written[:500])
        value = statement.keyword if statement else written if ADDRESS.fullmatch(written) else ""
        if value:
            found.setdefault(value, where)
    return Found(*next(iter(found.items()))) if len(found) == 1 else None


def _links(root: Element) -> Iterator[tuple[str, str]]:
    for tag in ("link", "a"):
        for element in root.iter(tag):
            if "license" in (element.get("rel") or "").lower().split() and not _is_of_something_else(element):
                yield (element.get("href") or "").strip(), f"{tag} rel=license, line {element.sourceline}"


def _is_of_something_else(element: Element) -> bool:
    around = " ".join(f"{classes(each)} {each.tag}" for each in (element, *element.iterancestors()))
    return OF_SOMETHING_ELSE.search(around) is not None

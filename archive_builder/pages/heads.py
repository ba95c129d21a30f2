"""What a page says of itself in its head, for whoever quotes or collects it: Dublin Core, Open Graph, schema.org.

An address is told only where the site's own is known, and a date only where it is one; the text of an article never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from archive_builder.pages.indexes import INDEXES
from archive_builder.pages.page import Links, Site
from archive_builder.rights import statement_of

__all__ = ["Head", "Publication", "head_of"]

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
PLAIN_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """The archive a page is part of."""

    name: str
    description: str | None
    language: str
    site: Site


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in a page's head."""

    names: Tags = ()
    """``<meta name>``: Dublin Core."""
    properties: Tags = ()
    """``<meta property>``: Open Graph."""
    data: tuple[Mapping[str, Any], ...] = ()
    """JSON-LD."""

    def html(self) -> Markup:
        """The elements, for a template to put in its head."""
        properties = (f'<meta property="{name}" content="{escape(text)}">' for name, text in self.properties)
        names = [f'<meta name="{name}" content="{escape(text)}">' for name, text in self.names]
        schema = [f'<link rel="schema.DC" href="{DUBLIN_CORE}">'] if names else []
        data = (f'<script type="application/ld+json">{htmlsafe_json_dumps(each)}</script>' for each in self.data)
        return Markup("\n".join((*properties, *schema, *names, *data)) + "\n")


def head_of(meta: Mapping[str, Any], path: str, title: str | None, url: str | None, archive: Publication) -> Head:
    """The head of the page made of ``path`` with this front matter; without a title it is the archive's first page."""
    record = meta if meta.get("kind") == "article" else {}
    named = str(meta.get("title") or title or archive.name)
    described = meta.get("description") or archive.description
    language = str(record.get("language") or archive.language)
    trail = _trail(path, named, url, archive) if title else ()
    return Head(
        names=tuple(_dublin_core(record, named)) if record else (),
        properties=tuple(_open_graph(named, described, url, archive.name, language, bool(record))),
        data=tuple(filter(None, (_news_article(record, named, url), meta.get("linked_data"), _breadcrumbs(trail)))),
    )


def _trail(path: str, title: str, url: str | None, archive: Publication) -> Tags:
    """The pages above a page and itself, as titles and addresses; empty where there are no addresses."""
    top = archive.site.addresses.site
    if not (top and url):
        return ()
    kind = path.partition("/")[0]
    above = [(INDEXES[kind][0], Links(top, archive.site.directory_urls).to(kind))] if kind in INDEXES else []
    own = [] if path == f"{kind}/index.md" and above else [(title, url)]
    return ((archive.name, top), *above, *own)


def _open_graph(
    title: str, description: str | None, url: str | None, site_name: str, language: str, is_article: bool
) -> Iterator[tuple[str, str]]:
    yield "og:type", "article" if is_article else "website"
    yield "og:title", title
    yield "og:site_name", site_name
    if description:
        yield "og:description", description
    if url:
        yield "og:url", url
    # A region is told where the language has one, and never made up.
    yield "og:locale", language.replace("-", "_")


def _dublin_core(record: Mapping[str, Any], title: str) -> Iterator[tuple[str, str]]:
    yield "DC.type", "Text"
    yield "DC.title", title
    for author in record.get("authors", ()):
        yield "DC.creator", author
    told = {
        "DC.publisher": record.get("outlet"),
        "DC.date": record.get("published"),
        "DC.language": record.get("language"),
        "DC.source": record.get("source_url"),
        "DC.rights": _rights(record),
    }
    yield from ((name, str(value)) for name, value in told.items() if value)


def _news_article(record: Mapping[str, Any], title: str, url: str | None) -> dict[str, Any] | None:
    if not record:
        return None
    published = str(record.get("published") or "")
    known = {
        "url": url,
        "inLanguage": record.get("language"),
        "author": [{"@type": "Person", "name": author} for author in record.get("authors", ())],
        "datePublished": published if PLAIN_DATE.fullmatch(published) else None,
        "publisher": {"@type": "Organization", "name": record["outlet"]} if record.get("outlet") else None,
        "isBasedOn": record.get("source_url"),
        "archivedAt": record.get("archived"),
        **_terms(record),
    }
    told = {key: value for key, value in known.items() if value}
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, **told}


def _rights(record: Mapping[str, Any]) -> str | None:
    """The address of the statement on what may be done with the text; what is written, where it is none we know."""
    written = str(record.get("rights") or "")
    found = statement_of(written)
    return found.url if found else written or None


def _terms(record: Mapping[str, Any]) -> dict[str, str]:
    """What schema.org calls it: a licence by its address, a statement by the page that explains it, or words."""
    written = str(record.get("rights") or "")
    found = statement_of(written)
    if found is None:
        return {"copyrightNotice": written}
    return {"license" if found.is_licence else "usageInfo": found.url}


def _breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    if not trail:
        return None
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(trail, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}

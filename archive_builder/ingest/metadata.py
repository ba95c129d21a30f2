"""Finds what a page says of its article, from the surest witness to the weakest, each with where it was found.

    JSON-LD · Open Graph · meta tags · Dublin Core · microdata · headings, <time> and byline · the address

What no witness says is absent. What only a weak one says of the date is marked as uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from archive_builder.ingest.extract import Found
from archive_builder.ingest.licences import licence_of
from archive_builder.ingest.linked_data import LinkedData
from archive_builder.ingest.metas import Metas
from archive_builder.ingest.page_dates import day_of, day_of_address
from archive_builder.ingest.signatures import signers
from archive_builder.ingest.titles import title_of
from archive_builder.ingest.tree import Element, classes, text_of

__all__ = ["About", "about"]

LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")
WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})\w*/(https?://\S+)")
SAVED_FROM = re.compile(
    r"<!--\s*+(?:saved from url=\(\d+\)(https?://[^\s<>]{4,2000})\s*+-->"
    r"|Page saved with SingleFile\s+url:\s*+(https?://[^\s<>]{4,2000}))",
    re.IGNORECASE,
)
SAVED_WITHIN = 4_000
DATES = (
    "article:published_time og:article:published_time article:published datepublished dc.date.issued dcterms.issued"
    " dc.date dcterms.created dc.created dcterms.date dc.date.created publish-date publish_date publishdate pubdate"
    " parsely-pub-date sailthru.date cxenseparse:recs:publishtime article_date_original originalpublicationdate"
    " citation_publication_date citation_date ptime rnews:datepublished published_at published-date publication_date"
    " date_published cxenseparse:publishtime date og:published_time og:pubdate article.published displaydate"
    " bt:pubdate release_date"
).split()
AUTHORS = (
    "author article:author og:article:author dc.creator dcterms.creator dc.contributor parsely-author sailthru.author"
    " byl byline authors author_name citation_author twitter:data1 cxenseparse:author dcsext.author rbauthors"
).split()
ADDRESSES = ("og:url", "twitter:url", "parsely-link", "dc.identifier")
OUTLETS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "article:publisher",
    "al:android:app_name",
)


@dataclass(frozen=True, slots=True)
class About:
    """What the page says of its article."""

    title: Found | None
    authors: tuple[Found, ...]
    published: Found | None
    language: Found | None
    address: Found | None
    canonical: Found | None
    archived: Found | None
    outlet: Found | None
    licence: Found | None


def about(root: Element, source: str, metas: Metas, data: LinkedData, given: str | None) -> About:
    """What the page says; ``given`` is the address it was captured from, as far as that is known from elsewhere."""
    address, archived = _addresses(root, source, given)
    base = address.value if address else None
    canonical = _canonical(root, metas, data, base)
    outlet = _outlet(metas, data)
    title = title_of(root, metas, data, outlet)
    where = address or canonical
    return About(
        title=title,
        authors=signers(_authors(metas, data), root, outlet.value if outlet else ""),
        published=_published(root, metas, data, where.value if where else ""),
        language=_language(root, metas, data),
        address=address,
        canonical=canonical,
        archived=archived,
        outlet=outlet,
        licence=licence_of(root, metas, data.licence),
    )


def _authors(metas: Metas, data: LinkedData) -> Iterator[tuple[str, str]]:
    yield from ((name, "JSON-LD author") for name in data.authors)
    yield from metas.all(*AUTHORS)


def _published(root: Element, metas: Metas, data: LinkedData, address: str) -> Found | None:
    for value, where in ((data.published, "JSON-LD datePublished"), *metas.all(*DATES)):
        if day := day_of(value):
            return Found(day, where)
    for day, where in _marked_dates(root):
        return Found(day, where)
    if day := day_of_address(address):
        return Found(f"{day}?", "the address")
    return None


def _marked_dates(root: Element) -> Iterator[tuple[str, str]]:
    """Days that microdata and <time> elements give, those marked as of publication first."""
    times = list(root.iter("time"))
    marked = root.xpath("//*[contains(@itemprop, 'datePublished') or @pubdate or contains(@class, 'published')]")
    ours = [each for each in times if _is_of_article(each)]
    for element in (*marked, *ours):
        if "modified" in (element.get("itemprop") or "") or "updated" in classes(element).split():
            continue
        for value in (element.get("content"), element.get("datetime"), element.get("title"), text_of(element)):
            if value and len(value) < 200 and (day := day_of(value)):
                yield day, f"{element.tag} element, line {element.sourceline}"


def _is_of_article(element: Element) -> bool:
    """Whether a date is neither a reader's nor of another article."""
    around = " ".join(f"{classes(each)} {each.tag}" for each in (element, *element.iterancestors()))
    return not re.search(
        r"comment|related|sidebar|widget|aside|footer|teaser|popular|latest|recent|\bnav\b|modified|updated", around
    )


def _language(root: Element, metas: Metas, data: LinkedData) -> Found | None:
    tag = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    body = next((each.get("lang") or "" for each in root.iter("body")), "")
    said = [
        (tag, "html lang"),
        (body, "body lang"),
        *metas.all("content-language", "dc.language", "dcterms.language", "language"),
        (data.language, "JSON-LD inLanguage"),
        *metas.all("og:locale"),
    ]
    for value, where in said:
        if match := LANGUAGE.match(value):
            language, script, _ = match.groups()
            return Found("-".join(filter(None, (language.lower(), (script or "").capitalize()))), where)
    return None


def _addresses(root: Element, source: str, given: str | None) -> tuple[Found | None, Found | None]:
    """Where the page was captured from, and the archived copy if it was one."""
    saved = SAVED_FROM.search(source, 0, SAVED_WITHIN)
    found = [(given, "the record")] if given and _absolute(given, None) == given else []
    found += [(saved[1] or saved[2], "the note of the browser that saved it")] if saved else []
    links = (
        each.get("href") or ""
        for each in root.xpath("//link[@rel='canonical' or @rel='alternate' or @rel='shortlink']")
    )
    for value, where in found:
        if not _absolute(value, None):
            continue
        if wayback := WAYBACK.match(value):
            return Found(wayback[2], where), Found(value, where)
        return Found(value, where), None
    for link in links:
        if wayback := WAYBACK.match(link):
            return Found(wayback[2], "the archived copy's address"), Found(link, "link")
    return None, None


def _canonical(root: Element, metas: Metas, data: LinkedData, base: str | None) -> Found | None:
    links = (
        (each.get("href") or "", "link canonical")
        for each in root.xpath("//link[@href]")
        if "canonical" in (each.get("rel") or "").lower().split()
    )
    for value, where in (*links, *metas.all(*ADDRESSES), (data.address, "JSON-LD")):
        full = _absolute(value, base)
        # Many sites name their front page on every page.
        if full and (len(urlsplit(full).path) > 1 or urlsplit(full).query):
            wayback = WAYBACK.match(full)
            return Found(wayback[2] if wayback else full, where)
    return None


def _absolute(value: str, base: str | None) -> str:
    if not value.strip():
        return ""
    try:
        full = urljoin(base or "", value.strip())
        parts = urlsplit(full)
    except ValueError:
        return ""
    is_address = parts.scheme in ("http", "https") and parts.netloc and full.isprintable() and " " not in full
    return full if is_address and len(full) <= 2_000 else ""


def _outlet(metas: Metas, data: LinkedData) -> Found | None:
    said: Iterable[tuple[str, str]] = (
        *metas.all("og:site_name"),
        (data.outlet, "JSON-LD publisher"),
        *metas.all(*OUTLETS),
    )
    return next((Found(value, where) for value, where in said if 0 < len(value) <= 120 and "://" not in value), None)

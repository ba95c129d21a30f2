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
from archive_builder.ingest.linked_data import LinkedData
from archive_builder.ingest.page_dates import day_of, day_of_address
from archive_builder.ingest.paragraphs import folded
from archive_builder.ingest.signatures import signers
from archive_builder.ingest.tree import Element, classes, text_of
from archive_builder.ingest.witnesses import words_of

__all__ = ["About", "Metas", "about", "heading_of"]

LONGEST_TITLE = 400
SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«:]|::|\|\|)\s+|\s*[|»«]\s*|_(?=[^_]+$)")
SIDES = " |-–—·•»«:_"
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")
WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})\w*/(https?://\S+)")
SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]{4,2000})\s*-->|<!--\s*\n?\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>]{4,2000})",
    re.IGNORECASE,
)
SITE = re.compile(r"\b(?:logo|site-?(?:title|name|branding|header)|brand|masthead|navbar)\b")
FRONT_PAGE = ("/", ".", "./", "index.html")
SAVED_WITHIN = 4_000
TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title")
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


class Metas:
    """The meta tags of a page."""

    def __init__(self, root: Element) -> None:
        self.values: dict[str, list[str]] = {}
        for meta in root.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
            content = " ".join((meta.get("content") or "").split())
            if content and len(content) < 5_000:
                self.values.setdefault(name.strip().lower(), []).append(content)

    def all(self, *names: str) -> Iterator[tuple[str, str]]:
        """The values under these names, in the order of the names."""
        yield from ((value, f"meta {name}") for name in names for value in self.values.get(name, ()))


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


def heading_of(root: Element) -> tuple[str, ...]:
    """The texts of the page's headings of the first rank, without those of the site."""
    found = [text_of(heading) for heading in root.iter("h1") if not _is_of_site(heading)]
    return tuple(text for text in found if 0 < len(text) <= LONGEST_TITLE)


def _is_of_site(heading: Element) -> bool:
    """Whether a heading is the name of the site: by what it is called, or because it links to the front page."""
    around = (each for each in (heading, *heading.iterancestors()) if each.tag not in ("body", "html"))
    if re.search(SITE, " ".join(f"{classes(each)} {each.tag}" for each in around)):
        return True
    return any(link.get("href") in FRONT_PAGE or link.get("rel") == "home" for link in heading.iter("a"))


def about(root: Element, source: str, metas: Metas, data: LinkedData, given: str | None) -> About:
    """What the page says; ``given`` is the address it was captured from, as far as that is known from elsewhere."""
    address, archived = _addresses(root, source, given)
    base = address.value if address else None
    canonical = _canonical(root, metas, data, base)
    outlet = _outlet(metas, data)
    title = _title(root, metas, data, outlet)
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
    )


def _title(root: Element, metas: Metas, data: LinkedData, outlet: Found | None) -> Found | None:
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
    return Found(headings[0], "h1") if headings else None


def _is_part(part: str, whole: str) -> bool:
    return len(part.split()) > 2 and part in whole


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
    said = [
        (tag, "html lang"),
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

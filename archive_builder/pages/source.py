"""Tells where an article comes from: one row for each thing known of it, with the ground of what was inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from archive_builder.dates import parse_date
from archive_builder.model import Article, Fact, Restated, Revision
from archive_builder.pages.badges import badge
from archive_builder.pages.languages import language_name
from archive_builder.pages.page import Links
from archive_builder.pages.views import Link, Views

__all__ = ["Row", "restatements", "source_facts"]

FACTS = {Fact.TITLE: "headline", Fact.AUTHORS: "byline", Fact.PUBLISHED: "date", Fact.LANGUAGE: "language"}

STAMP = re.compile(r"/(\d{4})(\d\d)(\d\d)(?:\d{6})?[a-z_]*/https?:")  # in the addresses of web archives


class Row(NamedTuple):
    """One row of the card."""

    name: str
    words: str = ""
    link: Link | None = None
    code: str | None = None
    """What is shown letter by letter."""
    badge: Markup | None = None
    """What may be done with the text."""
    ground: str | None = None
    """On what it was inferred."""
    version: tuple[str, str] | None = None
    """An archived copy of what it links to and its day, told as Robust Links tell it (robustlinks.mementoweb.org)."""


def source_facts(article: Article, views: Views, links: Links) -> list[Row]:
    """What is known of the source, in order; then what was inferred of anything else."""
    held = {key: fact for key, fact in _facts(article, views, links) if fact is not None}
    grounds = article.inferred
    told = [fact._replace(ground=grounds[key]) if key in grounds else fact for key, fact in held.items()]
    told += _recaptured(article)
    others = [Row(key, ground=ground) for key, ground in sorted(grounds.items()) if key not in held]
    return told + others


def restatements(article: Article) -> list[str]:
    """What newer captures said otherwise of the article itself, one sentence for each, oldest first."""
    return [
        f"{f'Seen on {parse_date(day)}' if day else 'Seen later'}: {facts}."
        for revision, day in _with_days(article)
        if (facts := "; ".join(_restated(fact, each) for fact, each in revision.restated.items()))
    ]


def _facts(article: Article, views: Views, links: Links) -> Iterator[tuple[str, Row | None]]:
    yield "outlet", Row("Outlet", link=views.outlet_link(article, links))
    yield "authors", Row("Author", ", ".join(article.authors) or "not given")
    yield "title", Row("Title", article.title) if "title" in article.inferred else None
    yield "published", Row("Published", str(parse_date(article.published)) if article.published else "not given")
    original = _address("Original", article.url)
    yield "url", original._replace(version=_version(article)) if original and article.archived else original
    yield "archived", _address("Archived copy", article.archived)
    yield "retrieved", Row("Retrieved", str(parse_date(article.retrieved))) if article.retrieved else None
    yield "source", Row("Captured from", article.source) if article.source else None
    yield "tool", Row("Text taken with", article.tool) if article.tool else None
    yield "language", Row("Language", language_name(article.language))
    yield "words", Row("Length", f"{article.words:,} words".replace(",", "\u202f")) if article.words else None
    yield "rights", Row("Rights", badge=badge(article.rights, is_linked=True)) if article.rights else None
    yield "digest", Row("Digest of the capture", code=article.digest) if article.digest else None


def _recaptured(article: Article) -> Iterator[Row]:
    """Each newer capture that was taken, with what it changed in the text."""
    for revision, day in _with_days(article):
        when = f"{parse_date(day)}: " if day else ""
        yield Row("Captured again", f"{when}{_difference(revision)}. {_before(revision)}", code=revision.digest)


def _with_days(article: Article) -> Iterator[tuple[Revision, str | None]]:
    """Each earlier capture, with the day of the one that took its place."""
    days = [*(each.retrieved for each in article.revisions[1:]), article.retrieved]
    yield from zip(article.revisions, days, strict=True) if article.revisions else ()


def _difference(revision: Revision) -> str:
    facts = "".join(f"{_restated(fact, each)}; " for fact, each in revision.restated.items())
    if not revision.words_out and not revision.words_in:
        return f"{facts}the text is the same"
    notes = f"; notes touched: {', '.join(revision.notes)}" if revision.notes else ""
    return f"{facts}the text changed, {_words(revision.words_out)} out, {_words(revision.words_in)} in{notes}"


def _restated(fact: Fact, each: Restated) -> str:
    """The one change in words, like ``headline changed from “A” to “B”``."""
    old, new = (_fact_shown(fact, value) if value else None for value in (each.old, each.new))
    if old and new:
        return f"{FACTS[fact]} changed from {old} to {new}"
    return f"{FACTS[fact]} {old} taken out" if old else f"{FACTS[fact]} {new} added"


def _fact_shown(fact: Fact, value: str) -> str:
    if fact is Fact.PUBLISHED:
        return str(parse_date(value))
    return language_name(value) if fact is Fact.LANGUAGE else f"“{value}”"


def _words(count: int) -> str:
    return f"{count} word{'s' * (count != 1)}"


def _before(revision: Revision) -> str:
    day = f", retrieved {parse_date(revision.retrieved)}" if revision.retrieved else ""
    return f"The capture before{day}:"


def _version(article: Article) -> tuple[str, str]:
    """The archived copy, with the day its address gives, or else that of the capture."""
    stamp = STAMP.search(article.archived or "")
    retrieved = parse_date(article.retrieved) if article.retrieved else None
    day = "-".join(stamp.groups()) if stamp else retrieved.text if retrieved and retrieved.is_day else ""
    return article.archived or "", day


def _address(name: str, url: str | None) -> Row | None:
    return Row(name, link=Link(url, url)) if url else None

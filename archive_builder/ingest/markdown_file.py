"""Takes an article from a Markdown file, with or without front matter; what would act in it is disarmed and told."""

from __future__ import annotations

import re

import yaml

from archive_builder.canonical import canonical
from archive_builder.dates import parse_date
from archive_builder.ingest.datelines import read_dateline
from archive_builder.ingest.extract import Doubt, Extract, Found, Removed
from archive_builder.ingest.heading import is_headline
from archive_builder.ingest.page_dates import day_of
from archive_builder.ingest.text import digest_of
from archive_builder.projection import project

__all__ = ["read_markdown"]

LARGEST_HEAD = 20_000  # code points
FENCED = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
HEADING = re.compile(
    r"\A\s*+(?:#[ \t]++([^\n]{1,2000}?)[ \t]{0,99}+#{0,99}+[ \t]{0,99}+(?:\n|\Z)|([^\n]++)\n=++[ \t]*+(?:\n|\Z))"
)
FIRST_LINE = re.compile(r"\A\s*+([^\n]++)\n[ \t]*+\n")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ADDRESS = re.compile(r"https?://[^\s/?#]\S*")
KEYS = {
    "title": ("title", "headline"),
    "authors": ("authors", "author", "by", "byline", "creator"),
    "published": ("published", "date", "pubdate", "publication_date"),
    "language": ("language", "lang"),
    "address": ("url", "source", "link", "canonical", "canonical_url", "original"),
    "outlet": ("outlet", "publisher", "publication", "site", "site_name"),
}


def read_markdown(text: str) -> Extract:
    """The article in ``text``; the digest is that of its UTF-8."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head, body, first = _parted(text)
    safe, disarmed = canonical(body)
    title = _of(head, "title")
    heading = HEADING.match(safe)
    removed: tuple[Removed, ...] = ()
    if heading and (title is None or _words(heading[1] or heading[2]) == _words(title.value)):
        said = heading[1] or heading[2]
        line = first + safe.count("\n", 0, heading.start(1 if heading[1] else 2))
        title = title or Found(project(said).text, f"line {line}, heading")
        safe, removed = safe[heading.end() :], (Removed(line, said, "title"),)
    elif title is None and (opening := FIRST_LINE.match(safe)) and _is_title(opening[1]):
        line = first + safe.count("\n", 0, opening.start(1))
        title = Found(project(opening[1]).text, f"line {line}, first line")
        safe, removed = safe[opening.end() :], (Removed(line, opening[1], "title"),)
    prose = project(safe).text
    dateline = read_dateline(prose)
    return Extract(
        title=title,
        authors=tuple(Found(name, "front matter") for name in _all(head, "authors")),
        published=_date(head),
        dateline=Found(dateline, "the first paragraph") if dateline else None,
        language=_fitting(_of(head, "language"), LANGUAGE),
        markdown=safe.strip("\n") + "\n" if safe.strip() else "",
        removed=removed,
        doubts=tuple(Doubt(first - 1 + each.line, each.text, "shown as text: it would act") for each in disarmed),
        words=sum(any(map(str.isalnum, word)) for word in prose.split()),
        digest=digest_of(text.encode("utf-8", "surrogatepass")),
        address=_fitting(_of(head, "address"), ADDRESS),
        outlet=_of(head, "outlet"),
    )


def _is_title(line: str) -> bool:
    return is_headline(line) and line[0].isalnum()


def _parted(text: str) -> tuple[dict[str, object], str, int]:
    """The front matter, the text below it, and the line the text begins on."""
    fence = FENCED.match(text)
    if fence is None or len(fence[1]) > LARGEST_HEAD:
        return {}, text, 1
    try:
        head = yaml.load(fence[1], yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, text, 1
    if not isinstance(head, dict):
        return {}, text, 1
    known = {str(key).lower(): value for key, value in head.items() if isinstance(key, str)}
    return known, text[fence.end() :], text.count("\n", 0, fence.end()) + 1


def _all(head: dict[str, object], name: str) -> list[str]:
    """The values under the first of the keys that mean ``name``."""
    value = next((head[key] for key in KEYS[name] if head.get(key)), None)
    values = value if isinstance(value, list) else [value]
    return [
        line for each in values if isinstance(each, str) and (line := " ".join(each.split())) and len(line) <= 1_000
    ]


def _of(head: dict[str, object], name: str) -> Found | None:
    return next((Found(value, "front matter") for value in _all(head, name)), None)


def _fitting(found: Found | None, form: re.Pattern[str]) -> Found | None:
    return found if found and form.fullmatch(found.value) else None


def _date(head: dict[str, object]) -> Found | None:
    """The date: in EDTF as it stands, else the day that it gives."""
    if (found := _of(head, "published")) is None:
        return None
    try:
        return Found(parse_date(found.value).text, found.where)
    except ValueError:
        day = day_of(found.value)
        return Found(day, found.where) if day else None


def _words(text: str) -> list[str]:
    return project(text).text.casefold().split()

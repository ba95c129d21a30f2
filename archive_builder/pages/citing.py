"""Gives an annotated article as a reference: in words, for BibTeX, as RIS and as CSL-JSON.

What is cited is the annotated page; where the site's own address is not known, the original. There is no date of access
in it, because a page does not know when it is read.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import NamedTuple

from archive_builder.dates import EdtfDate, parse_date
from archive_builder.model import Article, Outlet

__all__ = ["Citation", "citations"]

QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
ACTS_IN_TEX = re.compile(r"([&%$#_{}])")


class Citation(NamedTuple):
    """The reference in one form."""

    name: str
    text: str


def citations(article: Article, outlet: Outlet, address: str | None) -> list[Citation]:
    """The reference in every form, the one for reading first; ``address`` is that of the annotated page."""
    published = parse_date(article.published) if article.published else None
    url = address or article.url
    return [
        Citation("Text", _text(article, outlet, published, address)),
        Citation("BibTeX", _bibtex(article, outlet, published, url)),
        Citation("RIS", _ris(article, outlet, published, url)),
        Citation("CSL-JSON", _csl(article, outlet, published, url)),
    ]


def _text(article: Article, outlet: Outlet, published: EdtfDate | None, address: str | None) -> str:
    authors = f"{', '.join(article.authors)}. " if article.authors else ""
    title = QUOTED.sub(lambda quoted: f"‘{quoted[1] or quoted[2] or ''}’", article.title)
    end = "" if title[-1:] in ".?!…" else "."
    parts = f"{outlet.name}, {published}." if published else f"{outlet.name}, no date."
    where = f" Annotated edition: {address}" if address else f" {article.url}" if article.url else ""
    return f"{authors}“{title}{end}” {parts}{where}"


def _bibtex(article: Article, outlet: Outlet, published: EdtfDate | None, url: str | None) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in article.authors),
        "title": f"{{{_tex(article.title)}}}",
        "journaltitle": _tex(outlet.name),
        "date": published.text if published else "",
        "langid": article.language,
        "url": url or "",
        "note": _note(article, url),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{article.id},", *lines, "}"])


def _ris(article: Article, outlet: Outlet, published: EdtfDate | None, url: str | None) -> str:
    day = published.earliest if published else None
    tags = [
        ("TY", "NEWS"),
        *(("AU", author) for author in article.authors),
        ("TI", article.title),
        ("T2", outlet.name),
        ("PY", str(day.year) if day else ""),
        ("DA", day.strftime("%Y/%m/%d") if day and published and published.is_day else ""),
        ("LA", article.language),
        ("UR", url or ""),
        ("N1", _note(article, url)),
    ]
    return "\n".join([f"{tag}  - {value}" for tag, value in tags if value] + ["ER  - "])


def _csl(article: Article, outlet: Outlet, published: EdtfDate | None, url: str | None) -> str:
    item = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": author} for author in article.authors],
        "container-title": outlet.name,
        "issued": _issued(published),
        "language": article.language,
        "URL": url,
        "note": _note(article, url),
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1)


def _issued(published: EdtfDate | None) -> dict[str, object] | None:
    if published is None:
        return None
    ends = [_parts(day, published.text) for day in (published.earliest, published.latest) if day]
    vague = {"circa": True} if published.uncertain or published.approximate else {}
    return {"date-parts": ends[:1] if ends[0] == ends[-1] else ends, **vague}


def _parts(day: date, written: str) -> list[int]:
    """As much of the day as was written: a year, a month or the day itself."""
    known = written.strip("[]?~%").count("-") + 1 if "/" not in written and ".." not in written else 3
    return [day.year, day.month, day.day][:known]


def _note(article: Article, url: str | None) -> str:
    original = article.url if article.url != url else None
    return f"Annotated edition; original: {original}" if original else "Annotated edition"


def _tex(text: str) -> str:
    return ACTS_IN_TEX.sub(r"\\\1", text.replace("\\", ""))

"""Gives the headings of a rendered text their ids and permalinks, as the table of contents of Python-Markdown would.

Unlike it we know what stands around the text: a heading "Notes" must not take the address of the notes below it.

https://python-markdown.github.io/extensions/toc/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from markdown.extensions.toc import slugify, strip_tags

__all__ = ["with_ids"]

NUMBERED = re.compile(r"(.*)_([0-9]+)\Z", re.DOTALL)
HEADING = re.compile(r"<(?P<tag>h[1-6])>(?P<text>[^<]*+(?:<(?!/?h[1-6]>)[^<]*+)*+)</(?P=tag)>")
NOTE = re.compile(r'<sup id="fnref[^<]*+(?:<(?!/?sup\b)[^<]*+)*+</sup>')


def with_ids(html: str, settings: Mapping[str, Any], around: str = "") -> str:
    """``html`` with an id in each heading that neither it nor the HTML ``around`` it has; ``settings`` are those of the
    site for the extension ``toc``."""
    if "<h" not in html:
        return html
    ids = _Ids(around + html)
    name = settings.get("slugify", slugify)

    def heading(match: re.Match[str]) -> str:
        words = unescape(strip_tags(NOTE.sub("", match["text"])))
        id = ids.unique(name(words, settings.get("separator", "-")))
        return f'<{match["tag"]} id="{id}">{match["text"]}{_permalink(id, settings)}</{match["tag"]}>'

    return HEADING.sub(heading, html)


class _Ids:
    """Gives out ids that no other element has: with a number behind it, where one has."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.given: set[str] = set()
        self.counts: dict[str, int] = {}

    def unique(self, id: str) -> str:
        numbered = NUMBERED.match(id)
        base, count = (numbered[1], int(numbered[2])) if numbered else (id, 0)
        while not id or id in self.given or f' id="{escape(id)}"' in self.html:
            # Where one has been counted up to, the next begins.
            count = max(count, self.counts.get(base, 0)) + 1
            self.counts[base] = count
            id = f"{base}_{count}"
        self.given.add(id)
        return id


def _permalink(id: str, settings: Mapping[str, Any]) -> str:
    sign = settings.get("permalink")
    if sign in (None, False, "false", "False"):
        return ""
    shown = "&para;" if sign in (True, "true", "True") else sign
    style, title = settings.get("permalink_class", "headerlink"), settings.get("permalink_title", "Permanent link")
    return f'<a class="{style}" href="#{id}" title="{title}">{shown}</a>'

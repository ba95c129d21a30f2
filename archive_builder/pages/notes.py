"""Turns the Markdown that people write in records into HTML that can do no harm."""

from __future__ import annotations

import re
from html import escape

import nh3
from markupsafe import Markup

from archive_builder.pages.page import Links
from archive_builder.rendering import Renderer
from archive_builder.weighing import is_heavy

__all__ = ["note_html"]

# What Markdown may read. A note of one line without any is its own rendering, and most are.
SIGN = re.compile(r"[\\`*_<>&#\[\]!|~\n]")
PLAIN = re.compile(r"[^\\`*_<>&#\[\]!|~\n]*+(?:\n[^\\`*_<>&#\[\]!|~\n\s+=:0-9-][^\\`*_<>&#\[\]!|~\n]*+)*+\n*+")
RENDERER = Renderer(("tables",))
TAGS = frozenset(
    "a abbr b blockquote br cite code dd del dl dt em h2 h3 h4 hr i ins kbd li ol p pre q s small strong sub sup table "
    "tbody td th thead tr u ul".split()
)
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "*": {"lang", "dir"}}
SCHEMES = frozenset(("http", "https", "mailto"))
CLEANER = nh3.Cleaner(tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=set(SCHEMES), link_rel="noopener noreferrer")
TO_RECORD = re.compile(
    r'href="(?:\.\./)*(?:content/)?(?:(articles|claims|events|entities|outlets)/)?([a-z0-9-]+)\.md(#[\w-]+)?"'
)


def note_html(text: str, links: Links, kind: str = "") -> Markup:
    """The note as HTML; links to other records' files (``../claims/distance.md``) lead to their pages."""
    if not SIGN.search(text.rstrip("\n")) or PLAIN.fullmatch(text):
        return Markup(f"<p>{escape(text.strip(), quote=False)}</p>")
    if is_heavy(text):
        shown = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in text.split("\n\n"))
        return Markup(shown)
    clean = CLEANER.clean(RENDERER.convert(text))
    return Markup(TO_RECORD.sub(lambda match: _to_page(match, links, kind), clean))


def _to_page(match: re.Match[str], links: Links, kind: str) -> str:
    target = links.to(match[1] or kind, match[2], (match[3] or "").removeprefix("#"))
    return f'href="{target}"' if match[1] or kind else match[0]

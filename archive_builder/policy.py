"""Tells the browser what a page may run and fetch, as a Content-Security-Policy in its head.

A script runs only from the site's own files, or where it stands in what the theme writes around the content. So we take
the digests of the theme's inline scripts alone: one that came in with a text, a note or a name has none, and is dead.

https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from html import escape
from urllib.parse import urlsplit

__all__ = ["guarded", "hosts", "stopped"]

# The policy follows it, as the encoding must be told within the first 1,024 bytes.
CHARSET = '<meta charset="utf-8">'
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
DATA = re.compile(r"\btype=[\"']?(?!text/javascript|module|importmap)[\w.+-]+/", re.IGNORECASE)
LOADED = re.compile(
    r"<(?:script|img|iframe|video|audio|source|track|embed|link(?=[^<>]*\brel=[\"']?(?:stylesheet|preconnect|icon)))\b"
    r"[^<>]*?\s(?:src|href)=[\"']?((?:https?:)?//[^\"'\s>]+)",
    re.IGNORECASE,
)
HANDLER = re.compile(r"<[a-z][^<>]*\s(on[a-z]+)\s*=", re.IGNORECASE)
HOST = re.compile(r"https?://[\w.-]+(?::\d+)?")


def guarded(html: str, allowed: Iterable[str] = ()) -> str:
    """The page with its policy; ``allowed`` are hosts, like https://cdn.example.org, from which it may fetch."""
    before, sign, after = html.partition(CHARSET)
    if not sign:
        return html
    own = _around(after)
    policy = escape(_policy(tuple(sorted(_digests(own))), (*sorted({*allowed, *_fetched(own)}),)), quote=False)
    return f'{before}{sign}\n<meta http-equiv="Content-Security-Policy" content="{policy}">{after}'


def hosts(written: object) -> tuple[str, ...] | None:
    """The hosts as written under ``extra: csp:``; None where it says something else than a list of them."""
    named = (written or []) if written is not True else []
    if not isinstance(named, list) or not all(isinstance(each, str) and HOST.fullmatch(each) for each in named):
        return None
    return tuple(named)


def stopped(content: str, allowed: Iterable[str]) -> Iterator[str]:
    """What of a written page's content the policy stops, each in words."""
    if any(not re.search(r"\bsrc=", attributes) and not DATA.search(attributes) for attributes, _ in _scripts(content)):
        yield "a script that stands in the page"
    for name in sorted({found[1].lower() for found in HANDLER.finditer(content)}):
        yield f"the attribute {name}"
    for host in sorted({*_fetched(content)} - {*allowed}):
        yield f"what is fetched from {host}"


def _around(html: str) -> str:
    """The page without what stands in its article: what is left, the theme and its plugins wrote."""
    start, end = html.find("<article"), html.rfind("</article>")
    return html[:start] + html[end:] if 0 <= start < end else html


def _scripts(html: str) -> Iterator[tuple[str, str]]:
    return ((found[1], found[2]) for found in SCRIPT.finditer(html))


def _digests(html: str) -> set[str]:
    """Of each inline script that is not mere data."""
    own = ((attributes, text) for attributes, text in _scripts(html) if text.strip())
    return {_digest(text) for attributes, text in own if not DATA.search(attributes)}


@lru_cache(maxsize=256)
def _digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _fetched(html: str) -> Iterator[str]:
    """The hosts from which the page fetches something by itself."""
    for found in LOADED.finditer(html):
        address = urlsplit(found[1] if found[1].startswith("http") else f"https:{found[1]}")
        if HOST.fullmatch(host := f"{address.scheme}://{address.netloc}"):
            yield host


@lru_cache(maxsize=256)
def _policy(digests: tuple[str, ...], fetched: tuple[str, ...]) -> str:
    directives = {
        "default-src": ("'self'", *fetched),
        # Pagefind is WebAssembly.
        "script-src": ("'self'", *fetched, *digests, "'wasm-unsafe-eval'"),
        # Markdown aligns the cells of tables, and Material sets sizes, with style attributes.
        "style-src": ("'self'", *fetched, "'unsafe-inline'"),
        "img-src": ("'self'", *fetched, "data:"),
        "worker-src": ("'self'", "blob:"),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())

"""Tells what kind of source a capture is, by the ending of its name and, without one, by its first bytes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from archive_builder.ingest.extract import Unreadable

__all__ = ["Kind", "kind_of"]


class Kind(StrEnum):
    """The kinds of sources that are read."""

    TEXT = "text"
    HTML = "html"
    MHTML = "mhtml"
    MARKDOWN = "markdown"
    WARC = "warc"
    WACZ = "wacz"


ENDINGS = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".mhtml": Kind.MHTML,
    ".mht": Kind.MHTML,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".arc": Kind.WARC,
    ".arc.gz": Kind.WARC,
    ".wacz": Kind.WACZ,
}
# Browsers read a page from its first tag on, and ask for no <html>, <head> or <body>.
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|(?:html|head|body|"
    rb"title|meta|link|base|script|style|main|article|section|header|nav|div|p|h[1-6]|center|font|table|ul|ol|dl|"
    rb"blockquote|pre|a|b|strong|i|em|span|br|hr|img)[\s/>])",
    re.I | re.S,
)
MHTML = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?content-type:\s*multipart/related", re.I)
GZIP, ZIP, WARC = b"\x1f\x8b", b"PK\x03\x04", b"WARC/"


def kind_of(name: str, start: bytes) -> Kind:
    """The kind of the capture; raise Unreadable where it is none that is read."""
    endings = [suffix.lower() for suffix in PurePath(name).suffixes]
    for ending in ("".join(endings[-2:]), *endings[-1:]):
        if ending in ENDINGS:
            return ENDINGS[ending]
    # A page is often kept under the name of its address, like story.php or an-address.2018.
    if surely := _marked(start):
        return surely
    if endings:
        known = ", ".join(ENDINGS)
        raise Unreadable(f"captures that end in {endings[-1]} are not read", f"use one of {known}, or say --as")
    if start.startswith(GZIP):
        return Kind.WARC
    return Kind.WACZ if start.startswith(ZIP) else Kind.TEXT


def _marked(start: bytes) -> Kind | None:
    """The kind that the first bytes leave no doubt about."""
    if start.startswith(WARC):
        return Kind.WARC
    if MHTML.match(start):
        return Kind.MHTML
    return Kind.HTML if PAGE.match(start) else None

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
    MARKDOWN = "markdown"
    WARC = "warc"
    WACZ = "wacz"


ENDINGS = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".arc": Kind.WARC,
    ".arc.gz": Kind.WARC,
    ".wacz": Kind.WACZ,
}
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
GZIP, ZIP, WARC = b"\x1f\x8b", b"PK\x03\x04", b"WARC/"


def kind_of(name: str, start: bytes) -> Kind:
    """The kind of the capture; raise Unreadable where it is none that is read."""
    endings = [suffix.lower() for suffix in PurePath(name).suffixes]
    for ending in ("".join(endings[-2:]), *endings[-1:]):
        if ending in ENDINGS:
            return ENDINGS[ending]
    if endings:
        known = ", ".join(ENDINGS)
        raise Unreadable(f"captures that end in {endings[-1]} are not read", f"use one of {known}, or say --as")
    return _sniffed(start)


def _sniffed(start: bytes) -> Kind:
    if start.startswith((WARC, GZIP)):
        return Kind.WARC
    if start.startswith(ZIP):
        return Kind.WACZ
    return Kind.HTML if PAGE.match(start) else Kind.TEXT

"""Turns the bytes of a web page into text as a browser would, and says on what ground it chose the encoding.

A byte order mark wins, then the HTTP header, then the page's own declaration; but bytes that are UTF-8 and not ASCII
are UTF-8 whatever is declared, because saved pages are recoded and keep their old declaration. Only where nothing is
declared, or the declaration cannot be right, is the encoding detected, and that is said.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from archive_builder.ingest.alphabets import encoding_spelt

__all__ = ["Decoded", "decode_page"]

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*+=\s*+["']?\s*+([A-Za-z0-9_:.-]{1,40})""", re.I
)
DECLARED_WITHIN = 8_192  # bytes; browsers look at 1,024, but saved pages carry more in front
SAMPLE = 60_000  # bytes that are shown to the detector
FEW = 0.002  # of the bytes: so many may be broken in a page that is what it declares

# What browsers read under these names is a larger encoding (https://encoding.spec.whatwg.org/#names-and-labels).
LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    # A page that says so in ASCII letters is not.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# Python knows many more, some of which are no encodings of text.
KNOWN = re.compile(
    r"utf-(?:8|16(?:-[lb]e)?)|ascii|cp(?:125\d|866|874|932|949)|iso8859-\d{1,2}|koi8-[ru]|gb(?:2312|k|18030)|big5(?:hkscs)?"
    r"|shift_jis|euc_(?:jp|kr)|iso2022_jp|mac-(?:roman|cyrillic)|tis-620|kz1048|ptcp154"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text."""

    text: str
    encoding: str
    where: str
    """On what ground the encoding was chosen, like ``the page's declaration``."""
    is_guess: bool
    """Whether nothing said so."""


def decode_page(data: bytes, header: str | None = None) -> Decoded:
    """The text of ``data``; ``header`` is the charset that an HTTP header gives."""
    for mark, marked in MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(marked, "replace"), marked, "the byte order mark", False)
    if zeros := _without_mark(data):
        return Decoded(data.decode(zeros, "replace"), zeros, "its zero bytes", True)
    declared = ((_known(header), "the HTTP header"), (_known(_declared(data)), "the page's declaration"))
    if not data.isascii() and (text := _strictly(data, "utf-8")) is not None:
        where = next((where for encoding, where in declared if encoding == "utf-8"), "its bytes, which are UTF-8")
        return Decoded(text, "utf-8", where, False)
    for encoding, where in declared:
        if encoding and (text := _nearly(data, encoding)) is not None:
            return Decoded(text, encoding, where, False)
    if data.isascii():
        return Decoded(data.decode("ascii"), "utf-8", "its bytes, which are ASCII", False)
    return _detected(data)


def _declared(data: bytes) -> str | None:
    found = DECLARED.search(data, 0, DECLARED_WITHIN)
    return found[1].decode("ascii") if found else None


def _known(label: str | None) -> str | None:
    """The encoding that browsers read under this label; None where it is none we read."""
    try:
        name = codecs.lookup((label or "").strip("\"' \t\r\n")).name
    except (LookupError, ValueError):
        return None
    return LARGER.get(name, name) if KNOWN.fullmatch(name) else None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of the beginning, which is markup, is zero."""
    start = data[:200]
    if len(start) < 20 or start.count(0) * 3 < len(start):
        return None
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _nearly(data: bytes, encoding: str) -> str | None:
    """The text, unless too much of it is broken for the encoding to be this."""
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= max(FEW * len(data), 3) else None


def _detected(data: bytes) -> Decoded:
    # Tags are ASCII in every encoding that is left, and only dilute what the detector has to go by.
    bare = re.sub(rb"<(?:script|style)\b.{0,100000}?</(?:script|style)|<[^<>]{0,2000}>", b" ", data, flags=re.S | re.I)
    sample = bare[:SAMPLE]
    if spelt := encoding_spelt(sample):
        return Decoded(data.decode(spelt, "replace"), spelt, "the alphabet it spells", True)
    best = from_bytes(sample, cp_exclusion=["utf_7"]).best()
    name = _known(best.encoding if best else None) or "cp1252"
    return Decoded(data.decode(name, "replace"), name, "detection", True)

"""Turns the bytes of a capture into text, or says why they are none and what to do next.

We read UTF-8 and, with a byte order mark, UTF-16, rather than guess among the older encodings, because a wrong guess
changes names in silence.
"""

from __future__ import annotations

import codecs

from archive_builder.ingest.extract import Unreadable

__all__ = ["LARGEST", "decode"]

LARGEST = 20_000_000  # bytes; a long article has a hundred thousand
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PLAIN_TEXT = "save the article as plain text, or as the web page it was"


def decode(capture: bytes) -> str:
    """The text of ``capture`` without byte order mark; raise Unreadable where it is no text."""
    if len(capture) > LARGEST:
        raise Unreadable(
            f"it has {len(capture):,} bytes, and at most {LARGEST:,} are read",
            "keep the article alone, without what surrounds it",
        )
    if capture.startswith(b"%PDF-"):
        raise Unreadable("it is a PDF", PLAIN_TEXT)
    text = _decoded(capture)
    if "\0" in text:
        raise Unreadable("it has NUL characters, so it is no text", PLAIN_TEXT)
    if not text.strip():
        raise Unreadable("it is empty", "capture the article again")
    return text


def _decoded(capture: bytes) -> str:
    if capture.startswith(UTF_16):
        try:
            return capture.decode("utf-16")
        except UnicodeDecodeError as fault:
            raise Unreadable(
                f"it begins as UTF-16 but is broken at byte {fault.start:,}", "save it again as UTF-8"
            ) from None
    try:
        return capture.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(
            f"it is not UTF-8: byte {fault.start:,} is 0x{capture[fault.start]:02X}",
            "save it as UTF-8, for example with: iconv -f WINDOWS-1251 -t UTF-8",
        ) from None

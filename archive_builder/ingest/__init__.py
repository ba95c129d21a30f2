"""Turns captures of articles into their text and metadata, and tells of every line that was left out.

``ingest`` is the door: bytes and a name in, an ``Extract`` out, or ``Unreadable`` with the reason and what to do next.
Behind it stands one reader for each kind of source; for plain text:

    decoding → paragraphs → heading · comments · furniture · repetitions · tail → escaping
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from archive_builder.ingest.decoding import decode
from archive_builder.ingest.extract import Doubt, Extract, Found, Removed, Unreadable
from archive_builder.ingest.text import digest_of, read_text

__all__ = ["Doubt", "Extract", "Found", "Removed", "Unreadable", "ingest", "read_text"]

READERS: dict[str, Callable[[str], Extract]] = {"": read_text, ".txt": read_text, ".text": read_text}


def ingest(capture: bytes, name: str) -> Extract:
    """The article in ``capture``; the ending of ``name`` says what kind it is. Raise Unreadable where there is none."""
    ending = PurePath(name).suffix.lower()
    reader = READERS.get(ending)
    if reader is None:
        known = ", ".join(sorted(filter(None, READERS)))
        raise Unreadable(f"captures that end in {ending} are not read", f"use one of {known}")
    return replace(reader(decode(capture)), digest=digest_of(capture))

"""Turns captures of articles into their text and metadata, and tells of every line that was left out.

``ingest`` is the door: bytes and a name in, an ``Extract`` out, or ``Unreadable`` with the reason and what to do next.
Behind it stands one reader for each kind of source:

    plain text   decoding → paragraphs → heading · comments · furniture · repetitions · tail → escaping
    web page     charsets → tree → metadata → leaves → choosing → footnotes → writing
    WARC, MHTML  the record → its page
    Markdown     front matter → canonical form → heading
"""

from __future__ import annotations

from dataclasses import replace

from archive_builder.ingest.decoding import decode
from archive_builder.ingest.extract import Doubt, Extract, Found, Removed, Unreadable
from archive_builder.ingest.kinds import Kind, kind_of
from archive_builder.ingest.text import digest_of, read_text
from archive_builder.model import Selectors

__all__ = ["Doubt", "Extract", "Found", "Kind", "Removed", "Unreadable", "ingest", "kind_of", "read_text"]


def ingest(capture: bytes, name: str, selectors: Selectors | None = None, kind: Kind | None = None) -> Extract:
    """The article in ``capture``, whose kind the ending of ``name`` tells; raise Unreadable where there is none."""
    # The libraries that read pages take a third of a second to import; plain text needs none of them.
    match kind or kind_of(name, capture[:1_000]):
        case Kind.HTML:
            from archive_builder.ingest.page import Origin, read_page

            return read_page(capture, Origin(), selectors or Selectors())
        case Kind.MHTML:
            from archive_builder.ingest.mhtml import read_mhtml

            return read_mhtml(capture, selectors or Selectors())
        case Kind.WARC:
            from archive_builder.ingest.webarchive import read_record

            return read_record(capture, selectors or Selectors())
        case Kind.WACZ:
            raise Unreadable("a WACZ file is read from its place on the disk", "name the file itself")
        case Kind.MARKDOWN:
            from archive_builder.ingest.markdown_file import read_markdown as reader
        case Kind.TEXT:
            reader = read_text
    return replace(reader(decode(capture)), digest=digest_of(capture))

"""Reads WARC files record by record: lists the pages in them, and takes one with what the crawler noted of it.

Nothing is held but the record that is read. What a record unpacks to is bounded, and so is the whole file, so that a
few kilobytes that unpack to gigabytes end in a sentence and not in a full disk or a long wait.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from archive_builder.ingest.extract import Extract, Found, Unreadable
from archive_builder.ingest.page import Origin, read_page
from archive_builder.ingest.text import digest_of
from archive_builder.model import Selectors

__all__ = ["Held", "Page", "Stream", "fitting", "page_at", "pages", "read_record"]

LARGEST_RECORD = 20_000_000  # bytes, unpacked
LARGEST_FILE = 3_000_000_000  # bytes, unpacked
MOST_RECORDS = 500_000
CHUNK = 65_536
HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{1,40})", re.IGNORECASE)
UNREADABLE_CODINGS = ("zstd", "compress")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What warcio and the unpackers raise on bytes that are no web archive.
BREAKS = (EOFError, ValueError, OverflowError, KeyError, IndexError, AttributeError, TypeError, OSError, zlib.error)
BROKEN = "it is broken or cut off"


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Held:
    """Bytes that are at hand, as a stream."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def read(self, size: int = -1, /) -> bytes:
        end = len(self.data) if size < 0 else self.at + size
        part = self.data[self.at : end]
        self.at += len(part)
        return part

    def tell(self) -> int:
        return self.at


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a WARC file."""

    number: int
    """Its place among the pages, from 1."""
    address: str
    date: str
    """When it was captured, like 2021-06-04T10:00:00Z."""
    offset: int
    """Where its record begins in the file, in bytes."""
    length: int
    """How many bytes its record takes there."""


def pages(stream: Stream) -> Iterator[Page]:
    """The web pages of a WARC file that were answered with a page, in order; raise Unreadable where it is broken."""
    number = 0
    with _told():
        for found, record in _records(stream):
            is_page = _is_page(record)
            _spend(record.raw_stream)
            if not is_page:
                continue
            number += 1
            found.read_to_end(record)
            place = (found.get_record_offset(), found.get_record_length())
            yield Page(number, _header(record, "WARC-Target-URI").strip("<>"), _header(record, "WARC-Date"), *place)


def fitting(found: list[Page], wanted: str) -> list[Page]:
    """The pages that a person means by a number or an address."""
    if wanted.isdecimal():
        return [page for page in found if page.number == int(wanted)]
    exactly = [page for page in found if page.address == wanted]
    return exactly or [page for page in found if _bare(page.address) == _bare(wanted)]


def read_record(capture: bytes, selectors: Selectors) -> Extract:
    """The article in the only page of ``capture``, a WARC file; raise Unreadable where there is not exactly one."""
    found = list(pages(Held(capture)))
    if not found:
        raise Unreadable("no record in it is a web page that was found", "list its records, or capture the page again")
    if len(found) > 1:
        raise Unreadable(f"it has {len(found):,} pages", "choose one with --record")
    return page_at(capture, selectors)


def page_at(capture: bytes, selectors: Selectors) -> Extract:
    """The article in the first page of ``capture``."""
    origin, payload = _first_page(capture)
    return read_page(payload, origin, selectors, digest_of(capture))


def _first_page(capture: bytes) -> tuple[Origin, bytes]:
    with _told():
        for _, record in _records(Held(capture), check=True):
            if _is_page(record):
                return _origin(record), _payload(record)
            _spend(record.raw_stream)
    raise Unreadable("no record in it is a web page that was found", "list its records, or capture the page again")


def _origin(record: Any) -> Origin:
    kind = _http_header(record, "Content-Type") or _header(record, "Content-Type")
    charset = CHARSET.search(kind)
    date = _header(record, "WARC-Date")[:10]
    return Origin(
        address=_header(record, "WARC-Target-URI").strip("<>") or None,
        charset=charset[1] if charset else None,
        retrieved=Found(date, "WARC-Date") if DAY.fullmatch(date) else None,
    )


def _payload(record: Any) -> bytes:
    """The page itself, unpacked; raise Unreadable where it is too large or not what its digest says."""
    coding = _http_header(record, "Content-Encoding").strip().lower()
    if coding in UNREADABLE_CODINGS:
        raise Unreadable(f"the page is packed as {coding}", "capture it again without that coding")
    parts, size = [], 0
    for part in _unbrotlied(_raw(record)) if coding == "br" else _chunks(record.content_stream()):
        parts.append(part)
        size += len(part)
        if size > LARGEST_RECORD:
            raise Unreadable(
                f"the page unpacks to more than {LARGEST_RECORD:,} bytes", "capture the article's own page"
            )
    _spend(record.raw_stream)
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise Unreadable(f"{BROKEN}: the record is shorter than it says", "fetch the file again")
    if record.digest_checker.passed is False:
        raise Unreadable("the record is not what its digest says: it was changed or is broken", "fetch the file again")
    return b"".join(parts)


def _chunks(stream: Any) -> Iterator[bytes]:
    while part := stream.read(CHUNK):
        yield part


def _raw(record: Any) -> Any:
    """The answer as it was sent, its chunks together."""
    if "chunked" in _http_header(record, "Transfer-Encoding").lower():
        return ChunkedDataReader(record.raw_stream)
    return record.raw_stream


def _unbrotlied(stream: Any) -> Iterator[bytes]:
    """We unpack br ourselves: warcio's way does not fit the brotli of today, and has no bound."""
    unpacking = brotli.Decompressor()
    for part in _chunks(stream):
        yield unpacking.process(part, output_buffer_limit=CHUNK)
        while not unpacking.can_accept_more_data():
            yield unpacking.process(b"", output_buffer_limit=CHUNK)


def _records(stream: Stream, *, check: bool = False) -> Iterator[tuple[Any, Any]]:
    """Every record with its iterator."""
    found = ArchiveIterator(_Counted(stream), check_digests=check, arc2warc=True)
    for count, record in enumerate(found, 1):
        if count > MOST_RECORDS:
            raise Unreadable(f"it has more than {MOST_RECORDS:,} records", "split it")
        yield found, record


@contextmanager
def _told() -> Iterator[None]:
    """What breaks while a web archive is read is told as Unreadable."""
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    try:
        yield
    except Unreadable:
        raise
    except ArchiveLoadFailed as fault:
        told = " ".join(str(fault).split()).lower()
        if "non-chunked gzip" in told or "not chunked" in told:
            raise Unreadable(
                "it is packed as a whole, not record by record", "run: warcio recompress FILE NEW"
            ) from None
        raise Unreadable(BROKEN, "fetch the file again") from None
    except (*BREAKS, brotli.error) as fault:
        raise Unreadable(f"{BROKEN} ({type(fault).__name__})", "fetch the file again") from None


class _Counted:
    """A stream that ends in a sentence where it gives too much."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.read_so_far = 0

    def read(self, size: int = -1, /) -> bytes:
        part = self.stream.read(size)
        self.read_so_far += len(part)
        if self.read_so_far > LARGEST_FILE:
            raise Unreadable(f"it is larger than {LARGEST_FILE:,} bytes", "split it")
        return part

    def tell(self) -> int:
        return self.read_so_far


def _spend(stream: Any) -> None:
    """Read to the end of a record and forget it."""
    size = 0
    while part := stream.read(CHUNK):
        size += len(part)
        if size > LARGEST_FILE:
            raise Unreadable(f"a record unpacks to more than {LARGEST_FILE:,} bytes", "split the file")


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        headers = record.http_headers
        status = headers.get_statuscode() if headers else ""
        return str(status).startswith("2") and HTML.match(headers.get_header("Content-Type") or "text/html") is not None
    return record.rec_type == "resource" and HTML.match(_header(record, "Content-Type")) is not None


def _header(record: Any, name: str) -> str:
    return str(record.rec_headers.get_header(name) or "")


def _http_header(record: Any, name: str) -> str:
    return str((record.http_headers.get_header(name) if record.http_headers else None) or "")


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("//")[2].rstrip("/").removeprefix("www.").lower()

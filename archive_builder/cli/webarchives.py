"""Takes one record out of a WARC or WACZ file on the disk, reading no more of it at once than a record."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from archive_builder.ingest import Kind, Unreadable
from archive_builder.store import CAPTURE_BYTES, Capture

if TYPE_CHECKING:
    from archive_builder.ingest.webarchive import Page, Stream

__all__ = ["Several", "pages_in", "record_of"]

MOST_FILES = 10_000  # in a WACZ
LARGEST_LIST = 5_000_000  # bytes of pages.jsonl
GZIP = b"\x1f\x8b"


class Several(Exception):
    """A web archive with more pages than one, of which none was chosen."""

    def __init__(self, pages: list[Page]) -> None:
        super().__init__(f"it has {len(pages):,} pages")
        self.pages = pages


def record_of(source: Path | bytes, kind: Kind, wanted: str | None) -> tuple[Capture, str]:
    """The record that is meant, as a file of its own, and where it was taken from; raise Unreadable or Several."""
    from archive_builder.ingest.webarchive import fitting

    with _streams(source, kind) as archive:
        found = archive.pages()
        chosen = fitting(found, wanted) if wanted else archive.listed(found)
        if not found:
            raise Unreadable("no record in it is a web page that was found", "capture the page again")
        if not chosen:
            raise Unreadable(f"no page in it is {wanted!r}", "leave --record out to see them listed")
        if len(chosen) > 1:
            raise Several(chosen)
        page = chosen[0]
        data = archive.slice(page)
    name = source.name if isinstance(source, Path) else "standard input"
    ending = ".warc.gz" if data.startswith(GZIP) else ".warc"
    return Capture(f"record{ending}", data), f"{name}, record {page.number:,} ({page.address})"[:1_000]


def pages_in(source: Path | bytes, kind: Kind) -> list[Page]:
    """Every page in a web archive."""
    with _streams(source, kind) as archive:
        return archive.pages()


class _Archive:
    """The WARC files of a web archive, read one after the other."""

    def __init__(self, members: list[IO[bytes]], listed: frozenset[str] = frozenset()) -> None:
        self.members = members
        self.main = listed
        self.starts: list[int] = []

    def pages(self) -> list[Page]:
        from dataclasses import replace

        from archive_builder.ingest.webarchive import pages

        found: list[Page] = []
        self.starts = []
        for member in self.members:
            self.starts.append(len(found))
            found += [replace(page, number=self.starts[-1] + page.number) for page in pages(_stream(member))]
        return found

    def listed(self, found: list[Page]) -> list[Page]:
        """The pages among which to choose: those that the archive itself calls its pages, if it names any."""
        named = [page for page in found if page.address in self.main]
        return named or found

    def slice(self, page: Page) -> bytes:
        """The bytes of a page's record as they stand in the file."""
        if page.length > CAPTURE_BYTES:
            raise Unreadable(
                f"the record has {page.length:,} bytes, and at most {CAPTURE_BYTES:,} are read", "choose another"
            )
        number = max(at for at, start in enumerate(self.starts) if start < page.number)
        member = self.members[number]
        member.seek(page.offset)
        return member.read(page.length)


def _stream(member: IO[bytes]) -> Stream:
    member.seek(0)
    return member


@contextmanager
def _streams(source: Path | bytes, kind: Kind) -> Iterator[_Archive]:
    if isinstance(source, bytes):
        from io import BytesIO

        yield _Archive([BytesIO(source)])
    elif kind is Kind.WARC:
        with source.open("rb") as file:
            yield _Archive([file])
    else:
        with _unzipped(source) as archive:
            yield archive


@contextmanager
def _unzipped(path: Path) -> Iterator[_Archive]:
    try:
        with zipfile.ZipFile(path) as held:
            infos = held.infolist()
            if len(infos) > MOST_FILES:
                raise Unreadable(f"it has {len(infos):,} files", "make a smaller one")
            warcs = [info for info in infos if info.filename.startswith("archive/") and _is_warc(info.filename)]
            if not warcs:
                raise Unreadable("it has no WARC file in archive/, so it is no WACZ", "capture the page again")
            if any(info.flag_bits & 1 for info in warcs):
                raise Unreadable("it is encrypted", "unlock it first")
            yield _Archive([held.open(info) for info in warcs], _main_pages(held))
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as fault:
        raise Unreadable(f"it is broken or cut off ({str(fault)[:80]})", "fetch the file again") from None
    except ValueError as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable(f"it is broken ({str(fault)[:80]})", "fetch the file again") from None


def _is_warc(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz"))


def _main_pages(held: zipfile.ZipFile) -> frozenset[str]:
    """The addresses that pages/pages.jsonl names."""
    try:
        with held.open("pages/pages.jsonl") as file:
            lines = file.read(LARGEST_LIST).splitlines()
    except KeyError:
        return frozenset()
    return frozenset(filter(None, map(_address, lines)))


def _address(line: bytes) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    url = row.get("url") if isinstance(row, dict) else None
    return url if isinstance(url, str) else ""

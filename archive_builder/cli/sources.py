"""Finds and reads the captures that commands work from: files, the standard input, single records of web archives."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive_builder.cli.webarchives import Several, record_of
from archive_builder.ingest import Extract, Kind, Unreadable, ingest, kind_of
from archive_builder.model import Article, Outlet
from archive_builder.store import (
    CAPTURE_BYTES,
    CAPTURES,
    CAPTURES_ELSEWHERE,
    Capture,
    digest_of,
    find_capture,
    read_bounded,
)

__all__ = ["ACCEPTED", "NoCapture", "Several", "Taken", "capture_of", "extract_of", "kept_as", "shown", "taken"]

ACCEPTED = "text, HTML, MHTML, Markdown, WARC and WACZ files, or - for the standard input"
ENDING = {Kind.TEXT: ".txt", Kind.HTML: ".html", Kind.MHTML: ".mhtml", Kind.MARKDOWN: ".md"}
DOUBLE = (".warc.gz", ".arc.gz")


class NoCapture(Exception):
    """The capture that is needed is not at hand, or is another one."""

    def __init__(self, fault: str, step: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.step = step


@dataclass(frozen=True, slots=True)
class Taken:
    """A capture, and what it was taken from."""

    capture: Capture
    source: str
    """In words, without the folder it lay in."""


def taken(source: str, kind: Kind | None, record: str | None) -> Taken:
    """The capture in a file or on the standard input; of a web archive, the record that is meant.

    Raise Unreadable where it cannot be read, Several where a record must be chosen.
    """
    if source == "-":
        data = sys.stdin.buffer.read(CAPTURE_BYTES + 1)
        return _of_bytes(data, "", kind, record)
    path = Path(source)
    start = read_bounded(path, 1_000)
    found = kind or kind_of(path.name, start)
    if found in (Kind.WARC, Kind.WACZ):
        capture, said = record_of(path, found, record)
        return Taken(capture, said)
    if record is not None:
        raise Unreadable("it has no records to choose from", "leave --record out")
    return Taken(_named(Capture(path.name, read_bounded(path)), found), path.name)


def capture_of(root: Path, article: Article, given: Path | None = None) -> Capture:
    """The article's capture; raise NoCapture where it is not at hand or has another digest."""
    if given is not None:
        capture = Capture(given.name, read_bounded(given))
        if article.digest and digest_of(capture.data) != article.digest:
            fault = f"{given} is not the capture of {article.id}: its digest is {digest_of(capture.data)}"
            raise NoCapture(fault, "give the file that was added, or correct digest: in the article")
        return capture
    found = find_capture(root, article.digest) if article.digest else None
    if found is None:
        where = f"{CAPTURES}/" + (f" or {CAPTURES_ELSEWHERE}" if os.environ.get(CAPTURES_ELSEWHERE) else "")
        fault = f"the capture of {article.id} is not in {where}"
        raise NoCapture(fault, f"put it into {CAPTURES}/, or name it with --capture")
    return found


def extract_of(capture: Capture, outlet: Outlet | None = None) -> Extract:
    """The article in a capture, read with its outlet's selectors; raise Unreadable where there is none."""
    return ingest(capture.data, capture.name, outlet.selectors if outlet else None)


def kept_as(capture: Capture) -> str:
    """The name under which the archive keeps a capture: found again by its digest."""
    name = capture.name.lower()
    ending = next((double for double in DOUBLE if name.endswith(double)), Path(name).suffix) or ".txt"
    return f"{digest_of(capture.data).replace(':', '-')}{ending}"


def _of_bytes(data: bytes, name: str, kind: Kind | None, record: str | None) -> Taken:
    found = kind or kind_of(name, data[:1_000])
    if found is Kind.WACZ:
        raise Unreadable("a WACZ file is not read from the standard input", "name the file itself")
    if found is Kind.WARC:
        capture, said = record_of(data, found, record)
        return Taken(capture, said)
    return Taken(_named(Capture("", data), found), "standard input")


def _named(capture: Capture, kind: Kind) -> Capture:
    """The capture under a name whose ending says what kind it was read as."""
    try:
        fits = kind_of(capture.name, b"") is kind and bool(Path(capture.name).suffix)
    except Unreadable:
        fits = False
    return capture if fits else Capture(f"{Path(capture.name).stem or 'capture'}{ENDING[kind]}", capture.data)


def shown(several: Several, most: int = 40) -> Sequence[str]:
    """The pages of a web archive, as a person chooses among them."""
    lines = [f"  {page.number:>6}  {page.date[:10]:<10}  {page.address}" for page in several.pages[:most]]
    rest = len(several.pages) - most
    return [*lines, f"  and {rest:,} more"] if rest > 0 else lines

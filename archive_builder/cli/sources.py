"""Finds and reads the captures that commands work from."""

from __future__ import annotations

import os
from pathlib import Path

from archive_builder.ingest import Extract, ingest
from archive_builder.model import Article
from archive_builder.store import CAPTURES, CAPTURES_ELSEWHERE, Capture, digest_of, find_capture, read_bounded

__all__ = ["ACCEPTED", "NoCapture", "capture_of", "extract_of", "kept_as"]

ACCEPTED = ".txt, .text, .md or - for the standard input"
# Markdown is read as the plain text it is: what it means to a renderer was not on the page that was captured.
AS_TEXT = (".md", ".markdown")


class NoCapture(Exception):
    """The capture that is needed is not at hand, or is another one."""

    def __init__(self, fault: str, step: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.step = step


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


def extract_of(capture: Capture) -> Extract:
    """The article in a capture; raise Unreadable where there is none."""
    stem, dot, ending = capture.name.rpartition(".")
    return ingest(capture.data, f"{stem}.txt" if dot and f".{ending.lower()}" in AS_TEXT else capture.name)


def kept_as(capture: Capture) -> str:
    """The name under which the archive keeps a capture: found again by its digest."""
    ending = Path(capture.name).suffix.lower() or ".txt"
    return f"{digest_of(capture.data).replace(':', '-')}{ending}"

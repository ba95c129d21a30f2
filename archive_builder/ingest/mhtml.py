"""Takes the page out of an MHTML file, in which browsers save a page with all that it shows as one letter of mail."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parsedate_to_datetime

from archive_builder.ingest.extract import Extract, Found, Unreadable
from archive_builder.ingest.page import Origin, read_page
from archive_builder.ingest.text import digest_of
from archive_builder.model import Selectors

__all__ = ["read_mhtml"]

LARGEST = 60_000_000  # bytes; pictures are in it
PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(capture: bytes, selectors: Selectors) -> Extract:
    """The article in the page that ``capture`` was saved from; raise Unreadable where there is no page in it."""
    if len(capture) > LARGEST:
        raise Unreadable(f"it has {len(capture):,} bytes, and at most {LARGEST:,} are read", "save the page as HTML")
    letter = message_from_bytes(capture, policy=compat32)
    page = _page(letter)
    if page is None:
        raise Unreadable("no part of it is a web page", "save the page again, as HTML alone")
    payload = page.get_payload(decode=True)
    origin = Origin(_address(letter, page), _charset(page), _retrieved(letter))
    return read_page(payload if isinstance(payload, bytes) else b"", origin, selectors, digest_of(capture))


def _page(letter: Message) -> Message | None:
    """The first page in it, which is the one that was saved; what follows are its frames."""
    return next((part for part in letter.walk() if part.get_content_type() in PAGES), None)


def _address(letter: Message, page: Message) -> str | None:
    said = letter.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    return str(said).strip() or None


def _charset(page: Message) -> str | None:
    charset = page.get_content_charset()
    return str(charset) if charset else None


def _retrieved(letter: Message) -> Found | None:
    try:
        day = parsedate_to_datetime(str(letter.get("Date") or "")).date().isoformat()
    except (ValueError, TypeError):
        return None
    return Found(day, "the Date of the browser that saved it")

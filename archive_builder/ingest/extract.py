"""Defines what comes out of a capture: the article, its metadata with their places, and all that was left out.

Nothing disappears: every line of a capture stands either in the article's text or among the removed lines, with the
reason. What was kept but looks odd is a doubt, for a person to settle.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Doubt", "Extract", "Found", "Removed", "Unreadable"]


class Unreadable(ValueError):
    """A capture that is no text we can read, with what to do about it."""

    def __init__(self, reason: str, next: str) -> None:
        super().__init__(f"{reason}; {next}")
        self.reason = reason
        self.next = next


@dataclass(frozen=True, slots=True)
class Found:
    """A metadatum, and where it was found."""

    value: str
    """As the archive writes it: dates in EDTF, languages in BCP 47."""
    where: str
    """The place, in words, like ``line 3, byline``."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A line of the capture that is not the article's text."""

    line: int
    """From 1, counted in the capture."""
    text: str
    """What it said, white space folded."""
    reason: str
    """What it was, like ``comment form``."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that is worth a look: kept, or left out though it may be text."""

    line: int
    """From 1, counted in the capture."""
    text: str
    """What it says, white space folded."""
    reason: str
    """What it may be, like ``probably a caption``."""


@dataclass(frozen=True, slots=True)
class Extract:
    """An article taken from its capture."""

    title: Found | None
    """None where no line can be told to be the title."""
    authors: tuple[Found, ...]
    """In the order of the byline."""
    published: Found | None
    """The day of publication in EDTF, only where a line says it."""
    dateline: Found | None
    """The place and day the text opens with, like ``Exampleville, November 28``; it stays in the text."""
    language: Found | None
    """A BCP 47 tag, only where the script alone decides it."""
    markdown: str
    """The text: one paragraph a line, blank lines between; empty where the capture holds furniture alone."""
    removed: tuple[Removed, ...]
    """In the order of the capture."""
    doubts: tuple[Doubt, ...]
    """In the order of the capture."""
    words: int
    """How many words the text has: runs between blanks that hold a letter or a digit."""
    digest: str
    """``sha256:`` and the hexadecimal digest of the capture's bytes."""
    address: Found | None = None
    """Where it was captured from."""
    canonical: Found | None = None
    """The address the page itself gives."""
    archived: Found | None = None
    """The archived copy it was captured from."""
    outlet: Found | None = None
    """The name under which it was published."""
    retrieved: Found | None = None
    """The day it was captured."""
    licence: Found | None = None
    """What the page itself says may be done with its text."""

"""Makes an article's Markdown safe and uniform before anything else reads it, and says what it changed.

Articles are hostile input. In their canonical form the only HTML is a handful of inline tags without behaviour; every
other tag, comment or declaration shows as the text it is. Characters are NFC, lines end in a line feed, tabs are four
columns and control characters are gone. Lines are never added or removed, so a line number is true of the file too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["ALLOWED_TAG", "Disarmed", "canonical"]

TAB = 4
# NUL and the rest of C0 but tab and line feed, DEL and C1: no text needs them, and Markdown uses two as its own signs.
# The object replacement character is our own sign for an elision.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffc]")

PHRASING = "abbr|b|bdi|br|cite|em|i|kbd|q|s|small|strong|sub|sup|u|var|wbr"
ALLOWED_TAG = re.compile(rf"</?(?:{PHRASING})(?: (?:lang|dir|title)=\"[^\"<>&`\n]*\")*(?: ?/)?>")
# What may follow an opening angle bracket: one of those tags, an address, an e-mail address.
ALLOWED_ANGLE = rf"{ALLOWED_TAG.pattern[1:]}|https?://[^<>\s]*>|[^<>\s@:/!?]+@[^<>\s@]+>"
ALLOWED_TARGET = r"\s*<?(?:https?://|mailto:|[#/]|[\w.-]+[/#?)>\s]|[\w.-]+$)"
ENDING = r"(?:[^()]|\([^()]*\))*\)"
WHOLE_TARGET = rf"(?={ALLOWED_TARGET})(?={ENDING})"

# Each sign that would act, and after how many of its characters an invisible space takes its power from it.
# The space (U+200B) is right in code as elsewhere, where a character reference would show.
ACTING = re.compile(
    rf"[<!\[\]](?:"
    rf"(?<=<)(?=[A-Za-z/!?])(?!{ALLOWED_ANGLE})"  # a tag, a comment, a declaration
    rf"|(?<=!)(?=\[(?![^\[\]]*\]\((?!\s*<?(?:[a-z][a-z0-9+.-]*:)?//){WHOLE_TARGET}))"  # an image not of our own
    rf"|(?<=\])(?=\((?!{ALLOWED_TARGET}))"  # a link
    rf"|(?<=\])(?=\((?!{ENDING}))"  # the beginning of one that does not end
    rf"|(?<=\])(?=:(?!{ALLOWED_TARGET})\s*\S)"  # the definition of a link
    rf"|(?<=\[)(?=\^(?![^\]]{{0,200}}\]))"  # a note whose name does not end: many of them hang the renderer
    rf")",
    re.IGNORECASE,
)
# What a line may open with: in a note that is defined within another, Python-Markdown fails.
NOTE = re.compile(r"\[\^[^\]]{0,200}\](?=:)")
OPENING = re.compile(rf"^[ ]*(?:(?:[>*+-]|\d+\.|{NOTE.pattern}:)[ ]*)+", re.MULTILINE)
ADDRESS_AFTER = re.compile(r":\s*<?[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
ACTING_STARTS = ("<", "](", "]:", "[^")
INVISIBLE = "\u200b"
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Disarmed:
    """Something in the text that now shows as text instead of acting."""

    line: int
    """From 1, counted in the text."""
    column: int
    """From 1, in code points."""
    text: str
    """What was written, cut short."""


def canonical(markdown: str) -> tuple[str, tuple[Disarmed, ...]]:
    """The canonical form of ``markdown``, and what had to be disarmed."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    text = CONTROL.sub("", text.replace("\u2028", " ").replace("\u2029", " "))
    if "\t" in text:
        text = "\n".join(line.expandtabs(TAB) for line in text.split("\n"))
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    places = sorted(set(_acting(text)))
    told = tuple(_disarmed(text, [place - 1 for place in places]))
    return INVISIBLE.join(text[start:end] for start, end in pairwise([0, *places, len(text)])), told


def _acting(text: str) -> Iterator[int]:
    """Where the signs end that would act; the name of a note is none, unless the note is an address."""
    if not any(start in text for start in ACTING_STARTS):
        return
    for sign in ACTING.finditer(text):
        if not _names_a_note(text, sign) or ADDRESS_AFTER.match(text, sign.end()):
            yield sign.end()
    yield from _notes_within(text)


def _names_a_note(text: str, sign: re.Match[str]) -> bool:
    return text.startswith("]:", sign.start()) and text.startswith("[^", max(text.rfind("[", 0, sign.start()), 0))


def _notes_within(text: str) -> Iterator[int]:
    """Where the names end of notes that are not defined at the beginning of a line."""
    if "[^" not in text:
        return
    for opening in OPENING.finditer(text):
        for note in NOTE.finditer(text, opening.start(), opening.end()):
            before = text[opening.start() : note.start()]
            if before.strip() or len(before) >= TAB:
                yield note.end()


def _disarmed(text: str, places: Sequence[int]) -> Iterator[Disarmed]:
    """What stands at the places, which are in order."""
    line, line_start = 1, 0
    for at in places:
        if (end := text.rfind("\n", line_start, at)) >= 0:
            line += text.count("\n", line_start, at)
            line_start = end + 1
        shown = text[at : at + SHOWN].partition("\n")[0]
        yield Disarmed(line, at - line_start + 1, shown)

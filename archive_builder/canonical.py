"""Makes an article's Markdown safe and uniform before anything else reads it, and says what it changed.

Articles are hostile input. In their canonical form the only HTML is a handful of inline tags without behaviour; every
other tag, comment or declaration shows as the text it is. Characters are NFC, lines end in a line feed, tabs are four
columns and control characters are gone. Lines are never added or removed, so a line number is true of the file too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["ALLOWED_TAG", "Disarmed", "canonical"]

TAB = 4
# NUL and the rest of C0 but tab and line feed, DEL and C1: no text needs them, and Markdown uses two as its own signs.
# The object replacement character is our own sign for an elision.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffc]")

PHRASING = "abbr|b|bdi|bdo|br|cite|em|i|kbd|q|s|small|strong|sub|sup|u|var|wbr"
ALLOWED_TAG = re.compile(rf"</?(?:{PHRASING})(?: (?:lang|dir|title)=\"[^\"<>&`\n]*\")*(?: ?/)?>")
# What may follow an opening angle bracket: one of those tags, an address, an e-mail address.
ALLOWED_ANGLE = rf"{ALLOWED_TAG.pattern[1:]}|https?://[^<>\s]*>|[^<>\s@:/!?]+@[^<>\s@]+>"
ALLOWED_TARGET = r"\s*<?(?:https?://|mailto:|[#/]|[\w.-]+[/#?)>\s]|[\w.-]+$)"

# Each sign that would act, and after how many of its characters an invisible space takes its power from it.
# The space (U+200B) is right in code as elsewhere, where a character reference would show.
ACTING = re.compile(
    rf"[<!\]](?:"
    rf"(?<=<)(?=[A-Za-z/!?])(?!{ALLOWED_ANGLE})"  # a tag, a comment, a declaration
    rf"|(?<=!)(?=\[[^\]]*\]\(\s*<?(?:[a-z][a-z0-9+.-]*:)?//)"  # an image from elsewhere
    rf"|(?<=\])(?=\((?!{ALLOWED_TARGET}))"  # a link
    rf"|(?<=\])(?=\((?!(?:[^()]|\([^()]*\))*\)))"  # the beginning of one that does not end
    rf"|(?<=\])(?=:(?!{ALLOWED_TARGET})\s*\S)"  # the definition of a link
    rf")",
    re.IGNORECASE,
)
ACTING_STARTS = ("<", "](", "]:")
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
    if not any(sign in text for sign in ACTING_STARTS):
        return text, ()
    disarmed = tuple(_disarmed(text, match.start()) for match in ACTING.finditer(text))
    return (ACTING.sub(rf"\g<0>{INVISIBLE}", text) if disarmed else text), disarmed


def _disarmed(text: str, at: int) -> Disarmed:
    line_start = text.rfind("\n", 0, at) + 1
    shown = text[at : at + SHOWN].partition("\n")[0]
    return Disarmed(text.count("\n", 0, at) + 1, at - line_start + 1, shown)

"""Makes an article's Markdown safe and uniform before anything else reads it, and says what it changed.

Articles are hostile input. In their canonical form the only HTML is a handful of inline tags without behaviour; every
other tag, comment or declaration shows as the text it is. No text takes the renderer minutes: of signs that it looks
for the ends of, those beyond a bound are disarmed as well. Characters are NFC, lines end in a line feed, tabs are four
columns and control characters are gone. Lines are never added or removed, so a line number is true of the file too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

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
# Blocks within blocks within blocks: more than anyone writes, and than the renderer can follow.
DEEP = re.compile(r"\n(?:[ ]{4}|>[ ]?|[*+-][ ]|\d{1,9}\.[ ]){50}(?!\u200b)")
# Python-Markdown looks for the end of every bracket, star and underscore to the end of its run: thousands of them that
# do not end take minutes. What their looking costs together, in characters, is bounded; beyond the bound they are
# escaped. A text that people wrote costs a hundredth of it.
BLOCK = re.compile(r"(?:[^\n]|\n(?![ ]*(?:\n|$)))+")
# What is read as one run of inline Markdown at most: to a blank line, an item of a list, a row of a table.
RUN = re.compile(r"(?:[^\n]|\n(?![ ]*(?:\n|$|[*+-][ ]|\d+[.)][ ]|\|)))+")
BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
EMPHASIS = re.compile(r"\\.|^[ ]*[*+-][ ]|(?P<sign>[*_]+)", re.DOTALL | re.MULTILINE)
BRACKETS_COST = (30_000, 2)  # in characters: for any text, and for each character of it
EMPHASIS_COST = (4_000_000, 20)
FEWEST = 200  # signs in a text without which nothing is counted
UNDERLINE = re.compile(r"^(?P<first>[=-])[=-]*[ ]*$", re.MULTILINE)
MOST_UNDERLINES = 50  # lines in one block that may make a heading of the line above
REFERENCE = re.compile(r"\[\^[^\]]{0,200}\]")
MOST_REFERENCES = 100  # to one note
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
    told: list[Disarmed] = []
    for beyond, sign in ((_brackets_beyond, "\\"), (_emphasis_beyond, "\\"), (_references_beyond, INVISIBLE)):
        found = list(beyond(text))
        told += (_disarmed(text, place) for place in found)
        text = _joined(text, found, sign)
    places = sorted({*_acting(text), *_underlines_beyond(text), *_deep(text)})
    told += (_disarmed(text, place - 1) for place in places)
    return _joined(text, places, INVISIBLE), tuple(sorted(told, key=lambda each: (each.line, each.column)))


def _joined(text: str, places: Sequence[int], sign: str) -> str:
    """The text with the sign put in at these places."""
    return sign.join(text[start:end] for start, end in pairwise([0, *places, len(text)])) if places else text


def _brackets_beyond(text: str) -> Iterator[int]:
    """The opening brackets whose ends are too far to look for."""
    if text.count("[") < FEWEST:
        return
    lengths = _lengths(text)
    budget = BRACKETS_COST[0] + BRACKETS_COST[1] * lengths[-1]
    for run in RUN.finditer(text):
        for place, end in _closing(text, *run.span()):
            if (cost := lengths[end] - lengths[place]) > budget:
                yield place
            else:
                budget -= cost


def _closing(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Each opening bracket of a block, and where it is closed; the end of the block where it is not."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for sign in BRACKET.finditer(text, start, end):
        if sign[0] == "[":
            found[sign.start()] = end
            waiting.append(sign.start())
        elif sign[0] == "]" and waiting:
            found[waiting.pop()] = sign.start()
    return list(found.items())


def _emphasis_beyond(text: str) -> Iterator[int]:
    """The signs of emphasis beyond those whose ends can be looked for."""
    if text.count("*") + text.count("_") < FEWEST:
        return
    lengths = _lengths(text)
    budget = EMPHASIS_COST[0] + EMPHASIS_COST[1] * lengths[-1]
    for run in RUN.finditer(text):
        cost = lengths[run.end()] - lengths[run.start()]
        for sign in EMPHASIS.finditer(text, *run.span()):
            for place in range(*sign.span("sign")) if sign["sign"] else ():
                if cost > budget:
                    yield place
                else:
                    budget -= cost


def _lengths(text: str) -> list[int]:
    """How long the text is up to each place, without what makes a text canonical: what is canonical costs no more."""
    return list(accumulate((sign != "\\" and sign != INVISIBLE for sign in text), initial=0))


def _references_beyond(text: str) -> Iterator[int]:
    """Where references begin to a note that is referred to too often: each is named after counting all before it."""
    if text.count("[^") < MOST_REFERENCES:
        return
    counts: Counter[str] = Counter()
    for reference in REFERENCE.finditer(text):
        counts[reference[0]] += 1
        if counts[reference[0]] > MOST_REFERENCES:
            yield reference.start() + 1


def _deep(text: str) -> Iterator[int]:
    """Where, in lines that open too many blocks, they have opened the last that is let through."""
    return (deep.end() - 1 for deep in DEEP.finditer(f"\n{text}"))


def _underlines_beyond(text: str) -> Iterator[int]:
    """Where lines begin that would each make a heading of the line above, and of which one block has too many."""
    if text.count("\n=") + text.count("\n-") < MOST_UNDERLINES:
        return
    for block in BLOCK.finditer(text):
        if block[0].count("\n") >= MOST_UNDERLINES:
            lines = UNDERLINE.finditer(text, *block.span())
            yield from (line.end("first") for line in islice(lines, MOST_UNDERLINES, None))


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


def _disarmed(text: str, at: int) -> Disarmed:
    line_start = text.rfind("\n", 0, at) + 1
    shown = text[at : at + SHOWN].partition("\n")[0]
    return Disarmed(text.count("\n", 0, at) + 1, at - line_start + 1, shown)

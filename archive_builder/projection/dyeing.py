"""Dyes the words of a Markdown text: each is replaced by a code that says where it stood, and that rendering keeps."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive_builder.canonical import ALLOWED_TAG
from archive_builder.plain import Span

__all__ = ["CODE", "Dyed", "Word", "dye", "number_of"]

FIRST, SECOND, RADIX = 0x20000, 0x24000, 0x4000
CODE = re.compile("(?P<first>[\U00020000-\U00023fff])(?P<second>[\U00024000-\U00027fff])")
# Words that nothing but punctuation, a space or underscores part are dyed as one, often a sentence or a paragraph: no
# markup stands there. A quotation mark may open the title of a link, and a line may open a list.
WORDS = re.compile(r"[^\W_]+(?:(?:[,.;:!?]? |[-.,'’]|_+)[^\W_]+)*")
# Words that Markdown itself reads keep their colour: at the beginning of a line, and anywhere.
LINE = re.compile(r"\n")
OPENING = re.compile(r"[ ]*(?:```|~~~).*|(?:[ >*+-]|\[\^[^\]]{0,200}\]:|\d+\.(?=[ ]))+")
READ_BY_MARKDOWN = re.compile(
    rf"[&<\[](?:(?<=&)\#?\w+;|(?<=\[)\^[^\]]{{0,200}}\]"
    rf"|(?<=<)(?:[A-Za-z][A-Za-z0-9+.-]*://[^<>]*>|[^<>\s]+@[^<>\s]+>|{ALLOWED_TAG.pattern[1:]}))"
)

BRACKETS = re.compile(r"\[([^\[\]]*)\]")
LABEL = re.compile(r"\[([^\[\]]*)\]:")


class Word(NamedTuple):
    """A dyed word: where it stands in the source, and how far the words beside it are."""

    start: int
    end: int
    left: int
    """Where the word before it ends."""
    right: int
    """Where the word after it begins."""


@dataclass(frozen=True, slots=True)
class Dyed:
    """A text as it was rendered, with a code for every dyed word."""

    html: bytes
    """In UTF-8, which takes a third of the memory here."""
    spans: array[int]
    """Where each word stands in the source: beginnings and ends in turn."""

    def filled(self, fill: Callable[[int, int], str]) -> str:
        """The HTML with what ``fill`` makes of the beginning and the end of each word, in its place."""
        spans = self.spans

        def word(code: re.Match[str]) -> str:
            number = number_of(code)
            return fill(spans[2 * number], spans[2 * number + 1])

        return CODE.sub(word, self.html.decode())


def dye(source: str, plain: list[Span], marked: list[Span]) -> tuple[str, list[Word]]:
    """The source with every word replaced by the code of its number, and the words by number."""
    labels = set(map(_label, LABEL.findall(source)))
    spans = sorted([*plain, *(span for block in marked for span in _words(source, *block, labels))])
    edges = [0, *(edge for span in spans for edge in span), len(source)]
    words = [Word(*span, edges[2 * number], edges[2 * number + 3]) for number, span in enumerate(spans)]
    parts: list[str] = []
    for number, word in enumerate(words):
        parts += source[word.left : word.start], chr(FIRST + number // RADIX), chr(SECOND + number % RADIX)
    return "".join([*parts, source[edges[-2] :]]), words


def _words(source: str, start: int, end: int, labels: set[str]) -> Iterator[Span]:
    """The words of a block, but for those whose letters Markdown must see."""
    for low, high in _read_by_markdown(source, start, end, labels):
        yield from (words.span() for words in WORDS.finditer(source, start, low))
        start = max(start, high)
    yield from (words.span() for words in WORDS.finditer(source, start, end))


def _read_by_markdown(source: str, start: int, end: int, labels: set[str]) -> list[Span]:
    lines = (start, *(line.end() for line in LINE.finditer(source, start, end)))
    spans = [opening.span() for line in lines if (opening := OPENING.match(source, line, end))]
    spans += (sign.span() for sign in READ_BY_MARKDOWN.finditer(source, start, end))
    if labels:
        brackets = BRACKETS.finditer(source, start, end)
        spans += (bracket.span() for bracket in brackets if _label(bracket[1]) in labels)
    return sorted(spans)


def _label(text: str) -> str:
    """The form in which Markdown compares the names of links."""
    return " ".join(text.split()).lower()


def number_of(code: re.Match[str]) -> int:
    return (ord(code["first"]) - FIRST) * RADIX + ord(code["second"]) - SECOND

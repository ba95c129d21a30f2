"""Cuts a text into words and signs as they are compared, and knows where each of them stands in the text.

What only dresses a text is no word of it: markup, soft hyphens, the shape of quotation marks and dashes. So a passage
keeps its words when a plain text becomes Markdown, and offsets still count the code points of what was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

__all__ = ["CLOSERS", "SENTENCE_ENDS", "Words", "cut"]

# Scripts without blanks are aligned character by character.
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"
# Marks that belong to the letter before them, and signs nobody sees.
MARKS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
UNSEEN = r"\u00ad\u200b-\u200f\u2060\ufeff"
PIECE = re.compile(
    r"(?P<markup></?[A-Za-z!][^<>\n]{0,300}>"
    r"|\]\([^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?\)"
    r"|!?\[(?=[^\[\]\n]{1,300}\]\()"
    r"|\[\^[^\]\s]{1,40}\]"
    r"|(?<![^\n])[ \t]{0,3}(?:#{1,6}|[>*+-])(?=[ \t])"
    r"|(?<!\d)(?:[*_`]{1,3}|~~)|(?:[*_`]{1,3}|~~)(?!\d)"
    r"|\\(?=[!-/:-@\[-`{-~])"
    rf"|[{UNSEEN}]+)"
    rf"|(?P<word>[{UNSPACED}]|[^\W_](?:[^\W_{UNSPACED}]|[{MARKS}]|[{UNSEEN}]+(?=[^\W_]))*)"
    r"|(?P<sign>\.{3}|[^\w\s]|_)"
)
INVISIBLE = re.compile(f"[{UNSEEN}]+")
FOLDED = dict.fromkeys('"“”„«»‟‘’‚‹›`´ʼ‛', "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
SENTENCE_ENDS = (*".!?؟۔。！？।", "...")
CLOSERS = ("'", ")", "]")


@dataclass(frozen=True)
class Words:
    """A text as a row of words and signs."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Where each stands in the text, in code points."""
    keys: tuple[str, ...]
    """The form in which each is compared."""

    def shown(self, low: int, high: int) -> str:
        """The words from ``low`` to ``high`` without markup, a blank where the text has one between them."""
        parts = self.keys[low:high]
        gaps = (self._gap(at) for at in range(low + 1, high))
        return "".join([*parts[:1], *(gap + key for gap, key in zip(gaps, parts[1:], strict=True))])

    def begins_sentence(self, at: int) -> bool:
        """Whether a sentence or a paragraph begins with the word ``at``."""
        return at in self._beginnings or at == len(self.keys)

    def is_word(self, at: int) -> bool:
        return self.keys[at][0].isalnum()

    @cached_property
    def _beginnings(self) -> frozenset[int]:
        return frozenset(self._begin())

    def _begin(self) -> Iterator[int]:
        ended = True
        for at, key in enumerate(self.keys):
            if not ended and at and "\n\n" in self.text[self.spans[at - 1][1] : self.spans[at][0]]:
                ended = True
            if key in SENTENCE_ENDS:
                ended = True
            elif not (ended and key in CLOSERS and at and self.spans[at - 1][1] == self.spans[at][0]):
                if ended:
                    yield at
                ended = False

    def _gap(self, at: int) -> str:
        between = self.text[self.spans[at - 1][1] : self.spans[at][0]]
        return " " if any(character.isspace() for character in between) else ""


def cut(text: str) -> Words:
    """The words of a text."""
    spans: list[tuple[int, int]] = []
    keys: list[str] = []
    for piece in PIECE.finditer(text):
        if piece.lastgroup != "markup":
            spans.append(piece.span())
            keys.append(_key(piece[0]))
    return Words(text, tuple(spans), tuple(keys))


def _key(piece: str) -> str:
    if piece.isascii():
        return "'" if piece == '"' else piece
    return FOLDED.get(piece) or unicodedata.normalize("NFC", INVISIBLE.sub("", piece))

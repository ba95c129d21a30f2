"""Writes down prose and the pieces it is made of, folding white space on the way."""

from __future__ import annotations

import re

from archive_builder.projection.dyeing import Dyed
from archive_builder.projection.folding import BARRIER, DROPPED, ELISION, SPACE, folded, spaced
from archive_builder.projection.prose import Piece, PieceKind, Pieces, Prose

__all__ = ["Writer"]

BLANKS = r"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # every \s but the space itself
# Where prose is not its source letter by letter; a space before it belongs to it. In a text without double spaces it
# begins with one of a class of characters, which is looked for several times as fast.
IRREGULAR = re.compile(rf"[{BLANKS}{DROPPED}\[](?:(?<!\[)[\s{DROPPED}]*|(?<!\\\[)…\])")
IRREGULAR_OR_DOUBLE = re.compile(rf"{IRREGULAR.pattern}| [\s{DROPPED}]+")


class Writer:
    """Collects the prose and its pieces, folding white space as it goes."""

    def __init__(self, source: str, elisions: bool) -> None:
        self.source = source
        self.folded = folded(source)  # as long as the source: folding is one character for one
        self.elisions = elisions
        self.irregular = IRREGULAR_OR_DOUBLE if "  " in source else IRREGULAR
        self.chunks: list[str] = []
        self.pieces = Pieces()
        self.length = 0
        self.run = 0
        self.after_space = True
        self.pending = (-1, -1)

    def prose(self, dyed: Dyed | None = None) -> Prose:
        self._flush()
        text = "".join(self.chunks)
        return Prose(text.rstrip(" "), self.pieces, self.source, dyed)

    def text(self, start: int, end: int) -> None:
        """Prose that stands at ``start`` to ``end`` of the source letter by letter, white space apart."""
        if start != self.pending[1]:
            self._flush()
            self.pending = (start, start)
        self.pending = (self.pending[0], end)

    def _flush(self) -> None:
        """Write the text that was gathered, in as few pieces as it has."""
        position, end = self.pending
        if end < 0:
            return
        self.pending = (-1, -1)
        for irregular in self.irregular.finditer(self.source, position, end):
            start, after = irregular.span()
            if irregular[0] != ELISION:
                start -= start > position and self.source[start - 1] == " "
                self._regular(position, start)
                self._space(start, after)
            else:
                self._regular(position, start)
                if self.elisions:
                    self._write(BARRIER, start, after, PieceKind.CODE)
                else:
                    self._regular(start, after)
            position = after
        self._regular(position, end)

    def atom(self, text: str, start: int, end: int, kind: PieceKind = PieceKind.ATOM) -> None:
        """Prose that stands for ``start`` to ``end`` of the source as a whole."""
        self._flush()
        shown = spaced(text)
        if self.after_space:
            shown = shown.lstrip(" ")
        if shown:
            self._write(folded(shown), start, end, kind)

    def markup(self) -> None:
        """Markup stands here: no mark may run across it."""
        self._flush()
        self.run += 1

    def gap(self) -> None:
        """A block ends here."""
        self._flush()
        self.run += 1
        if not self.after_space:
            at = self.pieces[-1].source_end if self.pieces else 0
            self._write(" ", at, at, PieceKind.GAP)

    def _space(self, start: int, end: int) -> None:
        """Fold white space to one space, or to a gap where a block ends; drop what cannot be seen."""
        ends_block = self.source.count("\n", start, end) > 1
        self.run += ends_block
        if not self.after_space and SPACE.search(self.source, start, end):
            self._write(" ", start, end, PieceKind.GAP if ends_block else PieceKind.ATOM)

    def _regular(self, start: int, end: int) -> None:
        if start < end and self.after_space and self.source[start] == " ":
            start += 1
        if start < end:
            self._write(self.folded[start:end], start, end, PieceKind.TEXT)

    def _write(self, text: str, start: int, end: int, kind: PieceKind) -> None:
        length = self.length + len(text)
        self.pieces.append(Piece(self.length, length, start, end, kind, self.run))
        self.chunks.append(text)
        self.length = length
        self.after_space = text[-1] == " "

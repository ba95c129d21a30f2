"""What a reader sees of a text, with a map from every character back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from archive_builder.plain import Span
from archive_builder.projection.dyeing import Dyed

__all__ = ["Piece", "PieceKind", "Prose"]


class PieceKind(IntEnum):
    """What may be done with a piece of prose in the source."""

    TEXT = 0
    """Stands in the source letter by letter: a mark may begin or end anywhere in it."""
    ATOM = 1
    """Stands for its source as a whole (a character reference, folded white space): never cut."""
    CODE = 2
    """Is code or an address: nothing is woven into or around a part of it."""
    GAP = 3
    """Has no source of its own: the space between two blocks."""


class Piece(NamedTuple):
    """A stretch of prose and the stretch of source it comes from; all four are offsets in code points."""

    start: int
    end: int
    source_start: int
    source_end: int
    kind: PieceKind
    run: int
    """Pieces of one run have no markup between them."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What a reader sees of a Markdown text, normalised."""

    text: str
    pieces: tuple[Piece, ...]
    source: str
    """The Markdown it was projected from."""
    dyed: Dyed | None = None
    """The rendered text; None where nothing of it had to be rendered."""
    written: tuple[Span, ...] = ()
    """The stretches of the source that are shown as they are written, because they are too heavy to render."""

    def pieces_in(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces that have something of ``text[start:end]``, in reading order."""
        index = max(bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1, 0)
        for piece in self.pieces[index:]:
            if piece.start >= end:
                return
            if piece.end > start:
                yield piece

    def source_spans(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where ``text[start:end]`` stands in the source: spans free of markup, which a mark may enclose."""
        spans: list[tuple[int, int]] = []
        run = -1
        for piece in self.pieces_in(start, end):
            span = _span_within(piece, start, end)
            if span is None:
                run = -1
            elif piece.run == run:
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
                run = piece.run
        return tuple(filter(None, (_without_blanks(self.source, *span) for span in spans)))

    def source_position(self, offset: int) -> int:
        """The place in the source of the character at ``offset``."""
        piece = next(self.pieces_in(offset, offset + 1), None)
        if piece is None:
            return len(self.source)
        return min(piece.source_start + offset - piece.start, piece.source_end)


def _span_within(piece: Piece, start: int, end: int) -> tuple[int, int] | None:
    """The part of the piece's source that a mark over ``start`` to ``end`` may enclose."""
    if piece.kind is PieceKind.TEXT:
        before, after = max(start - piece.start, 0), max(piece.end - end, 0)
        return piece.source_start + before, piece.source_end - after
    if piece.kind is PieceKind.ATOM and start <= piece.start and piece.end <= end:
        return piece.source_start, piece.source_end
    return None


def _without_blanks(source: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends, where a mark would part it from markup that needs it."""
    words = source[start:end].strip()
    start = source.index(words, start)
    return (start, start + len(words)) if words else None

"""What a reader sees of a text, with a map from every character back to the source."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, overload

from archive_builder.plain import Span
from archive_builder.projection.dyeing import Dyed

__all__ = ["Piece", "PieceKind", "Pieces", "Prose"]


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


KINDS = tuple(PieceKind)
UNSIGNED = "I" if array("I").itemsize == 4 else "L"


class Pieces(Sequence[Piece]):
    """The pieces of one text, held as bare numbers: an archive has a hundred thousand of them."""

    __slots__ = ("_rest", "_starts")

    def __init__(self) -> None:
        self._starts = array(UNSIGNED)
        self._rest = array(UNSIGNED)

    def append(self, piece: Piece) -> None:
        self._starts.append(piece.start)
        self._rest.extend(piece[1:])

    def at(self, offset: int) -> int:
        """The number of the piece that has the character at ``offset``; of the first one, before all."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Piece: ...
    @overload
    def __getitem__(self, index: slice) -> list[Piece]: ...
    def __getitem__(self, index: int | slice) -> Piece | list[Piece]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        start, number = self._starts[index], index % len(self._starts)
        end, source_start, source_end, kind, run = self._rest[5 * number : 5 * number + 5]
        return Piece(start, end, source_start, source_end, KINDS[kind], run)


@dataclass(frozen=True, slots=True)
class Prose:
    """What a reader sees of a Markdown text, normalised."""

    text: str
    pieces: Pieces
    source: str
    """The Markdown it was projected from."""
    dyed: Dyed | None = None
    """The rendered text; None where nothing of it had to be rendered."""
    written: tuple[Span, ...] = ()
    """The stretches of the source that are shown as they are written, because they are too heavy to render."""

    def pieces_in(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces that have something of ``text[start:end]``, in reading order."""
        for number in range(self.pieces.at(start), len(self.pieces)):
            piece = self.pieces[number]
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

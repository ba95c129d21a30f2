"""Parts Markdown into the blocks that a quotation keeps or leaves out, each with the prose it shows.

We do not need to know every construct: what we do not know is one block that is kept whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from archive_builder.projection import PieceKind, Prose

__all__ = ["Block", "BlockKind", "blocks"]

HEADING = re.compile(r"(#{1,6})(?!#)\s*\S")
UNDERLINED = re.compile(r"[^\n]+\n(=+|-+)[ ]*(?:\n|\Z)")
ITEM = re.compile(r"[ ]{0,3}(?:[-+*]|\d+\.)[ ]+")
DEFINITION = re.compile(r"[ ]{0,3}\[(\^?)([^\[\]\n]+)\]:")
MARKER = re.compile(r"(?:[ ]{0,3}+(?:(?:[-+*]|\d++\.)[ ]++|>[ ]?+))*+")
TABLE = re.compile(r"(?=[^\n|]*+\|)[^\n]*+\n[ ]{0,3}(?=[|: ]*+-)[|:\- ]*+(?:\n|\Z)")
FENCE = re.compile(r"[ ]*(`{3,}|~{3,})")
FENCE_END = re.compile(r"^[ ]*(`{3,}|~{3,})[ ]*$", re.MULTILINE)
INDENTED = " " * 4


class BlockKind(StrEnum):
    TEXT = "text"
    """A paragraph, a list item, a quotation: sentences can be taken from it."""
    WHOLE = "whole"
    """A table, code, an item with parts: kept whole or not at all."""
    HEADING = "heading"
    LINK = "link"
    """The definition of a link."""
    FOOTNOTE = "footnote"
    """The definition of a footnote."""


class Block(NamedTuple):
    """A stretch of source, without the blank lines around it."""

    kind: BlockKind
    start: int
    end: int
    marker: int
    """Where its list or quotation marker ends."""
    level: int = 0
    """Of a heading, from 1; 0 of others."""
    label: str = ""
    """Of a definition, in lower case."""
    prose: tuple[tuple[int, int], ...] = ()
    """What it shows: stretches of prose, parted where a paragraph ends within the block."""

    @property
    def is_definition(self) -> bool:
        return self.kind in (BlockKind.LINK, BlockKind.FOOTNOTE)


def blocks(prose: Prose) -> tuple[Block, ...]:
    """The blocks of the prose's source, in order."""
    spans = list(_spans(prose.source))
    stretches = _stretches(prose, [start for start, _ in spans])
    return tuple(_block(prose.source, *span, tuple(stretches[index])) for index, span in enumerate(spans))


def _spans(source: str) -> Iterator[tuple[int, int]]:
    """Where each block begins and ends."""
    start = end = -1
    is_open = False
    for position, line in _lines(source):
        if not line.strip():
            is_open = False
            continue
        if start >= 0 and _goes_on(source, start, line, is_open):
            end = position + len(line)
        else:
            if start >= 0:
                yield start, end
            start, end = position, position + len(line)
        is_open = not HEADING.match(line)
    if start >= 0:
        yield start, end


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """Each line with its place; a fenced block is one line, blank lines and all."""
    position = 0
    closing: dict[str, list[int]] = {}
    for ends in FENCE_END.finditer(source):
        closing.setdefault(ends[1], []).append(ends.end())
    while position < len(source):
        end = source.find("\n", position)
        end = len(source) if end < 0 else end
        if fence := FENCE.match(source, position, end):
            after = closing.get(fence[1], [])
            following = bisect_right(after, end)
            end = after[following] if following < len(after) else end
        yield position, source[position:end]
        position = end + 1


def _goes_on(source: str, start: int, line: str, is_open: bool) -> bool:
    """Whether ``line`` belongs to the block begun at ``start``; ``is_open`` says that no blank line parts them."""
    is_item, definition = ITEM.match(source, start), DEFINITION.match(source, start)
    if not is_open:
        return line.startswith(INDENTED) and bool(is_item or (definition and definition[1]))
    if HEADING.match(line) or DEFINITION.match(line) or (definition and not definition[1]):
        return False
    return not (is_item and ITEM.match(line))


def _block(source: str, start: int, end: int, prose: tuple[tuple[int, int], ...]) -> Block:
    text = source[start:end]
    marker = start + MARKER.match(text).end()  # type: ignore[union-attr]  # it matches the empty text
    if definition := DEFINITION.match(text):
        kind = BlockKind.FOOTNOTE if definition[1] else BlockKind.LINK
        return Block(kind, start, end, start, label=definition[1] + definition[2].strip().lower(), prose=prose)
    if heading := HEADING.match(text):
        return Block(BlockKind.HEADING, start, end, start, len(heading[1]), prose=prose)
    if underlined := UNDERLINED.match(text):
        return Block(BlockKind.HEADING, start, end, start, 1 if underlined[1][0] == "=" else 2, prose=prose)
    is_whole = "\n\n" in text or text.startswith(INDENTED) or FENCE.match(text) or TABLE.match(text)
    return Block(BlockKind.WHOLE if is_whole else BlockKind.TEXT, start, end, marker, prose=prose)


def _stretches(prose: Prose, starts: list[int]) -> dict[int, list[tuple[int, int]]]:
    """The prose of each block, by its number, parted at the ends of paragraphs."""
    found: dict[int, list[tuple[int, int]]] = {index: [] for index in range(len(starts))}
    last = -1
    for piece in prose.pieces:
        if piece.kind is PieceKind.GAP:
            last = -1
            continue
        index = max(bisect_right(starts, piece.source_start) - 1, 0)
        if index == last:
            found[index][-1] = (found[index][-1][0], piece.end)
        else:
            found[index].append((piece.start, piece.end))
        last = index
    return {index: [span for span in spans if prose.text[slice(*span)].strip()] for index, spans in found.items()}

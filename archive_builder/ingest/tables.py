"""Tells tables that hold data from those that lay out a page, and writes the former as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from archive_builder.ingest.leaves import Leaf

__all__ = ["Grid", "is_data", "table"]

MOST_COLUMNS = 20
LONGEST_CELL = 60  # words; longer cells are columns of a page
MOST_ROWS = 1_000
NO_PIPE = "&#124;"


class Grid:
    """The leaves of a table in rows and cells."""

    def __init__(self, leaves: Sequence[Leaf], depth: int) -> None:
        self.caption = [leaf for leaf in leaves if len(leaf.path) <= depth + 2 or leaf.path[depth + 1].kind != "tr"]
        cells = [leaf for leaf in leaves if leaf not in self.caption]
        self.rows = [_row(list(row), depth) for _, row in groupby(cells, key=lambda leaf: leaf.path[depth + 1].number)]
        self.nested = any(holder.kind == "table" for leaf in leaves for holder in leaf.path[depth + 1 :])

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def is_headed(self) -> bool:
        """Whether the first row is of headings."""
        return all(leaf.stands_in("th") for cell in self.rows[0] for leaf in cell)


def is_data(grid: Grid) -> bool:
    """Whether a table holds data: several rows and columns of short cells, no table within."""
    if grid.nested or not 2 <= grid.width <= MOST_COLUMNS or not 2 <= len(grid.rows) <= MOST_ROWS:
        return False
    cells = [" ".join(leaf.text for leaf in cell) for row in grid.rows for cell in row]
    return max(len(cell.split()) for cell in cells) <= LONGEST_CELL


def table(grid: Grid, inline: Callable[[Leaf], str]) -> str:
    """The table in Markdown; a table without headings gets an empty line of them."""
    rows = [[_cell(cell, inline) for cell in row] for row in grid.rows]
    head = rows.pop(0) if grid.is_headed else [""] * grid.width
    lines = [_line(head, grid.width), "|" + " --- |" * grid.width, *(_line(row, grid.width) for row in rows)]
    caption = [inline(leaf) for leaf in grid.caption]
    return "\n\n".join([*caption, "\n".join(lines)])


def _row(leaves: Sequence[Leaf], depth: int) -> list[list[Leaf]]:
    """The cells of a row, with an empty one for each that holds nothing or is spanned."""
    found: dict[int, list[Leaf]] = {}
    for leaf in leaves:
        found.setdefault(_column(leaf, depth), []).append(leaf)
    return [found.get(column, []) for column in range(min(max(found), MOST_COLUMNS) + 1)]


def _column(leaf: Leaf, depth: int) -> int:
    cell = leaf.path[depth + 2].element
    return sum(_span(each) for each in cell.itersiblings("td", "th", preceding=True))


def _span(cell: object) -> int:
    written = str(cell.get("colspan", "1"))  # type: ignore[attr-defined]
    return int(written) if written.isdecimal() and 0 < len(written) < 3 else 1


def _cell(leaves: Sequence[Leaf], inline: Callable[[Leaf], str]) -> str:
    return " ".join(" ".join(inline(leaf).split()) for leaf in leaves).replace("|", NO_PIPE)


def _line(cells: Sequence[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"

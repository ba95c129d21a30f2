"""Writes the leaves of a page as Markdown that reads back to the same words.

What is written is projected, as every text of an archive is, and held against the leaves. Where markup of the page does
not survive (a table within a list, a star within emphasis), the block it stands in is written as plain paragraphs: we
would rather lose emphasis than a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from archive_builder.canonical import canonical
from archive_builder.ingest.escaping import escaped
from archive_builder.ingest.leaves import Leaf, Span
from archive_builder.ingest.tables import Grid, is_data, table
from archive_builder.projection import normalise, project

__all__ = ["Notes", "written"]

SIGNS = {"strong": "**", "em": "*"}
TAGS = frozenset(("sup", "sub"))
DEEPEST = 8  # lists and quotations within one another
SPECIAL_IN_ADDRESS = re.compile(r"[\s()<>\[\]\\`*\"'{}|^]")
LINE_START = re.compile(r"^(?:[#>+:=~|-]|\d+[.)]|!!!|\?\?\?|///)", re.MULTILINE)

Notes = Mapping[str, str]
"""The names of footnotes by their places in the page."""


def written(leaves: Sequence[Leaf], notes: Notes, noted: Mapping[str, Sequence[Leaf]]) -> str:
    """The leaves as Markdown; ``noted`` are the leaves of each footnote, by its name."""
    blocks = list(_blocks(leaves, 0, notes))
    defined = [_definition(name, its) for name, its in noted.items()]
    said = [*leaves, *(leaf for its in noted.values() for leaf in its)]
    markdown = _joined([*blocks, *defined])
    if _reads_as(markdown, said, notes):
        return markdown
    checked = [each for group in _tops(leaves) for each in _checked(group)]
    plain = [escaped(leaf.text) for its in noted.values() for leaf in its]
    markdown = _joined([*checked, *plain])
    return markdown if _reads_as(markdown, said, {}) else _joined(escaped(leaf.text) for leaf in said)


def _checked(leaves: list[Leaf]) -> list[str]:
    """One block as it is on the page, or as plain paragraphs where that does not read the same."""
    blocks = list(_blocks(leaves, 0, {}))
    return blocks if _reads_as(_joined(blocks), leaves, {}) else [escaped(leaf.text) for leaf in leaves]


def _reads_as(markdown: str, leaves: Iterable[Leaf], notes: Notes) -> bool:
    said = " ".join("".join(span.text for span in leaf.spans if span.href not in notes) for leaf in leaves)
    return project(canonical(markdown)[0]).text == normalise(said)


def _joined(blocks: Iterable[str]) -> str:
    text = "\n\n".join(filter(None, blocks))
    return f"{text}\n" if text else ""


def _tops(leaves: Sequence[Leaf]) -> Iterator[list[Leaf]]:
    """The leaves of each outermost holder together; others alone."""
    for (number, _), group in groupby(enumerate(leaves), key=lambda pair: _top(*pair)):
        del number
        yield [leaf for _, leaf in group]


def _top(at: int, leaf: Leaf) -> tuple[int, int]:
    return (leaf.path[0].number, 0) if leaf.path else (-1, at)


def _blocks(leaves: Sequence[Leaf], depth: int, notes: Notes) -> Iterator[str]:
    """The blocks of leaves that share what they stand in down to ``depth``."""
    for holder, group in groupby(leaves, key=lambda leaf: leaf.path[depth] if len(leaf.path) > depth else None):
        inside = list(group)
        if holder is None or depth >= DEEPEST:
            yield from (_leaf(leaf, notes) for leaf in inside)
        elif holder.kind in ("ul", "ol"):
            yield _list(holder.kind, holder.element.get("start"), inside, depth, notes)
        elif holder.kind == "blockquote":
            yield _quoted(_joined(_blocks(inside, depth + 1, notes)))
        elif holder.kind == "table" and is_data(grid := Grid(inside, depth)):
            yield table(grid, lambda leaf: _inline(leaf, notes))
        else:
            yield from _blocks(inside, depth + 1, notes)


def _leaf(leaf: Leaf, notes: Notes) -> str:
    if leaf.kind == "pre":
        return "\n\n".join(escaped(" ".join(part.split())) for part in _preformatted(leaf) if part.strip())
    text = _opened(_inline(leaf, notes))
    if leaf.kind == "p" or "\n" in text:
        return f"*{text}*" if leaf.stands_in("figcaption") and _is_bare(leaf) else text
    return f"{'#' * max(int(leaf.kind[1]), 2)} {_inline(leaf, notes).rstrip('#')}"


def _is_bare(leaf: Leaf) -> bool:
    return (
        len(leaf.spans) == 1 and not leaf.spans[0].marks and not leaf.spans[0].href and "\n" not in leaf.spans[0].text
    )


def _preformatted(leaf: Leaf) -> list[str]:
    """Its paragraphs: in a page of news, what keeps its lines is a letter or a dispatch, not code."""
    return re.split(r"\n\s*\n", "".join(span.text for span in leaf.spans))


def _list(kind: str, start: str | None, leaves: list[Leaf], depth: int, notes: Notes) -> str:
    first = int(start) if start and start.isdecimal() and len(start) < 6 else 1
    items = []
    for number, (_, group) in enumerate(groupby(leaves, key=lambda leaf: leaf.path[depth + 1 : depth + 2])):
        inside = list(group)
        nested = depth + 2 if len(inside[0].path) > depth + 1 else depth + 1
        sign = f"{first + number}." if kind == "ol" else "-"
        text = _joined(_blocks(inside, nested, notes)).rstrip("\n")
        items.append(f"{sign:<3} " + text.replace("\n", "\n    "))
    is_tight = not any("\n    \n" in item for item in items)
    return re.sub(r"(?m)^[ ]+$", "", ("\n" if is_tight else "\n\n").join(items))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.rstrip("\n").split("\n"))


def _definition(name: str, leaves: Sequence[Leaf]) -> str:
    blocks = _joined(_blocks([Leaf(each.kind, (), each.spans, each.line, each.element) for each in leaves], 0, {}))
    return f"[^{name}]: " + re.sub(r"(?m)^[ ]+$", "", blocks.rstrip("\n").replace("\n", "\n    "))


def _opened(text: str) -> str:
    """Inline Markdown that no line of begins a block."""
    return LINE_START.sub(lambda sign: escaped(sign[0] + " ").rstrip() if sign[0] != "#" else "\\#", text)


def _inline(leaf: Leaf, notes: Notes) -> str:
    """The spans of a leaf as Markdown, each run of one link together."""
    parts = []
    for href, group in groupby(leaf.spans, key=lambda span: span.href):
        if href in notes:
            parts.append(f"[^{notes[href]}]")
            continue
        text = "".join(_span(span) for span in group)
        parts.append(_linked(text, href) if href and not href.startswith("#") else text)
    return "".join(parts).strip()


def _linked(text: str, href: str) -> str:
    before, words, after = _parted(text)
    if not words or "\n" in words:
        return text
    address = SPECIAL_IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", href)
    return f"{before}[{words.replace(']', chr(92) + ']')}]({address}){after}"


def _span(span: Span) -> str:
    before, words, after = _parted(span.text)
    if not words:
        return _line_ends(span.text)
    lines = [_words(line) for line in words.split("\n")]
    text = "  \n".join(lines)
    for mark in span.marks if len(lines) == 1 else ():
        if mark in TAGS:
            text = f"<{mark}>{text}</{mark}>"
        elif mark in SIGNS:
            text = f"{SIGNS[mark]}{text}{SIGNS[mark]}"
    return _line_ends(before) + text + _line_ends(after)


def _words(line: str) -> str:
    """Plain words of one line; what would only act at its beginning is not its business."""
    line = " ".join(re.split(r"[ \t]+", line.strip()))
    return escaped(f"({line}")[1:] if line else ""


def _line_ends(blank: str) -> str:
    return "  \n" if "\n" in blank else blank


def _parted(text: str) -> tuple[str, str, str]:
    bare = text.strip()
    start = len(text) - len(text.lstrip())
    return text[:start], bare, text[start + len(bare) :]

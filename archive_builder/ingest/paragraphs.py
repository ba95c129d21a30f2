"""Finds the paragraphs of a plain text: every word of it stands in exactly one, in order.

Blank lines part paragraphs. Between two lines that no blank line parts we join only what was cut by an editor's
margin: the first word of the second line would not have fitted on the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Paragraph", "folded", "paragraphs"]

# C0 but the white space, DEL and C1 but NEXT LINE, and marks of byte order: no text needs them.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]")
INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069]*")
WHITE_SPACE = re.compile(r"\s+")
# Spaces that mean something when they stand alone, as in "10 000" or « so ».
MEANT = "\u00a0\u2009\u202f"
LIST_ITEM = re.compile(r"\s*(?:[-*•·]|\d{1,3}[.)])\s")
BOLD = "**"
MARGINS = range(40, 121)  # characters; what editors and mailers wrap at
SIGNS = str.maketrans("‘’‚‛ʼ`´“”„‟«»‐‑‒–—―−", "'''''''" + '""""""' + "-------")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the capture."""

    line: int
    """Where it begins, from 1."""
    text: str
    """On one line, white space folded."""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of ``text``."""
    lines = CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    margin = _margin(lines)
    found: list[tuple[int, list[str]]] = []
    previous = ""
    for number, line in enumerate(lines, 1):
        if not _is_blank(line):
            if _continues(previous, line, margin):
                found[-1][1].append(line)
            else:
                found.append((number, [line]))
        previous = line
    return tuple(Paragraph(number, _clean(" ".join(parts))) for number, parts in found)


def folded(text: str) -> str:
    """``text`` for comparing: no difference of case, white space, or the form of quotation marks and dashes."""
    return " ".join(unicodedata.normalize("NFC", text).translate(SIGNS).casefold().split())


def _margin(lines: list[str]) -> int:
    """Where lines were cut, in characters; 0 where lines are whole paragraphs."""
    margin = max((len(line.rstrip()) for line in lines if " " in line.strip()), default=0)
    breaks = list(_breaks(lines))
    cut = sum(_is_full(first, second, margin) for first, second in breaks)
    return margin if margin in MARGINS and 2 * cut > len(breaks) else 0


def _breaks(lines: list[str]) -> Iterator[tuple[str, str]]:
    return (pair for pair in pairwise(lines) if not any(map(_is_blank, pair)))


def _is_full(first: str, second: str, margin: int) -> bool:
    return len(first.rstrip()) + 1 + len(second.split(maxsplit=1)[0]) > margin


def _continues(previous: str, line: str, margin: int) -> bool:
    if _is_blank(previous):
        return False
    if previous.count(BOLD) % 2 and line.count(BOLD) % 2:
        return True
    if not margin or LIST_ITEM.match(line) or _indent(line) > _indent(previous):
        return False
    return _is_full(previous, line, margin)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_blank(line: str) -> bool:
    return INVISIBLE.fullmatch(line) is not None


def _clean(text: str) -> str:
    return WHITE_SPACE.sub(lambda run: run[0] if run[0] in MEANT else " ", text.strip())

"""Finds the place in the source of what comes out between two dyed words, where it has one.

A sign that stands there letter by letter may be marked; one that stands for something else is shown, and never cut.
"""

from __future__ import annotations

import re

from archive_builder.plain import Span
from archive_builder.projection.dyeing import Word
from archive_builder.projection.prose import PieceKind
from archive_builder.projection.writing import Writer

__all__ = ["Between", "write_between"]

SHORT_REFERENCE = re.compile(r"\[([^\[\]]*)\](?:\[\])?(?!\()(?=(\s?\[)?)")
# A sign of emphasis or code that has no partner here: what it does depends on what is beside it.
LONE_SIGN = re.compile(r"(?P<joined>(?<!_)_+(?=[^\W_])|(?<=[^\W_])_+(?!_))|\s?(?:\*+|_+|`+)\s?")
STANDS_FOR_ANOTHER = re.compile(r"&#?\w+;|\\[\\`*_{}\[\]()>#+.!|-]")
ACTS_IN_MARKDOWN = re.compile(r"[\\`*_\[\]()<>&]|://|@")
INLINE = frozenset(
    "a abbr b bdi bdo cite code del em i ins kbd mark q s small span strong sub sup u var wbr img".split()
)


class Between:
    """What comes out between two words: texts, parted by tags."""

    def __init__(self) -> None:
        self.code_depth = 0
        self.clear()

    def clear(self) -> None:
        """Begin after a word."""
        self.texts = [""]
        self.ends_block: list[bool] = []
        """Of each tag between two texts, whether it ends a block."""
        self.in_code = self.code_depth > 0

    def add_tag(self, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        self.code_depth += (-1 if tag["closing"] else 1) * (name == "code")
        self.texts.append("")
        self.ends_block.append(name not in INLINE)
        self.in_code |= self.code_depth > 0


def write_between(between: Between, before: Word | None, after: Word | None, writer: Writer) -> None:
    """Write what stands between two words, as far as it can be told with its place in the source."""
    if before and after and before.right == after.start and not between.in_code:
        parted_by = writer.source[before.end : after.start]
        if between.texts == [parted_by]:
            _write_at(parted_by, before.end, writer)
            return
    if between.ends_block and all(between.ends_block) and not any(map(str.strip, between.texts)):
        writer.gap()  # one block ends and another begins, which is all that most tags do
        return
    right = (before.end, before.right) if before else (after.left, after.start) if after else (0, 0)
    left = (after.left, after.start) if after else right
    last = len(between.texts) - 1
    taken: list[Span] = []
    for index, text in enumerate(between.texts):
        beside_block = any(between.ends_block[max(index - 1, 0) : index + 1])
        if text and not (beside_block and text.isspace()):
            at = None if between.in_code else _place(text, index, last, right, left, writer.source)
            if at is not None and all(at + len(text) <= start or end <= at for start, end in taken):
                taken.append((at, at + len(text)))
                _write_at(text, at, writer)
            elif last == 0 and right == left and not between.in_code:
                writer.atom(text, *right)
            else:
                writer.atom(text, right[0], right[0], PieceKind.CODE)
        if index < last:
            writer.gap() if between.ends_block[index] else writer.markup()


def _write_at(text: str, at: int, writer: Writer) -> None:
    """Write what stands at ``at``; the text of a link that is its own name may be marked with its brackets only."""
    opening = writer.source.rfind("[", 0, at)
    reference = SHORT_REFERENCE.match(writer.source, opening) if opening >= 0 else None
    if reference is None or reference.end(1) < at + len(text):
        _write_literally(at, at + len(text), writer)
    elif reference[1] == text and not reference[2]:
        writer.atom(text, *reference.span())
    else:
        writer.atom(text, at, at + len(text), PieceKind.CODE)


def _write_literally(start: int, end: int, writer: Writer) -> None:
    """Write what stands in the source letter by letter, and let no mark touch a sign that acts on other neighbours."""
    for sign in LONE_SIGN.finditer(writer.source, start, end + 1):
        low, high = sign.start(), min(sign.end(), end)
        if low < high:
            writer.text(start, low)
            writer.atom(writer.source[low:high], low, high, PieceKind.ATOM if sign["joined"] else PieceKind.CODE)
            start = high
    writer.text(start, end)


def _place(text: str, index: int, last: int, right: tuple[int, int], left: tuple[int, int], source: str) -> int | None:
    """Where ``text`` stands letter by letter, or None where it stands for something else in the source."""
    if last == 0:
        return right[0] if right == left and source[slice(*right)] == text else None
    at = _place_among_tags(text, index, last, right, left, source)
    if at is None:
        return None
    reach = range(max(at - 1, right[0]), at + len(text))
    return None if any(STANDS_FOR_ANOTHER.match(source, start) for start in reach) else at


def _place_among_tags(
    text: str, index: int, last: int, right: tuple[int, int], left: tuple[int, int], source: str
) -> int | None:
    """The first of several texts follows the word before, the last precedes the word after, and one between must occur
    just once there."""
    if index == 0:
        return right[0] if source.startswith(text, *right) else None
    if index == last:
        return left[1] - len(text) if source.endswith(text, *left) else None
    if ACTS_IN_MARKDOWN.search(text):
        return None
    places = [at for span in {right, left} if (at := _only(text, *span, source)) >= 0]
    return places[0] if len(places) == 1 else None


def _only(text: str, start: int, end: int, source: str) -> int:
    """Where the text stands between two places; -1 if it does not, or stands there twice."""
    at = source.find(text, start, end)
    return at if at >= 0 and source.find(text, at + len(text), end) < 0 else -1

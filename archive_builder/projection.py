"""Turns Markdown into the prose a reader sees, with a map from every character back to the source.

We do not parse Markdown ourselves. Every word is *dyed*: replaced by a code of two rare characters that says where it
stood. Python-Markdown renders the dyed text, and wherever a code comes out we know which word of the source is visible
there, whatever emphasis, links, lists, tables or footnotes it went through. So the prose is that of the rendered page
by construction, in every version of Python-Markdown. Blocks without any markup, which is most of a news report, are
their own rendering and are not rendered.

The prose is normalised so that a quotation matches however it was typed: runs of white space are one space; quotation
marks, apostrophes and dashes have one form each; soft hyphens and zero-width characters are gone. All offsets are code
points. Footnote references and back links are furniture, not prose.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from html import unescape
from typing import NamedTuple

from archive_builder.canonical import ALLOWED_TAG
from archive_builder.plain import Span, runs
from archive_builder.rendering import Renderer
from archive_builder.weighing import heavy

__all__ = ["BARRIER", "ELISION", "RENDERER", "Piece", "PieceKind", "Prose", "normalise", "project", "visible_text"]

ELISION = "[…]"
BARRIER = "\ufffc"  # stands in the prose for an elision; no quotation can contain it

SINGLE_QUOTES = "‘’‚‛′‹›ʼ`´"
DOUBLE_QUOTES = "“”„‟″«»"
DASHES = "‐‑‒–—―−"
DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"

FOLDS = ((SINGLE_QUOTES, "'"), (DOUBLE_QUOTES, '"'), (DASHES, "-"))
FOLDED = tuple((sign, plain) for signs, plain in FOLDS for sign in signs)
SPACE = re.compile(r"\s")
SPACES = re.compile(rf"[\s{DROPPED}]+")
IRREGULAR = re.compile(rf"(?:[^\S ]|[{DROPPED}])[\s{DROPPED}]*| [\s{DROPPED}]+|\[(?<!\\\[)…\]")

BRACKETS = re.compile(r"\[([^\[\]]*)\]")
SHORT_REFERENCE = re.compile(r"\[([^\[\]]*)\](?:\[\])?(?!\()(?=(\s?\[)?)")
LABEL = re.compile(r"\[([^\[\]]*)\]:")

RENDERER = Renderer(html_blocks=False)

FIRST, SECOND, RADIX = 0x20000, 0x24000, 0x4000
CODE = re.compile("(?P<first>[\U00020000-\U00023fff])(?P<second>[\U00024000-\U00027fff])")
# Words that nothing but a comma, an apostrophe, a space or underscores part are dyed as one: no markup stands there.
WORDS = re.compile(r"[^\W_]+(?:(?:,? |['’]|_+)[^\W_]+)*")
# Words that Markdown itself reads: they keep their colour.
READ_BY_MARKDOWN = re.compile(
    rf"^[ ]*(?:```|~~~).*$|^(?:[ >*+-]|\[\^[^\]]{{0,200}}\]:|\d+\.(?=[ ]))+|&\#?\w+;|<[A-Za-z][A-Za-z0-9+.-]*://[^<>]*>|<[^<>\s]+@[^<>\s]+>"
    rf"|\[\^[^\]]{{0,200}}\]|{ALLOWED_TAG.pattern}",
    re.MULTILINE,
)

FURNITURE = re.compile(
    r'<sup id="fnref[^>]*>.*?</sup>|<a class="(?:footnote-backref|headerlink|ab-ref)"[^>]*>.*?</a>', re.DOTALL
)
TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*>")
CODE_OR_TAG = re.compile(rf"{CODE.pattern}|{TAG.pattern}")
# A sign of emphasis or code that has no partner here: what it does depends on what is beside it.
LONE_SIGN = re.compile(r"(?P<joined>(?<!_)_+(?=[^\W_])|(?<=[^\W_])_+(?!_))|\s?(?:\*+|_+|`+)\s?")
STANDS_FOR_ANOTHER = re.compile(r"&#?\w+;|\\[\\`*_{}\[\]()>#+.!|-]")
ACTS_IN_MARKDOWN = re.compile(r"[\\`*_\[\]()<>&]|://|@")
INLINE = frozenset(
    "a abbr b bdi bdo cite code del em i ins kbd mark q s small span strong sub sup u var wbr img".split()
)


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
            number = _number(code)
            return fill(spans[2 * number], spans[2 * number + 1])

        return CODE.sub(word, self.html.decode())


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
    """The blocks of the source that are shown as they are written, because they are too heavy to render."""

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


def project(source: str, *, elisions: bool = False) -> Prose:
    """Project canonical Markdown; with ``elisions``, ``[…]`` is a barrier that no quotation crosses."""
    writer = _Writer(source, elisions)
    written = heavy(source)
    plain, marked = runs(source, written)
    if marked:
        return replace(writer.prose(_project_rendered(source, plain, marked, writer)), written=tuple(written))
    writer.text(0, len(source))
    return replace(writer.prose(), written=tuple(written))


def normalise(text: str) -> str:
    """The form of ``text`` in which quotations are compared."""
    return _compared(unicodedata.normalize("NFC", text))


def _compared(text: str) -> str:
    return _folded(_spaced(text).strip())


def _folded(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'")
    for sign, plain in FOLDED:
        text = text.replace(sign, plain)
    return text


def _spaced(text: str) -> str:
    return SPACES.sub(lambda run: " " if SPACE.search(run[0]) else "", text)


def visible_text(html: str) -> str:
    """The normalised prose of a rendered text, without furniture."""
    bare = TAG.sub(lambda tag: "" if tag["name"].lower() in INLINE else " ", FURNITURE.sub("", html))
    return _compared(unescape(bare))


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


class _Writer:
    """Collects the prose and its pieces, folding white space as it goes."""

    def __init__(self, source: str, elisions: bool) -> None:
        self.source = source
        self.folded = _folded(source)  # as long as the source: folding is one character for one
        self.elisions = elisions
        self.chunks: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0
        self.run = 0
        self.after_space = True
        self.pending = (-1, -1)

    def prose(self, dyed: Dyed | None = None) -> Prose:
        self._flush()
        text = "".join(self.chunks)
        return Prose(text.rstrip(" "), tuple(self.pieces), self.source, dyed)

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
        for irregular in IRREGULAR.finditer(self.source, position, end):
            self._regular(position, irregular.start())
            position = irregular.end()
            if irregular[0] != ELISION:
                self._space(irregular)
            elif self.elisions:
                self._write(BARRIER, irregular.start(), position, PieceKind.CODE)
            else:
                self._regular(irregular.start(), position)
        self._regular(position, end)

    def atom(self, text: str, start: int, end: int, kind: PieceKind = PieceKind.ATOM) -> None:
        """Prose that stands for ``start`` to ``end`` of the source as a whole."""
        self._flush()
        spaced = _spaced(text)
        if self.after_space:
            spaced = spaced.lstrip(" ")
        if spaced:
            self._write(_folded(spaced), start, end, kind)

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

    def _space(self, irregular: re.Match[str]) -> None:
        """Fold white space to one space, or to a gap where a block ends; drop what cannot be seen."""
        ends_block = irregular[0].count("\n") > 1
        self.run += ends_block
        if SPACE.search(irregular[0]) and not self.after_space:
            self._write(" ", *irregular.span(), PieceKind.GAP if ends_block else PieceKind.ATOM)

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


class _Word(NamedTuple):
    """A dyed word: where it stands in the source, and how far the words beside it are."""

    start: int
    end: int
    left: int
    """Where the word before it ends."""
    right: int
    """Where the word after it begins."""


@dataclass(slots=True)
class _Between:
    """What comes out between two words: texts, parted by tags."""

    texts: list[str]
    ends_block: list[bool]
    """Of each tag between two texts, whether it ends a block."""
    in_code: bool = False

    def add_tag(self, name: str, in_code: bool) -> None:
        self.texts.append("")
        self.ends_block.append(name not in INLINE)
        self.in_code |= in_code


def _project_rendered(source: str, plain: list[Span], marked: list[Span], writer: _Writer) -> Dyed:
    """Render the source, each plain block and each word of the others dyed, and write down what comes out."""
    dyed, words = _dye(source, plain, marked)
    rendered = RENDERER.convert(dyed)
    html = FURNITURE.sub("", rendered)
    before: _Word | None = None
    between = _Between([""], [])
    position = code_depth = 0
    for sign in CODE_OR_TAG.finditer(html):
        between.texts[-1] += unescape(html[position : sign.start()])
        position = sign.end()
        if name := sign["name"]:
            code_depth += (-1 if sign["closing"] else 1) * (name == "code")
            between.add_tag(name.lower(), code_depth > 0)
        elif (number := _number(sign)) < len(words):
            word = words[number]
            _write_between(between, before, word, writer)
            if code_depth:
                writer.atom(source[word.start : word.end], word.start, word.end, PieceKind.CODE)
            else:
                writer.text(word.start, word.end)
            before, between = word, _Between([""], [], in_code=code_depth > 0)
    between.texts[-1] += unescape(html[position:])
    _write_between(between, before, None, writer)
    writer.gap()
    return Dyed(rendered.encode(), array("L", (edge for word in words for edge in word[:2])))


def _dye(source: str, plain: list[Span], marked: list[Span]) -> tuple[str, list[_Word]]:
    """The source with every word replaced by the code of its number, and the words by number."""
    labels = set(map(_label, LABEL.findall(source)))
    spans = sorted([*plain, *(span for block in marked for span in _words(source, *block, labels))])
    edges = [0, *(edge for span in spans for edge in span), len(source)]
    words = [_Word(*span, edges[2 * number], edges[2 * number + 3]) for number, span in enumerate(spans)]
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
    spans = [match.span() for match in READ_BY_MARKDOWN.finditer(source, start, end)]
    if labels:
        brackets = BRACKETS.finditer(source, start, end)
        spans += (bracket.span() for bracket in brackets if _label(bracket[1]) in labels)
    return sorted(spans)


def _label(text: str) -> str:
    """The form in which Markdown compares the names of links."""
    return " ".join(text.split()).lower()


def _number(code: re.Match[str]) -> int:
    return (ord(code["first"]) - FIRST) * RADIX + ord(code["second"]) - SECOND


def _write_between(between: _Between, before: _Word | None, after: _Word | None, writer: _Writer) -> None:
    """Write what stands between two words, as far as it can be told with its place in the source."""
    right = (before.end, before.right) if before else (after.left, after.start) if after else (0, 0)
    left = (after.left, after.start) if after else right
    last = len(between.texts) - 1
    for index, text in enumerate(between.texts):
        beside_block = any(between.ends_block[max(index - 1, 0) : index + 1])
        if text and not (beside_block and text.isspace()):
            at = None if between.in_code else _place(text, index, last, right, left, writer.source)
            if at is not None:
                _write_at(text, at, writer)
            elif last == 0 and right == left and not between.in_code:
                writer.atom(text, *right)
            else:
                writer.atom(text, right[0], right[0], PieceKind.CODE)
        if index < last:
            writer.gap() if between.ends_block[index] else writer.markup()


def _write_at(text: str, at: int, writer: _Writer) -> None:
    """Write what stands at ``at``; the text of a link that is its own name may be marked with its brackets only."""
    reference = SHORT_REFERENCE.match(writer.source, max(writer.source.rfind("[", 0, at), 0))
    if reference is None or reference.end(1) < at + len(text):
        _write_literally(at, at + len(text), writer)
    elif reference[1] == text and not reference[2]:
        writer.atom(text, *reference.span())
    else:
        writer.atom(text, at, at + len(text), PieceKind.CODE)


def _write_literally(start: int, end: int, writer: _Writer) -> None:
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

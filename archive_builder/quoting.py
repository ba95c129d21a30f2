"""Derives the body of a quoted article: each annotated passage with its whole sentence, and […] for what is left out.

What is kept is kept to the letter, with its markup. Between two kept passages stands one elision: inside a paragraph,
or a paragraph of its own where whole paragraphs are left out. Nothing is trusted: the result is projected again, and
where cutting a paragraph would change how the rest of it reads, the whole paragraph is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive_builder.anchoring import Anchor
from archive_builder.blocks import Block, BlockKind, blocks
from archive_builder.projection import BARRIER, ELISION, Prose, project
from archive_builder.sentences import sentences

__all__ = ["NotQuotable", "quotations"]

OWN_ELISION = re.compile(r"(?<!\\)\[…\](?![(\[:])")
WHITE_SPACE = re.compile(r"\s+")
# Cuts in a longer paragraph are not tried one by one: where one is wrong, the paragraph is kept whole.
LONG = 20_000
MARKUP = re.compile(r"[*_`\[<]")
REFERENCE = re.compile(r"\[(\^?[^\[\]\n]+)\](?!:)")


class NotQuotable(ValueError):
    """A text whose passages cannot be quoted so that they read as they did."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, and the source that is kept with it."""

    start: int
    end: int
    """In the prose."""
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one block."""

    block: Block
    runs: tuple[tuple[_Sentence, _Sentence], ...]
    """First and last sentence of each run without a cut; empty where the whole block is kept."""
    head_cut: bool = False
    tail_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A kept block as it will stand: its Markdown, and what that must read."""

    text: str
    reads: str


def quotations(markdown: str, anchors: Iterable[Anchor], prose: Prose) -> str:
    """The quoted body of ``markdown``, whose prose is ``prose``; raise NotQuotable where a passage would not anchor."""
    if markdown != prose.source:
        raise NotQuotable("the text is not the one that the passages were found in")
    return _Quoter(prose, sorted(set(anchors))).body()


class _Quoter:
    """Knows the text and the passages that are to be kept of it."""

    def __init__(self, prose: Prose, anchors: Sequence[Anchor]) -> None:
        self.prose = prose
        self.anchors = anchors
        self.blocks = blocks(prose)
        self.definitions = {block.label: block for block in self.blocks if block.is_definition}
        self.uncut: set[int] = set()
        """Blocks that read differently when cut, by where they start."""

    def body(self) -> str:
        """Compose until no block needs to grow: each round keeps at least one block more in one piece."""
        while True:
            kept = self._kept()
            parts = list(self._parts(kept))
            changed = {each.block.start for each, part in zip(kept, parts, strict=True) if not self._reads_right(part)}
            if changed <= self.uncut:
                return self._proved(self._joined(kept, parts), kept, parts)
            self.uncut |= changed

    def _kept(self) -> list[_Kept]:
        """What is kept of each block that is no definition, in order."""
        wanted = self._wanted()
        kept = [each for block in self.blocks if not block.is_definition and (each := self._of(block, wanted))]
        quoted = [each.block.start for each in kept]
        headings = [_Kept(block, ()) for block in self._headings(quoted) if block.start not in quoted]
        return sorted([*kept, *headings], key=lambda each: each.block.start)

    def _wanted(self) -> list[Anchor]:
        """The passages, and for each footnote that holds one, the sentence that refers to it."""
        notes = [block for block in self.definitions.values() if block.kind is BlockKind.FOOTNOTE]
        annotated = {note.label for note in notes if _meets(note, self.anchors)}
        source = self.prose.source
        referring = [match.start() for match in REFERENCE.finditer(source) if match[1].lower() in annotated]
        return [*self.anchors, *filter(None, map(self._just_before, referring))]

    def _just_before(self, position: int) -> Anchor | None:
        """The last character of prose before a place in the source, within its block."""
        block = next((each for each in self.blocks if each.start <= position < each.end), None)
        if block is None or not block.prose:
            return None
        pieces = self.prose.pieces_in(block.prose[0][0], block.prose[-1][1])
        end = max((piece.end for piece in pieces if piece.source_start < position), default=block.prose[0][0] + 1)
        end = len(self.prose.text[:end].rstrip(" "))
        return Anchor(end - 1, end)

    def _of(self, block: Block, wanted: Sequence[Anchor]) -> _Kept | None:
        if not _meets(block, wanted):
            return None
        if block.kind is not BlockKind.TEXT or block.start in self.uncut:
            return _Kept(block, ())
        parted = self._sentences(block)
        chosen = [any(one.start < each.end and each.start < one.end for each in wanted) for one in parted]
        if all(chosen):
            return _Kept(block, ())
        return _Kept(block, tuple(_runs(parted, chosen)), not chosen[0], not chosen[-1])

    def _sentences(self, block: Block) -> list[_Sentence]:
        """The block's sentences, as far as its source can be cut between them."""
        found = [
            _Sentence(low + start, low + end, block.marker, block.end)
            for low, high in block.prose
            for start, end in sentences(self.prose.text[low:high])
        ]
        parted = found[:1]
        for sentence in found[1:]:
            before, cut = parted[-1], self._cut(parted[-1].end, sentence.start)
            if cut is None or not self._reads_to(block, cut[0], parted[-1].end):
                parted[-1] = _Sentence(before.start, sentence.end, before.source_start, block.end)
            else:
                parted[-1] = _Sentence(before.start, before.end, before.source_start, cut[0])
                parted.append(_Sentence(sentence.start, sentence.end, cut[1], block.end))
        return parted

    def _cut(self, end: int, start: int) -> tuple[int, int] | None:
        """The white space in the source between two sentences; what closes stands before it, what opens after it."""
        source = self.prose.source
        left, right = self.prose.source_position(end - 1) + 1, self.prose.source_position(start)
        if left >= right:
            return (left, right) if left == right else None
        blanks = list(WHITE_SPACE.finditer(source, left, right))
        return blanks[-1].span() if blanks else None

    def _reads_to(self, block: Block, cut: int, end: int) -> bool:
        """Whether the block up to the cut reads as it does in the whole text: no markup is open there."""
        text = self.prose.source[block.start : cut]
        if not MARKUP.search(text) or len(text) > LONG:
            return True
        read = self.prose.text[block.prose[0][0] : end].strip()
        return self._reads_right(_Part(text, read), elisions=False)

    def _headings(self, quoted: Sequence[int]) -> Iterator[Block]:
        """The headings that something quoted stands under."""
        headings = [block for block in self.blocks if block.kind is BlockKind.HEADING]
        for index, heading in enumerate(headings):
            ends = (other.start for other in headings[index + 1 :] if other.level <= heading.level)
            end = next(ends, len(self.prose.source))
            if any(heading.start < start < end for start in quoted):
                yield heading

    def _parts(self, kept: Sequence[_Kept]) -> Iterator[_Part]:
        for index, each in enumerate(kept):
            after = kept[index + 1] if index + 1 < len(kept) else None
            before = kept[index - 1] if index else None
            opens = each.head_cut and not self._leaves_out(before, each)
            closes = each.tail_cut and not self._leaves_out(each, after) and not (after and after.head_cut)
            yield self._part(each, opens, closes)

    def _part(self, kept: _Kept, opens: bool, closes: bool) -> _Part:
        source, block = self.prose.source, kept.block
        spans = [(first.source_start, last.source_end) for first, last in kept.runs] or [(block.marker, block.end)]
        reads = [(first.start, last.end) for first, last in kept.runs]
        pieces = [OWN_ELISION.sub(r"\\[…]", source[slice(*span)]) for span in spans]
        if block.kind is BlockKind.WHOLE:
            pieces = [source[slice(*span)] for span in spans]
        prose = [self.prose.text[slice(*span)].strip() for span in reads or block.prose]
        inside = f" {BARRIER} " if reads else " "
        text = source[block.start : block.marker] + _elided(f" {ELISION} ".join(pieces), ELISION, opens, closes)
        return _Part(text, _elided(inside.join(prose), BARRIER, opens, closes))

    def _leaves_out(self, before: _Kept | None, after: _Kept | None) -> bool:
        """Whether whole blocks are left out between two that are kept."""
        low = before.block.end if before else 0
        high = after.block.start if after else len(self.prose.source)
        return any(low <= block.start < high and block.prose and not block.is_definition for block in self.blocks)

    def _reads_right(self, part: _Part, *, elisions: bool = True) -> bool:
        text = "\n\n".join([part.text, *(self._source(block) for block in self._referred_to([part.text]))])
        read, expected = _shown(project(text, elisions=elisions).text), _shown(part.reads)
        return read == expected or read.startswith(f"{expected} ")

    def _referred_to(self, texts: Iterable[str]) -> list[Block]:
        """The definitions that the texts need, and those that these need."""
        found: dict[str, Block] = {}
        waiting = list(texts)
        while waiting:
            for label in REFERENCE.findall(waiting.pop()):
                block = self.definitions.get(label.strip().lower())
                if block is not None and block.label not in found:
                    found[block.label] = block
                    waiting.append(self._source(block))
        return sorted(found.values(), key=lambda block: block.start)

    def _source(self, block: Block) -> str:
        return self.prose.source[block.start : block.end]

    def _joined(self, kept: Sequence[_Kept], parts: Sequence[_Part]) -> _Part:
        """The whole body: blocks that stood side by side keep what stood between them."""
        texts, reads = [], []
        neighbours = [None, *kept], [*kept, None]
        for index, (before, after) in enumerate(zip(*neighbours, strict=True)):
            elided = self._leaves_out(before, after)
            if before and after:
                between = self.prose.source[before.block.end : after.block.start]
                texts.append(between if not between.strip() and not elided else "\n\n")
            if elided:
                texts.append(f"\n\n{ELISION}\n\n" if not texts else f"{ELISION}\n\n" if after else f"\n\n{ELISION}")
                reads.append(BARRIER)
            if after:
                texts.append(parts[index].text)
                reads.append(parts[index].reads)
        return self._with_definitions("".join(texts).strip("\n"), reads)

    def _with_definitions(self, text: str, reads: list[str]) -> _Part:
        needed = self._referred_to([text])
        notes = sorted((each for each in needed if each.kind is BlockKind.FOOTNOTE and each.prose), key=_prose_order)
        reads += [self.prose.text[slice(*span)].strip() for note in notes for span in note.prose]
        return _Part("\n\n".join([text, *map(self._source, needed)]) + "\n", " ".join(reads))

    def _proved(self, whole: _Part, kept: Sequence[_Kept], parts: Sequence[_Part]) -> str:
        """The body, once it is sure that it reads as it must and holds every passage."""
        read = project(whole.text, elisions=True).text
        if _shown(read) != _shown(whole.reads):
            raise NotQuotable("the quoted passages do not read as they do in the whole text")
        for anchor in self.anchors:
            passage = self.prose.text[anchor.start : anchor.end]
            if passage not in read:
                raise NotQuotable(f"the passage {passage!r} does not stand in what is quoted")
        return whole.text


def _meets(block: Block, anchors: Iterable[Anchor]) -> bool:
    if not block.prose:
        return False
    start, end = block.prose[0][0], block.prose[-1][1]
    return any(anchor.start < end and start < anchor.end for anchor in anchors)


def _runs(parted: Sequence[_Sentence], chosen: Sequence[bool]) -> Iterator[tuple[_Sentence, _Sentence]]:
    first: _Sentence | None = None
    last: _Sentence | None = None
    for sentence, is_chosen in zip(parted, chosen, strict=True):
        if is_chosen:
            first, last = first or sentence, sentence
        elif first and last:
            yield first, last
            first = None
    if first and last:
        yield first, last


def _shown(prose: str) -> str:
    """The prose with its elisions as a reader sees them: whether they are barriers is not for us to judge."""
    return prose.replace(BARRIER, ELISION)


def _elided(text: str, elision: str, opens: bool, closes: bool) -> str:
    return f"{elision + ' ' if opens else ''}{text}{' ' + elision if closes else ''}"


def _prose_order(block: Block) -> int:
    return block.prose[0][0]

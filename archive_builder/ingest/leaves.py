"""Reads a pruned page as a row of leaves: the stretches of text that a line or a box of their own sets apart.

A leaf knows the lists, tables and quotations it stands in, so that leaves can be left out without harm to the others,
and what stands inside it as spans of plain words, each with its emphasis and its link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from archive_builder.ingest.tree import Element

__all__ = ["HEADINGS", "Holder", "Leaf", "Span", "address_of", "leaves_of", "rejoined"]

BLOCKS = frozenset(
    "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr td th caption figure"
    " figcaption section article main header footer aside nav address form fieldset legend details summary center dir"
    " menu hgroup hr option colgroup col search amp-ad".split()
)
HOLDERS = frozenset("ul ol li blockquote table tr td th figure figcaption dl dt dd".split())
MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code", "sup": "sup", "sub": "sub"}
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
WHITE = re.compile(r"[ \t\n\r\f]+")
MOST_PIECES = 40  # of an element, in a line that may be a byline
LONG_LINE = 100  # code points: between two lines so long, a single <br> parts paragraphs
NOWHERE = "#"  # a link whose address is not known, or not one we write
LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class Span:
    """Words without markup among them."""

    text: str
    marks: tuple[str, ...] = ()
    """What they are set in: ``strong``, ``em``, ``code``, ``sup``, ``sub``."""
    href: str = ""
    """Where they link to: an absolute address, or ``#`` and a place in the page."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A list, an item, a quotation, a table, a row or a cell that leaves stand in."""

    kind: str
    number: int
    """Its place in the page: no two are alike."""
    element: Element = field(compare=False, repr=False)


@dataclass(frozen=True)
class Leaf:
    """A stretch of text."""

    kind: str
    """``p``, ``h1`` to ``h6``, or ``pre``."""
    path: tuple[Holder, ...]
    """What it stands in, outermost first."""
    spans: tuple[Span, ...]
    line: int
    """From 1, counted in the page's source."""
    element: Element = field(compare=False, repr=False)
    """The nearest element that sets it apart."""
    continues: bool = False
    """Whether only a line break parts it from the leaf before."""

    @cached_property
    def text(self) -> str:
        """What it says, white space folded."""
        return " ".join("".join(span.text for span in self.spans).split())

    @cached_property
    def linked(self) -> float:
        """Which share of its letters links somewhere."""
        linked = sum(len(span.text.strip()) for span in self.spans if span.href)
        return linked / max(len(self.text), 1)

    def pieces(self) -> tuple[str, ...]:
        """Its text, and what each element in it says: a name and a date often touch, and only a style parts them."""
        inside = (" ".join(text.split()) for text in islice(self.element.itertext(), MOST_PIECES))
        return tuple(dict.fromkeys((self.text, *(text for text in inside if text and text in self.text))))

    def stands_in(self, *kinds: str) -> bool:
        return any(holder.kind in kinds for holder in self.path)


def leaves_of(root: Element, base: str | None) -> tuple[Leaf, ...]:
    """The leaves of the page; ``base`` is the address that links are relative to."""
    reading = _Reading(base)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            reading.enter(element)
            reading.say(element.text)
        else:
            reading.leave(element)
            reading.say(element.tail if element is not root else None)
    reading.flush()
    return tuple(reading.leaves)


def rejoined(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """The leaves with the lines of one paragraph together again."""
    groups: list[list[Leaf]] = []
    for leaf in leaves:
        if groups and leaf.continues and groups[-1][-1].element is leaf.element and leaf.kind == groups[-1][-1].kind:
            groups[-1].append(leaf)
        else:
            groups.append([leaf])
    return tuple(replace(group[0], spans=tuple(_in_lines(group))) if len(group) > 1 else group[0] for group in groups)


def _in_lines(group: Sequence[Leaf]) -> Iterator[Span]:
    for number, leaf in enumerate(group):
        yield from (Span("\n"),) if number else ()
        yield from leaf.spans


def address_of(href: str | None, base: str | None) -> str:
    """The absolute http, https or mailto address of a link, or a place in the page; empty where it is neither."""
    href = re.sub(r"[\t\n\r]", "", href or "").strip()
    if href.startswith("#"):
        return href
    try:
        full = urljoin(base, href) if base else href
        scheme = urlsplit(full).scheme.lower()
    except ValueError:
        return ""
    if len(full) > LONGEST_ADDRESS or scheme not in ("http", "https", "mailto") or not full.isprintable():
        return ""
    return full.replace(" ", "%20")


class _Reading:
    """Collects leaves while elements open and close."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.leaves: list[Leaf] = []
        self.spans: list[Span] = []
        self.marks: list[str] = []
        self.links: list[str] = []
        self.path: list[Holder] = []
        self.around: list[Element] = []
        self.preformatted = 0
        self.breaks = 0
        self.number = 0
        self.continues = False

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
            self.around.append(element)
            if tag in HOLDERS:
                self.number += 1
                self.path.append(Holder(tag, self.number, element))
            self.preformatted += tag == "pre"
        elif tag == "br":
            self._break()
        elif tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "a":
            href = element.get("href")
            self.links.append((address_of(href, self.base) or NOWHERE) if href else "")

    def leave(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
            self.around.pop()
            if tag in HOLDERS:
                self.path.pop()
            self.preformatted -= tag == "pre"
        elif tag in MARKS:
            self.marks.pop()
        elif tag == "a":
            self.links.pop()

    def say(self, text: str | None) -> None:
        if not text:
            return
        text = text if self.preformatted else WHITE.sub(" ", text)
        if self.breaks and text.strip():
            self._end_line(text)
        link = next((link for link in reversed(self.links) if link), "")
        self.spans.append(Span(text, tuple(dict.fromkeys(self.marks)), link))

    def flush(self, *, by_break: bool = False) -> None:
        """What was said since the last flush is a leaf."""
        self.breaks = 0
        continues, self.continues = self.continues, by_break
        spans, self.spans = _trimmed(self.spans), []
        if not spans or not self.around:
            return
        element = self.around[-1]
        kind = next((each.tag for each in reversed(self.around) if each.tag in HEADINGS), "p")
        kind = "pre" if self.preformatted else kind
        self.leaves.append(Leaf(kind, tuple(self.path), spans, element.sourceline or 1, element, continues))

    def _break(self) -> None:
        if self.preformatted:
            self.spans.append(Span("\n"))
        elif any(each.tag in HEADINGS for each in self.around[-2:]):
            self.spans.append(Span(" "))
        else:
            self.breaks += 1

    def _end_line(self, following: str) -> None:
        """One <br> ends a line; two of them, or one between long lines, end a paragraph."""
        said = "".join(span.text for span in self.spans).rpartition("\n")[2]
        parts = self.breaks > 1 or (len(said) >= LONG_LINE and len(following) >= LONG_LINE)
        self.flush(by_break=not parts and bool(said.strip()))


def _trimmed(spans: list[Span]) -> tuple[Span, ...]:
    """Without blanks at the ends, neighbours that are alike joined."""
    merged: list[Span] = []
    for span in spans:
        if merged and (merged[-1].marks, merged[-1].href) == (span.marks, span.href):
            merged[-1] = Span(merged[-1].text + span.text, span.marks, span.href)
        else:
            merged.append(span)
    return tuple(_without_ends(list(_folded(merged))))


def _folded(spans: list[Span]) -> Iterator[Span]:
    """Without a blank that follows a blank, unless it is preformatted."""
    blank = True
    for span in spans:
        text = span.text if "\n" in span.text else WHITE.sub(" ", span.text)
        if blank and text.startswith(" "):
            text = text[1:]
        if text:
            blank = text[-1] in " \n"
            yield Span(text, span.marks, span.href)


def _without_ends(spans: list[Span]) -> list[Span]:
    while spans and not spans[0].text.strip():
        spans.pop(0)
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans:
        spans[0] = Span(spans[0].text.lstrip(" \n"), spans[0].marks, spans[0].href)
        spans[-1] = Span(spans[-1].text.rstrip(" \n"), spans[-1].marks, spans[-1].href)
    return spans

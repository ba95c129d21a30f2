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
from array import array
from dataclasses import replace
from html import unescape
from itertools import chain

from archive_builder.plain import Span, joined, runs
from archive_builder.projection.dyeing import CODE, Dyed, Word, dye, number_of
from archive_builder.projection.folding import BARRIER, ELISION, compared, normalise
from archive_builder.projection.placing import INLINE, Between, write_between
from archive_builder.projection.prose import Piece, PieceKind, Prose
from archive_builder.projection.writing import Writer
from archive_builder.rendering import Renderer
from archive_builder.weighing import heavy

__all__ = ["BARRIER", "ELISION", "RENDERER", "Piece", "PieceKind", "Prose", "normalise", "project", "visible_text"]

RENDERER = Renderer(html_blocks=False)

FURNITURE = re.compile(
    r'<sup id="fnref[^<>]*+>[^<]*+(?:<(?!/?sup\b)[^<]*+)*+</sup>'
    r'|<a class="(?:footnote-backref|headerlink|ab-ref)"[^<>]*+>[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>'
)
TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*+)[^<>]*+>")
CODE_OR_TAG = re.compile(rf"{CODE.pattern}|{TAG.pattern}")


def project(source: str, *, elisions: bool = False) -> Prose:
    """Project canonical Markdown; with ``elisions``, ``[…]`` is a barrier that no quotation crosses."""
    writer = Writer(source, elisions)
    heavy_ones = heavy(source)
    plain, marked = runs(source, heavy_ones)
    written = tuple(joined(source, heavy_ones))
    if marked:
        return replace(writer.prose(_project_rendered(source, plain, marked, writer)), written=written)
    writer.text(0, len(source))
    return replace(writer.prose(), written=written)


def visible_text(html: str) -> str:
    """The normalised prose of a rendered text, without furniture."""
    bare = TAG.sub(lambda tag: "" if tag["name"].lower() in INLINE else " ", FURNITURE.sub("", html))
    return compared(unescape(bare))


def _project_rendered(source: str, plain: list[Span], marked: list[Span], writer: Writer) -> Dyed:
    """Render the source, each plain block and each word of the others dyed, and write down what comes out."""
    dyed, words = dye(source, plain, marked)
    rendered = RENDERER.convert(dyed)
    html = FURNITURE.sub("", rendered)
    before: Word | None = None
    between = Between()
    position = 0
    for sign in CODE_OR_TAG.finditer(html):
        between.texts[-1] += unescape(html[position : sign.start()])
        position = sign.end()
        if sign["name"]:
            between.add_tag(sign)
        elif (number := number_of(sign)) < len(words):
            word = words[number]
            write_between(between, before, word, writer)
            if between.code_depth:
                writer.atom(source[word.start : word.end], word.start, word.end, PieceKind.CODE)
            else:
                writer.text(word.start, word.end)
            before = word
            between.clear()
    between.texts[-1] += unescape(html[position:])
    write_between(between, before, None, writer)
    writer.gap()
    return Dyed(rendered.encode(), array("L", chain.from_iterable(word[:2] for word in words)))

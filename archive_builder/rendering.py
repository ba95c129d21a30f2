"""Renders Markdown with Python-Markdown, asking it only for what the text can call for.

Python-Markdown tries every step it knows on every text, which is most of what it costs. A step that works on a sign
does nothing where the sign is not: leaving it out changes nothing, and a property test holds us to that. It also spares
a text of ten thousand brackets, none of which makes a link, the search for the end of each.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, MutableSequence, Sequence
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import markdown

__all__ = ["DIALECT", "Renderer"]

DIALECT = ("tables", "footnotes", "fenced_code")

# Each step, as REGISTRY: NAMES, with the signs without any one of which it does nothing.
STEPS = {
    "inlinePatterns: backtick": ("`",),
    "inlinePatterns: escape": ("\\",),
    "inlinePatterns: footnote": ("[^",),
    "inlinePatterns: link": ("](",),
    "inlinePatterns: reference short_reference": ("]:",),
    "inlinePatterns: image_link": ("![", "]("),
    "inlinePatterns: image_reference short_image_ref": ("![", "]:"),
    "inlinePatterns: autolink automail html": ("<",),
    "inlinePatterns: linebreak": ("  \n",),
    "inlinePatterns: entity": ("&",),
    "preprocessors: html_block": ("<",),
    "blockprocessors: table": ("|",),
    "blockprocessors: hashheader": ("#",),
    "blockprocessors: quote": (">",),
    "blockprocessors: footnote": ("[^",),
    "blockprocessors: reference": ("]:",),
    "treeprocessors: footnote footnote-duplicate": ("[^",),
    "treeprocessors: unescape": ("\\",),
    "postprocessors: footnote": ("[^",),
}
SIGNS = tuple(dict.fromkeys(sign for signs in STEPS.values() for sign in signs))
EMPHASIS = "em_strong"
# What Python-Markdown replaces or removes before it looks for a sign.
UNSETTLED = re.compile(r"[\t\r\x02\x03]")
MOST_KEPT = 64


class _Blocks(deque[str]):
    """The blocks to parse: Python-Markdown takes the first and puts it back, which of a list moves all the others."""

    def pop(self, index: int = -1) -> str:
        return super().pop() if index == -1 else self.popleft()


class Renderer:
    """Renders texts in one dialect of Markdown."""

    def __init__(
        self,
        extensions: Sequence[str] = DIALECT,
        configs: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        html_blocks: bool = True,
    ) -> None:
        """Without ``html_blocks`` for texts in which no tag stands for a block: canonical ones, dyed or woven."""
        self.extensions = tuple(extensions)
        self.configs = {name: dict(config) for name, config in (configs or {}).items()}
        self.html_blocks = html_blocks
        self._made = lru_cache(MOST_KEPT)(self._make)

    def convert(self, text: str) -> str:
        """The HTML of ``text``."""
        return self.ready(text).convert(text)

    def ready(self, text: str) -> markdown.Markdown:
        """Python-Markdown as ``text`` needs it, to be used for no other text."""
        if UNSETTLED.search(text):
            return self._made(frozenset(), has_emphasis=True).reset()
        missing = frozenset(sign for sign in SIGNS if sign not in text)
        return self._made(missing, has_emphasis="*" in text or "_" in text).reset()

    def _make(self, missing: frozenset[str], *, has_emphasis: bool) -> markdown.Markdown:
        made = markdown.Markdown(extensions=list(self.extensions), extension_configs=self.configs)
        idle = [step for step, signs in STEPS.items() if not missing.isdisjoint(signs)]
        if not has_emphasis:
            idle.append(f"inlinePatterns: {EMPHASIS}")
        if not self.html_blocks:
            idle.append("preprocessors: html_block")
        for step in dict.fromkeys(idle):
            registry_name, _, names = step.partition(": ")
            registry = getattr(made if registry_name != "blockprocessors" else made.parser, registry_name)
            for name in names.split():
                if name in registry:
                    registry.deregister(name)
        _settle(made)
        return made


def _settle(made: markdown.Markdown) -> None:
    """Nothing is registered any more: the steps are looked up once, and not by name at every block and every sign."""
    parser: Any = made.parser
    inline: Any = made.treeprocessors["inline"]
    processors = tuple(parser.blockprocessors)
    inline.inlinePatterns = tuple(made.inlinePatterns)

    def parse(parent: Element, blocks: MutableSequence[str]) -> None:
        while blocks:
            for processor in processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    parser.parseBlocks = parse
    parser.parseChunk = lambda parent, text: parse(parent, _Blocks(text.split("\n\n")))

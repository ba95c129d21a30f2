"""Renders Markdown with Python-Markdown, asking it only for what the text can call for.

Python-Markdown tries every pattern it knows on every text, which is most of what it costs. A pattern that begins with a
sign cannot match where the sign is not: leaving it out changes nothing, and a property test holds us to that.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import markdown

__all__ = ["DIALECT", "Renderer"]

DIALECT = ("tables", "footnotes", "fenced_code")

# The patterns that need each sign.
PATTERNS = {
    "`": ("backtick",),
    "\\": ("escape",),
    "[^": ("footnote",),
    "[": ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"),
    "<": ("autolink", "automail", "html"),
    "  \n": ("linebreak",),
    "&": ("entity",),
}
EMPHASIS = "em_strong"
# What Python-Markdown replaces or removes before it looks for a sign.
UNSETTLED = re.compile(r"[\t\r\x02\x03]")


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
        self._made: dict[tuple[bool, ...], markdown.Markdown] = {}

    def convert(self, text: str) -> str:
        """The HTML of ``text``."""
        return self.ready(text).convert(text)

    def ready(self, text: str) -> markdown.Markdown:
        """Python-Markdown as ``text`` needs it, to be used for no other text."""
        every = UNSETTLED.search(text) is not None
        signs = (*(every or sign in text for sign in PATTERNS), every or "*" in text or "_" in text)
        if signs not in self._made:
            self._made[signs] = self._make(signs)
        return self._made[signs].reset()

    def _make(self, signs: Sequence[bool]) -> markdown.Markdown:
        made = markdown.Markdown(extensions=list(self.extensions), extension_configs=self.configs)
        missing = [sign for sign, is_there in zip((*PATTERNS, EMPHASIS), signs, strict=True) if not is_there]
        for name in (name for sign in missing for name in PATTERNS.get(sign, (sign,))):
            if name in made.inlinePatterns:
                made.inlinePatterns.deregister(name)
        if "<" in missing or not self.html_blocks:
            made.preprocessors.deregister("html_block")
        parser: Any = made.parser
        parser.parseChunk = lambda parent, text: parser.parseBlocks(parent, _Blocks(text.split("\n\n")))
        return made

"""Parts a Markdown file into its front matter and the text below it."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive_builder.documents.values import Faulty
from archive_builder.problems import Code, Detail, Place, Problem, quoted

__all__ = ["Document", "parse_document"]

FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class Document(NamedTuple):
    """A Markdown file: its front matter and the text below it."""

    head: str
    """The front matter's YAML, without its fences."""
    body: str
    """Everything below the closing fence."""
    opening: str = "---\n"
    closing: str = "---\n"

    def dump(self) -> str:
        """The file's text, exactly as it was parsed."""
        return f"{self.opening}{self.head}{self.closing}{self.body}"

    @property
    def body_line(self) -> int:
        """The line, from 1, on which the body begins."""
        return self.dump().count("\n", 0, len(self.opening) + len(self.head) + len(self.closing)) + 1


def parse_document(text: str, path: str) -> Document:
    """Part a Markdown file into front matter and body; raise Faulty where it has no front matter or one without end."""
    opening = FENCE.match(text)
    if opening is None or not text.startswith("---"):
        told = Detail("begins", quoted(text.partition("\n")[0]))
        message = "the file does not begin with its front matter"
        raise Faulty(Problem(Code.FRONT_MATTER_MISSING, Place(path, 1, 1), message, "begin with a line ---", (told,)))
    start = min(opening.end() + 1, len(text))
    closing = FENCE.search(text, start)
    if closing is None:
        message = "the front matter that begins here does not end"
        raise Faulty(Problem(Code.FRONT_MATTER_OPEN, Place(path, 1, 1), message, "close it with a line ---"))
    end = min(closing.end() + 1, len(text))
    return Document(text[start : closing.start()], text[end:], text[:start], text[closing.start() : end])

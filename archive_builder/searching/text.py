"""Writes what stands in a record: text without markup, and what is quoted parted from what is said of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive_builder.projection import BARRIER, ELISION

__all__ = ["NOTE", "Written", "in_sentence", "plain", "quoted", "unsigned", "written_page"]

# Signs of ours in a record's text: they are no words, and the browser takes them out again.
NOTE = " ¶ "
"""Parts what is quoted from what we say of it."""
PASSAGE_OPEN, PASSAGE_CLOSE = "⟦", "⟧"
OURS = re.compile("[¶⟦⟧]")

LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\s*$", re.DOTALL | re.MULTILINE)
TITLE_KEY = re.compile(r"^title:([^\n]*)$", re.MULTILINE)
HEADING = re.compile(r"^#[ \t]([^\n]*)$", re.MULTILINE)
MARKED = re.compile(r"[\[<*_`#>|]|^\s{0,3}(?:[-+]|\d+\.)\s", re.MULTILINE)
MARKUP = re.compile(r"<[^<>]*>|[*_`]+|^\s{0,3}(?:#{1,6}\s|>\s?|[-+*]\s|\d+\.\s|\|)", re.MULTILINE)


class Written(NamedTuple):
    """A page that people wrote: where it is, what it is called, and its Markdown."""

    url: str
    title: str
    markdown: str


def written_page(url: str, text: str) -> Written:
    """A page as people wrote it, front matter and all."""
    front = FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    title = (front and TITLE_KEY.search(front[1])) or HEADING.search(body)
    named_by = title[1].strip(" \t\"'#") if title else ""
    return Written(url, plain(named_by) or url, HEADING.sub("", body, count=1))


def unsigned(content: str) -> str:
    """A record's text without our signs, which would stick to its words."""
    return content.replace(PASSAGE_OPEN, "").replace(PASSAGE_CLOSE, "").replace(NOTE, " ")


def plain(markdown: str) -> str:
    """The words of Markdown, near enough to be searched."""
    text = MARKUP.sub("", LINK.sub(r"\1", markdown)) if MARKED.search(markdown) else markdown
    return " ".join(OURS.sub(" ", text).split())


def quoted(text: str) -> str:
    """A text as it stands, with a sign where something is left out."""
    return OURS.sub(" ", text.replace(BARRIER, ELISION))


def in_sentence(before: str, passage: str, after: str) -> str:
    """A passage between what stands before and after it."""
    return f"{OURS.sub(' ', before)}{PASSAGE_OPEN}{OURS.sub(' ', passage)}{PASSAGE_CLOSE}{OURS.sub(' ', after)}"

"""What becomes of an article's own words: made safe, and read as a reader will."""

from __future__ import annotations

from typing import NamedTuple

from archive_builder.canonical import Disarmed, canonical
from archive_builder.model import Article, Display
from archive_builder.projection import Prose, project

__all__ = ["Text", "text_of"]


class Text(NamedTuple):
    """The text of an article."""

    prose: Prose
    """With the canonical Markdown as its source."""
    disarmed: tuple[Disarmed, ...]


def text_of(article: Article) -> Text:
    """The costliest step of reading an archive; it depends on nothing but the article."""
    markdown, disarmed = canonical(article.body)
    return Text(project(markdown, elisions=article.display is Display.QUOTATIONS), disarmed)

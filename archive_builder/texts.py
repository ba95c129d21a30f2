"""What becomes of an article's own words: made safe, and read as a reader will."""

from __future__ import annotations

from dataclasses import replace
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

    def of(self, article: Article) -> Text:
        """The same with the article's own body, where that is canonical: what another process brought has a copy."""
        if self.prose.source != article.body:
            return self
        return Text(replace(self.prose, source=article.body), self.disarmed)


def text_of(article: Article) -> Text:
    """The costliest step of reading an archive; it depends on nothing but the article."""
    markdown, disarmed = canonical(article.body)
    return Text(project(markdown, elisions=article.display is Display.QUOTATIONS), disarmed)

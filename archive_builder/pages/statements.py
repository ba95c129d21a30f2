"""Shows each passage that speaks to a claim inside the words around it, with its sign, its date and its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from archive_builder.mentions import excerpt
from archive_builder.pages.marks import sign
from archive_builder.pages.page import Links
from archive_builder.pages.plots import sign_of
from archive_builder.pages.views import Link, Note, Views
from archive_builder.standing import Position

__all__ = ["Statement", "statement"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage that speaks to a claim, ready to show."""

    note: Note
    before: str
    passage: str
    after: str
    """The words around the passage; empty where the text is not shown."""
    published: str | None
    """When the article appeared, in words."""
    origin: Link
    sign: Markup
    silent: bool


def statement(position: Position, links: Links, views: Views) -> Statement:
    note = views.note(position.annotation, links)
    anchor = views.archive.anchors.get(position.annotation.key)
    prose = views.archive.proses[position.article.id]
    before, passage, after = excerpt(prose, anchor) if anchor else ("", note.quote, "")
    return Statement(
        note=note,
        before=before,
        passage=passage,
        after=after,
        published=views.date(position.article.published) if position.article.published else None,
        origin=views.speaker_link(position.origin, links),
        sign=sign(sign_of(position)),
        silent=note.is_silence,
    )

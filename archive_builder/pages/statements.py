"""Shows each passage that speaks to a claim inside the words around it, and each that is attributed to a speaker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from archive_builder.mentions import excerpt
from archive_builder.model import Annotation
from archive_builder.pages.marks import sign
from archive_builder.pages.page import Links
from archive_builder.pages.plots import sign_of
from archive_builder.pages.views import Link, Note, Views
from archive_builder.standing import Position

__all__ = ["Attributed", "Statement", "attributed", "statement", "statement_rows"]


class Statement(NamedTuple):
    """A passage that speaks to a claim, ready to show."""

    note: Note
    before: str
    passage: str
    after: str
    """The words around the passage; empty where the text is not shown."""
    published: str | None
    """When the article appeared, in words."""
    sign: Markup
    silent: bool


class Attributed(NamedTuple):
    """A passage that is given to a speaker, as the speaker's own page shows it."""

    note: Note
    told_by: Markup
    """The outlet, and through whom it has it."""
    citing: tuple[Link, ...]
    """On whom the speaker relies in turn, nearest first."""


def attributed(annotation: Annotation, speaker: str, links: Links, views: Views) -> Attributed:
    note = views.note(annotation, links)
    place = annotation.attribution.index(speaker)
    return Attributed(
        note=note,
        told_by=views.chain(note.article.outlet, annotation.attribution[:place], links),
        citing=tuple(note.speakers[place + 1 :]),
    )


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
        sign=sign(sign_of(position)),
        silent=note.is_silence,
    )


def statement_rows(statements: Iterable[Statement]) -> Markup:
    """The rows of who says what, written out: a claim may have hundreds."""
    return Markup("\n".join(map(_row, statements)))


def _row(said: Statement) -> str:
    note = said.note
    published = f' <span class="ab-when">{said.published}</span>' if said.published else ""
    way = f'<span class="ab-told-way">route told: {note.way}</span>' if note.annotation.route else ""
    quote = f'<a class="ab-quote" href="{note.passage.url}"><q>{escape(said.passage)}</q></a>'
    context = f'<p class="ab-context" lang="{note.article.language}" dir="auto">'
    evidence = f"\n{note.evidence}" if note.annotation.evidence else ""
    return (
        f'<tr role="row">\n<td role="cell">{note.chain}{published}</td>\n'
        f'<td role="cell">{said.sign} {note.says}{way}</td>\n'
        f'<td role="cell">{context}{escape(said.before)}{quote}{escape(said.after)}</p>{evidence}</td>\n</tr>'
    )

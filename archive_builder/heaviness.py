"""Tells which texts of an archive are shown as they are written, because they are too heavy to render."""

from __future__ import annotations

from collections.abc import Iterator

from archive_builder.model import Annotation, Article, Record
from archive_builder.problems import Code, Detail, Place, Problem, quoted
from archive_builder.projection import Prose
from archive_builder.reading import Library
from archive_builder.weighing import is_heavy

__all__ = ["heavy_notes", "heavy_stretches"]

SHOWN = 80
OWN_WORDS = ("note", "summary", "description")
MESSAGE = "this is shown as it is written: it has more signs of markup than any text needs"
STEP = "write it with fewer signs, or part it into paragraphs"


def heavy_stretches(article: Article, prose: Prose, library: Library) -> Iterator[Problem]:
    """Where an article's text is shown as it is written."""
    line, before = library.body_line(article) if prose.written else 1, 0
    for start, end in prose.written:
        line += article.body.count("\n", before, start)
        before = start
        yield _problem(Place(article.path, line, 1), article.body[start : min(end, start + SHOWN)])


def heavy_notes(library: Library) -> Iterator[Problem]:
    """The notes, summaries and discussions that are, each as a whole."""
    shelves = (library.annotations, library.articles, library.claims, library.events, library.entities, library.outlets)
    for shelf in shelves:
        for record in shelf.values():
            yield from _notes_of(record, library)


def _notes_of(record: Record, library: Library) -> Iterator[Problem]:
    for key in OWN_WORDS:
        text = getattr(record, key, None)
        if text and is_heavy(text):
            yield _problem(library.place(record, key), text)
    body = "" if isinstance(record, Article | Annotation) else getattr(record, "body", "")
    if body and is_heavy(body):
        yield _problem(Place(record.path, library.body_line(record), 1), body)


def _problem(place: Place, text: str) -> Problem:
    written = Detail("written", quoted(text.strip()[:SHOWN].partition("\n")[0]))
    return Problem(Code.MARKUP_TOO_HEAVY, place, MESSAGE, STEP, (written,))

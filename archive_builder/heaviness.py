"""Tells which texts of an archive are shown as they are written, because they are too heavy to render."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive_builder.model import Article, Record
from archive_builder.problems import Code, Detail, Place, Problem, quoted
from archive_builder.projection import Prose
from archive_builder.reading import Library
from archive_builder.weighing import is_heavy

__all__ = ["heavy_notes", "heavy_stretches"]

SHOWN = 80
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
    """The notes, summaries and descriptions that are, and the discussions of records, each as a whole."""
    yield from _among(library.annotations, "note", library)
    yield from _among(library.articles, "summary", library)
    yield from _among(library.events, "summary", library)
    yield from _among(library.entities, "description", library)
    for shelf in (library.claims, library.events, library.entities, library.outlets):
        for record in shelf.values():
            if record.body and is_heavy(record.body):
                yield _problem(Place(record.path, library.body_line(record), 1), record.body)


def _among(shelf: Mapping[str, Record], key: str, library: Library) -> Iterator[Problem]:
    for record in shelf.values():
        text = getattr(record, key)
        if text and is_heavy(text):
            yield _problem(library.place(record, key), text)


def _problem(place: Place, text: str) -> Problem:
    written = Detail("written", quoted(text.strip()[:SHOWN].partition("\n")[0]))
    return Problem(Code.MARKUP_TOO_HEAVY, place, MESSAGE, STEP, (written,))

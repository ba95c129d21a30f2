"""Holds the page as rendered against the text that was checked: what anchors in one must stand in the other."""

from __future__ import annotations

from os.path import commonprefix

from archive_builder.model import Article
from archive_builder.problems import Code, Detail, Place, Problem, quoted
from archive_builder.projection import BARRIER, ELISION, Prose, visible_text

__all__ = ["check_rendered"]

SHOWN = 60


def check_rendered(article: Article, prose: Prose, html: str) -> Problem | None:
    """The problem of a page that reads differently, as a Markdown extension of the site may make it."""
    expected = prose.text.replace(BARRIER, ELISION).replace(" ", "")
    found = visible_text(html).replace(" ", "")
    if expected == found:
        return None
    shared = len(commonprefix((expected, found)))  # noqa: RUF071 - of texts, not of paths
    start = max(shared - SHOWN // 2, 0)
    return Problem(
        Code.TEXT_DIFFERS,
        Place(article.path),
        "the page as rendered reads differently from the text that quotations were checked against",
        "escape the sign that Markdown reads differently here, or drop the Markdown extension that changes it",
        (
            Detail("checked", quoted(expected[start : start + SHOWN])),
            Detail("rendered", quoted(found[start : start + SHOWN])),
        ),
    )

"""What MkDocs is given of each page that is made of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive_builder.annotating import guided
from archive_builder.pages import Page, Views, with_ids
from archive_builder.problems import Problem
from archive_builder.rendered import check_rendered

__all__ = ["Content", "Contents"]

HEADING = '<h2 id="'


@dataclass(frozen=True, slots=True)
class Content:
    """Plain values, as another process may have made them."""

    front_matter: Mapping[str, Any]
    html: str
    headings: tuple[tuple[str, str], ...]
    """The id and the words of each of ours, as HTML."""
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Contents:
    """Makes the content of any page."""

    makers: Mapping[str, Callable[[], Page]]
    views: Views
    toc: Mapping[str, Any]
    """The site's settings of the extension ``toc``."""
    guide: str | None
    """The page on contributing, from the top of the site."""

    def of(self, path: str) -> Content:
        page = self.makers[path]()
        text, problem = self._text(page) if page.text else ("", None)
        return Content(
            front_matter=page.front_matter,
            html="\n".join(filter(None, (page.head, text, page.tail))),
            headings=tuple(_headings(page.head + page.tail)),
            problem=problem,
        )

    def _text(self, page: Page) -> tuple[str, Problem | None]:
        """The HTML of an article's text, alike whatever Markdown extensions the site has."""
        assert page.text is not None
        html = page.text.html
        problem = check_rendered(page.source or page.path, page.text.prose, html)
        html = with_ids(html, self.toc, page.head + page.tail)
        return guided(html, self.views.links(page.path).root + self.guide) if self.guide else html, problem


def _headings(html: str) -> Iterator[tuple[str, str]]:
    """A pattern would take ten times as long to look for them."""
    for part in html.split(HEADING)[1:]:
        id, _, rest = part.partition('">')
        yield id, rest.partition("</h2>")[0]

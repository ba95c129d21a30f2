"""Fills the places that a written page leaves for the archive: ``<!-- archive: contested 6 -->`` and the like."""

from __future__ import annotations

import re

from archive_builder.pages.glance import article_glances, by_status, status_bar
from archive_builder.pages.plots import spark
from archive_builder.pages.templates import render
from archive_builder.pages.views import Views

__all__ = ["BLOCKS", "filled"]

PLACE = re.compile(r"^<!-- archive: (?P<block>[a-z]+)(?: (?P<count>\d{1,4}))? -->$", re.MULTILINE)
BLOCKS = {
    "figures": "How many articles, annotations, claims, people and places there are.",
    "contested": "The most contested claims; the number says how many.",
    "events": "The events, with how much there is on each.",
    "coverage": "What each article speaks to; the number says how many articles, the newest.",
    "articles": "The articles, by date.",
    "latest": "The latest annotations; the number says how many.",
}
COUNT = 6
FIGURES = {"spark": spark, "by_status": by_status, "status_bar": status_bar, "article_glances": article_glances}


def filled(markdown: str, path: str, views: Views) -> str:
    """The page with each place filled; a block that is not known stays a comment."""
    links = views.links(path)

    def block(match: re.Match[str]) -> str:
        if match["block"] not in BLOCKS:
            return match[0]
        shown = {"views": views, "links": links, "count": int(match["count"] or COUNT), **FIGURES}
        return render(f"home_{match['block']}", **shown)

    return PLACE.sub(block, markdown)

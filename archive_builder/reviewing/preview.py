"""Renders a review as one page that needs nothing else: no script, no other file, no server."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from archive_builder.pages.languages import direction
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Links
from archive_builder.pages.templates import environment_of
from archive_builder.reviewing.comparing import Review

__all__ = ["preview"]

# Pages of the archive are not beside the preview: what would lead to them is no link here.
INNER_LINK = re.compile(r'<a href="(?!https?:|mailto:)[^"]*+"[^<>]*+>')


def preview(review: Review, title: str) -> str:
    """The page as HTML."""
    return _environment().get_template("preview.html").render(review=review, title=title)


@cache
def _environment() -> Environment:
    environment = environment_of("review")
    environment.filters["note"] = _note
    environment.filters["direction"] = direction
    return environment


def _note(text: str) -> Markup:
    return Markup(INNER_LINK.sub("<a>", note_html(text, Links("./", True))))

"""Draws what may be done with a text as a small badge: a sign of our own, the statement's name, its address.

Nothing is fetched for it: the signs are a few strokes in the colour of the text. What is no statement we know is shown
as it is written.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from archive_builder.rights import Family, Statement, statement_of

__all__ = ["badge", "rights_keyword", "short_badge"]

OTHER = "other"

RING = '<circle cx="8" cy="8" r="6.75"/>'
LETTER_C = '<path d="M10.6 10.1a3.4 3.4 0 1 1 0-4.2"/>'
DRAWN = {
    Family.IN_COPYRIGHT: f"{RING}{LETTER_C}",
    Family.NO_COPYRIGHT: f'{RING}{LETTER_C}<path d="M3.2 12.8 12.8 3.2"/>',
    Family.UNCLEAR: f'{RING}<path d="M6 6.4a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3m0 1.9v.1"/>',
    Family.LICENCE: f'{RING}<path d="M7.3 9.3a1.9 1.9 0 1 1 0-2.6m4.5 2.6a1.9 1.9 0 1 1 0-2.6"/>',
}


@lru_cache(maxsize=1_000)
def badge(written: str, *, is_linked: bool) -> Markup:
    """The badge of what a record has under ``rights``."""
    found = statement_of(written)
    if found is None:
        is_address = is_linked and written.startswith(("https://", "http://"))
        return Markup('<a href="{0}">{0}</a>').format(written) if is_address else escape(written)
    inside = Markup("{} {}").format(_sign(found), found.name)
    if not is_linked:
        return Markup('<span class="ab-rights">{}</span>').format(inside)
    relation = Markup(' rel="license"') if found.is_licence else ""
    return Markup('<a class="ab-rights" href="{}"{}>{}</a>').format(found.url, relation, inside)


@lru_cache(maxsize=1_000)
def short_badge(written: str) -> Markup:
    """The sign and the short name alone, for a row of many; nothing where the words are no statement we know."""
    found = statement_of(written)
    return (
        Markup('<span class="ab-rights ab-by" title="{}">{}</span>').format(found.name, _sign(found))
        if found
        else Markup()
    )


def rights_keyword(written: str) -> str:
    """The short name by which articles are sorted."""
    found = statement_of(written)
    return found.keyword if found else OTHER


def _sign(found: Statement) -> Markup:
    return Markup(
        '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{}</svg>'
        '<span class="ab-rights-keyword">{}</span>'
    ).format(Markup(DRAWN[found.family]), found.keyword)

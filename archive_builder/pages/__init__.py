"""Makes every page of the site from the archive: plain values in, Markdown with front matter out.

page.py       what a page is, and links between pages
notes.py      the Markdown people write in records, as safe HTML
fragments.py  annotation.py  views.py      what many pages show alike
headings.py  heads.py         ids of headings; what a page says of itself to programs
languages.py                  their names, and which way they run
axes.py  marks.py  tracks.py       what every figure is made of: an axis, signs, rows
plots.py  timeline.py  maps.py     the figures; maps from outlines.py, clipping.py, lettering.py
article.py  claim.py  event.py  entity.py  outlet.py  indexes.py  home.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from archive_builder.addresses import Addresses
from archive_builder.archive import Archive
from archive_builder.changes import History, no_history
from archive_builder.pages.article import article_page
from archive_builder.pages.claim import claim_page
from archive_builder.pages.entity import entity_page
from archive_builder.pages.event import event_page
from archive_builder.pages.headings import with_ids
from archive_builder.pages.heads import Head, Publication, head_of
from archive_builder.pages.home import filled
from archive_builder.pages.indexes import doors, index_pages
from archive_builder.pages.outlet import outlet_page
from archive_builder.pages.page import Links, Page, Site
from archive_builder.pages.views import Views

__all__ = [
    "Head",
    "Links",
    "Page",
    "Publication",
    "Site",
    "Views",
    "doors",
    "filled",
    "head_of",
    "makers",
    "titles",
    "with_ids",
    "woven_pages",
]

NOWHERE = Addresses(None, None, "main")


def titles(archive: Archive) -> Mapping[str, str]:
    """What the page of each record is called, by path below ``content/``: known before any page is made."""
    return {
        **{f"articles/{id}.md": each.title for id, each in archive.articles.items()},
        **{f"claims/{id}.md": each.title for id, each in archive.claims.items()},
        **{f"events/{id}.md": each.title for id, each in archive.events.items()},
        **{f"entities/{id}.md": each.name for id, each in archive.entities.items()},
        **{f"outlets/{id}.md": each.name for id, each in archive.outlets.items()},
    }


def makers(views: Views) -> Mapping[str, Callable[[], Page]]:
    """What makes each page, by path below ``content/``; a page depends on nothing but the archive and the site."""
    archive = views.archive
    return {
        **{f"articles/{id}.md": partial(article_page, held, views) for id, held in archive.articles.items()},
        **{f"claims/{id}.md": partial(claim_page, held, views) for id, held in archive.standings.items()},
        **{f"events/{id}.md": partial(event_page, held, views) for id, held in archive.events.items()},
        **{f"entities/{id}.md": partial(entity_page, held, views) for id, held in archive.entities.items()},
        **{f"outlets/{id}.md": partial(outlet_page, held, views) for id, held in archive.outlets.items()},
        **index_pages(views),
    }


def woven_pages(
    archive: Archive,
    written: Mapping[str, bytes],
    *,
    directory_urls: bool = True,
    addresses: Addresses = NOWHERE,
    history: Callable[[], History] = no_history,
) -> Iterator[tuple[str, str]]:
    """The whole site as plain Markdown, for any renderer: path below the tree, and text.

    ``written`` are the Markdown pages a person wrote, by path below ``content/``; they win over made ones.
    """
    views = Views(archive, Site(directory_urls, addresses, history))
    for path, data in written.items():
        yield path, filled(data.decode(), path, views)
    for path, make in makers(views).items():
        if path not in written:
            yield path, make().dump()

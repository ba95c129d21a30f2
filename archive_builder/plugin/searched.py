"""Has MkDocs leave its own search out, and tells the index what there is to be found."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from mkdocs.config.defaults import MkDocsConfig

from archive_builder.indexing import Sources
from archive_builder.pages import Links, Views
from archive_builder.searching import Written, names, parts, records

__all__ = ["SEARCH_PAGE", "drop_stock_search", "sources", "tell"]

SEARCH_PAGE = "search/index.html"
STOCK_SEARCH = ("material/search", "search")

log = logging.getLogger("mkdocs.plugins.archive_builder")


def sources(views: Views, written: Sequence[Written], language: str) -> Sources:
    """What search knows of the archive, worked out when it is asked for."""
    archive, links = views.archive, Links("", views.site.directory_urls)
    # Here already, as pages tell of them too: what makes the index may be another process.
    mentioned = views.mentions
    return lambda: (
        parts(records(archive, mentioned, written, links.to, language)),
        names([*archive.entities.values(), *archive.outlets.values()]),
    )


def drop_stock_search(config: MkDocsConfig) -> None:
    """Leave Material's own search out where it is named: the archive has another, and nothing is indexed twice."""
    for name in STOCK_SEARCH:
        plugin = config.plugins.pop(name, None)
        if plugin is not None:
            log.info("The plugin '%s' is left out: the archive is searched by its own index.", name)
            for event, methods in config.plugins.events.items():
                kept = [method for method in methods if getattr(method, "__self__", None) is not plugin]
                config.plugins.events[event] = kept


def tell(problem: str | None) -> None:
    if problem is not None:
        log.warning("This site cannot be searched: %s", problem)

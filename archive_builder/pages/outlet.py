"""The page of an outlet: who publishes it, as far as sourced, and its articles here."""

from __future__ import annotations

from archive_builder.model import Outlet
from archive_builder.pages.languages import language_name
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Page
from archive_builder.pages.statements import attributed
from archive_builder.pages.templates import render
from archive_builder.pages.views import Views

__all__ = ["outlet_page"]


def outlet_page(outlet: Outlet, views: Views) -> Page:
    path = f"outlets/{outlet.id}.md"
    links = views.links(path)
    articles = views.articles_by[outlet.id]
    return Page(
        path=path,
        title=outlet.name,
        description=f"{outlet.type.replace('-', ' ').capitalize()}: {len(articles)} articles in this archive.",
        source=outlet.path,
        head=render(
            "outlet",
            outlet=outlet,
            views=views,
            links=links,
            articles=articles,
            language=language_name(outlet.language) if outlet.language else None,
            spoken=len({id for article in articles for id in views.by_claim[article.id]}),
            alone=[s for s in views.archive.standings.values() if s.origins == (outlet.id,)],
            said=[attributed(annotation, outlet.id, links, views) for annotation in views.said_by.get(outlet.id, ())],
            body=note_html(outlet.body, links, "outlets") if outlet.body.strip() else None,
            witnesses=views.witnesses(outlet.evidence, links),
        ),
        meta={"kind": "outlet"},
    )

"""The pages that list everything: articles, claims, events, people, places and organisations, outlets."""

from __future__ import annotations

from archive_builder.model import EntityType
from archive_builder.pages.page import Page, render
from archive_builder.pages.views import Views

__all__ = ["INDEXES", "index_page"]

INDEXES = {
    "articles": ("Articles", "Every article of this archive, by date."),
    "claims": ("Claims", "Every claim of this archive, the contested ones first."),
    "events": ("Events", "The events that the articles report on."),
    "entities": ("People, places, organisations", "Everyone and everything named, under every spelling."),
    "outlets": ("Outlets", "Who published the articles of this archive."),
}


def index_page(kind: str, views: Views) -> Page:
    title, description = INDEXES[kind]
    path = f"{kind}/index.md"
    shown = {"title": title, "description": description, "views": views, "links": views.links(path)}
    head = render(f"index_{kind}", **shown, **_listed(kind, views))
    return Page(path, title, description, None, head=head, meta={"kind": "index"})


def _listed(kind: str, views: Views) -> dict[str, object]:
    archive = views.archive
    match kind:
        case "articles":
            return {"articles": views.by_date(tuple(archive.articles.values()))}
        case "claims":
            return {"standings": views.most_contested(tuple(archive.standings.values()))}
        case "events":
            return {"events": list(archive.events.values())}
        case "entities":
            named = sorted(archive.entities.values(), key=lambda entity: entity.name)
            return {"types": list(EntityType), "entities": named}
        case _:
            return {"outlets": sorted(archive.outlets.values(), key=lambda outlet: outlet.name)}

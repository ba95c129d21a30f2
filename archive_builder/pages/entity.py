"""The page of a person, place or organisation: every spelling, what it is quoted as saying, every mention."""

from __future__ import annotations

from archive_builder.mentions import excerpt
from archive_builder.model import Entity
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Page
from archive_builder.pages.statements import attributed
from archive_builder.pages.templates import render
from archive_builder.pages.views import Views

__all__ = ["entity_page"]


def entity_page(entity: Entity, views: Views) -> Page:
    path = f"entities/{entity.id}.md"
    links = views.links(path)
    mentioned = views.mentions[entity.id]
    proses, articles = views.archive.proses, views.archive.articles
    said = [attributed(annotation, entity.id, links, views) for annotation in views.said_by.get(entity.id, ())]
    return Page(
        path=path,
        title=entity.name,
        description=f"{entity.type.capitalize()}: {len(mentioned)} mentions, {len(said)} attributed statements.",
        source=entity.path,
        head=render(
            "entity",
            entity=entity,
            views=views,
            links=links,
            description=note_html(entity.description, links) if entity.description else None,
            body=note_html(entity.body, links, "entities") if entity.body.strip() else None,
            spellings=sorted({mention.spelling for mention in mentioned}),
            mentions=[(articles[each.article], excerpt(proses[each.article], each.anchor)) for each in mentioned],
            said=said,
            speaks_for=views.speaker_link(entity.speaks_for, links) if entity.speaks_for else None,
            speakers=[views.speaker_link(speaker, links) for speaker in views.spoken_for_by.get(entity.id, ())],
            witnesses=views.witnesses(entity.evidence, links),
        ),
        meta={"kind": "entity", "type": str(entity.type)},
    )

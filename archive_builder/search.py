"""Says what search should know of a page: its own words, once, without the tables that repeat other pages."""

from __future__ import annotations

from collections.abc import Iterator

from archive_builder.archive import Archive
from archive_builder.model import Claim, Entity, Event, Outlet

__all__ = ["Section", "searched"]

Section = tuple[str, str, str]
"""The id and the title of a part of the page, empty for its beginning, and its words."""


def searched(archive: Archive, kind: str, id: str) -> Iterator[Section]:
    """The words of a page beside an article's own text, part by part."""
    match kind:
        case "articles":
            yield "", "", archive.articles[id].summary or ""
            yield "notes", "Notes", "\n".join(note.note for note in archive.annotated[id])
        case "claims":
            yield "", "", _of_claim(archive.claims[id])
        case "events":
            yield "", "", _of_event(archive.events[id])
        case "entities":
            yield "", "", _of_entity(archive.entities[id])
        case "outlets":
            yield "", "", _of_outlet(archive.outlets[id])


def _of_claim(claim: Claim) -> str:
    return f"{claim.statement}\n{claim.body}"


def _of_event(event: Event) -> str:
    return f"{event.summary or ''}\n{event.body}"


def _of_entity(entity: Entity) -> str:
    return "\n".join((" · ".join(entity.aliases), entity.description or "", entity.body))


def _of_outlet(outlet: Outlet) -> str:
    return "\n".join((" · ".join(outlet.aliases), outlet.owner or "", outlet.affiliation or "", outlet.body))

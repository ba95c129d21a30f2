"""Says what the form in the page must know of an archive to make annotations of it: read on first use only.

Two files, because few who annotate cite another annotation: ``archive.json`` has the claims, events and speakers and
where contributions go, ``passages.json`` every annotation there is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from archive_builder.addresses import Addresses
from archive_builder.archive import Archive
from archive_builder.model import Claim, Entity, Outlet, Record

__all__ = ["FOLDER", "form_data", "guided"]

FOLDER = "assets/annotate"
SCHEMA = "archive_builder/schemas/annotation.json"
QUOTE_SHOWN = 120
CONTACT = re.compile(r"(?:mailto:[^\s?@]+@[^\s?]+|https?://\S+)")
PARAGRAPH = re.compile(r"</p>")

Json = dict[str, Any]


def form_data(
    archive: Archive, addresses: Addresses, *, schema: bool = False, guide: str | None = None, contact: object = None
) -> Mapping[str, str]:
    """The files' texts by path; ``schema`` tells whether the repository has the schemas, ``guide`` where the site
    explains how to contribute, ``contact`` how its editors are reached."""
    known = {
        "site": _site(addresses, schema, guide, contact),
        "claims": [_claim(claim, archive) for _, claim in sorted(archive.claims.items())],
        "events": {id: event.title for id, event in sorted(archive.events.items())},
        "speakers": list(_speakers(archive)),
        "articles": {id: list(article.events) for id, article in sorted(archive.articles.items()) if article.events},
    }
    return {
        f"{FOLDER}/archive.json": _dumped(known),
        f"{FOLDER}/passages.json": _dumped(_passages(archive)),
    }


def guided(html: str, guide: str) -> str:
    """An article's text with a way to the guide after each paragraph, for readers whose browser runs no scripts."""
    link = f'<noscript data-pagefind-ignore> <a class="ab-guide" href="{escape(guide)}">annotate</a></noscript></p>'
    return PARAGRAPH.sub(lambda _: link, html)


def _site(addresses: Addresses, schema: bool, guide: str | None, contact: object) -> Json:
    own_schema = f"../../{SCHEMA}" if schema else None
    served = f"{addresses.site}schemas/annotation.json" if addresses.site else None
    return _without_gaps(
        {
            "repository": addresses.repository,
            "branch": addresses.branch,
            "github": addresses.is_github,
            "schema": own_schema or served,
            "guide": guide,
            "contact": contact if isinstance(contact, str) and CONTACT.fullmatch(contact) else None,
        }
    )


def _claim(claim: Claim, archive: Archive) -> Json:
    measure = claim.measure
    return _without_gaps(
        {
            "id": claim.id,
            "title": claim.title,
            "statement": claim.statement,
            "event": claim.event,
            "quantity": measure.quantity if measure else None,
            "unit": measure.unit if measure else None,
            "status": str(archive.standings[claim.id].status),
        }
    )


def _speakers(archive: Archive) -> Iterator[Json]:
    """Whom a passage may be given to: entities, and the outlets that no entity shares its id with."""
    held: dict[str, Record] = {**archive.outlets, **archive.entities}
    for id, record in sorted(held.items()):
        assert isinstance(record, Entity | Outlet)
        kind = str(record.type) if isinstance(record, Entity) else "outlet"
        yield _without_gaps({"id": id, "name": record.name, "type": kind, "spellings": list(record.aliases)})


def _passages(archive: Archive) -> list[Json]:
    held = sorted(archive.annotations.items())
    return [
        _without_gaps(
            {
                "id": key,
                "quote": annotation.target.exact[:QUOTE_SHOWN] if annotation.target else None,
                "claim": annotation.claim,
                "value": annotation.value,
            }
        )
        for key, annotation in held
    ]


def _without_gaps(held: Json) -> Json:
    return {key: value for key, value in held.items() if value not in (None, [], False)}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"

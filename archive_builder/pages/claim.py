"""The page of a claim: where it stands and why, who says what, who is silent, the evidence."""

from __future__ import annotations

from archive_builder.model import Stance
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Page, render
from archive_builder.pages.views import STATUS_WORDS, Views
from archive_builder.standing import Standing

__all__ = ["claim_page"]


def claim_page(standing: Standing, views: Views) -> Page:
    claim = standing.claim
    path = f"claims/{claim.id}.md"
    links = views.links(path)
    notes = [views.note(position.annotation, links) for position in standing.positions]
    annotated = {note.article.id for note in notes}
    on_event = views.articles_on[claim.event] if claim.event else ()
    return Page(
        path=path,
        title=claim.title,
        description=claim.statement,
        source=claim.path,
        head=render(
            "claim",
            claim=claim,
            standing=standing,
            views=views,
            links=links,
            speaking=[note for note in notes if note.annotation.stance is not Stance.OMITS],
            silent=[note for note in notes if note.annotation.stance is Stance.OMITS],
            not_annotated=[views.article_link(a, links) for a in on_event if a.id not in annotated],
            origins=[views.speaker_link(origin, links) for origin in standing.origins],
            origin_of={p.annotation.key: views.speaker_link(p.origin, links) for p in standing.positions},
            discussion=note_html(claim.body, links, "claims") if claim.body.strip() else None,
            witnesses=views.witnesses(claim.evidence, links),
            event=views.archive.events[claim.event] if claim.event else None,
        ),
        meta={"kind": "claim", "status": str(standing.status), "status_words": STATUS_WORDS[standing.status]},
    )

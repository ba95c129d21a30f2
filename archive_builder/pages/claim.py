"""The page of a claim: where it stands and why, who says what, who is silent, the evidence."""

from __future__ import annotations

from archive_builder.pages.linked_data import absolute, claim_data
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Page
from archive_builder.pages.plots import claim_plot, legend
from archive_builder.pages.statements import statement, statement_rows
from archive_builder.pages.templates import render
from archive_builder.pages.views import STATUS_WORDS, Views
from archive_builder.standing import Standing

__all__ = ["claim_page"]


def claim_page(standing: Standing, views: Views) -> Page:
    claim = standing.claim
    path = f"claims/{claim.id}.md"
    links = views.links(path)
    statements = [statement(position, links, views) for position in standing.positions]
    annotated = {position.article.id for position in standing.positions}
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
            plot=claim_plot(standing, views.archive),
            legend=legend(standing),
            rows=statement_rows(each for each in statements if not each.silent),
            silent=[each.note for each in statements if each.silent],
            not_annotated=[views.article_link(a, links) for a in on_event if a.id not in annotated],
            origins=[views.speaker_link(origin, links) for origin in standing.origins],
            discussion=note_html(claim.body, links, "claims") if claim.body.strip() else None,
            witnesses=views.witnesses(claim.evidence, links),
            event=views.archive.events[claim.event] if claim.event else None,
            permalink=absolute(views, "claims", claim.id),
        ),
        meta={
            "kind": "claim",
            # Not "status", by which a theme means how new or old a page is.
            "standing": str(standing.status),
            "standing_words": STATUS_WORDS[standing.status],
            # For the page's head: Material's instant navigation would run a script of the body, whatever its type.
            "linked_data": claim_data(standing, views),
        },
    )

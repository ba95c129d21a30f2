"""The page of an article: its source, our summary, its text with the passages marked, the notes, what lies around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive_builder.model import Article, Display
from archive_builder.pages.badges import badge
from archive_builder.pages.citing import citations
from archive_builder.pages.comparing import comparisons
from archive_builder.pages.languages import direction
from archive_builder.pages.legend import legend
from archive_builder.pages.notes import note_html
from archive_builder.pages.noting import note_items
from archive_builder.pages.page import Links, Page
from archive_builder.pages.source import restatements, source_facts
from archive_builder.pages.templates import render
from archive_builder.pages.views import Note, Views
from archive_builder.projection import BARRIER
from archive_builder.weaving import Mark, Woven

__all__ = ["article_page"]

CHANGES_SHOWN = 12


def article_page(article: Article, views: Views) -> Page:
    path = f"articles/{article.id}.md"
    links = views.links(path)
    notes = tuple(views.note(annotation, links) for annotation in views.archive.annotated[article.id])
    outlet = views.archive.outlets[article.outlet]
    published = views.date(article.published) if article.published else None
    shared = {
        "article": article,
        "views": views,
        "links": links,
        "outlet": outlet,
        "published": published,
        # Our own words are English; the theme gives the page's text the article's language.
        "ours": article.language.partition("-")[0].lower() != "en",
        "direction": direction(article.language),
    }
    return Page(
        path=path,
        title=article.title,
        description=f"{outlet.name}{f', {published}' if published else ''}: {len(notes)} annotated statements.",
        source=article.path,
        head=render("article_head", **shared, **_above(article, notes, links, views)),
        text=_text(article, views),
        tail=render("article_tail", **shared, **_below(article, notes, links, views)),
        meta=_front_matter(article, outlet.name),
    )


def _text(article: Article, views: Views) -> Woven | None:
    """The article's text with a mark around every annotated passage."""
    if article.display is Display.LINK_ONLY:
        return None
    anchors = views.archive.anchors
    marks = (
        Mark(annotation.id, anchors[annotation.key], str(views.numbers[annotation.key]), views.mark(annotation))
        for annotation in views.archive.annotated[article.id]
        if annotation.key in anchors
    )
    return Woven(views.archive.proses[article.id], tuple(marks))


def share_quoted(article: Article, views: Views) -> int | None:
    """How much of the article's text stands here, in percent; None where it is not known."""
    if article.display is not Display.QUOTATIONS or not article.words:
        return None
    shown = views.archive.proses[article.id].text.replace(BARRIER, " ")
    return min(round(100 * len(shown.split()) / article.words), 100)


def _above(article: Article, notes: Sequence[Note], links: Links, views: Views) -> Mapping[str, object]:
    addresses = views.site.addresses
    new = f"{addresses.repository}/new/{addresses.branch}/annotations/{article.id}" if addresses.is_github else None
    return {
        "summary": note_html(article.summary, links) if article.summary else None,
        "share": share_quoted(article, views),
        "notes": notes,
        "facts": source_facts(article, views, links),
        "restatements": restatements(article),
        "rights": badge(article.rights, is_linked=False) if article.rights else None,
        "legend": legend(notes),
        "new_annotation": new,
        # Said at the top, so that the page is laid out for its notes before they have come.
        "marked": any(note.annotation.key in views.archive.anchors for note in notes),
    }


def _below(article: Article, notes: Sequence[Note], links: Links, views: Views) -> Mapping[str, object]:
    claims = dict.fromkeys(note.annotation.claim for note in notes if note.annotation.claim)
    others = {other.id: other for event in article.events for other in views.articles_on[event]}
    others.pop(article.id, None)
    beside = comparisons(article, tuple(others.values()), views, links)
    compared = {comparison.article.id for comparison in beside}
    site = views.site.addresses.site
    address = f"{site}{links.to('articles', article.id)[len(links.root) :]}" if site else None
    changes = views.history.get(article.id, ())
    told, silences = [note for note in notes if not note.is_silence], [note for note in notes if note.is_silence]
    told_in = article.language, direction(article.language)
    return {
        "groups": (
            ("notes", "Notes", "ol", "", note_items(told, *told_in, numbered=True)),
            ("silences", "Left out here", "ul", " ab-silences", note_items(silences, *told_in, numbered=False)),
        ),
        "strayed": [views.note(annotation, links) for annotation in views.archive.strayed.get(article.id, ())],
        "standings": [views.archive.standings[claim] for claim in claims if claim],
        "comparisons": beside,
        "other_articles": [other for id, other in others.items() if id not in compared],
        "citations": citations(article, views.archive.outlets[article.outlet], address),
        "changes": changes[:CHANGES_SHOWN],
        "more_changes": max(len(changes) - CHANGES_SHOWN, 0),
        "contributors": list(dict.fromkeys(change.who for change in reversed(changes))),
    }


def _front_matter(article: Article, outlet: str) -> dict[str, object]:
    """The record's own keys, for templates and for other renderers of the woven tree."""
    known = {
        "outlet": outlet,
        "authors": list(article.authors),
        "published": article.published,
        "language": article.language,
        "direction": direction(article.language),
        "source_url": article.url,
        "archived": article.archived,
        "digest": article.digest,
        "rights": article.rights,
        "display": str(article.display),
        "events": list(article.events),
        # The room beside the text belongs to the notes.
        "hide": ["navigation", "toc"],
    }
    return {"kind": "article", **{key: value for key, value in known.items() if value}}

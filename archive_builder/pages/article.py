"""The page of an article: its source, our summary, its text with the passages marked, the notes, the claims it bears on."""

from __future__ import annotations

from archive_builder.dates import parse_date
from archive_builder.model import Article, Display
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Links, Page, render
from archive_builder.pages.views import Note, Views
from archive_builder.projection import BARRIER
from archive_builder.weaving import Mark, weave

__all__ = ["article_page"]

RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "ps", "yi", "ckb", "dv", "sd", "ug", "syr"))


def article_page(article: Article, views: Views) -> Page:
    path = f"articles/{article.id}.md"
    links = views.links(path)
    notes = tuple(views.note(annotation, links) for annotation in views.archive.annotated[article.id])
    outlet = views.archive.outlets[article.outlet]
    published = str(parse_date(article.published)) if article.published else None
    shared = {"article": article, "views": views, "links": links, "outlet": outlet, "published": published}
    summary = note_html(article.summary, links) if article.summary else None
    return Page(
        path=path,
        title=article.title,
        description=f"{outlet.name}{f', {published}' if published else ''}: {len(notes)} annotated statements.",
        source=article.path,
        head=render("article_head", **shared, summary=summary, share=share_quoted(article, views), notes=notes),
        markdown=woven(article, notes, views),
        tail=render("article_tail", **shared, **_below(article, notes, links, views)),
        meta=_front_matter(article, outlet.name),
    )


def woven(article: Article, notes: tuple[Note, ...], views: Views) -> str:
    """The article's Markdown with a mark around every annotated passage."""
    if article.display is Display.LINK_ONLY:
        return ""
    anchors = views.archive.anchors
    marks = [
        Mark(note.name, anchors[note.annotation.key], str(note.number), note.status)
        for note in notes
        if note.annotation.key in anchors
    ]
    return weave(views.archive.proses[article.id], marks)


def share_quoted(article: Article, views: Views) -> int | None:
    """How much of the article's text stands here, in percent; None where it is not known."""
    if article.display is not Display.QUOTATIONS or not article.words:
        return None
    shown = views.archive.proses[article.id].text.replace(BARRIER, " ")
    return min(round(100 * len(shown.split()) / article.words), 100)


def _below(article: Article, notes: tuple[Note, ...], links: Links, views: Views) -> dict[str, object]:
    claims = dict.fromkeys(note.annotation.claim for note in notes if note.annotation.claim)
    standings = [views.archive.standings[claim] for claim in claims if claim]
    others = {other.id: other for event in article.events for other in views.articles_on[event]}
    others.pop(article.id, None)
    return {
        "notes": [note for note in notes if not note.is_silence],
        "silences": [note for note in notes if note.is_silence],
        "standings": standings,
        "other_articles": tuple(others.values()),
    }


def _front_matter(article: Article, outlet: str) -> dict[str, object]:
    """The record's own keys, for templates and for other renderers of the woven tree."""
    language = article.language.partition("-")[0].lower()
    known = {
        "outlet": outlet,
        "authors": list(article.authors),
        "published": article.published,
        "language": article.language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "source_url": article.url,
        "archived": article.archived,
        "digest": article.digest,
        "rights": str(article.rights) if article.rights else None,
        "display": str(article.display),
        "events": list(article.events),
    }
    return {"kind": "article", **{key: value for key, value in known.items() if value}}

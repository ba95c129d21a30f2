"""Counts what stands where, for the pages that give an overview: claims by status, articles by what they speak to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from archive_builder.archive import Archive
from archive_builder.model import Article, ClaimStatus, Stance
from archive_builder.pages.marks import percent
from archive_builder.pages.views import STATUS_WORDS
from archive_builder.standing import Standing

__all__ = ["ArticleGlance", "article_glances", "by_status", "status_bar"]

BAR_HEIGHT = 8


class ArticleGlance(NamedTuple):
    """How many claims an article speaks to."""

    article: Article
    annotations: int
    speaks: int
    contested: int
    """Of the claims it speaks to, those that are contested."""
    silent: int
    """Claims that it leaves out, as an annotation says."""
    unseen: int
    """Claims of its events on which nothing in it is annotated."""


def by_status(standings: Iterable[Standing]) -> list[tuple[str, int]]:
    """How many claims stand where; statuses without a claim are left out."""
    counted = Counter(str(standing.status) for standing in standings)
    return [(status, counted[status]) for status in STATUS_WORDS if counted[status]]


def status_bar(counts: Sequence[tuple[str, int]]) -> Markup:
    """A bar divided by status; the numbers stand beside it in words."""
    total = sum(count for _, count in counts)
    parts, done = [], 0
    for status, count in counts:
        left, width = 100 * done / total, 100 * count / total
        parts.append(f'<rect class="ab-{status}" x="{percent(left)}" width="{percent(width)}" height="100%"/>')
        done += count
    return Markup(
        f'<svg class="ab-bar" aria-hidden="true" focusable="false" width="100%" height="{BAR_HEIGHT}" '
        f'style="height:{BAR_HEIGHT}px" fill="currentColor">{"".join(parts)}</svg>'
    )


def article_glances(archive: Archive, articles: Iterable[Article]) -> list[ArticleGlance]:
    """What each article speaks to, in the order given."""
    speaks: dict[str, set[str]] = {id: set() for id in archive.articles}
    silent: dict[str, set[str]] = {id: set() for id in archive.articles}
    by_event: dict[str, set[str]] = {id: set() for id in archive.events}
    for id, standing in archive.standings.items():
        if standing.claim.event:
            by_event[standing.claim.event].add(id)
        for position in standing.positions:
            (silent if position.stance is Stance.OMITS else speaks)[position.article.id].add(id)
    contested = {id for id, each in archive.standings.items() if each.status is ClaimStatus.CONTESTED}
    return [
        ArticleGlance(
            article=article,
            annotations=len(archive.annotated[article.id]),
            speaks=len(speaks[article.id]),
            contested=len(speaks[article.id] & contested),
            silent=len(silent[article.id] - speaks[article.id]),
            unseen=len(set().union(*(by_event[e] for e in article.events)) - speaks[article.id] - silent[article.id]),
        )
        for article in articles
    ]

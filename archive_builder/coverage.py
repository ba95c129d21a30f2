"""Counts what an archive covers: which article speaks to which claims, and which it says nothing annotated on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from archive_builder.archive import Archive
from archive_builder.model import ClaimStatus

__all__ = ["ArticleCoverage", "Coverage", "coverage"]


@dataclass(frozen=True, slots=True)
class ArticleCoverage:
    """What is annotated in one article."""

    id: str
    annotations: int
    anchored: int
    """Of them, those that stand on a passage or need none."""
    claims: tuple[str, ...]
    """The claims it is annotated on, what it omits included."""
    open: tuple[str, ...]
    """The claims of its events on which nothing in it is annotated yet."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is annotated in an archive."""

    articles: tuple[ArticleCoverage, ...]
    claims: Mapping[str, ClaimStatus]
    totals: Mapping[str, int]
    missing: Mapping[str, tuple[str, ...]]
    """By what is missing: the ids of the articles and annotations in which it is."""


def coverage(archive: Archive, written: Mapping[str, int]) -> Coverage:
    """Count; ``written`` says how many annotation files each article has."""
    articles = tuple(_article(archive, id, written.get(id, 0)) for id in archive.articles)
    claims = {id: standing.status for id, standing in archive.standings.items()}
    kinds = ("articles", "claims", "events", "entities", "outlets")
    totals = {kind: len(getattr(archive, kind)) for kind in kinds}
    totals |= {"annotations": sum(written.values()), "anchored": len(archive.annotations)}
    totals |= {"problems": len(archive.problems)}
    return Coverage(
        articles, claims, totals | {str(key): count for key, count in _by_status(claims).items()}, _missing(archive)
    )


def _article(archive: Archive, id: str, written: int) -> ArticleCoverage:
    own = archive.annotated[id]
    spoken = sorted({each.claim for each in own if each.claim})
    events = archive.articles[id].events
    open_ = [claim.id for claim in archive.claims.values() if claim.event in events and claim.id not in spoken]
    return ArticleCoverage(id, written, len(own), tuple(spoken), tuple(open_))


def _missing(archive: Archive) -> dict[str, tuple[str, ...]]:
    articles = archive.articles.values()
    found = {
        "passage: it does not stand in the article, see archive-builder repin": tuple(
            each.key for held in archive.strayed.values() for each in held
        ),
        "annotations": tuple(id for id in archive.articles if not archive.annotated[id]),
        "event": tuple(each.id for each in articles if not each.events),
        "date of publication": tuple(each.id for each in articles if not each.published),
        "address of the original": tuple(each.id for each in articles if not each.url),
        "archived copy": tuple(each.id for each in articles if each.url and not each.archived),
    }
    return {what: ids for what, ids in found.items() if ids}


def _by_status(claims: Mapping[str, ClaimStatus]) -> dict[ClaimStatus, int]:
    counted = Counter(claims.values())
    return {status: counted[status] for status in ClaimStatus}

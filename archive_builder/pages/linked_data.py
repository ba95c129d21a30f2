"""Tells a claim to other programs as schema.org's Claim with its appearances: no verdict, so no ClaimReview.

https://schema.org/Claim
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from archive_builder.model import Article, Stance
from archive_builder.pages.page import Links
from archive_builder.pages.views import Views
from archive_builder.standing import Standing

__all__ = ["absolute", "claim_data"]

CALENDAR_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def absolute(views: Views, kind: str, id: str) -> str | None:
    """The whole address of a page; None where the site's is not known."""
    site = views.site.addresses.site
    return f"{site}{Links('', views.site.directory_urls).to(kind, id)}" if site else None


def claim_data(standing: Standing, views: Views) -> dict[str, Any]:
    """The claim, and the articles in which it is asserted, denied or doubted."""
    claim = standing.claim
    speaking = (position.article for position in standing.positions if position.stance is not Stance.OMITS)
    articles = views.by_date(list({article.id: article for article in speaking}.values()))
    event = views.archive.events[claim.event].title if claim.event else None
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Claim",
            "@id": absolute(views, "claims", claim.id),
            "url": absolute(views, "claims", claim.id),
            "name": claim.title,
            "text": claim.statement,
            "about": {"@type": "Event", "name": event} if event else None,
            "appearance": [_appearance(article, views) for article in articles],
        }
    )


def _appearance(article: Article, views: Views) -> dict[str, Any]:
    published = article.published if CALENDAR_DATE.fullmatch(article.published or "") else None
    return _known(
        {
            "@type": "Article",
            "headline": article.title,
            "url": article.url,
            "archivedAt": article.archived,
            "datePublished": published,
            "inLanguage": article.language,
            "author": [{"@type": "Person", "name": name} for name in article.authors],
            "publisher": {"@type": "Organization", "name": views.archive.outlets[article.outlet].name},
            "mainEntityOfPage": absolute(views, "articles", article.id),
        }
    )


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}

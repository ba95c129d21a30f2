"""Tells what a newer capture says otherwise of its article than the one before: headline, byline, date, language.

Captures are held against each other and not against the record, which a person may have corrected: what we tell of a
publisher must be what the publisher did. So a fact that only one capture gives counts only where both are of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive_builder.ingest import Extract
from archive_builder.model import Article, Fact, Restated
from archive_builder.projection import normalise

__all__ = ["facts_of", "recorded_facts", "restated"]

BETWEEN = "; "  # authors


def facts_of(extract: Extract) -> Mapping[Fact, str]:
    """What a capture says of its article; absent where it says nothing, or only its address does."""
    single = {Fact.TITLE: extract.title, Fact.PUBLISHED: extract.published, Fact.LANGUAGE: extract.language}
    said = {fact: found.value for fact, found in single.items() if found and not found.value.endswith("?")}
    if authors := BETWEEN.join(each.value for each in extract.authors):
        said[Fact.AUTHORS] = authors
    return said


def recorded_facts(article: Article) -> Mapping[Fact, str]:
    """What the record says of the article."""
    said = {Fact.TITLE: article.title, Fact.AUTHORS: BETWEEN.join(article.authors), Fact.LANGUAGE: article.language}
    said |= {Fact.PUBLISHED: article.published or ""}
    return {fact: value for fact, value in said.items() if value}


def restated(old: Mapping[Fact, str], new: Mapping[Fact, str], *, are_alike: bool) -> Mapping[Fact, Restated]:
    """What the newer capture gives otherwise; ``are_alike`` says that what one lacks it could have had."""
    return dict(_restated(old, new, are_alike))


def _restated(old: Mapping[Fact, str], new: Mapping[Fact, str], are_alike: bool) -> Iterator[tuple[Fact, Restated]]:
    for fact in Fact:
        before, after = old.get(fact), new.get(fact)
        is_told = (before and after) or (are_alike and fact is Fact.AUTHORS and (before or after))
        if is_told and normalise(before or "") != normalise(after or ""):
            yield fact, Restated(old=before, new=after)

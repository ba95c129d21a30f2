"""What the first archive promises its readers; and, where the captures are at hand, that it quotes them truly."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from archive_builder.anchoring import Miss, find
from archive_builder.archive import Archive
from archive_builder.canonical import canonical
from archive_builder.ingest import ingest
from archive_builder.mentions import mentions
from archive_builder.model import Article, Display, Stance
from archive_builder.projection import BARRIER, normalise, project
from archive_builder.store import load

PROJECT = Path(__file__).parent.parent
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
# More of a text than this is a copy, not quotation.
MOST_QUOTED = 0.6


@pytest.fixture(scope="module")
def archive() -> Archive:
    return load(PROJECT)


def test_nothing_is_wrong_with_any_file(archive: Archive) -> None:
    assert archive.problems == ()


def test_it_is_as_rich_as_it_is_meant_to_be(archive: Archive) -> None:
    assert len(archive.annotations) >= 70 and len(archive.claims) >= 30
    assert len(archive.events) >= 3 and len(archive.outlets) == 5 and len(archive.entities) >= 40
    per_article = Counter(annotation.article for annotation in archive.annotations.values())
    assert len(per_article) == 5 and min(per_article.values()) >= 8


def test_every_claim_is_borne_on(archive: Archive) -> None:
    assert all(standing.positions for standing in archive.standings.values())


def test_full_texts_are_not_published(archive: Archive) -> None:
    assert {article.display for article in archive.articles.values()} == {Display.QUOTATIONS}
    assert all(BARRIER in prose.text for prose in archive.proses.values())


def test_a_publisher_with_a_cause_is_labelled(archive: Archive) -> None:
    assert archive.outlets["hizb-ut-tahrir-media"].label


def test_every_note_is_signed_and_dated(archive: Archive) -> None:
    assert all(each.by == "archive-team" and each.created for each in archive.annotations.values())


def test_overruling_a_status_rests_on_evidence(archive: Archive) -> None:
    for standing in archive.standings.values():
        witnesses = [*standing.claim.evidence, *(e for p in standing.positions for e in p.annotation.evidence)]
        assert not standing.is_overruled or witnesses, standing.claim.id


@pytest.fixture(scope="module")
def captures(archive: Archive) -> dict[str, bytes]:
    """The captures by article, found by their digests."""
    named = os.environ.get("ARCHIVE_CAPTURES")
    folders = [Path(named)] if named else [PROJECT / "captures", *sorted(PROJECT.glob("../*/articles"))]
    files = (path.read_bytes() for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.txt")))
    by_digest = {f"sha256:{hashlib.sha256(data).hexdigest()}": data for data in files}
    found = {id: by_digest[a.digest] for id, a in archive.articles.items() if a.digest in by_digest}
    if len(found) < len(archive.articles):
        pytest.skip("the captures are not at hand: set ARCHIVE_CAPTURES to the folder that holds them")
    return found


def full_text(article: Article, captures: dict[str, bytes]) -> str:
    return canonical(ingest(captures[article.id], "capture.txt").markdown)[0]


def test_every_annotation_anchors_in_the_full_text_on_the_same_words(
    archive: Archive, captures: dict[str, bytes]
) -> None:
    for id, held in archive.annotated.items():
        prose = project(full_text(archive.articles[id], captures))
        for annotation in held:
            if annotation.stance is Stance.OMITS:
                continue
            assert annotation.target is not None
            anchor = find(annotation.target, prose)
            assert not isinstance(anchor, Miss), (annotation.key, anchor)
            shown = archive.anchors[annotation.key]
            assert prose.text[anchor.start : anchor.end] == archive.proses[id].text[shown.start : shown.end]


def test_what_is_quoted_stands_in_the_full_text_in_the_same_order(archive: Archive, captures: dict[str, bytes]) -> None:
    for id, article in archive.articles.items():
        text = project(full_text(article, captures)).text
        position = 0
        for passage in filter(None, map(str.strip, archive.proses[id].text.split(BARRIER))):
            position = text.index(passage, position) + len(passage)


def test_a_text_is_quoted_not_copied(archive: Archive, captures: dict[str, bytes]) -> None:
    shown = " ".join(prose.text for prose in archive.proses.values())
    for id, capture in captures.items():
        lines = capture.decode().splitlines()
        sentences = [normalise(each) for line in lines for each in SENTENCE.split(line) if len(each) > 40]
        quoted = sum(sentence in shown for sentence in sentences)
        assert quoted <= MOST_QUOTED * len(sentences), id


def test_every_entity_is_met_in_a_full_text_or_signs_one(archive: Archive, captures: dict[str, bytes]) -> None:
    whole = {id: project(full_text(article, captures)) for id, article in archive.articles.items()}
    met = mentions(replace(archive, proses=whole))
    named = {speaker for annotation in archive.annotations.values() for speaker in annotation.attribution}
    named |= {entity.speaks_for for entity in archive.entities.values() if entity.speaks_for}
    signed = " ".join([*(author for article in archive.articles.values() for author in article.authors)])
    signed += " ".join(outlet.name for outlet in archive.outlets.values())
    unmet = [entity for entity in archive.entities.values() if not met[entity.id] and entity.id not in named]
    assert [entity.id for entity in unmet if not any(n in signed for n in (entity.name, *entity.aliases))] == []

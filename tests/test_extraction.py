"""The quality gate: what is taken from web pages is as good as it was, and a floor is not lowered in silence.

The corpus is ``tests/pages``: NAME.html, a page of invented news built like a real one, and NAME.yml, its text and its
metadata as a person reads them. To add a page, write both, run ``python -m bench.extraction``, and pin the new digest
and the floors in ``tests/pages/floors.yml``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from archive_builder.canonical import canonical
from archive_builder.ingest import ingest
from archive_builder.projection import project
from bench.extraction import FACTS, Score, accuracy, corpus_digest, mean, pages, scored

FLOORS = yaml.safe_load((Path(__file__).parent / "pages" / "floors.yml").read_text(encoding="utf-8"))
# The same figures twice: to lower a floor, two files must change, and a reviewer sees both.
NEVER_BELOW = {"text": 0.998, "worst": 0.975, "title": 1.0, "authors": 1.0, "published": 1.0, "language": 1.0}
SLACK = 0.01


@pytest.fixture(scope="module")
def scores() -> list[tuple[Score, Score]]:
    return [scored(page) for page in pages()]


def test_the_corpus_is_the_one_the_floors_were_pinned_on() -> None:
    """Whoever changes a page sees the floors, and whoever changes the floors pins the corpus."""
    assert len(pages()) >= 82
    assert corpus_digest() == FLOORS["corpus"], "look at bench/EXTRACTION.md, then pin the digest and the floors again"


def test_no_floor_lies_below_the_one_that_was_agreed() -> None:
    assert {name: FLOORS[name] for name in NEVER_BELOW} == NEVER_BELOW


def test_the_text_is_found_as_well_as_it_was(scores: list[tuple[Score, Score]]) -> None:
    """On average, and on the worst page; and the floor lies close below what is reached."""
    reached = mean(ours.f1 for ours, _ in scores)
    assert reached >= FLOORS["text"] >= reached - SLACK
    worst = min((ours for ours, _ in scores), key=lambda score: score.f1)
    assert worst.f1 >= FLOORS["worst"], worst


def test_it_is_better_than_the_library_alone(scores: list[tuple[Score, Score]]) -> None:
    assert mean(ours.f1 for ours, _ in scores) > mean(its.f1 for _, its in scores)


@pytest.mark.parametrize("fact", FACTS)
def test_the_metadata_are_found_as_well_as_they_were(scores: list[tuple[Score, Score]], fact: str) -> None:
    ours = [pair[0] for pair in scores]
    assert accuracy(ours, fact) >= FLOORS[fact], [score.name for score in ours if fact not in score.right]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_word_that_is_seen_is_in_the_text_or_told_as_left_out(page: Path) -> None:
    """The check that no text was lost: title and text and what was left out make up what is seen on the page."""
    from archive_builder.ingest.charsets import decode_page
    from archive_builder.ingest.embedded import embedded, is_shell, show
    from archive_builder.ingest.leaves import leaves_of
    from archive_builder.ingest.linked_data import linked_data
    from archive_builder.ingest.tree import parse_tree, prune

    tree = parse_tree(decode_page(page.read_bytes()).text)
    if is_shell(tree.root) and (carried := embedded(tree.root, linked_data(tree.root, ()).text)):
        show(tree.root, carried)
    prune(tree.root)
    seen = sorted(word for leaf in leaves_of(tree.root, None) for word in leaf.text.split())
    extract = ingest(page.read_bytes(), page.name)
    told = [word for one in extract.removed if one.reason != "hidden text" for word in one.text.split()]
    text = project(canonical(extract.markdown)[0]).text
    assert extract.words >= 1
    # Words of the article are counted in the projection, which has one form of quotation marks and dashes.
    from archive_builder.projection import normalise

    in_text = normalise(text).split()
    count = len(in_text) + len(told)
    notes = extract.markdown.count("[^")
    assert len(seen) - 2 * notes <= count <= len(seen), (len(seen), count)

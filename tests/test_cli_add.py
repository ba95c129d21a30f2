"""``add`` makes an article of a capture, says what it found and left out, and never overwrites in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harbour import golden, run, world

from archive_builder.store import digest_of, load

CAPTURE = """\
Fifteen boats lost

Fifteen boats lost

By Ada Berg

The storm came in the night. About fifteen boats sank in the harbour, the harbour master said on Friday.

Nothing is known of the crews. “We are still looking,” she told the paper. The mayor was away.

Leave a Reply

Your email address will not be published.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return world(tmp_path / "archive")


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "boats.txt"
    path.write_bytes(CAPTURE.encode())
    return path


def test_a_capture_becomes_an_article_and_the_report_says_how(root: Path, capture: Path) -> None:
    result = run(root, "add", str(capture), "--outlet", "River Gazette", "--display", "full", "--rights", "CC-BY")
    assert result.exit_code == 0
    golden("add", result.output)
    written = (root / "content/articles/gazette-fifteen-boats-lost.md").read_text(encoding="utf-8")
    golden("add_article", re.sub(r"archive-builder \d\S+(?=\")", "archive-builder VERSION", written))
    assert run(root, "check", "--strict").exit_code == 0
    kept = root / "captures" / f"{digest_of(CAPTURE.encode()).replace(':', '-')}.txt"
    assert kept.read_text(encoding="utf-8") == CAPTURE


def test_an_article_is_not_overwritten_unless_told_to(root: Path, capture: Path) -> None:
    run(root, "add", str(capture), "--id", "boats")
    path = root / "content/articles/boats.md"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "summary: Mine.\ntitle:"), encoding="utf-8")
    capture.write_bytes(CAPTURE.replace("Fifteen", "Sixteen").encode())
    result = run(root, "add", str(capture), "--id", "boats")
    assert result.exit_code == 1 and "--revise" in result.output
    assert "summary: Mine." in path.read_text(encoding="utf-8")
    assert run(root, "add", str(capture), "--id", "boats", "--force").exit_code == 0
    assert "summary: Mine." not in path.read_text(encoding="utf-8")


def test_the_same_capture_is_not_added_twice_under_two_names(root: Path, capture: Path) -> None:
    run(root, "add", str(capture), "--id", "boats")
    result = run(root, "add", str(capture), "--id", "boats-again")
    assert result.exit_code == 1 and "content/articles/boats.md" in result.output


def test_without_an_outlet_the_article_says_that_it_is_not_known(root: Path, capture: Path) -> None:
    assert run(root, "add", str(capture)).exit_code == 0
    article = load(root).articles["fifteen-boats-lost"]
    assert article.outlet == "unknown-outlet" and "outlet" in article.inferred
    assert run(root, "check").exit_code == 0


def test_a_new_outlet_gets_a_file_with_its_name_and_nothing_invented(root: Path, capture: Path) -> None:
    run(root, "add", str(capture), "--outlet", "Harbour Würld: News")
    archive = load(root)
    assert not archive.problems
    assert archive.outlets["harbour-wurld-news"].name == "Harbour Würld: News"


def test_a_dry_run_writes_nothing(root: Path, capture: Path) -> None:
    before = sorted(path for path in root.rglob("*"))
    result = run(root, "add", str(capture), "--dry-run")
    assert result.exit_code == 0 and "not written" in result.output
    assert sorted(root.rglob("*")) == before


def test_the_standard_input_is_a_capture_too(root: Path) -> None:
    result = run(root, "add", "-", "--id", "piped", given=CAPTURE.encode())
    assert result.exit_code == 0
    assert load(root).articles["piped"].title == "Fifteen boats lost"


def test_of_several_captures_the_good_ones_are_added(root: Path, capture: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("A harbour rebuilt\n\nThe harbour was rebuilt in a year, the town says.\n")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\0")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = run(root, "add", str(capture), str(picture), str(empty), str(tmp_path / "none.txt"), str(other))
    assert result.exit_code == 1
    assert "2 of 5 captures added" in result.output
    assert "text, HTML, MHTML, Markdown, WARC and WACZ files, or - for the standard input" in result.output
    assert {"fifteen-boats-lost", "a-harbour-rebuilt"} <= set(load(root).articles)


def test_with_quotations_only_annotated_passages_are_shown(root: Path, capture: Path) -> None:
    result = run(root, "add", str(capture), "--id", "boats")
    assert "archive-builder annotate boats" in result.output
    text = (root / "content/articles/boats.md").read_text(encoding="utf-8")
    assert text.endswith("---\n\n[…]\n") and "storm" not in text


@pytest.mark.parametrize("title", ["Он сказал: «нет»", "# yes: [no]", '"Quoted" & <b>', "مرزبانان", "null"])
def test_any_title_survives_the_front_matter(root: Path, tmp_path: Path, title: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(f"{title}\n\nThe text of the report begins here and goes on for a while.\n", encoding="utf-8")
    assert run(root, "add", str(path), "--id", "x", "--display", "full", "--rights", "CC0").exit_code == 0
    archive = load(root)
    assert not archive.problems
    assert archive.articles["x"].title.strip("#* ") in title

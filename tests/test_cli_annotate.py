"""``annotate`` writes an annotation that anchors, or says where it could and writes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harbour import FILES, FULL_TEXT, golden, run, world

from archive_builder.store import digest_of, load

TODAY = re.compile(r"created: \d{4}-\d\d-\d\d")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return world(tmp_path)


def test_the_annotation_anchors_and_reads_back_as_it_was_given(root: Path) -> None:
    note = "The log has *fifty*: see\n\n- “page 3”\n- a #tag"
    arguments = [
        "There were not more than 12 boats",
        "--claim",
        "boats-number",
        "--stance",
        "denies",
        "--value",
        "<=12",
    ]
    more = ["--attribution", "olsen", "--kind", "translation", "--by", "ada", "--note", note]
    result = run(root, "annotate", "two-banks", *arguments, *more)
    assert (result.exit_code, result.output) == (0, "annotations/two-banks/boats-number.yml\n")
    written = (root / "annotations/two-banks/boats-number.yml").read_text(encoding="utf-8")
    golden("annotate", TODAY.sub("created: DAY", written))
    archive = load(root)
    assert not archive.problems
    annotation = archive.annotations["two-banks/boats-number"]
    assert (annotation.note, annotation.value, annotation.by) == (f"{note}\n", "<=12", "ada")


def test_a_quote_that_stands_twice_needs_a_prefix(root: Path) -> None:
    result = run(root, "annotate", "two-banks", "The", "--note", "x")
    assert result.exit_code == 1
    golden("annotate_ambiguous", result.output)
    assert run(root, "annotate", "two-banks", "The", "--suffix", "storm", "--note", "x").exit_code == 0
    assert run(root, "annotate", "two-banks", "was", "--prefix", "mayor", "--note", "x").exit_code == 0


def test_a_quote_that_differs_is_not_taken_but_the_nearest_is_shown(root: Path) -> None:
    result = run(root, "annotate", "two-banks", "about fifty boats sank", "--note", "x")
    assert result.exit_code == 1
    golden("annotate_drifted", result.output)
    assert list((root / "annotations/two-banks").iterdir()) == [root / "annotations/two-banks/boats.yml"]


def test_nothing_is_overwritten(root: Path) -> None:
    before = (root / "annotations/two-banks/boats.yml").read_bytes()
    result = run(root, "annotate", "two-banks", "Nobody slept", "--note", "x", "--name", "boats")
    assert result.exit_code == 1 and "is there already" in result.output
    assert (root / "annotations/two-banks/boats.yml").read_bytes() == before
    for expected in ("nobody-slept", "nobody-slept-2"):
        assert expected in run(root, "annotate", "two-banks", "Nobody slept", "--note", "x").output


def test_what_the_archive_does_not_know_is_refused(root: Path) -> None:
    wrong = (["--claim", "boat-number", "--stance", "asserts"], ["--attribution", "olson"], ["--stance", "asserts"])
    for arguments in wrong:
        result = run(root, "annotate", "two-banks", "Nobody slept", "--note", "x", *arguments)
        assert result.exit_code == 1, arguments
    assert len(list((root / "annotations/two-banks").iterdir())) == 1


def test_a_dry_run_shows_the_file_and_writes_nothing(root: Path) -> None:
    result = run(root, "annotate", "two-banks", "Nobody slept", "--note", "x", "--dry-run")
    assert result.exit_code == 0 and "exact: " in result.output
    assert len(list((root / "annotations/two-banks").iterdir())) == 1


def test_the_articles_own_signs_are_kept(root: Path) -> None:
    result = run(root, "annotate", "two-banks", '"There were not more than 12 boats,"', "--note", "x", "--dry-run")
    assert "“There were not more than 12 boats,”" in result.output


def test_with_its_capture_at_hand_a_quoted_article_grows_by_the_sentence(root: Path) -> None:
    path = root / "content/articles/two-banks.md"
    capture = f"Two banks\n\n{FULL_TEXT}".encode()
    head = FILES["content/articles/two-banks.md"].replace("display: full", "display: quotations")
    head = head.replace("rights:", f"digest: {digest_of(capture)}\nrights:").partition("---\n\n")[0]
    world(root, {"captures/x.txt": capture.decode(), "content/articles/two-banks.md": f"{head}---\n\n[…]\n"})
    assert run(root, "display", "quotations", "two-banks").exit_code == 0
    assert "Nothing is known" not in path.read_text(encoding="utf-8")
    result = run(root, "annotate", "two-banks", "of the crews", "--note", "x")
    assert result.exit_code == 0, result.output
    assert "Nothing is known of the crews." in path.read_text(encoding="utf-8")
    assert "The mayor was away" not in path.read_text(encoding="utf-8")
    assert run(root, "check").exit_code == 0

"""``verify`` holds captures against their digests, and what articles show against their captures."""

from __future__ import annotations

from pathlib import Path

import pytest
from harbour import FULL_TEXT, run, world


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = world(tmp_path / "archive", {"content/outlets/gazette.md": "---\nname: G\ntype: newspaper\n---\n"})
    capture = tmp_path / "banks.txt"
    capture.write_text(f"Two banks\n\n{FULL_TEXT}", encoding="utf-8")
    for id, display in (("banks", "full"), ("quoted", "quotations")):
        extra = ["--force"] if id == "quoted" else []
        arguments = ["--id", id, "--display", display, "--outlet", "gazette", "--rights", "CC0", *extra]
        assert run(root, "add", str(capture), *arguments).exit_code == 0
    assert run(root, "annotate", "quoted", "fifteen boats", "--note", "The log differs.").exit_code == 0
    return root


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_was_added_is_verified(root: Path) -> None:
    result = run(root, "verify", "--strict")
    assert (result.exit_code, result.output) == (0, "2 verified\n")


@pytest.mark.parametrize("id", ["banks", "quoted"])
def test_a_changed_word_is_told_in_a_full_text_and_in_a_quotation(root: Path, id: str) -> None:
    changed(root / f"content/articles/{id}.md", "fifteen boats", "fifty boats")
    result = run(root, "verify")
    assert result.exit_code == 1
    assert f"content/articles/{id}.md: not in the capture:" in result.output and "1 differs" in result.output
    assert f"archive-builder display {'full' if id == 'banks' else 'quotations'} {id}" in result.output


def test_a_sentence_that_is_gone_from_a_full_text_is_told(root: Path) -> None:
    changed(root / "content/articles/banks.md", "\n\nFerries run again since Tuesday.", "")
    result = run(root, "verify", "banks")
    assert result.exit_code == 1 and "Ferries run again" in result.output


def test_a_capture_that_was_changed_is_told_by_its_name(root: Path) -> None:
    capture = next((root / "captures").iterdir())
    changed(capture, "fifteen", "fifty")
    result = run(root, "verify")
    assert result.exit_code == 1
    assert f"captures/{capture.name}: its content is another" in result.output
    assert "2 capture not at hand" in result.output


def test_a_capture_that_is_not_at_hand_fails_only_where_it_is_asked_for(root: Path) -> None:
    next((root / "captures").iterdir()).unlink()
    assert run(root, "verify").exit_code == 0
    assert run(root, "verify", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("archived", "day"),
    [
        ("https://web.archive.org/web/20210605101010/https://g.example/b", ' data-versiondate="2021-06-05"'),
        ("https://perma.cc/AB12-CD34", ' data-versiondate="2021-07-01"'),
    ],
)
def test_the_link_to_the_source_says_where_its_archived_copy_is(root: Path, archived: str, day: str) -> None:
    """Robust Links attributes, so that a reader's tools find the copy when the original is gone."""
    changed(
        root / "content/articles/banks.md",
        "display: full",
        f"url: https://g.example/b\narchived: {archived}\nretrieved: 2021-07-01\ndisplay: full",
    )
    assert run(root, "weave", "--out", str(root / "woven")).exit_code == 0
    page = (root / "woven/articles/banks.md").read_text(encoding="utf-8")
    assert f'data-originalurl="https://g.example/b" data-versionurl="{archived}"{day}>' in page

"""``annotate`` writes an annotation that anchors, or says where it could and writes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harbour import FILES, FULL_TEXT, golden, run, world
from terminal import on_a_terminal

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


def editor(root: Path, note: str) -> dict[str, str]:
    """An editor that puts a note at the top of what it is given."""
    script = root / "editor.sh"
    script.write_text(
        f'#!/bin/sh\n{{ printf "%s\\n" "{note}"; cat "$1"; }} > "$1.new" && mv "$1.new" "$1"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    return {"EDITOR": str(script), "VISUAL": str(script)}


def test_asked_nothing_it_asks_everything_and_opens_the_editor(root: Path) -> None:
    """Wrong answers are told and asked for again; the claims most like the passage are offered first."""
    answers = [
        "two-bancs",
        "two-banks",
        "not more than 13 boats",
        "y",
        "boats-numbr",
        "1",
        "denies",
        "many",
        "<=12",
        "olson",
        "olsen",
        "error",
    ]
    code, shown = on_a_terminal(
        root, "annotate", typed="\n".join(answers) + "\n", environment=editor(root, "She *has* it.")
    )
    assert code == 0, shown
    for expected in (
        "two-banks  Two banks",
        "Is it: not more than 12 boats",
        "1  boats-number",
        "did you mean boats-number?",
        "did you mean olsen?",
        "annotations/two-banks/boats-number.yml",
    ):
        assert expected in shown, shown
    archive = load(root)
    held = archive.annotations["two-banks/boats-number"]
    assert not archive.problems and (held.stance, held.value, held.attribution) == ("denies", "<=12", ("olsen",))
    assert (held.kind, held.note) == ("error", "She *has* it.\n")
    assert held.target is not None and held.target.exact == "not more than 12 boats"


def test_what_was_typed_is_not_lost_where_it_cannot_be_written(root: Path) -> None:
    typed = "boats-number\nasserts\n\n\n\n"
    arguments = ("two-banks", "Nobody slept", "--by", "x" * 2000)
    code, shown = on_a_terminal(root, "annotate", *arguments, typed=typed, environment=editor(root, "A long story."))
    assert code == 1 and "What you typed" in shown and shown.count("A long story.") == 1


def test_without_a_terminal_it_says_what_is_missing_and_never_waits(root: Path) -> None:
    for arguments, missing in (((), "ARTICLE, QUOTE, --note"), (("two-banks", "Nobody slept"), "--note")):
        result = run(root, "annotate", *arguments)
        assert result.exit_code == 2 and f"{missing} missing" in result.output


def test_the_claims_most_like_a_passage_are_suggested(root: Path) -> None:
    result = run(root, "annotate", "two-banks", "Nothing is known of the crews", "--suggest")
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "crews-saved\tWere the crews saved?")
    result = run(root, "annotate", "two-banks", "about fifteen boats sank", "--suggest")
    assert result.output.startswith("boats-number\t")
    assert run(root, "annotate", "two-banks", "--suggest").exit_code == 2

"""``repin`` follows what is safe, rewrites the target alone, and leaves the rest to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from harbour import FILES, git, golden, run, world
from terminal import on_a_terminal

from archive_builder.model import Selector
from archive_builder.store import load

ARTICLE = "content/articles/two-banks.md"
LONG = "target:\n  # the whole of it\n  exact: >-\n    There were not more than 12 boats\n  prefix: ''\nnote: x # why\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = world(tmp_path, {**FILES, "annotations/two-banks/denied.yml": LONG})
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    return root


def change(root: Path, old: str, new: str) -> None:
    path = root / ARTICLE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_where_nothing_changed_nothing_is_to_be_done(root: Path) -> None:
    result = run(root, "repin")
    assert (result.exit_code, result.output) == (0, "Every annotation stands where it did.\n")


def test_a_safe_rewording_is_shown_then_written_and_nothing_but_the_target_changes(root: Path) -> None:
    change(root, "There were not more than 12 boats", "There weren't, not more than 12 boats")
    assert run(root, "repin").exit_code == 1
    change(root, "There weren't, not more than 12 boats", "There were, not more than 12 boats")
    shown = run(root, "repin", "two-banks")
    assert shown.exit_code == 1
    golden("repin_safe", shown.output)
    path = root / "annotations/two-banks/denied.yml"
    assert path.read_text(encoding="utf-8") == LONG
    assert run(root, "repin", "two-banks", "--write").exit_code == 0
    expected = LONG.replace(">-\n    There were not more than 12 boats\n", '"There were, not more than 12 boats"\n')
    assert path.read_text(encoding="utf-8") == expected.replace("  prefix: ''\n", "")
    assert not load(root).problems


def test_a_changed_number_waits_for_a_person(root: Path) -> None:
    change(root, "fifteen boats", "fifty boats")
    before = (root / "annotations/two-banks/boats.yml").read_bytes()
    result = run(root, "repin", "--write")
    assert result.exit_code == 1
    golden("repin_unsafe", result.output)
    assert (root / "annotations/two-banks/boats.yml").read_bytes() == before


def test_a_passage_that_stands_once_where_it_stood_twice_may_be_the_other_one(root: Path) -> None:
    world(root, {"annotations/two-banks/was.yml": "target:\n  exact: Nobody\n  prefix: said.\nnote: x\n"})
    change(root, "The mayor was away.", "The mayor was away. Nobody knew.")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "second")
    change(root, " Nobody slept.", "")
    world(root, {"annotations/two-banks/was.yml": "target:\n  exact: Nobody\n  prefix: ''\nnote: x\n"})
    result = run(root, "repin", "--write")
    assert result.exit_code == 1 and "annotations/two-banks/was.yml: waits for a person" in result.output


def test_a_passage_with_no_older_text_waits_for_a_person(root: Path) -> None:
    world(root, {"annotations/two-banks/never.yml": "target:\n  exact: it never said this\nnote: x\n"})
    result = run(root, "repin", "--write")
    assert result.exit_code == 1 and "no older text in git has it" in result.output


def test_an_ambiguous_quote_gets_the_prefix_that_means_the_old_place(root: Path) -> None:
    change(root, "Ferries run again since Tuesday.", "Ferries run again. Of fifteen boats, all came back.")
    result = run(root, "repin", "--write")
    assert result.exit_code == 0, result.output
    archive = load(root)
    assert not archive.problems
    target = archive.annotations["two-banks/boats"].target
    assert target is not None and target.prefix == "about"
    assert "# as printed" in (root / "annotations/two-banks/boats.yml").read_text(encoding="utf-8")


def test_what_waits_is_asked_of_on_a_terminal_and_taken_over_only_with_a_yes(root: Path) -> None:
    change(root, "fifteen boats", "fifty boats")
    before = (root / "annotations/two-banks/boats.yml").read_bytes()
    code, shown = on_a_terminal(root, "repin", "--review", typed="n\n")
    assert code == 1 and "accept what is proposed?" in shown
    assert (root / "annotations/two-banks/boats.yml").read_bytes() == before
    code, shown = on_a_terminal(root, "repin", "--review", typed="y\n")
    assert code == 0 and "1 accepted" in shown
    assert load(root).annotations["two-banks/boats"].target == Selector(exact="fifty boats")


def test_another_passage_may_be_given_which_must_stand_in_the_text(root: Path) -> None:
    change(root, "fifteen boats", "fifty boats")
    code, shown = on_a_terminal(root, "repin", "--review", typed="e\nsixty boats\nabout fifty boats sank\n")
    assert code == 0 and "it does not stand there once" in shown
    assert load(root).annotations["two-banks/boats"].target == Selector(exact="about fifty boats sank")


def test_without_a_terminal_nothing_is_asked_and_one_can_be_accepted_by_name(root: Path) -> None:
    change(root, "fifteen boats", "fifty boats")
    refused = run(root, "repin", "--review")
    assert refused.exit_code == 2 and "--accept" in refused.output
    for name in ("two-banks/denied", "two-banks/none"):
        assert run(root, "repin", "--accept", name).exit_code == 2
    assert run(root, "repin", "--accept", "two-banks/boats").exit_code == 0
    assert load(root).annotations["two-banks/boats"].target == Selector(exact="fifty boats")
    assert not load(root).problems

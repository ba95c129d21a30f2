"""``check`` tells every problem once, in three styles, and fails on errors."""

from __future__ import annotations

import json
from pathlib import Path

from harbour import FILES, golden, run, world

BROKEN = {
    **FILES,
    "annotations/two-banks/boats.yml": "target:\n  exact: fifty boats\nnote: x\n",
    "content/claims/crews-saved.md": "---\ntitel: Were the crews saved?\n---\n",
}
WARNED = {
    **FILES,
    "content/articles/two-banks.md": FILES["content/articles/two-banks.md"].replace("rights: CC-BY\n", ""),
}


def test_a_clean_archive_ends_with_0(tmp_path: Path) -> None:
    result = run(world(tmp_path), "check")
    assert (result.exit_code, result.output) == (0, "No problems.\n")


def test_errors_end_with_1_and_are_told_with_the_next_step(tmp_path: Path) -> None:
    result = run(world(tmp_path, BROKEN), "check")
    assert result.exit_code == 1
    golden("check", result.output)


def test_for_github_each_is_one_line(tmp_path: Path) -> None:
    result = run(world(tmp_path, BROKEN), "check", "--format", "github")
    assert result.exit_code == 1
    assert all(line.startswith("::error file=") for line in result.output.splitlines())


def test_as_json_it_is_a_list_even_when_empty(tmp_path: Path) -> None:
    assert json.loads(run(world(tmp_path / "a"), "check", "--format", "json").output) == []
    broken = json.loads(run(world(tmp_path / "b", BROKEN), "check", "--format", "json").output)
    assert {each["code"] for each in broken} == {"quote-drifted", "key-unknown", "key-missing"}


def test_warnings_fail_only_when_strict(tmp_path: Path) -> None:
    root = world(tmp_path, WARNED)
    assert run(root, "check").exit_code == 0
    assert "rights-unstated" in run(root, "check").output
    assert run(root, "check", "--strict").exit_code == 1


def test_paths_restrict_what_is_told(tmp_path: Path) -> None:
    root = world(tmp_path, BROKEN)
    assert "key-unknown" not in run(root, "check", "annotations").output
    assert run(root, "check", "content/outlets").exit_code == 0
    assert run(root, "check", str(root / "content/claims/crews-saved.md")).exit_code == 1

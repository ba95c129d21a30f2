"""``status`` shows what is annotated and what not; ``weave`` writes the tree and only over its own."""

from __future__ import annotations

import json
from pathlib import Path

from harbour import FILES, golden, run, world


def test_status_shows_the_claims_on_which_an_article_says_nothing_yet(tmp_path: Path) -> None:
    result = run(world(tmp_path), "status")
    assert result.exit_code == 0
    golden("status", result.output)


def test_status_as_json_has_the_same(tmp_path: Path) -> None:
    found = json.loads(run(world(tmp_path), "status", "--format", "json").output)
    assert found["articles"] == [
        {"id": "two-banks", "annotations": 1, "anchored": 1, "claims": ["boats-number"], "open": ["crews-saved"]}
    ]
    assert found["claims"] == {"boats-number": "single-origin", "crews-saved": "unreported"}


def test_the_tree_has_every_page_and_the_other_files(tmp_path: Path) -> None:
    root = world(tmp_path / "a", {**FILES, "content/index.md": "# Home\n", "content/assets/x.svg": "<svg/>"})
    out = tmp_path / "out"
    result = run(root, "weave", "--out", str(out))
    assert result.exit_code == 0, result.output
    for path in ("index.md", "assets/x.svg", "articles/two-banks.md", "claims/boats-number.md", ".woven"):
        assert (out / path).is_file(), path
    assert "<mark" in (out / "articles/two-banks.md").read_text(encoding="utf-8")
    (out / "stale.md").write_text("x")
    first = {path: path.read_bytes() for path in out.rglob("*.md") if path.name != "stale.md"}
    assert run(root, "weave", "--out", str(out)).exit_code == 0
    assert {path: path.read_bytes() for path in out.rglob("*.md")} == first


def test_a_folder_of_someone_else_is_not_touched(tmp_path: Path) -> None:
    root = world(tmp_path / "a")
    mine = world(tmp_path / "mine", {"note.txt": "keep"})
    result = run(root, "weave", "--out", str(mine))
    assert result.exit_code == 1 and "not written by this command" in result.output
    assert [path.name for path in mine.iterdir()] == ["note.txt"]
    for inside in (root, root / "content" / "woven", tmp_path):
        assert run(root, "weave", "--out", str(inside)).exit_code == 2


def test_status_names_what_is_missing_and_the_notes_whose_text_changed(tmp_path: Path) -> None:
    root = world(tmp_path)
    path = root / "content/articles/two-banks.md"
    path.write_text(path.read_text(encoding="utf-8").replace("fifteen boats", "fifty boats"), encoding="utf-8")
    told = run(root, "status").output
    assert "see archive-builder repin (1)\n  two-banks/boats\n" in told
    assert "missing: annotations (1)\n  two-banks\n" in told and "missing: date of publication (1)" in told
    missing = json.loads(run(root, "status", "--format", "json").output)["missing"]
    assert missing["address of the original"] == ["two-banks"]

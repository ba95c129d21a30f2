"""The store reads what belongs to an archive and nothing outside it, and writes whole files or none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from harbour import FILES, git, world

from archive_builder.journal import OutsideArchive, inside
from archive_builder.reading import YAML_BYTES
from archive_builder.store import (
    digest_of,
    find_capture,
    find_root,
    history,
    load,
    read_archive_files,
    read_other_files,
    write_atomically,
    write_tree,
)


def test_the_root_is_the_nearest_folder_upwards_that_holds_an_archive(tmp_path: Path) -> None:
    root = world(tmp_path / "a")
    assert find_root(root / "content" / "claims") == root
    assert find_root(tmp_path / "a" / "annotations") == root
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mkdocs.yml").write_text("site_name: b\n")
    assert find_root(tmp_path / "b") == tmp_path / "b"


def test_every_record_is_read_in_order_and_nothing_else(tmp_path: Path) -> None:
    root = world(tmp_path)
    extra = {
        "content/index.md": "# Home\n",
        "content/articles/index.md": "# Articles\n",
        "content/articles/picture.png": "x",
        "content/articles/.hidden.md": "x",
        "annotations/.git/config": "x",
        "README.md": "x",
    }
    world(root, extra)
    read = read_archive_files(root)
    assert list(read) == sorted(FILES)
    assert read["content/outlets/gazette.md"] == FILES["content/outlets/gazette.md"].encode()
    assert list(read_other_files(root)) == ["articles/index.md", "articles/picture.png", "index.md"]


def test_no_link_leads_out_of_the_archive(tmp_path: Path) -> None:
    root = world(tmp_path / "a")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (root / "content/claims/linked.md").symlink_to(outside / "secret.md")
    (root / "annotations/linked").symlink_to(outside)
    (root / "content/claims/twin.md").symlink_to(root / "content/claims/crews-saved.md")
    read = read_archive_files(root)
    assert "content/claims/linked.md" not in read and "annotations/linked/secret.md" not in read
    assert "content/claims/twin.md" in read
    with pytest.raises(OutsideArchive):
        inside(root, "annotations/linked/new.yml")
    with pytest.raises(OutsideArchive):
        inside(root, "../new.yml")


def test_a_file_too_large_is_read_only_a_little_beyond_what_may_be(tmp_path: Path) -> None:
    root = world(tmp_path, {**FILES, "annotations/two-banks/huge.yml": "x" * (YAML_BYTES * 3)})
    assert len(read_archive_files(root)["annotations/two-banks/huge.yml"]) == YAML_BYTES + 1
    assert "file-too-large" in [problem.code for problem in load(root).problems]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    root = world(tmp_path)
    (root / "content/claims/crews-saved.md").chmod(0)
    assert "file-unreadable" in [problem.code for problem in load(root).problems]


def test_a_pipe_in_the_place_of_a_record_does_not_hang_the_reader(tmp_path: Path) -> None:
    root = world(tmp_path)
    os.mkfifo(root / "content/claims/pipe.md")
    assert list(read_archive_files(root)) == sorted(FILES)


def test_a_file_is_written_whole_with_its_mode_and_makes_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.yml"
    write_atomically(path, "one\n")
    path.chmod(0o640)
    write_atomically(path, "two — два\n")
    assert path.read_text(encoding="utf-8") == "two — два\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yml"
    path.write_text("one\n")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "two\n")
    assert path.read_text() == "one\n"
    assert list(tmp_path.iterdir()) == [path]


def test_history_gives_the_committed_texts_newest_first_below_the_top_of_the_repository_too(tmp_path: Path) -> None:
    root = world(tmp_path / "deeper")
    git(tmp_path, "init", "-q")
    for text in ("one\n", "два\n"):
        (root / "content/claims/a.md").write_text(text, encoding="utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "x")
    found = list(history(root, "content/claims/a.md"))
    assert [version.text for version in found] == ["два\n", "one\n"]
    assert all(len(version.commit) == 40 and len(version.date) == 10 for version in found)


def test_without_git_there_is_no_history(tmp_path: Path) -> None:
    assert list(history(world(tmp_path), "content/outlets/gazette.md")) == []


def test_a_capture_is_found_by_its_digest_in_either_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = world(tmp_path / "a", {**FILES, "captures/one.txt": "one"})
    elsewhere = world(tmp_path / "b", {"x/two.txt": "two"})
    monkeypatch.delenv("ARCHIVE_CAPTURES", raising=False)
    assert find_capture(root, digest_of(b"two")) is None
    monkeypatch.setenv("ARCHIVE_CAPTURES", str(elsewhere))
    for text in (b"one", b"two"):
        capture = find_capture(root, digest_of(text))
        assert capture is not None and capture.data == text


def test_a_tree_replaces_only_what_it_wrote_itself(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert write_tree(out, [("a/b.md", b"1"), ("c.md", b"2")]) == 2
    assert write_tree(out, [("a/b.md", b"3")]) == 1
    assert (out / "a/b.md").read_bytes() == b"3" and not (out / "c.md").exists()
    with pytest.raises(OutsideArchive):
        write_tree(out, [("../evil.md", b"x")])
    assert (out / "a/b.md").read_bytes() == b"3"
    mine = tmp_path / "mine"
    world(mine, {"note.txt": "keep"})
    with pytest.raises(FileExistsError):
        write_tree(mine, [("a.md", b"x")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]

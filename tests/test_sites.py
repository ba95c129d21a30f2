"""What the tests share is made once and is whole, whoever asks for it and however many at once."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sites import BRIDGE, Built, Once


def test_a_folder_is_made_once_however_many_ask_at_the_same_time(once: Once) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "one").touch()
        time.sleep(0.05)
        (folder / "other").touch()

    def given(_: int) -> list[str]:
        return sorted(path.name for path in once("asked-for-at-once", make).iterdir())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(given, range(4))) == [["one", "other"]] * 4
    assert len(made) == 1


def test_nothing_is_left_of_a_folder_that_could_not_be_made(once: Once) -> None:
    """The next who asks makes it, as a whole."""

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError

    with pytest.raises(OSError):
        once("made-after-all", fail)
    assert list(once("made-after-all", lambda folder: (folder / "whole").touch()).iterdir()) != []
    assert [path.name for path in once("made-after-all", fail).iterdir()] == ["whole"]


def test_archives_of_the_same_files_have_one_site_and_others_another(built: Built, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(BRIDGE, tmp_path / "copy"))
    assert built(copy) == built(BRIDGE)
    (copy / "content" / "index.md").write_text("# Another\n")
    assert "<h1" in (built(copy) / "index.html").read_text()
    assert built(copy) != built(BRIDGE)

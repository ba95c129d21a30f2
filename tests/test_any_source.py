"""From whatever a maintainer holds to the page a reader opens: added, checked, shown in each way, verified, published.

Ten web pages, a page saved as one file, a WARC and a WACZ always; the captures of the first archive where they are at
hand, as they may not be published.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from harbour import run, world
from test_cli_add_any import LETTER
from warcs import article, record, wacz, warc

from archive_builder.model import Display
from archive_builder.projection import BARRIER, visible_text
from archive_builder.store import load

PROJECT = Path(__file__).parent.parent
PAGES = Path(__file__).parent / "pages"
TEN = (
    "arabic_figure bitrix_1251 chinese_portal footnotes ghost"
    " japanese_sjis next_data nineties_tables persian_zwnj tables"
).split()
FILES = {
    "content/outlets/gazette.md": "---\nname: The Gazette\ntype: newspaper\n---\n",
    "content/index.md": "# An archive\n",
    "mkdocs.yml": "site_name: An archive\ndocs_dir: content\ntheme:\n  name: material\n  font: false\n"
    "plugins: [archive-builder]\nmarkdown_extensions: [tables, footnotes]\n",
}
WHOLE = ["--display", "full", "--rights", "CC BY 4.0", "--outlet", "gazette"]
WORDS = 6  # of the passage that is annotated
OPENING = re.compile(rf"(?:\S+ ){{{WORDS - 1}}}\S+(?= )")


def sources(folder: Path) -> list[Path]:
    """The files, as they lie on a maintainer's disk."""
    found = [Path(shutil.copy(PAGES / f"{name}.html", folder)) for name in TEN]
    (folder / "boats.mhtml").write_bytes(LETTER.encode("ascii"))
    (folder / "crawl.warc.gz").write_bytes(warc([record("https://gazette.example/count", article("Boats counted"))]))
    bundle = wacz(folder / "mole.wacz", [warc([record("https://gazette.example/mole", article("The mole stands"))])])
    return [*found, folder / "boats.mhtml", folder / "crawl.warc.gz", bundle]


def captures() -> list[Path]:
    """The five captures of the first archive."""
    folder = Path(os.environ.get("ARCHIVE_CAPTURES") or PROJECT / "captures")
    found = sorted(folder.glob("00*.txt"))
    if len(found) != 5:
        pytest.skip("the captures are not at hand: set ARCHIVE_CAPTURES to the folder that holds them")
    return found


def held(root: Path, *arguments: str) -> str:
    """What a command says that must succeed."""
    result = run(root, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


def published(root: Path) -> Mapping[str, str]:
    """The page of each article, from a strict build."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    ids = load(root).articles
    return {id: (root / "site/articles" / id / "index.html").read_text(encoding="utf-8") for id in ids}


def from_disk_to_reader(root: Path, given: list[Path]) -> None:
    """Each source through every step; after each the archive holds together."""
    told = held(root, "add", *map(str, given), *WHOLE)
    assert f"{len(given)} of {len(given)} captures added" in told
    assert held(root, "check", "--strict") == "No problems.\n"
    assert held(root, "verify", "--strict") == f"{len(given)} verified\n"

    archive = load(root)
    for id, html in published(root).items():
        shown = visible_text(html)
        for paragraph in archive.proses[id].text.split("\n"):
            assert paragraph.strip() in shown, id
        assert "CC BY 4.0" in shown and f"sha256:{archive.articles[id].digest}".removeprefix("sha256:") in html

    for id, prose in archive.proses.items():
        passage = OPENING.search(prose.text)
        held(
            root, "annotate", id, passage[0] if passage else prose.text.split(".")[0].split("。")[0], "--note", "Look."
        )
    held(root, "display", "quotations", *archive.articles)
    assert held(root, "check", "--strict") == "No problems.\n"
    assert held(root, "verify", "--strict") == f"{len(given)} verified\n"
    quoted = load(root)
    for id, html in published(root).items():
        assert "<mark" in html and not quoted.strayed.get(id), id
        assert len(quoted.proses[id].text) < len(archive.proses[id].text) or BARRIER not in quoted.proses[id].text

    held(root, "display", "full", *archive.articles)
    again = load(root)
    assert {id: each.body for id, each in again.articles.items()} == {
        id: each.body for id, each in archive.articles.items()
    }
    held(root, "display", "link-only", *archive.articles)
    assert all(each.display is Display.LINK_ONLY and not each.body.strip() for each in load(root).articles.values())
    assert held(root, "verify", "--strict")


def test_pages_and_web_archives_are_added_shown_and_verified(tmp_path: Path) -> None:
    from_disk_to_reader(world(tmp_path / "archive", FILES), sources(tmp_path))


def test_the_first_archives_captures_are_too_together_with_them(tmp_path: Path) -> None:
    from_disk_to_reader(world(tmp_path / "archive", FILES), [*captures(), *sources(tmp_path)])

"""Whatever a maintainer holds becomes an article in one command, passes the checks, and is verified."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from harbour import run, world
from warcs import article, record, wacz, warc

from archive_builder.store import load

PAGES = Path(__file__).parent / "pages"
OUTLET = {"content/outlets/gazette.md": "---\nname: The Gazette\ntype: newspaper\n---\n"}


def test_all_pages_a_warc_and_a_wacz_are_added_at_once_checked_and_verified(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    pages = [shutil.copy(page, tmp_path) for page in sorted(PAGES.glob("*.html"))]
    single = tmp_path / "boats.warc.gz"
    single.write_bytes(warc([record("https://gazette.example/boats", article("Boats in a record"))]))
    bundle = wacz(tmp_path / "mole.wacz", [warc([record("https://gazette.example/mole", article("Mole in a bundle"))])])
    sources = [*map(str, pages), str(single), str(bundle)]
    result = run(root, "add", *sources, "--display", "full", "--rights", "CC0", "--outlet", "gazette")
    assert result.exit_code == 0, result.output
    assert f"{len(sources)} of {len(sources)} captures added" in result.output
    assert run(root, "check", "--strict").output == "No problems.\n"
    assert run(root, "verify", "--strict").output == f"{len(sources)} verified\n"
    assert len(list((root / "captures").iterdir())) == len(sources)
    assert run(root, "weave", "--out", str(root / "woven")).exit_code == 0


def test_a_page_of_an_unknown_outlet_names_it_as_the_page_does(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    assert run(root, "add", str(PAGES / "wordpress.html"), "--id", "bridge").exit_code == 0
    held = load(root)
    assert held.outlets[held.articles["bridge"].outlet].name == "The Marrow Post"
    assert held.articles["bridge"].url == "https://marrowpost.example/2021/09/17/rope-bridge/"


def test_a_page_through_the_standard_input_is_known_by_its_beginning_and_can_be_read_again(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    result = run(root, "add", "-", "--id", "boats", given=(PAGES / "drupal.html").read_bytes())
    assert result.exit_code == 0 and "navigation" in result.output
    assert next((root / "captures").iterdir()).suffix == ".html"
    assert run(root, "display", "full", "boats").exit_code == 0
    assert "Two lists, two numbers" in load(root).articles["boats"].body


def test_what_the_name_does_not_say_is_said_with_as(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    path = tmp_path / "page.php"
    shutil.copy(PAGES / "drupal.html", path)
    refused = run(root, "add", str(path))
    assert refused.exit_code == 1 and "--as" in refused.output
    assert run(root, "add", str(path), "--as", "html", "--id", "boats").exit_code == 0
    assert load(root).articles["boats"].title == "Storm took twice as many boats as first counted"


def test_an_uncertain_date_says_on_what_it_rests(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    assert run(root, "add", str(PAGES / "header_standfirst.html"), "--id", "road").exit_code == 0
    held = load(root).articles["road"]
    assert held.published == "2019-11-13?" and held.inferred["published"] == "From the address."


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["archive_builder.cli.add"], "is_terminal", lambda: True)


def test_on_a_terminal_what_was_found_can_be_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A date that is none is asked for again."""
    root = world(tmp_path / "archive", OUTLET)
    on_a_terminal(monkeypatch)
    answers = "edit\nA. Berg; J. Tam\nThe bridge is gone\nyesterday\n2021-09-18\n\nThe Gazette\n\n"
    result = run(root, "add", str(PAGES / "wordpress.html"), "--id", "bridge", given=answers.encode())
    assert result.exit_code == 0, result.output
    held = load(root).articles["bridge"]
    assert (held.title, held.authors, held.published) == ("The bridge is gone", ("A. Berg", "J. Tam"), "2021-09-18")
    assert held.outlet == "gazette" and held.url is not None


def test_on_a_terminal_no_is_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = world(tmp_path / "archive", OUTLET)
    on_a_terminal(monkeypatch)
    assert run(root, "add", str(PAGES / "wordpress.html"), given=b"no\n").exit_code == 1
    assert not (root / "captures").exists()


def test_with_yes_and_elsewhere_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = world(tmp_path / "archive", OUTLET)
    assert "Add it so?" not in run(root, "add", str(PAGES / "wordpress.html"), "--id", "a").output
    on_a_terminal(monkeypatch)
    assert "Add it so?" not in run(root, "add", str(PAGES / "drupal.html"), "--id", "b", "--yes").output

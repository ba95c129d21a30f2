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
    path = tmp_path / "page.doc"
    path.write_text("Boats lost\n\nFifteen boats were lost in the night, the harbour office said on Friday.\n")
    refused = run(root, "add", str(path))
    assert refused.exit_code == 1 and "--as" in refused.output
    assert run(root, "add", str(path), "--as", "text", "--id", "boats").exit_code == 0
    assert load(root).articles["boats"].title == "Boats lost"


@pytest.mark.parametrize("name", ["story.php", "story.aspx", "gazette.example_2018.11", "story"])
def test_a_page_under_the_name_of_its_address_is_known_by_its_beginning(tmp_path: Path, name: str) -> None:
    root = world(tmp_path / "archive", OUTLET)
    shutil.copy(PAGES / "drupal.html", tmp_path / name)
    assert run(root, "add", str(tmp_path / name), "--id", "boats").exit_code == 0
    assert load(root).articles["boats"].title == "Storm took twice as many boats as first counted"
    assert run(root, "verify").output == "1 verified\n"


LETTER = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/boats\r\nSubject: Boats\r\n"
    "Date: Fri, 4 Jun 2021 23:10:00 -0500\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    '\ttype="text/html";\r\n\tboundary="----b"\r\n\r\n------b\r\nContent-Type: text/html; charset=windows-1251\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://gazette.example/boats\r\n\r\n"
    "<title>=CB=EE=E4=EA=E8</title><p>=CF=FF=F2=ED=E0=E4=F6=E0=F2=FC =EB=EE=E4=EE=EA =EF=F0=EE=EF=E0=EB=E8 =\r\n"
    "=ED=EE=F7=FC=FE.</p>\r\n------b\r\nContent-Type: text/html\r\nContent-Location: cid:frame\r\n\r\n"
    "<p>A frame with an advertisement that is no part of it.</p>\r\n------b--\r\n"
)


@pytest.mark.parametrize("name", ["boats.mhtml", "boats.mht", "boats"])
def test_a_page_saved_as_one_letter_keeps_its_address_and_day(tmp_path: Path, name: str) -> None:
    root = world(tmp_path / "archive", OUTLET)
    (tmp_path / name).write_bytes(LETTER.encode("ascii"))
    result = run(root, "add", str(tmp_path / name), "--id", "boats", "--display", "full", "--rights", "CC0")
    assert result.exit_code == 0, result.output
    article = load(root).articles["boats"]
    assert (article.title, article.body.strip()) == ("Лодки", "Пятнадцать лодок пропали ночью.")
    assert (article.url, article.retrieved) == ("https://gazette.example/boats", "2021-06-04")
    assert run(root, "verify").output == "1 verified\n"


def test_a_letter_without_a_page_is_refused(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    (tmp_path / "boats.mht").write_bytes(b"Content-Type: text/plain\r\n\r\nFifteen boats.\r\n")
    refused = run(root, "add", str(tmp_path / "boats.mht"))
    assert refused.exit_code == 1 and "no part of it is a web page" in refused.output


def test_a_title_that_nobody_gave_is_told_as_doubtful(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    (tmp_path / "two-banks.html").write_text("<p>Fifteen boats were lost.</p>")
    told = run(root, "add", str(tmp_path / "two-banks.html")).output
    assert "title      two-banks  (the file's name; the capture has no title)" in told
    assert "doubtful   the file's name" in told
    assert load(root).articles["two-banks"].inferred == {
        "title": "From the file's name; the capture has no headline.",
        "outlet": "Not known when the article was added; no outlet is named here on purpose.",
    }


def test_an_uncertain_date_says_on_what_it_rests(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", OUTLET)
    assert run(root, "add", str(PAGES / "header_standfirst.html"), "--id", "road").exit_code == 0
    held = load(root).articles["road"]
    assert held.published == "2019-11-13?" and held.inferred["published"] == "From the address."


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["archive_builder.cli.add"], "is_terminal", lambda: True)


def test_on_a_terminal_what_was_found_can_be_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no date and no statement of rights is asked for again."""
    root = world(tmp_path / "archive", OUTLET)
    on_a_terminal(monkeypatch)
    answers = "edit\nA. Berg; J. Tam\nThe bridge is gone\nyesterday\n2021-09-18\n\nThe Gazette\n\nnonsense\nCC0\n"
    result = run(root, "add", str(PAGES / "wordpress.html"), "--id", "bridge", given=answers.encode())
    assert result.exit_code == 0, result.output
    held = load(root).articles["bridge"]
    assert (held.title, held.authors, held.published) == ("The bridge is gone", ("A. Berg", "J. Tam"), "2021-09-18")
    assert held.outlet == "gazette" and held.url is not None and held.rights == "CC0"


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

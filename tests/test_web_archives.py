"""A page is taken out of a WARC or WACZ file by its address or number, with what the crawler noted of it."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from harbour import run, world
from warcs import article, record, wacz, warc

from archive_builder.ingest import Unreadable, ingest
from archive_builder.store import load

BOATS, MOLE = "https://gazette.example/boats", "https://gazette.example/mole"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return world(tmp_path / "archive")


def saved(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("packed", [True, False], ids=["warc.gz", "warc"])
@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_the_only_page_is_taken_with_its_address_and_its_day(
    root: Path, tmp_path: Path, packed: bool, coding: str
) -> None:
    """However the server and the crawler packed it; what is kept is the record alone, and it can be read again."""
    picture = record("https://gazette.example/p.png", b"\x89PNG", kind="image/png")
    missing = record(MOLE, b"<p>gone", status="404 Not Found")
    data = warc([picture, missing, record(BOATS, article("Boats lost at Oll"), coding=coding)], packed=packed)
    source = saved(tmp_path / ("c.warc.gz" if packed else "c.warc"), data)
    result = run(root, "add", source, "--id", "boats", "--display", "full", "--rights", "CC0")
    assert result.exit_code == 0, result.output
    held = load(root).articles["boats"]
    assert (held.title, held.url, held.retrieved) == ("Boats lost at Oll", BOATS, "2021-06-05")
    assert held.source is not None and held.source.endswith(f"record 1 ({BOATS})")
    kept = next((root / "captures").iterdir())
    assert kept.name.endswith(".warc.gz" if packed else ".warc") and b"\x89PNG" not in kept.read_bytes()
    assert run(root, "display", "full", "boats").exit_code == 0
    assert load(root).articles["boats"].body == held.body


def test_of_several_pages_all_are_listed_and_none_is_guessed(root: Path, tmp_path: Path) -> None:
    data = warc([record(BOATS, article("Boats")), record(MOLE, article("Mole"), date="2022-01-02T00:00:00Z")])
    source = saved(tmp_path / "c.warc.gz", data)
    result = run(root, "add", source)
    assert result.exit_code == 1
    assert f"1  2021-06-05  {BOATS}" in result.output and f"2  2022-01-02  {MOLE}" in result.output
    assert "--record" in result.output and not list((root / "content/articles").glob("*mole*"))


@pytest.mark.parametrize("wanted", ["2", MOLE, "http://www.gazette.example/mole/#top"])
def test_a_page_is_chosen_by_its_number_or_its_address(root: Path, tmp_path: Path, wanted: str) -> None:
    data = warc([record(BOATS, article("Boats")), record(MOLE, article("The mole stands"))])
    assert run(root, "add", saved(tmp_path / "c.warc.gz", data), "--record", wanted, "--id", "x").exit_code == 0
    assert load(root).articles["x"].title == "The mole stands"


def test_two_captures_of_one_address_are_told_apart_by_number(root: Path, tmp_path: Path) -> None:
    data = warc([record(BOATS, article("Boats")), record(BOATS, article("Boats again"), date="2021-07-01T00:00:00Z")])
    source = saved(tmp_path / "c.warc.gz", data)
    listed = run(root, "add", source, "--record", BOATS)
    assert listed.exit_code == 1 and "2021-07-01" in listed.output
    assert run(root, "add", source, "--record", "2", "--id", "again").exit_code == 0
    assert load(root).articles["again"].title == "Boats again"


def test_of_a_wacz_the_page_it_names_is_taken(root: Path, tmp_path: Path) -> None:
    first = warc([record("https://gazette.example/frame", article("A frame"))])
    second = warc([record(MOLE, article("The mole stands"))])
    path = wacz(tmp_path / "c.wacz", [first, second], [MOLE])
    assert run(root, "add", str(path), "--id", "mole").exit_code == 0
    held = load(root).articles["mole"]
    assert held.title == "The mole stands" and held.source == f"c.wacz, record 2 ({MOLE})"


def test_the_charset_of_the_server_is_believed(root: Path, tmp_path: Path) -> None:
    html = (
        "<title>Мост закрыт</title><body><article><h1>Мост закрыт</h1><p>Мост в деревне закрыт, сообщил староста.</p>"
    )
    data = warc([record(BOATS, html.encode("koi8-r"), kind="text/html; charset=koi8-r")])
    assert run(root, "add", saved(tmp_path / "c.warc.gz", data), "--id", "most").exit_code == 0
    assert load(root).articles["most"].title == "Мост закрыт"


def test_a_web_archive_comes_through_the_standard_input_too(root: Path) -> None:
    data = warc([record(BOATS, article("Boats lost"))])
    assert run(root, "add", "-", "--as", "warc", "--id", "boats", given=data).exit_code == 0
    assert load(root).articles["boats"].source == f"standard input, record 1 ({BOATS})"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no record in it is a web page"),
        (b"\x1f\x8b\x08\x00 broken", "broken or cut off"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "broken or cut off"),
        (b"PNG is not a WARC file at all", "no record in it is a web page"),
        (warc([record(BOATS, b"<p>x", status="500 Oops")]), "no record in it is a web page"),
        (gzip.compress(warc([record(BOATS, article("a"))], packed=False)), "packed as a whole"),
        (warc([record(BOATS, article("a", 21_000_000), coding="gzip")]), "unpacks to more than"),
        (warc([record(BOATS, article("a"), coding="zstd")]), "packed as zstd"),
        (warc([record(BOATS, article("Boats"))], packed=False).replace(b"boats out", b"goats out"), "digest"),
    ],
    ids=["empty", "broken", "cut", "other", "error", "whole", "bomb", "zstd", "changed"],
)
def test_a_broken_web_archive_is_refused_with_the_reason(root: Path, tmp_path: Path, data: bytes, reason: str) -> None:
    source = saved(tmp_path / ("c.warc.gz" if data.startswith(b"\x1f\x8b") else "c.warc"), data)
    result = run(root, "add", source)
    assert result.exit_code == 1 and reason in result.output and "next" in result.output
    assert not (root / "captures").exists()


def test_a_web_archive_that_was_cut_off_anywhere_is_read_or_refused() -> None:
    data = warc([record(BOATS, article("Boats lost"))])
    for end in range(0, len(data), 37):
        try:
            ingest(data[:end], "c.warc.gz")
        except Unreadable as refusal:
            assert refusal.reason


def test_a_broken_wacz_is_refused_with_the_reason(root: Path, tmp_path: Path) -> None:
    good = wacz(tmp_path / "good.wacz", [warc([record(BOATS, article("Boats"))])])
    cut = saved(tmp_path / "cut.wacz", good.read_bytes()[:-40])
    empty = tmp_path / "empty.wacz"
    with zipfile.ZipFile(empty, "w") as held:
        held.writestr("../../escape.warc.gz", b"x")
    no_zip = saved(tmp_path / "no.wacz", b"not a zip")
    for source in (cut, str(empty), no_zip):
        result = run(root, "add", source)
        assert result.exit_code == 1 and "next" in result.output
    assert not (tmp_path.parent / "escape.warc.gz").exists()

"""Hostile web archives and things that only look like files get what the table in docs/security.md says."""

from __future__ import annotations

import gzip
import os
import re
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from harbour import FILES, run, world
from hostile import CASES, Case
from warcs import article, record, warc

from archive_builder.store import load, read_archive_files

ADDRESS = "https://gazette.example/boats"
GOOD = warc([record(ADDRESS, article("Boats lost"))], packed=False)
SECONDS = 10.0  # of CPU: the largest unpack 20 MB; none goes on for ever


def of_length(length: str) -> bytes:
    """A WARC file whose page claims to be as long."""
    before, sign, after = GOOD.partition(b"WARC-Type: response")
    return before + sign + re.sub(rb"Content-Length: \d+", b"Content-Length: " + length.encode(), after, count=1)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in members.items():
            held.writestr(name, data)
    return path


MADE: dict[str, Callable[[Path], Path | bytes]] = {
    "warc-bomb": lambda _: warc([record(ADDRESS, article("a", 21_000_000), coding="gzip")]),
    "warc-whole": lambda _: gzip.compress(GOOD),
    "warc-length-long": lambda _: of_length("999999"),
    "warc-length-endless": lambda _: of_length("9" * 20),
    "warc-length-negative": lambda _: of_length("-1"),
    "warc-address": lambda _: GOOD.replace(ADDRESS.encode(), b"javascript:window.ran=1"),
    "warc-headers": lambda _: b"WARC/1.0\r\n" + b"a:\r\n" * 25_000 + b"\r\n\r\n",
    "wacz-path": lambda path: zipped(path, {"../../escape.warc.gz": GOOD}),
    "wacz-path-within": lambda path: zipped(path, {"archive/../../escape.warc": GOOD}),
    "wacz-bomb": lambda path: zipped(path, {"archive/data.warc": of_length("30000000") + b"x" * 30_000_000}),
    "wacz-many": lambda path: zipped(path, dict.fromkeys(map(str, range(10_001)), b"")),
    "wacz-list": lambda path: zipped(path, {"archive/a.warc": GOOD, "pages/pages.jsonl": b"[" * 100_000}),
}


def named(at: str) -> list[object]:
    return [pytest.param(case, id=case.id) for case in CASES if case.at == at]


@pytest.mark.parametrize("case", named("web archive"))
def test_a_hostile_web_archive_is_refused_or_taken_without_what_acts(case: Case, tmp_path: Path) -> None:
    root = world(tmp_path / "below" / "archive", FILES)
    made = MADE[case.id](tmp_path / "given.wacz")
    source = made if isinstance(made, Path) else tmp_path / "given.warc"
    if isinstance(made, bytes):
        source = source.with_suffix(".warc.gz") if made.startswith(b"\x1f\x8b") else source
        source.write_bytes(made)
    start = process_time()
    result = run(root, "add", str(source), "--id", "boats", "--outlet", "gazette")
    assert process_time() - start < SECONDS
    assert (case.says or "") in result.output
    assert result.exit_code == int(case.gets == "refused"), result.output
    assert (root / "captures").exists() == (case.gets != "refused")
    assert not list(tmp_path.rglob("escape*"))
    if case.gets != "refused":
        assert (load(root).articles["boats"].url or "https://").startswith("https://")


def _socket(path: Path, _: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(before)


PUT: dict[str, tuple[str, Callable[[Path, Path], object]]] = {
    "file-link": ("content/claims/x.md", lambda path, outside: path.symlink_to(outside / "secret.md")),
    "file-link-folder": ("annotations/x", lambda path, outside: path.symlink_to(outside)),
    "file-link-loop": ("annotations/x", lambda path, _: path.symlink_to(path.parent)),
    "file-link-device": ("content/claims/x.md", lambda path, _: path.symlink_to("/dev/zero")),
    "file-pipe": ("content/claims/x.md", lambda path, _: os.mkfifo(path)),
    "file-socket": ("content/claims/x.md", _socket),
    "file-folder": ("content/claims/x.md", lambda path, _: path.mkdir()),
    "file-deep": ("annotations/" + "d/" * 200 + "x.yml", lambda path, _: path.write_text("note: a\n")),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize("case", named("kind of file"))
def test_what_only_looks_like_a_record_is_not_read(case: Case, tmp_path: Path) -> None:
    """By the reader of the archive; what MkDocs sees of it is held by test_policy.py."""
    root, outside = world(tmp_path / "archive", FILES), tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(FILES["content/claims/crews-saved.md"])
    (outside / "secret.yml").write_text(FILES["annotations/two-banks/boats.yml"])
    path, put = PUT[case.id]
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    put(root / path, outside)
    before = world(tmp_path / "sound", FILES)
    assert read_archive_files(root) == read_archive_files(before)
    assert load(root).claims.keys() == load(before).claims.keys()


def test_each_case_is_made() -> None:
    assert {case.id for case in CASES if case.at == "web archive"} == set(MADE)
    assert {case.id for case in CASES if case.at == "kind of file"} == set(PUT)

"""The only disk: reads an archive's files, writes a file whole or not at all, asks git for older texts.

An archive may come from a stranger's pull request. We follow no linked folder and no link that leads out of it, read
no more of a file than a record may have, and write nowhere but inside.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from stat import S_ISREG
from typing import NamedTuple

from archive_builder.archive import Archive, assemble
from archive_builder.journal import JOURNAL, finished, inside, is_below, write
from archive_builder.problems import Code, Place, Problem
from archive_builder.processes import Shared
from archive_builder.reading import ANNOTATIONS, CONTENT, FOLDERS, Library, Reading, is_record, most_bytes
from archive_builder.texts import text_of

__all__ = [
    "CAPTURES",
    "CAPTURES_ELSEWHERE",
    "CAPTURE_BYTES",
    "Capture",
    "Files",
    "Version",
    "captures",
    "digest_of",
    "find_capture",
    "find_root",
    "history",
    "load",
    "load_both",
    "read_archive_files",
    "read_bounded",
    "read_library",
    "read_other_files",
    "scan",
    "write_atomically",
    "write_tree",
]

CAPTURES = "captures"
CAPTURES_ELSEWHERE = "ARCHIVE_CAPTURES"
CAPTURES_LOOKED_AT = 5_000
CAPTURE_BYTES = 20_000_000
OTHER_BYTES = 100_000_000
DEPTH = 12

WOVEN = ".woven"
VERSIONS = 200
GIT_SECONDS = 30


class Version(NamedTuple):
    """A file as it stood in a commit."""

    commit: str
    date: str
    """The day of the commit, like 2026-11-21."""
    text: str


class Capture(NamedTuple):
    """A captured source."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Files:
    """What was read of an archive."""

    files: Mapping[str, bytes]
    """By path from the root, in order."""
    problems: tuple[Problem, ...]
    """The files that could not be opened."""


def find_root(start: Path) -> Path | None:
    """The nearest folder, from ``start`` upwards, that holds an archive."""
    start = start.resolve()
    return next((each for each in (start, *start.parents) if _is_archive(each)), None)


def load(root: Path) -> Archive:
    """Read and join the archive."""
    return load_both(root)[1]


def load_both(root: Path) -> tuple[Library, Archive]:
    """Read the archive's records, and join them; its texts are worked out meanwhile, where there is a core for it."""
    read = scan(root)
    reading = Reading(read.files)
    articles = reading.articles()
    with Shared(lambda id: text_of(articles[id]), list(articles)) as texts:
        library = _library(read, reading)
        return library, assemble(library, lambda id: texts[id].of(articles[id]))


def read_library(root: Path) -> Library:
    """Read the archive's records, unjoined."""
    read = scan(root)
    return _library(read, Reading(read.files))


def _library(read: Files, reading: Reading) -> Library:
    library = reading.library()
    return replace(library, problems=(*read.problems, *library.problems)) if read.problems else library


def read_archive_files(root: Path) -> dict[str, bytes]:
    """Every file of a record, by its path from the root, in order; of a file too large, a little more than may be."""
    return dict(scan(root).files)


def scan(root: Path) -> Files:
    """Read every file of a record, as no command writes meanwhile, and tell which cannot be opened."""
    with finished(root) as is_finished:
        found = _scan(os.path.realpath(root))
    return found if is_finished else replace(found, problems=(*found.problems, _unfinished()))


def _scan(top: str) -> Files:
    found = [pair for folder in sorted(FOLDERS) for pair in _walk(top, f"{CONTENT}/{folder}") if is_record(pair[0])]
    found += _walk(top, ANNOTATIONS)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path, full in sorted(found):
        try:
            files[path] = _read(full, most_bytes(path))
        except OSError as error:
            message = f"the file cannot be opened: {(error.strerror or 'unknown').lower()}"
            step = "see who may read it, or delete it"
            problems.append(Problem(Code.FILE_UNREADABLE, Place(path, 1, 1), message, step))
    return Files(files, tuple(problems))


def _unfinished() -> Problem:
    message = "this is what a killed command left to be done, and what it wrote is not here"
    step = "see with git which of its files have changed, run the command again, and delete this one"
    return Problem(Code.FILE_UNREADABLE, Place(JOURNAL, 1, 1), message, step)


def read_other_files(root: Path) -> dict[str, bytes]:
    """The files under ``content/`` that are no records, by their path below it: pages, images, styles."""
    top = os.path.realpath(root)
    found = sorted(pair for pair in _walk(top, CONTENT) if not is_record(pair[0]))
    return {path.removeprefix(f"{CONTENT}/"): _read(full, OTHER_BYTES) for path, full in found}


def read_bounded(path: Path, limit: int = CAPTURE_BYTES) -> bytes:
    """The first ``limit`` bytes of a file, and one more if there are more."""
    return _read(str(path), limit)


def write_atomically(path: Path, text: str | bytes) -> None:
    """Write the whole file or leave it as it is; what stood there keeps its mode. A link is replaced, not followed."""
    write(path, text.encode() if isinstance(text, str) else text)


def write_tree(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write the folder anew, whole or not at all, and say how many files it has; never over one we did not write."""
    if out.exists() and not (out / WOVEN).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise FileExistsError(0, "it is not empty, and was not written by this command", str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    new, old = (out.parent / f".{out.name}.{token_hex(4)}.{name}" for name in ("new", "old"))
    try:
        new.mkdir()
        count = 0
        for path, data in files:
            count += 1
            full = inside(new, path)
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data)
        (new / WOVEN).write_bytes(b"Written by archive-builder weave, which replaces this folder.\n")
        if out.exists():
            out.rename(old)
        new.rename(out)
        return count
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def history(root: Path, path: str) -> Iterator[Version]:
    """The file's older texts as committed, newest first, at most 200; none without git."""
    listed = _git(root, "log", f"--max-count={VERSIONS}", "--format=%H %cs", "--", path)
    for line in (listed or b"").decode("ascii", "replace").splitlines():
        commit, _, date = line.partition(" ")
        # A path after ./ is read from the folder git is run in, which need not be the top of the repository.
        text = _git(root, "cat-file", "blob", f"{commit}:./{path}")
        if text is not None:
            yield Version(commit, date, text.decode("utf-8", "replace"))


def captures(root: Path) -> Iterator[Path]:
    """The files that may be captures: in the archive's own folder, then in the one the environment names."""
    elsewhere = os.environ.get(CAPTURES_ELSEWHERE)
    looked_at = 0
    for folder in filter(None, (str(root / CAPTURES), elsewhere)):
        for _, full in sorted(_walk(os.path.realpath(folder), "")):
            if looked_at == CAPTURES_LOOKED_AT:
                return
            looked_at += 1
            yield Path(full)


def find_capture(root: Path, digest: str) -> Capture | None:
    """The capture with this digest, wherever it is kept; None where it is not at hand."""
    named = digest.replace(":", "-")
    # The one whose name promises it is tried first: hashing thousands of files takes seconds.
    for path in sorted(captures(root), key=lambda path: not path.name.startswith(named)):
        data = read_bounded(path)
        if digest_of(data) == digest:
            return Capture(path.name, data)
    return None


def digest_of(data: bytes) -> str:
    """The digest of a capture as the archive writes it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _is_archive(folder: Path) -> bool:
    return (folder / CONTENT).is_dir() or (folder / "mkdocs.yml").is_file()


def _walk(top: str, folder: str, depth: int = DEPTH) -> Iterator[tuple[str, str]]:
    """Each visible file below ``folder``: its path from ``top`` with slashes, and its full path."""
    try:
        entries = list(os.scandir(os.path.join(top, folder)))  # noqa: PTH118 - a Path for each of 9,000 files is slow
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth:
                yield from _walk(top, path, depth - 1)
        elif entry.is_file() and (not entry.is_symlink() or is_below(os.path.realpath(entry.path), top)):
            yield path, entry.path


def _read(full: str, limit: int) -> bytes:
    handle = os.open(full, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        about = os.fstat(handle)
        if not S_ISREG(about.st_mode):
            raise OSError(0, "it is not a plain file", full)
        left = min(about.st_size, limit) + 1
        data = os.read(handle, left)
        while 0 < len(data) < left - 1 and (more := os.read(handle, left - len(data))):
            data += more
        return data
    finally:
        os.close(handle)


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git says; None where it is missing, too slow, or knows nothing of it."""
    command = ["git", "--literal-pathspecs", "--no-optional-locks", *arguments]
    try:
        ran = subprocess.run(command, cwd=root, capture_output=True, stdin=subprocess.DEVNULL, timeout=GIT_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout if ran.returncode == 0 else None

"""Reads an archive's files as they stood in a commit, and writes nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from archive_builder.reading import ANNOTATIONS, CONTENT, is_record, most_bytes

__all__ = ["NoRevision", "files_at"]

SECONDS = 60
PLAIN_FILES = ("100644", "100755")


class NoRevision(ValueError):
    """What was named is no commit that can be compared with."""


def files_at(root: Path, revision: str) -> dict[str, bytes]:
    """The files of every record, by path from the archive's root, where the work here parted from the revision."""
    if revision.startswith("-"):
        raise NoRevision(f"{revision!r} is no revision")
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    if not commit:
        raise NoRevision(f"git knows no commit {revision!r} here")
    parted = _git(root, "merge-base", commit, "HEAD").decode().strip() or commit
    listed = list(_listed(_git(root, "ls-tree", "-r", "-z", parted, "--", CONTENT, ANNOTATIONS)))
    return dict(sorted(_read(root, listed)))


def _listed(told: bytes) -> Iterator[tuple[str, str]]:
    """The path and the object of each file of a record."""
    for line in filter(None, told.split(b"\0")):
        about, _, name = line.partition(b"\t")
        mode, kind, held = about.decode("ascii").split(" ")
        path = name.decode("utf-8", "surrogateescape")
        if kind == "blob" and mode in PLAIN_FILES and _is_record(path):
            yield path, held


def _is_record(path: str) -> bool:
    parts = path.split("/")
    if any(part.startswith(".") for part in parts):
        return False
    return parts[0] == ANNOTATIONS or (parts[0] == CONTENT and is_record(path))


def _read(root: Path, listed: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of each; of one too large, a little more than may be."""
    told = _git(root, "cat-file", "--batch", given="".join(f"{held}\n" for _, held in listed).encode())
    at = 0
    for path, _ in listed:
        line_end = told.find(b"\n", at)
        size = int(told[at:line_end].rsplit(b" ", 1)[-1])
        limit = most_bytes(path)
        yield path, told[line_end + 1 : line_end + 1 + min(size, limit + 1)]
        at = line_end + size + 2


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "--literal-pathspecs", "--no-optional-locks", *arguments]
    try:
        ran = subprocess.run(command, cwd=root, capture_output=True, input=given, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NoRevision(f"git cannot be asked: {fault}") from None
    return ran.stdout if ran.returncode == 0 else b""

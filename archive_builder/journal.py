"""Writes an archive's files: each whole or not at all, several as one step, and none over what another command wrote.

What belongs together is written beside its places first. Then a journal says what will be renamed to what; then it is
renamed; then the journal goes. A command that is killed before there is a journal has done nothing, and one that is
killed after is finished by whoever next reads the archive, as databases do. The journal names the very files it is
about (by inode), so that one that came in with a checkout finishes nothing.

Whoever reads or writes holds the archive's folder locked for that moment, where the system has such locks; the system
lets them go when a process ends. A command does not hold it while it thinks or asks. Instead it says what it has read,
and nothing is written if that is not what stands there any more.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE, S_ISREG
from typing import NamedTuple

if sys.platform != "win32":
    import fcntl

__all__ = ["JOURNAL", "ChangedMeanwhile", "OutsideArchive", "finished", "inside", "is_below", "write", "write_together"]

JOURNAL = ".archive-builder.journal.tmp"
JOURNAL_BYTES = 10_000_000
FOLDERS = ("content/", "annotations/", "captures/")
TEMPORARY = re.compile(r"\.(?P<name>[^/]+)\.[0-9a-f]{8}\.tmp")


class OutsideArchive(OSError):
    """A path that leads out of the archive."""


class ChangedMeanwhile(OSError):
    """A file that is not any more what the command has read."""


class _Step(NamedTuple):
    """One file to be renamed into its place."""

    path: str
    temporary: str
    inode: int


def inside(root: Path, path: str) -> Path:
    """The file at ``path`` from the root; raise OutsideArchive where a link on the way leads out."""
    full = root / path
    if not is_below(os.path.realpath(full.parent), os.path.realpath(root)):
        raise OutsideArchive(f"{path} leads out of the archive")
    return full


def is_below(full: str, top: str) -> bool:
    """Whether one real path is the other or lies below it."""
    return full == top or full.startswith(top.rstrip(os.sep) + os.sep)


def write(path: Path, data: bytes) -> None:
    """Write the whole file or leave it as it is; what stood there keeps its mode. A link is replaced, not followed."""
    temporary = _beside(path, data)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_together(
    root: Path, files: Mapping[str, bytes], read: Mapping[str, bytes], rests_on: Iterable[str] = ()
) -> None:
    """Write all of the files, by path from the root, or none of them.

    Raise ChangedMeanwhile where one is not as in ``read`` any more, nor as it shall be; or what they rest on is not:
    files, and folders with a slash at their end.
    """
    with _locked(root, alone=True):
        _finish(root)
        held = {path: _held(inside(root, path)) for path in files}
        _check({path: data for path, data in held.items() if data != files[path]}, read)
        _check({path: _held(inside(root, path)) for path in _files(root, rests_on, read)}, read)
        _replace(root, {path: data for path, data in files.items() if data != held[path]}, held)


@contextmanager
def finished(root: Path) -> Iterator[bool]:
    """Hold the archive to read it, with what a killed command began in its place; whether all of it is."""
    if (root / JOURNAL).is_file():
        with _locked(root, alone=True):
            _finish(root)
    with _locked(root, alone=False):
        yield not (root / JOURNAL).is_file()


@contextmanager
def _locked(root: Path, *, alone: bool) -> Iterator[None]:
    """Hold the archive's folder; where it cannot be held, as on some network disks, go on without."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def _check(found: Mapping[str, bytes | None], read: Mapping[str, bytes]) -> None:
    for path, data in found.items():
        if data != read.get(path):
            raise ChangedMeanwhile(0, "another command changed it meanwhile; nothing was written, run it again", path)


def _files(root: Path, rests_on: Iterable[str], read: Mapping[str, bytes]) -> Iterator[str]:
    """The files among ``rests_on``, and those in its folders, that are there or were read."""
    for each in rests_on:
        if each.endswith("/"):
            yield from (path for path in read if path.startswith(each))
            there = inside(root, f"{each}x").parent
            names = sorted(os.listdir(there)) if there.is_dir() else []  # noqa: PTH208 - only names are wanted
            yield from (f"{each}{name}" for name in names if not name.startswith(".") and (there / name).is_file())
        else:
            yield each


def _held(full: Path) -> bytes | None:
    return full.read_bytes() if full.is_file() else None


def _replace(root: Path, files: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> None:
    """Put the files in their places: one by renaming it, several by way of a journal."""
    written: dict[str, Path] = {}
    done: list[str] = []
    try:
        for path, data in files.items():
            written[path] = _beside(inside(root, path), data)
        if len(files) > 1:
            steps = [_Step(path, each.name, each.lstat().st_ino) for path, each in written.items()]
            write(root / JOURNAL, json.dumps(steps).encode())
        for path, each in written.items():
            each.replace(root / path)
            done.append(path)
    except BaseException:
        for path in done:
            _put_back(root / path, before[path])
        for each in written.values():
            each.unlink(missing_ok=True)
        raise
    finally:
        if len(files) > 1:
            (root / JOURNAL).unlink(missing_ok=True)


def _put_back(full: Path, data: bytes | None) -> None:
    if data is None:
        full.unlink()
    else:
        write(full, data)


def _beside(path: Path, data: bytes) -> Path:
    """A new file in the same folder that holds the data, with the mode of what stands at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{path.name}.{token_hex(4)}.tmp"  # the number of a killed process comes again
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file() and not path.is_symlink():
            temporary.chmod(S_IMODE(path.stat().st_mode))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _finish(root: Path) -> None:
    """Do what a journal says that is left to do; one that is not of this disk, or broken, is left where it is."""
    try:
        steps = _steps(root)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return
    for step in steps:
        full = root / step.path
        if (temporary := full.parent / step.temporary).exists():
            temporary.replace(full)
    (root / JOURNAL).unlink(missing_ok=True)


def _steps(root: Path) -> list[_Step]:
    """What the journal says, if every file of it is the one that was meant; else raise ValueError."""
    path = root / JOURNAL
    if not S_ISREG(path.lstat().st_mode) or path.lstat().st_size > JOURNAL_BYTES:
        raise ValueError("no journal of ours")
    steps = [_Step(*each) for each in json.loads(path.read_bytes())]
    for step in steps:
        full, named = inside(root, step.path), TEMPORARY.fullmatch(step.temporary)
        if (
            not step.path.startswith(FOLDERS)
            or ".." in Path(step.path).parts
            or not named
            or named["name"] != full.name
        ):
            raise ValueError("it names a place that is not of an archive")
        there = full.parent / step.temporary
        about = (there if os.path.lexists(there) else full).lstat()
        if not S_ISREG(about.st_mode) or about.st_ino != step.inode:
            raise ValueError("it is about another file")
    return steps

"""Sites for the tests to look at: each is built once in a run, however many tests and processes ask for it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

__all__ = ["BRIDGE", "MATERIAL", "PROJECT", "Built", "Once", "built", "once", "outside", "run_mkdocs"]

PROJECT = Path(__file__).parent.parent
BRIDGE = Path(__file__).parent / "bridge"
MATERIAL = Path(__file__).parent / "material.yml"

Once = Callable[[str, Callable[[Path], object]], Path]
"""Given a name and what makes a folder, gives the folder, made by whoever asked for it first."""
Built = Callable[..., Path]
"""Given an archive, and under what name and in what environment it is built, gives the site's folder."""


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Once:
    """Makes a folder once for all processes that run the tests; it is there as a whole or not at all."""
    mine = tmp_path_factory.getbasetemp()
    everyones = (mine.parent if hasattr(request.config, "workerinput") else mine) / "once"
    everyones.mkdir(exist_ok=True)

    def give(name: str, make: Callable[[Path], object]) -> Path:
        made, half = everyones / name, everyones / f"{name}.half"
        with (everyones / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(half, ignore_errors=True)
                half.mkdir()
                make(half)
                half.rename(made)
        return made

    return give


@pytest.fixture(scope="session")
def built(once: Once) -> Built:
    """Builds an archive, a folder with ``mkdocs.yml``; archives of the same files have one site between them.

    It is built from a copy outside of any checkout, so that no history and no remote of ours has a say in it.
    """

    def build(archive: Path, name: str = "site", **environment: str) -> Path:
        def make(folder: Path) -> None:
            copy = shutil.copytree(archive, folder / "archive", symlinks=True)
            run_mkdocs(copy, folder / name, environment)

        return once(f"{name}-{_digest(archive, environment)}", make) / name

    return build


def run_mkdocs(archive: Path, site: Path, environment: Mapping[str, str]) -> None:
    """Build the archive where it lies; nothing of a workflow around the tests has a say in it."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
    told = {**outside(), "NO_MKDOCS_2_WARNING": "1", **environment}
    subprocess.run(command, cwd=archive, env=told, check=True, timeout=300)


def outside() -> dict[str, str]:
    """The environment, without what a workflow on GitHub tells of itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_") and name != "SITE_URL"}


def _digest(archive: Path, environment: Mapping[str, str]) -> str:
    told = hashlib.sha256(repr(sorted(environment.items())).encode())
    for path in sorted(path for path in archive.rglob("*") if path.is_file()):
        data = path.read_bytes()
        told.update(f"\0{path.relative_to(archive).as_posix()}\0{len(data)}\0".encode() + data)
    return told.hexdigest()[:16]

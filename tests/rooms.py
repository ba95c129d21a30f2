"""One page of every kind, of this project's own archive as a reader meets it: built once, as a fork of it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

__all__ = ["KINDS", "NARROW", "PROJECT", "WIDE", "address", "site"]

PROJECT = Path(__file__).parent.parent
FORK = {"GITHUB_REPOSITORY": "someone/their-archive", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main"}
WIDE, NARROW = 1440, 390


def first(folder: str) -> str:
    """The page of the first record of a folder: whatever the archive holds, there is one."""
    return f"{folder}/{min(path.stem for path in (PROJECT / 'content' / folder).glob('*.md'))}/"


KINDS = {
    "home": "",
    "article": first("articles"),
    "claim": first("claims"),
    "event": first("events"),
    "entity": first("entities"),
    "outlet": first("outlets"),
    **{f"index of {folder}": f"{folder}/" for folder in ("articles", "claims", "events", "entities", "outlets")},
    "index in groups": "claims/by/event/",
    "about": "about/reading/",
    "guide": "about/contributing/",
    "cookbook": "about/cookbook/",
    "404": "404.html",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's folder."""
    folder = tmp_path_factory.mktemp("rooms") / FORK["GITHUB_REPOSITORY"].partition("/")[2]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_") and name != "SITE_URL"}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder)],
        cwd=PROJECT,
        env={**kept, **FORK, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
        timeout=300,
    )
    return folder


@pytest.fixture(scope="session")
def address(site: Path, serve: Callable[[Path], str]) -> str:
    """Where the site is served: under the path it is built for, which the page for lost readers needs."""
    return f"{serve(site.parent)}{site.name}/"

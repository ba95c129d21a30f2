"""One page of every kind, of this project's own archive as a reader meets it: built once, as a fork of it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Serve
from sites import PROJECT, Once, run_mkdocs

__all__ = ["FORK", "KINDS", "NARROW", "WIDE", "address", "site"]

WORKFLOW = {"GITHUB_REPOSITORY": "someone/their-archive", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main"}
FORK = "https://someone.github.io/their-archive/"
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
def site(once: Once) -> Path:
    """The site's folder; it is built in the checkout, whose history it tells."""
    name = WORKFLOW["GITHUB_REPOSITORY"].partition("/")[2]
    return once("rooms", lambda folder: run_mkdocs(PROJECT, folder / name, WORKFLOW)) / name


@pytest.fixture(scope="session")
def address(site: Path, serve: Serve) -> str:
    """Where the site is served: under the path it is built for, which the page for lost readers needs."""
    return f"{serve(site.parent)}{site.name}/"

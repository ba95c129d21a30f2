"""Reads what git's log says of each article: when it and its annotations were changed, and by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["LOG_FORMAT", "Change", "History", "no_history", "read_log"]

# A control character tells a commit's line from the paths under it.
LOG_FORMAT = "\x01%as\x02%aN"
ARTICLE_OF = re.compile(r"content/articles/([a-z0-9-]+)\.md|annotations/([a-z0-9-]+)/[^/]+")


class Change(NamedTuple):
    """One commit, as far as it touched one article."""

    date: str
    """The day its author wrote it, like 2026-11-21."""
    who: str
    text: bool
    """Whether it touched the article's own file."""
    notes: int
    """How many of its annotations it touched."""


History = Mapping[str, tuple[Change, ...]]
"""The changes of each article, newest first."""


def no_history() -> History:
    return {}


def read_log(log: str) -> History:
    """Read what ``git log --name-only --format=LOG_FORMAT`` wrote."""
    found: dict[str, list[Change]] = {}
    for commit in log.split("\x01")[1:]:
        head, *paths = commit.splitlines()
        date, _, who = head.partition("\x02")
        for article, change in _touched(paths, date, who).items():
            found.setdefault(article, []).append(change)
    return {article: tuple(changes) for article, changes in found.items()}


def _touched(paths: list[str], date: str, who: str) -> dict[str, Change]:
    touched: dict[str, Change] = {}
    for match in filter(None, map(ARTICLE_OF.fullmatch, paths)):
        article = match[1] or match[2]
        change = touched.get(article, Change(date, who, False, 0))
        touched[article] = change._replace(text=change.text or bool(match[1]), notes=change.notes + bool(match[2]))
    return touched

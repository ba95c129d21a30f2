"""Asks git where this checkout comes from."""

from __future__ import annotations

import subprocess
from pathlib import Path

from archive_builder.changes import LOG_FORMAT, History, read_log

__all__ = ["history", "last_commit", "origin"]

SECONDS = 10
COMMITS = 5_000
# Where there is no history to date a site by: the first day that a ZIP or a gzip tool is sure to write.
UNDATED = 315_532_800


def origin(root: Path) -> tuple[str | None, str | None]:
    """The address of the remote ``origin`` and its main branch; None where there is no git, or no such thing."""
    remote = _git(root, "config", "--get", "remote.origin.url")
    head = _git(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    return remote, head.removeprefix("origin/") if head else None


def last_commit(root: Path) -> int:
    """When the last commit was made, in seconds since 1970: what a site is dated by, so that it has no clock in it."""
    written = _git(root, "log", "-1", "--format=%ct")
    return int(written) if written else UNDATED


def history(root: Path) -> History:
    """Who changed which article, and when; nothing where git has no history, or only the end of one."""
    if _git(root, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    command = ("log", "--no-merges", f"--max-count={COMMITS}", "--name-only", "--relative", f"--format={LOG_FORMAT}")
    return read_log(_git(root, *command, "--", "content/articles", "annotations") or "")


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None

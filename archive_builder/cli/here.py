"""Finds the archive a command works on, and the words in which commands decline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from archive_builder.model import Article
from archive_builder.problems import did_you_mean
from archive_builder.reading import CONTENT, Library
from archive_builder.store import find_root

__all__ = ["article_called", "cut_short", "declined", "in_archive"]

Command = TypeVar("Command", bound=Callable[..., Any])

LINE = 88


def in_archive(command: Command) -> Command:
    """Give the command the option --archive and, as ``root``, the archive's folder."""
    return click.option(
        "--archive",
        "root",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=_root,
        help="The archive's folder; else the nearest one upwards from the current folder.",
    )(command)


def declined(fault: str, step: str) -> None:
    """Say, on the error stream, what was not done and what to do next."""
    click.echo(f"{fault}\n  next     {step}", err=True)


def article_called(id: str, library: Library) -> Article:
    """The article of this id."""
    id = id.removeprefix(f"{CONTENT}/articles/").removesuffix(".md")
    if id in library.articles:
        return library.articles[id]
    near = did_you_mean(id, library.articles)
    step = f"did you mean {near}?" if near else "archive-builder status lists them"
    raise click.UsageError(f"there is no article {id!r}: {step}")


def cut_short(text: str, length: int = LINE) -> str:
    """The text on one line, at most so long."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _root(context: click.Context, parameter: click.Parameter, given: Path | None) -> Path:
    root = find_root(given or Path.cwd())
    if root is None or (given is not None and root != given.resolve()):
        where = f"{given} is no archive" if given else "there is no archive in this folder or above it"
        raise click.UsageError(f"{where}: an archive has a folder content/ or a file mkdocs.yml")
    return root

"""``archive-builder status``: what is annotated, and what is not yet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from archive_builder.cli.here import in_archive
from archive_builder.coverage import Coverage, coverage
from archive_builder.model import ClaimStatus
from archive_builder.store import load_both

__all__ = ["status"]

WIDTH = 100


@click.command()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
@in_archive
def status(style: str, root: Path) -> int:
    """Show which articles are annotated on which claims, and what is missing.

    \b
    Example:
      archive-builder status
      archive-builder status --format json
    """
    library, archive = load_both(root)
    written = Counter(each.article for each in library.annotations.values())
    found = coverage(archive, written)
    click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if style == "json" else _told(found))
    return 0


def _told(found: Coverage) -> str:
    rows = [("article", "annotations", "anchored", "claims", "not yet")]
    rows += [
        (each.id, str(each.annotations), str(each.anchored), str(len(each.claims)), str(len(each.open)))
        for each in found.articles
    ]
    return "\n".join([*_table(rows), "", *_open(found), *_missing(found), *_claims(found), *_totals(found)])


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows in columns: the first to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells])


def _open(found: Coverage) -> Iterator[str]:
    for each in found.articles:
        if each.open:
            yield from _wrapped(f"not yet in {each.id}", each.open)
    if any(each.open for each in found.articles):
        yield ""


def _missing(found: Coverage) -> Iterator[str]:
    for what, ids in found.missing.items():
        yield from _wrapped(f"missing: {what}", ids)
    if found.missing:
        yield ""


def _claims(found: Coverage) -> Iterator[str]:
    order = list(ClaimStatus)
    by_status = sorted(found.claims.items(), key=lambda each: (order.index(each[1]), each[0]))
    for standing, claims in groupby(by_status, key=lambda each: each[1]):
        yield from _wrapped(standing, [id for id, _ in claims])
    if found.claims:
        yield ""


def _totals(found: Coverage) -> Iterator[str]:
    totals = found.totals
    kinds = ("articles", "annotations", "claims", "events", "entities", "outlets")
    yield ", ".join(f"{totals[kind]:,} {kind if totals[kind] != 1 else _one(kind)}" for kind in kinds)
    if totals["problems"]:
        yield f"{totals['problems']:,} problems: archive-builder check"


def _one(kind: str) -> str:
    return kind.removesuffix("ies") + "y" if kind.endswith("ies") else kind.removesuffix("s")


def _wrapped(label: str, words: Sequence[str]) -> Iterator[str]:
    """The words in lines under their label."""
    yield f"{label} ({len(words)})"
    line = " "
    for word in words:
        if len(line) + len(word) + 2 > WIDTH:
            yield line
            line = " "
        line += f" {word}"
    yield line

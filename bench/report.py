"""Writes down what was measured, what it was measured on, and whether each limit holds."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import inf
from statistics import median

from bench.core import STEPS
from bench.invented import ANNOTATIONS_EACH, WORDS_EACH, Invented
from bench.measuring import Cost, Grown, Pair, middle
from bench.sites import OURS, PLAIN

__all__ = ["AtOnce", "Growth", "Measured", "report"]

# The limits we keep to.
RATIO, WALL = 1.5, 1.3
GROWTH = 1.1
CORE_SECONDS, CORE_ARTICLES = 3.0, 1_000

PACKAGES = ("archive-builder", "mkdocs", "mkdocs-material", "Markdown", "Jinja2", "pydantic", "PyYAML", "rapidfuzz")
MEGABYTE = 1_000_000

APART = (
    "## Measured apart",
    "",
    "| what | by | in |",
    "|---|---|---|",
    "| how well articles are taken from web pages, and the floors of the gate | `python -m bench.extraction`"
    " | [EXTRACTION.md](EXTRACTION.md) |",
    "| what a search costs a reader, beside Material's own | `python -m bench.searching`"
    " | [SEARCHING.md](SEARCHING.md) |",
    "| how passages follow changed texts | `make bench ARGS=--reanchoring` | [REANCHORING.md](REANCHORING.md) |",
    "| what hostile texts cost | `python -m bench.hostile` | [HOSTILE.md](HOSTILE.md) |",
    "| what reading costs a browser | `python -m bench.reading` | printed |",
)


@dataclass(frozen=True, slots=True)
class Growth:
    """Builds of the smallest archive there is and of one much larger than the one measured."""

    larger: Invented
    smallest: Mapping[str, Cost]
    """By site; ours without the search index."""
    rounds: Sequence[Mapping[str, Grown]]
    whole: Cost
    """The larger archive with its index."""


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The most memory, in bytes, that the processes of a build have between them."""

    plain: int
    pages: int
    """Ours without the search index."""
    ours: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of the bench found."""

    invented: Invented
    steps: Mapping[str, float]
    """The CPU seconds of each step of the core."""
    pairs: Sequence[Pair] = ()
    at_once: AtOnce | None = None
    """None where the system does not tell."""
    growth: Growth | None = None


def report(measured: Measured, day: str) -> str:
    """The page as Markdown."""
    parts = (
        _head(measured.invented, day),
        _builds(measured.pairs, measured.at_once),
        _growth(measured),
        _core(measured),
        APART,
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(invented: Invented, day: str) -> list[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    articles = f"{invented.articles:,} articles of {WORDS_EACH:,} words"
    return [
        "# What an archive costs",
        "",
        f"Measured on {day} by `make bench`: {os.cpu_count()} cores, {platform.system()} {platform.machine()},",
        f"Python {platform.python_version()}, {packages}.",
        "",
        f"The archive is invented: {articles} with {ANNOTATIONS_EACH} annotations each,",
        f"{invented.others:,} claims, {invented.others:,} entities and {invented.events:,} events.",
        "*Plain* is MkDocs with Material and its search on the same articles, and nothing else of the archive.",
        "CPU time is user and system time; memory is the peak of resident memory, of the largest process or of all.",
        "Seconds depend on the machine and on what else it does; the ratios hardly do.",
    ]


def _builds(pairs: Sequence[Pair], at_once: AtOnce | None) -> list[str]:
    if not pairs:
        return []
    plain, pages = middle([pair.plain for pair in pairs]), middle([pair.pages for pair in pairs])
    again, ours = middle([pair.plain_again for pair in pairs]), middle([pair.ours for pair in pairs])
    return [
        "## Beside plain MkDocs",
        "",
        f"Medians of {len(pairs)} pairs of builds, each in a process of its own, in turn.",
        "",
        "| | plain | ours | ratio of each pair | median | limit | holds |",
        "|---|---:|---:|---|---:|---:|---|",
        _row(
            "CPU time of the pages",
            f"{plain.seconds:.1f} s",
            f"{pages.seconds:.1f} s",
            *_ratios((p.pages.seconds / p.plain.seconds for p in pairs), RATIO),
        ),
        _row(
            "memory for the pages",
            _megabytes(plain.bytes),
            _megabytes(pages.bytes),
            *_ratios((p.pages.bytes / p.plain.bytes for p in pairs), RATIO),
        ),
        *_at_once(at_once),
        _row(
            "CPU time with the index",
            f"{again.seconds:.1f} s",
            f"{ours.seconds:.1f} s",
            *_ratios(p.ours.seconds / p.plain_again.seconds for p in pairs),
        ),
        _row(
            "from beginning to end, with the index",
            f"{again.wall:.1f} s",
            f"{ours.wall:.1f} s",
            *_ratios((p.ours.wall / p.plain_again.wall for p in pairs), WALL),
        ),
        "",
        "*Plain* makes Material's index of the articles. Ours has every annotation, claim and name in it, and is made",
        "beside the rendering, in a process of its own.",
    ]


def _at_once(memory: AtOnce | None) -> Iterator[str]:
    if memory is not None:
        plain = _megabytes(memory.plain)
        for what, ours, limit in (("the pages", memory.pages, RATIO), ("pages and index", memory.ours, None)):
            ratios = _ratios([ours / memory.plain], limit)
            yield _row(f"memory of all processes at once, for {what}", plain, _megabytes(ours), *ratios)


def _ratios(ratios: Iterable[float], limit: float | None = None) -> tuple[str, ...]:
    each = tuple(ratios)
    held = _limit(median(each), limit) if limit else ("", "")
    return ", ".join(f"{ratio:.2f}" for ratio in each), f"{median(each):.2f}", *held


def _growth(measured: Measured) -> list[str]:
    growth = measured.growth
    if growth is None:
        return []
    small, large = measured.invented.articles, growth.larger.articles
    plain, ours = (middle([grown[name].large for grown in growth.rounds]) for name in (PLAIN, OURS))
    return [
        f"## From {small:,} to {large:,} articles",
        "",
        "What each article adds to a build of an archive of one. The larger archive has as many claims, entities and",
        "events for each article as the smaller one. Ours is without the search index. Each build of the larger one",
        f"stands between two of the smaller one, in {len(growth.rounds)} rounds.",
        "",
        f"| | to {small:,} | to {large:,} | ratio of each round | median | limit | holds |",
        "|---|---:|---:|---|---:|---:|---|",
        *_added(PLAIN, growth, small, large),
        *_added(OURS, growth, small, large),
        "",
        f"A build of {large:,} articles takes {ours.seconds:.0f} s of CPU time and {_megabytes(ours.bytes)}, with the"
        f" index {growth.whole.seconds:.0f} s of CPU time, {growth.whole.wall:.0f} s from beginning to end;"
        f" the plain one {plain.seconds:.0f} s and {_megabytes(plain.bytes)}.",
    ]


def _added(name: str, growth: Growth, small: int, large: int) -> Iterator[str]:
    """A row for CPU time and a row for memory; only ours has a limit."""
    one, rounds = growth.smallest[name], [grown[name] for grown in growth.rounds]
    figures: tuple[tuple[str, str, float, Callable[[Cost], float]], ...] = (
        ("CPU time", "ms", 1_000, lambda cost: cost.seconds),
        ("memory", "KB", 1 / 1_000, lambda cost: cost.bytes),
    )
    for what, unit, scale, of in figures:
        few = [scale * ((of(each.before) + of(each.after)) / 2 - of(one)) / (small - 1) for each in rounds]
        many = [scale * (of(each.large) - of(one)) / (large - 1) for each in rounds]
        # A handful of articles may add nothing to the peak, which is then that of the start.
        ratios = [after / before if before > 0 else inf for before, after in zip(few, many, strict=True)]
        added = (f"{median(each):.1f} {unit}" for each in (few, many))
        yield _row(f"{what}, {name}", *added, *_ratios(ratios, GROWTH if name == OURS else None))


def _core(measured: Measured) -> list[str]:
    total = sum(measured.steps.values())
    is_limited = measured.invented.articles == CORE_ARTICLES
    limit, holds = _limit(total, CORE_SECONDS, " s") if is_limited else ("", "")
    return [
        "## The core alone",
        "",
        "| step | CPU time | limit | holds |",
        "|---|---:|---:|---|",
        *(_row(STEPS[step], f"{seconds:.2f} s", "", "") for step, seconds in measured.steps.items()),
        _row("**all**", f"{total:.2f} s", limit, holds),
    ]


def _limit(figure: float, limit: float, unit: str = "") -> tuple[str, str]:
    """The limit, and whether the figure keeps to it."""
    return f"{limit:g}{unit}", "yes" if figure <= limit else "**no**"


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"

"""Tells what a process costs: its CPU time and the most memory it held at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter, sleep

from bench.sites import OURS, PLAIN

__all__ = ["PAGES", "PLAIN_PROGRAM", "Cost", "Grown", "Pair", "at_once", "build", "core", "grown", "middle", "pairs"]

# Of ru_maxrss: macOS counts in bytes, Linux in kibibytes.
PAGES = "bench.pages"
"""The program that builds a site without its index."""
PLAIN_PROGRAM = "mkdocs"
LOOKED_AT = 0.02  # seconds
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    seconds: float
    """Of CPU time, user and system, with the processes it waited for."""
    bytes: int
    """The peak of its resident memory, or of the largest process it waited for."""
    wall: float
    """Seconds from its beginning to its end."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two builds of one archive without our index, and two with it, each beside plain right before it."""

    plain: Cost
    pages: Cost
    """Ours without the search index."""
    plain_again: Cost
    ours: Cost


@dataclass(frozen=True, slots=True)
class Grown:
    """A build of a large archive between two of a small one."""

    before: Cost
    large: Cost
    after: Cost


def pairs(root: Path, count: int) -> Iterator[Pair]:
    """Build plain, ours, plain, ours: what else the machine does falls on both, so that their ratio is true.

    Those with the index, which keeps a second core busy, come last: machines are slower after they were busy for long.
    """
    without = [(build(root / PLAIN), build(root / OURS, PAGES)) for _ in range(count)]
    for plain, pages in without:
        yield Pair(plain, pages, build(root / PLAIN), build(root / OURS))


def grown(small: Path, large: Path, program: str) -> Grown:
    """Build the small site, the large one, the small one: a machine does not run alike for minutes."""
    return Grown(build(small, program), build(large, program), build(small, program))


def build(site: Path, program: str = PLAIN_PROGRAM) -> Cost:
    """What ``mkdocs build`` of the site takes."""
    cost, _ = _run(*_build(site, program))
    return cost


def at_once(site: Path, program: str = PLAIN_PROGRAM) -> int:
    """The most memory, in bytes, that all processes of a build have between them; what they share counts once.

    Looked at every few hundredths of a second, which costs the build time: what it takes is another build's figure.
    """
    most = 0
    with subprocess.Popen([sys.executable, *_build(site, program)], env=_environment()) as process:
        while process.poll() is None:
            most = max(most, sum(map(_own, _family(process.pid))))
            sleep(LOOKED_AT)
    if process.returncode:
        sys.exit(f"{program} failed")
    return most


def core(root: Path, count: int) -> dict[str, float]:
    """The CPU seconds of each step of the core, in the run of ``count`` that took the middle of all."""
    runs: list[dict[str, float]] = [json.loads(_run("-m", "bench.core", str(root / OURS))[1]) for _ in range(count)]
    return sorted(runs, key=lambda steps: sum(steps.values()))[count // 2]


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        median(cost.seconds for cost in costs),
        int(median(cost.bytes for cost in costs)),
        median(cost.wall for cost in costs),
    )


def _build(site: Path, program: str) -> list[str]:
    """Each site stays: on some disks files are slow to make while others were only just deleted."""
    out = mkdtemp(prefix=f"{site.name}-site-", dir=site.parent)
    return ["-m", program, "build", "-q", "-f", str(site / "mkdocs.yml"), "-d", out]


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            yield from _family(int(child))


def _own(process: int) -> int:
    """A process's memory, and its share of what it has in common with others; nothing once it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}


def _run(*arguments: str) -> tuple[Cost, str]:
    """Run Python to its end. The memory of this process counts too, up to where Python starts: it must be small."""
    begun = perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, env=_environment()) as process:
        assert process.stdout is not None
        printed = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} failed")
    wall = perf_counter() - begun
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MEMORY_UNIT, wall), printed

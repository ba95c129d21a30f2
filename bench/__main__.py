"""``python -m bench``: invents an archive, builds it beside its plain twin, and writes bench/RESULTS.md."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import reanchoring
from bench.invented import ANNOTATIONS_EACH, Invented
from bench.measuring import PAGES, PLAIN_PROGRAM, at_once, build, core, grown, middle, pairs
from bench.report import AtOnce, Growth, Measured, report
from bench.sites import OURS, PLAIN, write_sites

RESULTS = Path(__file__).parent / "RESULTS.md"
TIMES_LARGER = 10
ROUNDS = 3


def main() -> None:
    options = _options()
    if options.reanchoring:
        reanchoring.main([])
        return
    with TemporaryDirectory(prefix="bench-") as folder:
        written = report(_measured(Path(folder), options), date.today().isoformat())
        # Before the sites are deleted, which takes minutes.
        print(written, flush=True)
        if not options.core_only:
            RESULTS.write_text(written, encoding="utf-8")


def _measured(folder: Path, options: argparse.Namespace) -> Measured:
    invented = Invented(options.articles)
    root = _written(folder / "archive", invented)
    steps = core(root, options.runs)
    if options.core_only:
        return Measured(invented, steps)
    builds = tuple(pairs(root, options.runs))
    growth = _growth(folder, root, options.articles) if options.growth else None
    return Measured(invented, steps, builds, _at_once(root), growth)


def _at_once(root: Path) -> AtOnce | None:
    if not sys.platform.startswith("linux"):
        return None
    return AtOnce(at_once(root / PLAIN), at_once(root / OURS, PAGES), at_once(root / OURS))


def _growth(folder: Path, small: Path, articles: int) -> Growth:
    larger = Invented(articles * TIMES_LARGER)
    one = _written(folder / "one", Invented(1))
    large = _written(folder / "larger", larger)
    programs = {PLAIN: PLAIN_PROGRAM, OURS: PAGES}
    smallest = {site: middle([build(one / site, program) for _ in range(ROUNDS)]) for site, program in programs.items()}
    rounds = [
        {site: grown(small / site, large / site, program) for site, program in programs.items()} for _ in range(ROUNDS)
    ]
    return Growth(larger, smallest, rounds, build(large / OURS))


def _written(root: Path, invented: Invented) -> Path:
    count = f"{invented.articles:,} articles with {invented.articles * ANNOTATIONS_EACH:,} annotations"
    print(f"{count} …", flush=True)
    write_sites(root, invented)
    return root


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000, metavar="N", help="how many articles (1000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how many runs of each (3)")
    parser.add_argument("--growth", action="store_true", help="also build ten times as many; takes ten minutes")
    parser.add_argument("--reanchoring", action="store_true", help="only how passages are followed: REANCHORING.md")
    parser.add_argument("--core-only", action="store_true", help="only the core; leaves RESULTS.md as it is")
    return parser.parse_args()


if __name__ == "__main__":
    main()

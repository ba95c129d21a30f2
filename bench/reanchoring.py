"""``python -m bench.reanchoring``: how well passages are followed through edited prose; writes REANCHORING.md.

The prose is that of this repository: its pages with their history in git, and short invented texts in five languages.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import process_time

from archive_builder.reanchoring import Outcome, reanchor
from bench.edits import KINDS, Case, cases, parted
from bench.rules import approximate, exact

__all__ = ["HERE", "judged", "main"]

HERE = Path(__file__).parent
RESULTS = HERE / "REANCHORING.md"
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "content")
# A place is the right one where it shares so much with the true one, of what either of them covers.
FOLLOWED, PROPOSED = 0.9, 0.5
SENTENCES = 8
REVISED = "real revisions of pages"
RULES = ("ours", "exact", "approximate")
Score = Counter[tuple[str, str, str]]


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    counted: Score = Counter()
    seconds = 0.0
    for case in _cases():
        started = process_time()
        told = judged(case)
        seconds += process_time() - started
        counted[case.kind, "ours", told] += 1
        counted[case.kind, "exact", _told(case, exact(case.old, case.new, case.start, case.end))] += 1
        if options.all_rules:
            counted[case.kind, "approximate", _told(case, approximate(case.old, case.new, case.start, case.end))] += 1
        if told in options.show:
            _show(case)
    written = _report(counted, seconds)
    print(written)
    if options.all_rules and not options.show:
        RESULTS.write_text(written, encoding="utf-8")


def judged(case: Case) -> str:
    """What our rule did with a passage: followed, proposed, asked, lost, gone or wrong."""
    found = reanchor(case.old, case.new, case.start, case.end, language=case.language)
    place = None if found.start is None or found.end is None else (found.start, found.end)
    return _told(case, place, found.outcome is Outcome.PROPOSED)


def _told(case: Case, place: tuple[int, int] | None, is_proposal: bool = False) -> str:
    """What a rule did with a passage."""
    if place is None:
        return "gone" if case.truth is None else "lost"
    if case.truth is None:
        return "asked" if is_proposal else "wrong"
    share = _share(place, case.truth)
    if is_proposal:
        return "proposed" if share >= PROPOSED else "asked"
    return "followed" if share >= FOLLOWED else "wrong"


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(common, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def _cases() -> Iterator[Case]:
    for path in sorted((HERE / "prose").glob("??.md")):
        yield from cases(parted(path.name, path.stem, path.read_text("utf-8")))
    for source, texts in sorted(_history()):
        plain = parted(source, "en", _plain(texts[0]))
        if len(plain.all) >= SENTENCES:
            yield from cases(plain)
        for old, new in zip(texts[1:], texts, strict=False):
            yield from _revised(source, old, new)


def _revised(source: str, old: str, new: str) -> Iterator[Case]:
    """The sentences that a real revision kept: those that stand once before and after it."""
    for sentence in dict.fromkeys(parted(source, "en", _plain(old)).all):
        if old.count(sentence) == new.count(sentence) == 1 and len(sentence) >= 2 * SENTENCES:
            start, now = old.index(sentence), new.index(sentence)
            size = len(sentence)
            yield Case(REVISED, source, "en", old, new, start, start + size, (now, now + size))


def _history() -> Iterator[tuple[str, list[str]]]:
    """Every page with its texts, newest first."""
    for path in _git("ls-files", "--", *PAGES).split():
        if path.endswith(".md"):
            commits = _git("log", "--format=%H", "--", path).split()
            yield path, [_git("show", f"{commit}:{path}") for commit in commits]


def _plain(text: str) -> str:
    """The paragraphs of a page that are plain prose."""
    parts = re.sub(r"\A---\n.*?\n---\n|^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE).split("\n\n")
    return "\n\n".join(part for part in parts if not re.search(r"[|`<>#\[\]]|^\s|^[*-] ", part))


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=HERE.parent, capture_output=True, text=True, check=True)
    return done.stdout


def _report(counted: Score, seconds: float) -> str:
    total = sum(count for (_, rule, _), count in counted.items() if rule == "ours")
    rules = [rule for rule in RULES if any(each == rule for _, each, _ in counted)]
    head = f"| kind of edit | cases | {' | '.join(f'{rule}: right | asked | wrong | lost' for rule in rules)} |"
    kinds = [kind for kind in (REVISED, *KINDS) if any(each == kind for each, _, _ in counted)]
    rows = [_row(kind, counted, rules, [kind]) for kind in kinds]
    there = [
        kind for kind in kinds if any((kind, "ours", told) in counted for told in ("followed", "proposed", "lost"))
    ]
    gone = [kind for kind in kinds if kind not in there]
    return "\n".join(
        [
            "# How well passages are followed",
            "",
            f"Measured by `make bench ARGS=--reanchoring`: {total:,} edits of one passage each,"
            f" {1000 * seconds / max(total, 1):.1f} ms of CPU time for each of ours.",
            "",
            "The prose is that of this repository's pages, with their history in git, and of five short invented texts"
            " in English,",
            "German, Russian, Tajik and French (`bench/prose`). *Right* is followed to the right place, or, of a"
            " passage that is gone, told so;",
            "*asked* is left to a person (of ours: the place proposed is the right one, except for the number in"
            " brackets);",
            "*wrong* is anchored on something else; *lost* is told to be gone and is not.",
            "*Exact* looks for the same words with the best context; *approximate* for the most similar stretch,",
            "with up to half the characters wrong, and counts as right even where it took over another number.",
            "",
            head,
            f"|---|---:{'|---:' * 4 * len(rules)}|",
            *rows,
            _row("**still there, all**", counted, rules, there),
            _row("**gone, all**", counted, rules, gone),
            "",
        ]
    )


def _row(name: str, counted: Score, rules: Iterable[str], kinds: list[str]) -> str:
    def number(rule: str, *told: str) -> int:
        return sum(counted[kind, rule, each] for kind in kinds for each in told)

    cells = [str(sum(number("ours", each) for each in ("followed", "gone", "proposed", "asked", "wrong", "lost")))]
    for rule in rules:
        asked, badly = number(rule, "proposed", "asked"), number(rule, "asked")
        is_gone = not number(rule, "proposed", "followed", "lost")
        cells += [
            str(number(rule, "followed", "gone")),
            f"{asked} ({badly})" if badly and not is_gone else str(asked),
            str(number(rule, "wrong")),
            str(number(rule, "lost")),
        ]
    return f"| {name} | {' | '.join(cells)} |"


def _show(case: Case) -> None:
    found = reanchor(case.old, case.new, case.start, case.end, language=case.language)
    print(f"{case.kind} · {case.source} · {found.outcome} · {found.why}")
    print("   old ", case.old[case.start : case.end])
    print("   true", case.truth and case.new[slice(*case.truth)])
    print("   ours", None if found.start is None else case.new[found.start : found.end])


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reanchoring", description=__doc__)
    parser.add_argument("--ours-only", dest="all_rules", action="store_false", help="leave the approximate rule out")
    parser.add_argument("--show", action="append", default=[], metavar="RESULT", help="print cases: wrong, lost, asked")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()

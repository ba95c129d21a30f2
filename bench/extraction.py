"""Measures how well articles are taken from web pages: ``python -m bench.extraction`` writes bench/EXTRACTION.md.

The pages are those of ``tests/pages``: invented news on pages built like real ones, NAME.html with what must come of it
in NAME.yml. Words are compared as a bag; a sign of a script without blanks is a word. Beside each figure stands what
the library alone makes of the same bytes, in the same run.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from trafilatura import bare_extraction

from archive_builder.canonical import canonical
from archive_builder.ingest import Extract, ingest
from archive_builder.ingest.witnesses import words_of
from archive_builder.projection import normalise, project

__all__ = ["FACTS", "Score", "accuracy", "corpus_digest", "mean", "pages", "scored"]

PAGES = Path(__file__).parent.parent / "tests" / "pages"
RESULTS = Path(__file__).parent / "EXTRACTION.md"
# What was measured once and cannot be measured again: nothing had been mended for these pages yet.
HISTORY = (
    "Pages were added in rounds, each written with what must come of it before it was run. "
    "When a round was new, text F1 was:\n\n"
    "| round | ours, then | ours, now | the library alone |\n|---|---:|---:|---:|\n"
    "| the second: 25 kinds, from `bitrix_1251` to `word_export` | 0.797 | 0.999 | 0.843 |\n"
    "| the third: 12 kinds, after mending for the second | 0.989 | 0.998 | 0.973 |\n\n"
    "So the first figure is what a page of a new kind may expect; the second only says that nothing has broken since."
)
FACTS = ("title", "authors", "published", "language")


@dataclass(frozen=True, slots=True)
class Score:
    """What was made of one page."""

    name: str
    precision: float
    recall: float
    right: frozenset[str]
    """Which of the facts were found as they are."""

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pages() -> tuple[Path, ...]:
    """The pages of the corpus, in order."""
    return tuple(sorted(PAGES.glob("*.html")))


def corpus_digest() -> str:
    """The digest of every page and of what is expected of it."""
    files = sorted((*pages(), *(page.with_suffix(".yml") for page in pages())))
    lines = (f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def scored(page: Path) -> tuple[Score, Score]:
    """How we did on a page, and how the library alone."""
    expected = yaml.safe_load(page.with_suffix(".yml").read_text(encoding="utf-8"))
    return _ours(page, expected), _alone(page, expected)


def mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held)


def accuracy(scores: Iterable[Score], fact: str) -> float:
    """On which share of the pages a fact was found as it is."""
    return mean(float(fact in score.right) for score in scores)


def _ours(page: Path, expected: dict[str, Any]) -> Score:
    extract = ingest(page.read_bytes(), page.name)
    text = project(canonical(extract.markdown)[0]).text
    return _score(page.stem, text, expected, _facts(extract))


def _facts(extract: Extract) -> dict[str, Any]:
    single = {name: getattr(extract, name) for name in FACTS if name != "authors"}
    return {name: found.value if found else None for name, found in single.items()} | {
        "authors": [author.value for author in extract.authors]
    }


def _alone(page: Path, expected: dict[str, Any]) -> Score:
    found = bare_extraction(page.read_bytes(), include_comments=False, with_metadata=True)
    authors = [name for name in (found.author or "").split("; ") if name] if found else []
    facts = {"title": found.title, "published": found.date, "language": found.language} if found else {}
    return _score(page.stem, normalise(found.text or "") if found else "", expected, {**facts, "authors": authors})


def _score(name: str, text: str, expected: dict[str, Any], facts: dict[str, Any]) -> Score:
    found, wanted = Counter(words_of(text)), Counter(words_of(normalise(expected["text"])))
    common = sum((found & wanted).values())
    right = frozenset(fact for fact in FACTS if (facts.get(fact) or None) == (expected.get(fact) or None))
    return Score(name, common / max(found.total(), 1), common / max(wanted.total(), 1), right)


def _table() -> Iterator[str]:
    pairs = [scored(page) for page in pages()]
    ours, alone = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    yield "# How well articles are taken from web pages"
    yield (
        f"Measured on {date.today().isoformat()} by `python -m bench.extraction` on the {len(pairs)} pages of "
        f"`tests/pages`, with trafilatura {version('trafilatura')} and lxml {version('lxml')}.\n"
        "The pages are invented and imitate real ones, so these figures tell what breaks,\n"
        "not how the tool does on the web.\n"
        "The floors below which a test fails are in `tests/pages/floors.yml`."
    )
    yield HISTORY
    rows: list[tuple[str, ...]] = [("", "ours", "the library alone")]
    for label, figure in (("text F1", "f1"), ("precision", "precision"), ("recall", "recall")):
        rows.append((label, *(f"{mean(getattr(score, figure) for score in each):.4f}" for each in (ours, alone))))
    rows += [(fact, *(f"{accuracy(each, fact):.3f}" for each in (ours, alone))) for fact in FACTS if fact != "language"]
    rows.append(("language", f"{accuracy(ours, 'language'):.3f}", "not asked"))
    yield _rows(rows)
    yield "## Page by page"
    head: tuple[str, ...] = ("page", "F1", "library", "not as it is")
    yield _rows(
        [
            head,
            *(
                (mine.name, f"{mine.f1:.3f}", f"{its.f1:.3f}", _wrong(mine))
                for mine, its in zip(ours, alone, strict=True)
            ),
        ]
    )


def _wrong(score: Score) -> str:
    return ", ".join(fact for fact in FACTS if fact not in score.right)


def _rows(rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    count = lines[0].count("|") - 1
    return "\n".join([lines[0], "|---" + "|---:" * (count - 1) + "|", *lines[1:]])


if __name__ == "__main__":
    RESULTS.write_text("\n\n".join(_table()) + "\n", encoding="utf-8")

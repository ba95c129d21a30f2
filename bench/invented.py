"""Invents an archive of any size, the same each time, with the proportions of a real one.

For every 1,000 articles of 1,000 words there are 8,000 annotations, 300 claims, 300 entities and 100 events. An archive
ten times as large has ten times as many of each, so that what an article costs can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import yaml

from bench.words import Sentence, heading, names, sentence, spellings

__all__ = ["ANNOTATIONS_EACH", "WORDS_EACH", "File", "Invented"]

WORDS_EACH = 1_000
ANNOTATIONS_EACH = 8
ARTICLES_PER_EVENT = 10
PER_THOUSAND = 300
OUTLETS = 40

# How often there is what is not everywhere.
EMPHASIS, LINK, NAME, LIST, QUOTATION = 0.08, 0.05, 0.2, 0.3, 0.4
ATTRIBUTION, EVIDENCE, FORMATTED_NOTE = 0.6, 0.3, 0.2

File = tuple[str, str]
"""A path from the root of the archive, and the text."""

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SCHEMA = "# yaml-language-server: $schema=../../archive_builder/schemas"


@dataclass(frozen=True)
class Invented:
    """An archive of so many articles."""

    articles: int

    @cached_property
    def names(self) -> tuple[str, ...]:
        return names(Random("names"), self.others)

    @property
    def others(self) -> int:
        """How many claims there are, and how many entities."""
        return max(self.articles * PER_THOUSAND // 1_000, 1)

    @property
    def events(self) -> int:
        return -(-self.articles // ARTICLES_PER_EVENT)

    def records(self) -> Iterator[File]:
        """The claims, events, entities and outlets."""
        for number in range(self.others):
            yield _document("claim", f"claims/claim-{number}", self._claim(number), _prose(f"claim {number}", 2))
            yield _document("entity", f"entities/entity-{number}", self._entity(number), "")
        for number in range(self.events):
            yield _document("event", f"events/event-{number}", self._event(number), _prose(f"event {number}", 2))
        for number in range(OUTLETS):
            yield _document("outlet", f"outlets/outlet-{number}", _outlet(number), _prose(f"outlet {number}", 1))

    def written(self) -> Iterator[tuple[File, str, list[File]]]:
        """Each article's file, its title and Markdown alone, and the files of its annotations."""
        for number in range(self.articles):
            random = Random(f"article {number}")
            text = _Text(random, self.names)
            title = f"{heading(random)}, report {number}"
            file = _document("article", f"articles/article-{number}", self._article(number, title), text.markdown)
            passages = text.passages(ANNOTATIONS_EACH)
            notes = [self._annotation(number, index, exact, random) for index, exact in enumerate(passages)]
            yield file, f"---\ntitle: {title}\n---\n\n{text.markdown}", notes

    def _article(self, number: int, title: str) -> dict[str, object]:
        random = Random(f"record {number}")
        return {
            "title": title,
            "outlet": f"outlet-{number % OUTLETS}",
            "authors": [random.choice(self.names)],
            "published": _day(random),
            "language": "en",
            "url": f"https://example.org/{number}",
            "words": WORDS_EACH,
            "rights": "CC-BY",
            "display": "full",
            "events": [f"event-{number // ARTICLES_PER_EVENT}"],
            "summary": _prose(f"summary {number}", 2),
        }

    def _annotation(self, article: int, index: int, exact: str, random: Random) -> File:
        claim = self._claim_of(article, index, random)
        note = str(sentence(random)) + " It is told otherwise elsewhere."
        if random.random() < FORMATTED_NOTE:
            note += f" See *{random.choice(self.names)}* and [the report](https://example.org/reports)."
        keys: dict[str, object] = {
            "target": {"exact": exact},
            "claim": f"claim-{claim}",
            "stance": random.choices(("asserts", "denies", "doubts"), (8, 1, 1))[0],
            "kind": random.choice(("dispute", "error", "context", "language", "source")),
            "note": note,
            "by": random.choice(("archive-team", "a-contributor")),
            "created": _day(random),
        }
        if _has_measure(claim):
            keys["value"] = random.choice(("{0}", "~{0}", "{0}..{1}")).format(claim + random.randrange(3), claim + 20)
        if random.random() < ATTRIBUTION:
            keys["attribution"] = [f"entity-{random.randrange(self.others)}" for _ in range(random.randint(1, 2))]
        if random.random() < EVIDENCE:
            keys["evidence"] = [random.choice((_reported(random), self._witnessed(random)))]
        return f"annotations/article-{article}/note-{index}.yml", f"{SCHEMA}/annotation.json\n{_yaml(keys)}"

    def _claim_of(self, article: int, index: int, random: Random) -> int:
        """Most passages bear on the claims about their article's event, the others on any."""
        if index < ANNOTATIONS_EACH // 2:
            return (article // ARTICLES_PER_EVENT + index % 3 * self.events) % self.others
        return random.randrange(self.others)

    def _claim(self, number: int) -> dict[str, object]:
        random = Random(f"claim record {number}")
        measure = {"measure": {"quantity": "soldiers wounded"}} if _has_measure(number) else {}
        return {
            "title": f"How was {heading(random).lower()} reported ({number})?",
            "statement": str(sentence(random)),
            "event": f"event-{number % self.events}",
            **measure,
            "evidence": [_reported(random)] if number % 3 == 0 else [],
        }

    def _event(self, number: int) -> dict[str, object]:
        random = Random(f"event record {number}")
        return {
            "title": f"{heading(random)}, {number}",
            "date": _day(random),
            "place": f"entity-{random.randrange(self.others)}",
            "summary": _prose(f"event summary {number}", 2),
            "evidence": [_reported(random)],
        }

    def _entity(self, number: int) -> dict[str, object]:
        name = self.names[number]
        speaks = {"speaks_for": f"entity-{number // 2}"} if number % 2 else {}
        return {
            "name": name,
            "type": ("person", "place", "organisation")[number % 3],
            "aliases": list(spellings(name)),
            "description": _prose(f"entity {number}", 1),
            **speaks,
        }

    def _witnessed(self, random: Random) -> dict[str, str]:
        article, note = random.randrange(self.articles), random.randrange(ANNOTATIONS_EACH)
        return {"relation": "disputes", "annotation": f"article-{article}/note-{note}"}


class _Text:
    """An article's Markdown, and its sentences as a reader sees them."""

    def __init__(self, random: Random, known: tuple[str, ...]) -> None:
        self.random = random
        self.known = known
        self.shown: list[Sentence] = []
        self.left = WORDS_EACH
        self.markdown = "\n\n".join(self._blocks()) + "\n"

    def passages(self, count: int) -> list[str]:
        """Passages of six to twelve words that occur once each."""
        text = " ".join(map(str, self.shown))
        chosen = self.random.sample(self.shown[:-1], count)
        return [self._passage(words, text) for words in chosen]

    def _passage(self, words: Sentence, text: str) -> str:
        length = self.random.randint(6, 12)
        start = self.random.randrange(max(len(words) - length, 1))
        passage = " ".join(words[start : start + length]).rstrip(".")
        return passage if text.count(passage) == 1 else str(words)

    def _blocks(self) -> Iterator[str]:
        block = 0
        while self.left:
            block += 1
            if block in (5, 10):
                yield f"## {self._heading()}"
            yield self._paragraph()
            if block == 3 and self.random.random() < LIST:
                yield "\n".join(f"- {self._sentence()}" for _ in range(3) if self.left)
            if block == 6 and self.random.random() < QUOTATION and self.left:
                yield f"> {self._sentence()}"

    def _heading(self) -> str:
        words = heading(self.random).split()[: self.left]
        self.left -= len(words)
        return " ".join(words)

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self.random.randint(2, 4)) if self.left)

    def _sentence(self) -> str:
        name = self.random.choice(self.known) if self.random.random() < NAME else None
        words = Sentence(sentence(self.random, name)[: self.left])
        self.left -= len(words)
        self.shown.append(words)
        return " ".join(self._marked(words))

    def _marked(self, words: Sentence) -> Iterator[str]:
        """The words with emphasis on some, and a link on others."""
        if self.random.random() < EMPHASIS and len(words) > 8:
            sign = self.random.choice(("*", "**"))
            return iter((*words[:2], sign + words[2], words[3] + sign, *words[4:]))
        if self.random.random() < LINK and len(words) > 8:
            return iter((*words[:5], "[" + words[5], words[6] + "](https://example.org/source)", *words[7:]))
        return iter(words)


def _outlet(number: int) -> dict[str, object]:
    random = Random(f"outlet record {number}")
    kind = random.choice(("news-agency", "newspaper", "news-site", "magazine", "blog"))
    return {"name": f"The {heading(random).split()[2]} Post {number}".title(), "type": kind, "language": "en"}


def _reported(random: Random) -> dict[str, str]:
    return {
        "relation": random.choice(("supports", "disputes", "context")),
        "url": f"https://example.org/reports/{random.randrange(10_000)}",
        "outlet": "Wire Service",
        "published": _day(random),
        "states": str(sentence(random)),
    }


def _has_measure(claim: int) -> bool:
    return claim % 3 < 2


def _day(random: Random) -> str:
    return f"{random.randint(2015, 2024)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def _prose(seed: str, sentences: int) -> str:
    random = Random(seed)
    return " ".join(str(sentence(random)) for _ in range(sentences))


def _document(kind: str, path: str, keys: dict[str, object], body: str) -> File:
    return f"content/{path}.md", f"---\n{SCHEMA}/{kind}.json\n{_yaml(keys)}---\n\n{body}"


def _yaml(keys: dict[str, object]) -> str:
    text: str = yaml.dump(keys, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=100)
    return text

"""Learns from Pagefind under which words of its index a word of a text is found.

Pagefind is given every different word of a language once, in one record, and what it makes of it is read back: the
stem, the parts of *cease-fire*, how much a part weighs. So its rules are those of the version that is installed, and
the program that searches in the browser has the same; but a text of a million words, of which fifty thousand are
different, does not go through it. Words are known by numbers: a text is parted once, and kept as a list of them.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive_builder.ordering import Unreadable, decode
from archive_builder.pagefind import Pagefind
from archive_builder.searching import bare

__all__ = ["SEVERAL", "WHOLE", "Lexicon", "Vocabulary", "learn", "words_of"]

ENTRY = "pagefind-entry.json"
PROGRAM = "pagefind.js"
INSTANCE, EXPORT = b"var PagefindInstance=class{", b"export{PagefindInstance};"
"""What it calls the index of one part, and keeps to itself."""
INSTRUCTION = "_PAGEFIND_"
UNKNOWN = "unknown"
"""The rules for languages that Pagefind has none for."""
WHOLE = 24
"""What a word weighs of which nothing is known; the parts of a word share it."""
SEVERAL = ""
"""Stands where a word is found under several, or none."""

Term = str
"""A word of the index: a stem, and where a letter of it is written otherwise, that form of it after a zero."""


class Vocabulary(dict[str, int]):
    """The words of a language by their numbers, which they are given as they are met."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def read(self, text: str) -> array[int]:
        """The text as the numbers of its words."""
        return array("I", map(self.__getitem__, words_of(text)))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of the words of a language."""

    vocabulary: Vocabulary
    terms: Sequence[Term]
    """Under what each word is found at its whole weight, by its number; SEVERAL for the others."""
    several: Mapping[int, Sequence[tuple[Term, int]]]
    """Under what the others are found, and what each of it weighs."""
    version: str
    letters: Sequence[str]
    """What Pagefind takes for letters besides letters, the same in all languages."""
    rules: str
    """Which rules these are."""
    programs: Mapping[str, bytes]
    """The files of the program and of the rules."""


def words_of(text: str) -> list[str]:
    """A text in words, as Pagefind parts it, but for what its own reader of HTML leaves in texts for its indexer."""
    words = bare(text).split()
    return [word for word in words if INSTRUCTION not in word] if INSTRUCTION in text else words


def learn(pagefind: Pagefind, language: str, vocabulary: Vocabulary) -> Lexicon:
    """Have Pagefind index these words; ``language`` is a tag that it need not have heard of."""
    words = sorted(vocabulary)
    number = pagefind.new_index()
    pagefind.add(number, url="/", content=" ".join(words), language=language, meta={})
    files = pagefind.files(number)
    found: dict[int, list[tuple[Term, int]]] = defaultdict(list)
    for path, data in sorted(files.items()):
        if path.startswith("index/"):
            for term, place, weight in _places(data):
                found[place].append((term, weight))
    terms, several = [SEVERAL] * len(words), {}
    for place, word in enumerate(words):
        match found[place]:
            case [(term, weight)] if weight == WHOLE:
                terms[vocabulary[word]] = term
            case own:
                several[vocabulary[word]] = tuple(own)
    entry = json.loads(files[ENTRY])
    told = entry["languages"][language]
    rules = language.partition("-")[0] if told["wasm"] else UNKNOWN
    programs = {
        PROGRAM: _opened(files[PROGRAM]),
        f"wasm.{rules}.pagefind": files[f"wasm.{told['wasm'] or UNKNOWN}.pagefind"],
    }
    return Lexicon(vocabulary, terms, several, _version(files), entry["include_characters"], rules, programs)


def _opened(program: bytes) -> bytes:
    """The program with its index of one part among what it exports: ``assets/search/part.js`` asks each by itself."""
    if INSTANCE not in program:
        raise Unreadable("the program that searches is of an unknown form")
    return program + EXPORT


def _version(files: Mapping[str, bytes]) -> str:
    contents = [decode(data) for path, data in files.items() if path.endswith(".pf_meta")]
    match contents:
        case [[str(version), [[_, _]], [*_], [], [], []]]:
            return version
        case _:
            raise Unreadable("the index has a table of contents of an unknown form")


def _places(data: bytes) -> Iterator[tuple[Term, int, int]]:
    """Each word in a file, with every place where it stands and what it weighs there."""
    try:
        [words] = decode(data)
        for word, pages, variants in words:
            for term, held in ((word, pages), *((f"{word}\0{variant}", own) for variant, own in variants)):
                for _, places, _ in held:
                    yield from ((term, place, weight) for place, weight in _weighed(places))
    except (TypeError, ValueError):
        raise Unreadable("a file of the index's words is of an unknown form") from None


def _weighed(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places are told as steps; below zero stands what those after it weigh."""
    place = weight = 0
    for number in places:
        if number < 0:
            place, weight = 0, -1 - number
        else:
            place += number
            yield place, weight

"""Learns from Pagefind under which words of its index a word of a text is found.

Pagefind is given every different word of a language once, in one record, and what it makes of it is read back: the
stem, the parts of *cease-fire*, how much a part weighs. So its rules are those of the version that is installed, and
the program that searches in the browser has the same; but a text of a million words, of which fifty thousand are
different, does not go through it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive_builder.ordering import Unreadable, decode
from archive_builder.pagefind import Pagefind

__all__ = ["SEVERAL", "WHOLE", "Lexicon", "learn"]

ENTRY = "pagefind-entry.json"
PROGRAM = "pagefind.js"
INSTANCE, EXPORT = b"var PagefindInstance=class{", b"export{PagefindInstance};"
"""What it calls the index of one part, and keeps to itself."""
UNKNOWN = "unknown"
"""The rules for languages that Pagefind has none for."""
WHOLE = 24
"""What a word weighs of which nothing is known; the parts of a word share it."""
SEVERAL = ""
"""Stands where a word is found under several, or none."""

Term = str
"""A word of the index: a stem, and where a letter of it is written otherwise, that form of it after a zero."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of the words of a language."""

    single: Mapping[str, Term]
    """Words that are found under one, at their whole weight; the others lead to SEVERAL."""
    several: Mapping[str, Sequence[tuple[Term, int]]]
    """The others, with what each of theirs weighs."""
    version: str
    letters: Sequence[str]
    """What Pagefind takes for letters besides letters, the same in all languages."""
    rules: str
    """Which rules these are."""
    programs: Mapping[str, bytes]
    """The files of the program and of the rules."""


def learn(pagefind: Pagefind, language: str, words: Collection[str]) -> Lexicon:
    """Have Pagefind index these words; ``language`` is a tag that it need not have heard of."""
    number = pagefind.new_index()
    pagefind.add(number, url="/", content=" ".join(words), language=language, meta={})
    files = pagefind.files(number)
    found: dict[int, list[tuple[Term, int]]] = defaultdict(list)
    for path, data in sorted(files.items()):
        if path.startswith("index/"):
            for term, place, weight in _places(data):
                found[place].append((term, weight))
    single, several = {}, {}
    for place, word in enumerate(words):
        match found[place]:
            case [(term, weight)] if weight == WHOLE:
                single[word] = term
            case own:
                single[word], several[word] = SEVERAL, tuple(own)
    entry = json.loads(files[ENTRY])
    told = entry["languages"][language]
    rules = language.partition("-")[0] if told["wasm"] else UNKNOWN
    programs = {
        PROGRAM: _opened(files[PROGRAM]),
        f"wasm.{rules}.pagefind": files[f"wasm.{told['wasm'] or UNKNOWN}.pagefind"],
    }
    return Lexicon(single, several, _version(files), entry["include_characters"], rules, programs)


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

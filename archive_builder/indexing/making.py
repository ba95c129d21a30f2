"""Makes an index: records in, the files that a browser asks for out.

Pagefind says under which words of the index a word of a text is found, and its program in the browser searches. What
lies between we write ourselves, as we know it already: where each word stands, what is drawn of a record, and what it
can be narrowed by. One folder holds every part of the index, under languages of private use, and the program that
loads them once for each language.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from archive_builder.indexing.chunking import chunks
from archive_builder.indexing.learning import Lexicon, Vocabulary, learn
from archive_builder.indexing.packing import EACH, filters, packs
from archive_builder.indexing.posting import Told, postings
from archive_builder.pagefind import Pagefind, program
from archive_builder.searching import Name, Part, unsigned

__all__ = ["make_index"]

MANIFEST = "archive.json"
FOLDERS = ("index", "filter", "record", "table")
NAMES_EACH = 150
"""How many spellings a page of names has: a query loads a page or two for each word."""


class _Read(NamedTuple):
    """A part with its records as words."""

    part: Part
    fields: Sequence[str]
    """What is told beside the texts; fields are known by their places in this list."""
    records: Sequence[Told]


def make_index(folder: Path, parts: Iterable[Part], names: Sequence[Name]) -> None:
    """Write the index into the folder; raise PagefindError where it cannot be made."""
    for kind in FOLDERS:
        (folder / kind).mkdir(exist_ok=True)
    vocabularies: dict[str, Vocabulary] = defaultdict(Vocabulary)
    held = [_read(part, vocabularies[_language(part)]) for part in parts if part.records]
    digest = sha256()
    for name in names:
        digest.update(f"{name}".encode())
    lexicons = _lexicons(vocabularies)
    for together in _together(held):
        for path, data in _files(together, lexicons[_language(together[0].part)]):
            digest.update(data)
            (folder / path).write_bytes(data)
    for lexicon in lexicons.values():
        for path, data in lexicon.programs.items():
            (folder / path).write_bytes(data)
    _write_manifest(folder, held, lexicons, names, digest.hexdigest()[:10])


def _read(part: Part, vocabulary: Vocabulary) -> _Read:
    fields = sorted({name for record in part.records for name in record.meta})
    numbers = {name: number for number, name in enumerate(fields)}
    records = []
    for record in part.records:
        beside = sorted((numbers[name], value) for name, value in record.meta.items())
        records.append(Told(vocabulary.read(unsigned(record.content)), beside))
    for value in dict.fromkeys(value for record in part.records for value in record.meta.values()):
        vocabulary.read(value)
    return _Read(part, fields, records)


def _lexicons(vocabularies: Mapping[str, Vocabulary]) -> dict[str, Lexicon]:
    """Every language with what Pagefind knows of its words."""
    with Pagefind(program()) as pagefind:
        return {language: learn(pagefind, f"{language}-x", words) for language, words in vocabularies.items()}


def _language(part: Part) -> str:
    return part.key.partition("-")[0]


def _together(held: Sequence[_Read]) -> Iterator[list[_Read]]:
    """The parts that are always loaded together: those of the articles in one language; each other one by itself."""
    for _, own in groupby(held, key=lambda read: _family(read.part) if read.part.exact else read.part.key):
        yield list(own)


def _family(part: Part) -> str:
    return part.key.rstrip("0123456789")


def _table(together: Sequence[_Read]) -> str:
    """Under which name these parts have their words."""
    first = together[0].part
    return first.key if len(together) == 1 else _family(first)


def _files(together: Sequence[_Read], lexicon: Lexicon) -> Iterator[tuple[str, bytes]]:
    """The files of parts that are loaded together, in one order."""
    shared: list[Sequence[tuple[str, bytes]]] = []
    tables: list[Mapping[str, object]] = []
    for part, fields, records in together:
        every, first = postings(records, lexicon, are_long=part.exact is not None)
        narrowing = filters(part.key, part.records)
        yield from ((f"filter/{name}.pf_filter", data) for name, data in narrowing.values())
        told: Mapping[str, object] = {
            "lengths": [len(record.words) for record in records],
            "filters": [[title, name] for title, (name, _) in narrowing.items()],
            "fields": fields,
        }
        if part.exact:
            yield from _words(part.exact, [every], [told], lexicon)
        shared.append(list(first if part.exact else every))
        tables.append(told)
        yield from packs(part)
    yield from _words(_table(together), shared, tables, lexicon)


def _words(
    key: str, parts: Sequence[Iterable[tuple[str, bytes]]], tables: Sequence[object], lexicon: Lexicon
) -> Iterator[tuple[str, bytes]]:
    """The words of parts, and their table of contents.

    As every reader loads it, it tells only what cannot be counted: ``assets/search/table.js`` names records and files
    by their numbers, and makes of it what Pagefind's program reads.
    """
    ends, files = chunks(key, parts)
    yield from ((f"index/{name}.pf_index", data) for name, data in files.items())
    told = {
        "version": lexicon.version,
        "ends": [end for first, last, _ in ends for end in (first, last)],
        "parts": tables,
    }
    yield f"table/{key}.json", _json(told)


def _write_manifest(
    folder: Path, held: Sequence[_Read], lexicons: Mapping[str, Lexicon], names: Sequence[Name], tag: str
) -> None:
    """What the browser asks for first: which parts there are, and where the names are.

    The tag changes with whatever is in the index, so that no cache mixes two.
    """
    pages = []
    for number, start in enumerate(range(0, len(names), NAMES_EACH)):
        rows = [[name.folded, name.word, name.written] for name in names[start : start + NAMES_EACH]]
        (folder / f"names-{number}.json").write_bytes(_json(rows))
        pages.append(rows[0][0])
    told = [
        {
            "key": part.key,
            "table": _table(together),
            "piece": piece,
            "exact": part.exact,
            "group": part.group,
            "rules": lexicons[_language(part)].rules,
            "packed": EACH[part.group],
            "records": len(part.records),
            "years": part.years,
        }
        for together in _together(held)
        for piece, (part, _, _) in enumerate(together)
    ]
    letters = next((lexicon.letters for lexicon in lexicons.values()), ())
    (folder / MANIFEST).write_bytes(_json({"tag": tag, "letters": letters, "parts": told, "names": pages}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

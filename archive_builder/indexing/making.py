"""Makes an index: records in, the files that a browser asks for out.

Pagefind says under which words of the index a word of a text is found, and its program in the browser searches. What
lies between we write ourselves, as we know it already: where each word stands, what is drawn of a record, and what it
can be narrowed by. One folder holds every part of the index, under languages of private use, and the program that
loads them once for each language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from archive_builder.indexing.chunking import chunks
from archive_builder.indexing.learning import ENTRY, Lexicon, learn
from archive_builder.indexing.packing import EACH, filters, packs
from archive_builder.indexing.posting import Told, postings, words_of
from archive_builder.ordering import encode
from archive_builder.pagefind import Pagefind, program
from archive_builder.searching import Name, Part, unsigned

__all__ = ["make_index"]

MANIFEST = "archive.json"
NAMES_EACH = 150
"""How many spellings a page of names has: a query loads a page or two for each word."""


def make_index(folder: Path, parts: Iterable[Part], names: Sequence[Name]) -> None:
    """Write the index into the folder; raise PagefindError where it cannot be made."""
    held = [part for part in parts if part.records]
    digest = sha256()
    for name in names:
        digest.update(f"{name}".encode())
    lexicons = _lexicons(held)
    languages: dict[str, Any] = {}
    for part in held:
        lexicon = lexicons[_language(part)]
        for path, data in _files(part, lexicon, languages):
            digest.update(data)
            _write(folder / path, data)
    for lexicon in lexicons.values():
        for path, data in lexicon.programs.items():
            _write(folder / path, data)
        _write(folder / ENTRY, _json({**lexicon.entry, "languages": dict(sorted(languages.items()))}))
    rules = {language: lexicon.rules for language, lexicon in lexicons.items()}
    _write_manifest(folder, held, rules, names, digest.hexdigest()[:10])


def _lexicons(parts: Sequence[Part]) -> dict[str, Lexicon]:
    """Every language with what Pagefind knows of its words."""
    vocabulary: dict[str, set[str]] = {}
    for part in parts:
        own = vocabulary.setdefault(_language(part), set())
        for told in _told(part):
            own.update(told.words, *(words_of(value) for _, value in told.beside))
    with Pagefind(program()) as pagefind:
        return {language: learn(pagefind, f"{language}-x", sorted(words)) for language, words in vocabulary.items()}


def _language(part: Part) -> str:
    return part.key.partition("-")[0]


def _fields(part: Part) -> list[str]:
    """What is told beside the texts of a part; its fields are known by their places in this list."""
    return sorted({name for record in part.records for name in record.meta})


def _told(part: Part) -> Iterator[Told]:
    numbers = {name: number for number, name in enumerate(_fields(part))}
    for record in part.records:
        beside = sorted((numbers[name], value) for name, value in record.meta.items())
        yield Told(words_of(unsigned(record.content)), beside)


def _files(part: Part, lexicon: Lexicon, languages: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files of a part, in one order; what the program must know of it is put among the languages."""
    lengths: list[int] = []
    every, first = postings(_counted(part, lengths), lexicon, are_long=part.exact is not None)
    narrowing = filters(part.key, part.records)
    yield from ((f"filter/{name}.pf_filter", data) for name, data in narrowing.values())
    named = [[title, name] for title, (name, _) in narrowing.items()]
    for key, words in ((part.key, first), (part.exact, every)) if part.exact else ((part.key, every),):
        ends, files = chunks(key, words)
        yield from ((f"index/{name}.pf_index", data) for name, data in files.items())
        # Records are named by their number: every reader loads the names, and digests would make most of them.
        records = [[f"{key}_{number:x}", length] for number, length in enumerate(lengths)]
        table = encode([lexicon.version, records, ends, named, [], _fields(part)])
        digest = f"{key}_{sha256(table).hexdigest()[:12]}"
        languages[key] = {"hash": digest, "wasm": lexicon.rules, "page_count": len(lengths)}
        yield f"pagefind.{digest}.pf_meta", table
    yield from packs(part)


def _counted(part: Part, lengths: list[int]) -> Iterator[Told]:
    for told in _told(part):
        lengths.append(len(told.words))
        yield told


def _write_manifest(
    folder: Path, parts: Sequence[Part], rules: Mapping[str, str], names: Sequence[Name], tag: str
) -> None:
    """What the browser asks for first: which parts there are, and where the names are.

    The tag changes with whatever is in the index, so that no cache mixes two.
    """
    pages = []
    for number, start in enumerate(range(0, len(names), NAMES_EACH)):
        rows = [[name.folded, name.word, name.written] for name in names[start : start + NAMES_EACH]]
        _write(folder / f"names-{number}.json", _json(rows))
        pages.append(rows[0][0])
    told = [
        {
            "key": part.key,
            "exact": part.exact,
            "group": part.group,
            "rules": rules[_language(part)],
            "packed": EACH[part.group],
            "records": len(part.records),
            "years": part.years,
        }
        for part in parts
    ]
    _write(folder / MANIFEST, _json({"tag": tag, "parts": told, "names": pages}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)

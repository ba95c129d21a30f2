"""Makes an index: records in, the files that a browser asks for out.

Pagefind is told only what is searched. What is drawn of a record and what it can be narrowed by we write ourselves, as
we know both already, and Pagefind would copy them to and fro. One folder holds every part of the index, under languages
of private use, and the program that loads them once for each language. What Pagefind brings for pages of its own is
left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from archive_builder.indexing.chunking import cut
from archive_builder.indexing.packing import EACH, filters, packs
from archive_builder.ordering import Contents, number_of
from archive_builder.pagefind import Pagefind, program
from archive_builder.searching import Name, Part, bare, unsigned

__all__ = ["make_index"]

ENTRY = "pagefind-entry.json"
MANIFEST = "archive.json"
UNKNOWN = "unknown"
"""The rules for languages that Pagefind has none for."""
PROGRAM = "pagefind.js"
BATCH = 20_000_000
"""How much text, in code points, Pagefind holds at once: about a gigabyte of memory."""
NAMES_EACH = 150
"""How many spellings a page of names has: a query loads a page or two for each word."""
LARGE = 20_000
"""An index of more records than this is cut into smaller files; a smaller one is sooner made than read."""


def make_index(folder: Path, parts: Iterable[Part], names: Sequence[Name]) -> None:
    """Write the index into the folder; raise PagefindError where it cannot be made."""
    held = [part for part in parts if part.records]
    languages: dict[str, Any] = {}
    entry: dict[str, Any] = {"languages": {}}
    digest = sha256()
    is_large = sum(len(part.records) for part in held) > LARGE
    for name in names:
        digest.update(f"{name}".encode())
    with Pagefind(program()) as pagefind:
        for batch in _batches(held):
            number = pagefind.new_index()
            for part in batch:
                _add(pagefind, number, part)
            files = pagefind.files(number)
            entry = json.loads(files[ENTRY])
            for path, data in _kept(files, batch, entry["languages"], is_large=is_large):
                digest.update(data)
                _write(folder / path, data)
            languages |= entry["languages"]
    _write(folder / ENTRY, _json({**entry, "languages": dict(sorted(languages.items()))}))
    _write_manifest(folder, held, languages, names, digest.hexdigest()[:10])


def _batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts in runs of what Pagefind holds at once."""
    batch: list[Part] = []
    size = 0
    for part in parts:
        own = sum(len(record.content) for record in part.records)
        if batch and size + own > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += own
    if batch:
        yield batch


def _add(pagefind: Pagefind, index: int, part: Part) -> None:
    """Each record under its number as address, by which it is known again; Pagefind has one record for an address."""
    for number, record in enumerate(part.records):
        meta = {name: bare(value) for name, value in record.meta.items()}
        content = bare(unsigned(record.content))
        pagefind.add(index, url=f"{part.key}/{number:x}", content=content, language=part.key, meta=meta)


def _kept(
    files: Mapping[str, bytes], parts: Sequence[Part], languages: dict[str, Any], *, is_large: bool
) -> Iterator[tuple[str, bytes]]:
    """The files that the site keeps, in one order: each language's rules once, and nothing of Pagefind's own pages."""
    yield PROGRAM, files[PROGRAM]
    for part in parts:
        if part.key not in languages:  # there was not a word in any of its records
            continue
        held = languages[part.key]
        held["wasm"], rules = (_primary(part.key) if held["wasm"] else UNKNOWN), held["wasm"] or UNKNOWN
        yield f"wasm.{held['wasm']}.pagefind", files[f"wasm.{rules}.pagefind"]
        own = {path: data for path, data in files.items() if path.partition("/")[2].startswith(f"{part.key}_")}
        contents = Contents.read(files[f"pagefind.{held['hash']}.pf_meta"])
        numbers = [number_of(own[f"fragment/{name}.pf_fragment"]) for name in contents.records]
        records = [part.records[number] for number in numbers]
        narrowing = filters(part.key, records)
        words = {Path(path).stem: data for path, data in own.items() if path.startswith("index/")}
        chunks, words = cut(part.key, contents.chunks, words) if is_large else (contents.chunks, words)
        yield from sorted((f"index/{name}.pf_index", data) for name, data in words.items())
        yield from ((f"filter/{name}.pf_filter", data) for name, data in narrowing.values())
        table = contents.written(part.key, chunks, {title: name for title, (name, _) in narrowing.items()})
        held["hash"] = f"{part.key}_{sha256(table).hexdigest()[:12]}"
        yield f"pagefind.{held['hash']}.pf_meta", table
        yield from packs(part, records)


def _write_manifest(
    folder: Path, parts: Sequence[Part], languages: Mapping[str, Any], names: Sequence[Name], tag: str
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
            "group": part.group,
            "rules": languages[part.key]["wasm"],
            "packed": EACH[part.group],
            "years": part.years,
        }
        for part in parts
        if part.key in languages
    ]
    _write(folder / MANIFEST, _json({"tag": tag, "parts": told, "names": pages}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def _primary(key: str) -> str:
    return key.partition("-")[0]

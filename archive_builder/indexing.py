"""Has an archive indexed by Pagefind beside whatever else is done, and puts the index into the site.

Pagefind is a process of its own, fed from a thread: a build renders its pages meanwhile. While an archive is served
the index follows behind: the page is shown at once, the index before serves until the next is ready, and of several
saves in a row only the last is indexed.

One folder holds every part of the index, under languages of private use, and the program that loads them once for each
language. What Pagefind brings for pages of its own is left out.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from archive_builder.ordering import SIGNATURE, Unreadable, settled
from archive_builder.pagefind import Pagefind, PagefindError, program
from archive_builder.searching import Name, Part

__all__ = ["FOLDER", "Index", "Indexed", "Sources", "index"]

FOLDER = "pagefind"
"""Where the index lies, from the top of the site."""
# MkDocs leaves hidden folders of the site alone.
UNDER_WAY, KEPT_ASIDE = f".{FOLDER}", f".{FOLDER}-before"
ENTRY = "pagefind-entry.json"
MANIFEST = "archive.json"
UNKNOWN = "unknown"
"""The rules for languages that Pagefind has none for."""
PROGRAM = "pagefind.js"
LONG = ("articles", "pages")
"""What has long texts: each record of these has a file of its own."""
PACKED_EACH = 8
BATCH = 20_000_000
"""How much text, in code points, Pagefind holds at once: about a gigabyte of memory."""
NAMES_EACH = 500
"""How many spellings a page of names has: a query loads a page or two for each word."""

Sources = Callable[[], tuple[Iterable[Part], Sequence[Name]]]
"""What is to be indexed, worked out in the thread that indexes it."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What has become of an index."""

    folder: Path | None
    """Where it lies; None where there is none."""
    problem: str | None = None


def index(folder: Path, parts: Iterable[Part], names: Sequence[Name]) -> None:
    """Write the index into the folder; raise PagefindError where it cannot be made."""
    held = [part for part in parts if part.records]
    languages: dict[str, Any] = {}
    entry: dict[str, Any] = {"languages": {}}
    with Pagefind(program()) as pagefind:
        for batch in _batches(held):
            number = pagefind.new_index()
            for part in batch:
                _add(pagefind, number, part)
            files = pagefind.files(number)
            entry = json.loads(files[ENTRY])
            for path, data in _kept(files, batch, entry["languages"]):
                _write(folder / path, data)
            languages |= entry["languages"]
    _write(folder / ENTRY, _json({**entry, "languages": dict(sorted(languages.items()))}))
    _write_manifest(folder, held, languages, names)


class Index:
    """The index of a site that is built, or built again and again."""

    def __init__(self) -> None:
        self._thread: Thread | None = None
        self._done = Indexed(None)
        self._asked: tuple[Sources, Path] | None = None
        self._bell = Condition()

    def begin(self, sources: Sources, site: Path) -> None:
        """Begin to index, beside the build of a site."""
        self._thread = Thread(target=self._run, args=(sources, site), name="search index")
        self._thread.start()

    def finish(self, site: Path) -> str | None:
        """Wait for what was begun and put it into the site; the problem, where there is one."""
        if self._thread is None:
            return None
        self._thread.join()
        self._thread = None
        return self._place(site)

    def abandon(self) -> None:
        """Wait for what was begun and throw it away: the build failed."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            if self._done.folder:
                shutil.rmtree(self._done.folder, ignore_errors=True)

    def keep(self, site: Path) -> None:
        """Put the index aside before the site is cleaned, so that it serves until the next is ready."""
        if (site / FOLDER).is_dir():
            shutil.rmtree(site / KEPT_ASIDE, ignore_errors=True)
            (site / FOLDER).rename(site / KEPT_ASIDE)

    def restore(self, site: Path) -> None:
        """Put back what was put aside."""
        if (site / KEPT_ASIDE).is_dir():
            shutil.rmtree(site / FOLDER, ignore_errors=True)
            (site / KEPT_ASIDE).rename(site / FOLDER)

    def follow(self, sources: Sources, site: Path, tell: Callable[[str | None], None]) -> None:
        """Index in the background once what is under way is done; what was asked for in between is skipped."""
        with self._bell:
            self._asked = (sources, site)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._keep_up, args=(tell,), name="search index", daemon=True)
                self._thread.start()

    def _keep_up(self, tell: Callable[[str | None], None]) -> None:
        while True:
            with self._bell:
                asked, self._asked = self._asked, None
                if asked is None:
                    self._thread = None
                    return
            sources, site = asked
            self._run(sources, site)
            if site.is_dir():
                tell(self._place(site))

    def _run(self, sources: Sources, site: Path) -> None:
        folder = site / UNDER_WAY
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            index(folder, *sources())
            self._done = Indexed(folder)
        except (PagefindError, Unreadable, OSError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            self._done = Indexed(None, str(error))

    def _place(self, site: Path) -> str | None:
        done, self._done = self._done, Indexed(None)
        if done.folder is None:
            return done.problem
        shutil.rmtree(site / FOLDER, ignore_errors=True)
        done.folder.rename(site / FOLDER)
        return None


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


def _add(pagefind: Pagefind, number: int, part: Part) -> None:
    for record in part.records:
        pagefind.add(
            number,
            url=record.url,
            content=record.content,
            language=part.key,
            meta=record.meta,
            filters=record.filters,
        )


def _kept(files: Mapping[str, bytes], parts: Sequence[Part], languages: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files that the site keeps, in one order: each language's rules once, and nothing of Pagefind's own pages."""
    yield PROGRAM, files[PROGRAM]
    for part in parts:
        if part.key not in languages:  # there was not a word in any of its records
            continue
        held = languages[part.key]
        held["wasm"], rules = (_primary(part.key) if held["wasm"] else UNKNOWN), held["wasm"] or UNKNOWN
        yield f"wasm.{held['wasm']}.pagefind", files[f"wasm.{rules}.pagefind"]
        own = {path: data for path, data in files.items() if path.partition("/")[2].startswith(f"{part.key}_")}
        filters = {Path(path).stem: data for path, data in own.items() if path.startswith("filter/")}
        order = settled(files[f"pagefind.{held['hash']}.pf_meta"], filters)
        held["hash"] = f"{part.key}_{sha256(order.contents).hexdigest()[:12]}"
        yield f"pagefind.{held['hash']}.pf_meta", order.contents
        yield from ((f"filter/{name}.pf_filter", data) for name, data in order.filters.items())
        yield from ((path, data) for path, data in own.items() if path.startswith("index/"))
        records = ((new, own[f"fragment/{old}.pf_fragment"]) for old, new in order.records.items())
        if part.group in LONG:
            yield from ((f"fragment/{name}.pf_fragment", data) for name, data in records)
        else:
            yield from _packed(part.key, tuple(records))


def _packed(key: str, records: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Short records in a few files rather than tens of thousands; ``assets/search/worker.js`` finds them alike."""
    for start in range(0, len(records), PACKED_EACH):
        texts = [gzip.decompress(data).removeprefix(SIGNATURE) for _, data in records[start : start + PACKED_EACH]]
        yield f"fragment/{key}-{start // PACKED_EACH}.json", b"[%s]" % b",".join(texts)


def _write_manifest(folder: Path, parts: Sequence[Part], languages: Mapping[str, Any], names: Sequence[Name]) -> None:
    """What the browser asks for first: which parts there are, and where the names are."""
    pages = []
    for start in range(0, len(names), NAMES_EACH):
        rows = [[name.folded, name.word, name.written] for name in names[start : start + NAMES_EACH]]
        data = _json(rows)
        file = f"names-{sha256(data).hexdigest()[:10]}.json"
        _write(folder / file, data)
        pages.append({"file": file, "first": rows[0][0]})
    told = [
        {
            "key": part.key,
            "group": part.group,
            "rules": languages[part.key]["wasm"],
            "packed": 0 if part.group in LONG else PACKED_EACH,
            "years": part.years,
        }
        for part in parts
        if part.key in languages
    ]
    # Changes with every index, so that no cache mixes two.
    tag = sha256(json.dumps(languages, sort_keys=True).encode()).hexdigest()[:10]
    _write(folder / MANIFEST, _json({"tag": tag, "parts": told, "names": pages}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def _primary(key: str) -> str:
    return key.partition("-")[0]

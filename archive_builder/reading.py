"""Reads the files of an archive, given as paths and bytes, into records; what is wrong with a file leaves only it out.

content/articles/ID.md   content/claims/ID.md     content/events/ID.md
content/entities/ID.md   content/outlets/ID.md    annotations/ARTICLE-ID/NAME.yml
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from archive_builder.documents import Faulty, Tree, parse_document, parse_record, parse_yaml
from archive_builder.model import Annotation, Article, Claim, Entity, Event, Outlet, Record, is_device, is_slug
from archive_builder.problems import Code, Detail, Place, Problem, did_you_mean, quoted

__all__ = [
    "ANNOTATIONS",
    "CONTENT",
    "FOLDERS",
    "Library",
    "Reading",
    "is_record",
    "most_bytes",
    "path_of",
    "read_files",
    "suggestion",
]

CONTENT, ANNOTATIONS = "content", "annotations"
ARTICLES = f"{CONTENT}/articles/"
FOLDERS: dict[str, type[Record]] = {
    "articles": Article,
    "claims": Claim,
    "events": Event,
    "entities": Entity,
    "outlets": Outlet,
}

TEXT_BYTES = 20_000_000
YAML_BYTES = 200_000

# Embeddings, overrides and isolates of direction (U+202A to U+202E, U+2066 to U+2069): in UTF-8, as YAML escapes them,
# as HTML refers to them.
TURNING = re.compile(
    rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])"
    rb"|\\(?:u|U0000)(?P<escaped>202[a-eA-E]|206[6-9])"
    rb"|&#[xX]0*(?P<hexadecimal>202[a-eA-E]|206[6-9])\b|&#0*(?P<decimal>823[4-8]|829[4-7])\b"
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Library:
    """The records of an archive by kind and id, before they are joined."""

    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]
    events: Mapping[str, Event]
    entities: Mapping[str, Entity]
    outlets: Mapping[str, Outlet]
    annotations: Mapping[str, Annotation]
    """By ARTICLE/NAME."""
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(repr=False)
    """The files themselves, so that a fault found later can be told with its line."""

    def place(self, record: Record, *keys: str | int) -> Place:
        """Where the value under ``keys`` stands in the record's file."""
        try:
            return _tree(record.path, self.files[record.path])[0].place(keys)
        except (Faulty, KeyError):
            return Place(record.path, 1, 1)

    def body_line(self, record: Record) -> int:
        """The line on which the text below the front matter begins."""
        text = _decoded(self.files[record.path], record.path)
        return parse_document(text, record.path).body_line


def path_of(kind: type[Record], id: str) -> str:
    """Where the record ``id`` of a kind stands; annotations by ARTICLE/NAME."""
    if kind is Annotation:
        return f"{ANNOTATIONS}/{id}.yml"
    folder = next(name for name, held in FOLDERS.items() if held is kind)
    return f"{CONTENT}/{folder}/{id}.md"


def read_files(files: Mapping[str, bytes]) -> Library:
    """Read every file that belongs to an archive; others under ``content/`` are pages and are passed over."""
    return Reading(files).library()


class Reading:
    """The files of an archive while they are read: its articles can be had before all else is."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        kinds: tuple[type[Record], ...] = (*FOLDERS.values(), Annotation)
        self._records: dict[type[Record], dict[str, Record]] = {kind: {} for kind in kinds}
        self._problems: list[Problem] = []
        self._left = sorted(files)

    def articles(self) -> Mapping[str, Article]:
        """The articles, by id."""
        self._read(ARTICLES)
        return self._shelf(Article)

    def library(self) -> Library:
        """Every record."""
        self._read("")
        return Library(
            articles=self._shelf(Article),
            claims=self._shelf(Claim),
            events=self._shelf(Event),
            entities=self._shelf(Entity),
            outlets=self._shelf(Outlet),
            annotations=self._shelf(Annotation),
            problems=tuple(self._problems),
            files=self._files,
        )

    def _read(self, beginning: str) -> None:
        """Read what is left of the files whose path begins so."""
        chosen = [path for path in self._left if path.startswith(beginning)]
        self._left = [path for path in self._left if not path.startswith(beginning)]
        for path in chosen:
            try:
                found = _read(path, self._files[path])
                if found is not None:
                    self._shelve(*found)
                    self._problems += _turned(path, self._files[path])
            except Faulty as fault:
                self._problems += fault.problems

    def _shelve(self, key: str, record: Record) -> None:
        shelf = self._records[type(record)]
        if key in shelf:
            first = Detail("first", shelf[key].path)
            message, step = f"the id {quoted(key)} is taken by another file", "rename one of the two"
            raise Faulty(Problem(Code.ID_DUPLICATE, Place(record.path, 1, 1), message, step, (first,)))
        shelf[key] = record

    def _shelf(self, kind: type[R]) -> Mapping[str, R]:
        return cast("dict[str, R]", self._records[kind])


def is_record(path: str) -> bool:
    """Whether a file below ``content/`` is a record by where it stands; an index of a folder of them is none."""
    parts = path.split("/")
    return len(parts) > 2 and parts[1] in FOLDERS and path.endswith(".md") and parts[2:] != ["index.md"]


def most_bytes(path: str) -> int:
    """How many bytes a record's file may have."""
    return TEXT_BYTES if path.endswith(".md") else YAML_BYTES


def _read(path: str, data: bytes) -> tuple[str, Record] | None:
    """The record in a file, with its key; None where the file is no record."""
    parts = tuple(path.split("/"))
    if parts[0] == ANNOTATIONS:
        return _read_annotation(path, parts[1:], data)
    if not is_record(path):
        return None
    folder = parts[1]
    if len(parts) != 3:
        message = f"a file of {CONTENT}/{folder}/ stands in a folder below it"
        raise _at_the_top(Code.FILE_MISPLACED, path, message, f"move it to {CONTENT}/{folder}/{parts[-1]}")
    id = _id(parts[2].removesuffix(".md"), path)
    tree, body = _tree(path, data)
    return id, parse_record(FOLDERS[folder], id, tree, body)


def _read_annotation(path: str, parts: tuple[str, ...], data: bytes) -> tuple[str, Record] | None:
    if len(parts) != 2 or not path.endswith((".yml", ".yaml")):
        step = f"move it to {ANNOTATIONS}/ARTICLE-ID/NAME.yml, or out of {ANNOTATIONS}/"
        raise _at_the_top(Code.FILE_MISPLACED, path, "this is not where an annotation stands", step)
    article, name = _id(parts[0], path), _id(parts[1].rpartition(".")[0], path)
    tree, _ = _tree(path, data)
    return f"{article}/{name}", parse_record(Annotation, name, tree)


def _tree(path: str, data: bytes) -> tuple[Tree, str]:
    """The YAML of a file and the text below it."""
    is_document = path.endswith(".md")
    if len(data) > most_bytes(path):
        message = f"the file has {len(data):,} bytes, more than a record may"
        raise _at_the_top(Code.FILE_TOO_LARGE, path, message, "split it, or check that it is the right file")
    text = _decoded(data, path)
    if not is_document:
        return parse_yaml(text, path), ""
    document = parse_document(text, path)
    return parse_yaml(document.head, path, first_line=2), document.body


def _decoded(data: bytes, path: str) -> str:
    if not data or data.isspace():
        raise _at_the_top(Code.FILE_EMPTY, path, "the file is empty", "write it, or delete it")
    if b"\0" in data:
        message, step = "the file is binary, or in an encoding other than UTF-8", "save it as UTF-8 text"
        raise _at_the_top(Code.FILE_UNREADABLE, path, message, step)
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        place = Place(path, line, column)
        raise Faulty(Problem(Code.FILE_UNREADABLE, place, message, "save the file as UTF-8")) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _turned(path: str, data: bytes) -> Iterator[Problem]:
    """The first character of a file that turns the direction of text, where there is one."""
    # What one begins with is found several times as fast.
    may_turn = b"\xe2" in data or b"\\" in data or b"&#" in data
    if may_turn and (sign := TURNING.search(data)):
        before = data[: sign.start()].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the invisible character U+{_code_point(sign):04X} turns the direction of what follows"
        yield Problem(Code.TEXT_TURNED, place, message, "delete it: a browser sets each script in its own direction")


def _code_point(sign: re.Match[bytes]) -> int:
    if written := sign["escaped"] or sign["hexadecimal"]:
        return int(written, 16)
    return int(sign["decimal"]) if sign["decimal"] else ord(sign[0].decode())


def _id(name: str, path: str) -> str:
    if is_slug(name):
        return name
    if is_device(name):
        message = f"the name {quoted(name)} means a device on Windows, where no file can have it"
        raise _at_the_top(Code.NAME_NOT_A_SLUG, path, message, f"rename it, for example to {name}-1")
    near = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split())
    step = f"rename it, for example to {near}" if near else "rename it to lower-case letters, digits and hyphens"
    message = f"the name {quoted(name)} cannot be an id: lower-case letters, digits and single hyphens"
    raise _at_the_top(Code.NAME_NOT_A_SLUG, path, message, step)


def _at_the_top(code: Code, path: str, message: str, step: str) -> Faulty:
    return Faulty(Problem(code, Place(path, 1, 1), message, step))


def suggestion(word: str, known: Mapping[str, object], kind: type[Record]) -> str:
    """The next step for an id that is not there: the nearest one, or the file to write."""
    near = did_you_mean(word, known)
    return f"did you mean {near}?" if near else f"write {path_of(kind, word)}, or correct the id"

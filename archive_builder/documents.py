"""Reads YAML and front matter so that every value knows its line, and turns it into records or problems.

We read YAML's events ourselves rather than let PyYAML construct values because then a duplicate key is seen, a scalar
stays the text that was written (``NO`` is Norway, ``2018-08`` a date) and nothing can expand or recurse without bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from archive_builder.model import WRITTEN_BY_THE_FILE, Record
from archive_builder.problems import Code, Detail, Place, Problem, did_you_mean, quoted

__all__ = ["Document", "Faulty", "Tree", "parse_document", "parse_record", "parse_yaml"]

Path = tuple[str | int, ...]
R = TypeVar("R", bound=Record)

DEPTH = 20
NODES = 20_000
FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MISALIGNED = "indent every key of a mapping alike, and put texts with inner quotation marks in single quotes"
HINTS = (
    ("mapping values are not allowed", "put the text in quotes: a colon and a blank begin a new value"),
    ("could not find expected ':'", "a key is followed by a colon and a blank, like title: A Gate Unguarded"),
    ("cannot start any token", "put the text in quotes: it begins with a sign that means something in YAML"),
    ("chomping or indentation", 'put it in quotes, like value: ">100": a bare > begins a folded text in YAML'),
    ("expected alphabetic or numeric", "put the text in quotes: a bare * or & means something in YAML"),
    ("found unexpected end of stream", "close the quotation mark"),
    ("expected comment or line break", 'put it in quotes, like value: ">100": a bare > begins a folded text in YAML'),
    ("expected <block end>", MISALIGNED),
    ("expected key", MISALIGNED),
)

FORMS = {
    "model_type": "write keys and values below it, each indented",
    "dict_type": "write keys and values below it, each indented",
    "tuple_type": "write a list, like [one, two]",
    "string_type": "write one text",
    "string_too_short": "write something, or drop the key",
    "string_too_long": "write at most {max_length} characters",
    "string_pattern_mismatch": "write it in the form {pattern}",
    "int_parsing": "write a whole number",
    "float_parsing": "write a plain number",
    "greater_than_equal": "write a number of at least {ge:g}",
    "less_than_equal": "write a number of at most {le:g}",
}
"""How to write what a value is not, by pydantic's name of the fault."""


class Faulty(Exception):
    """Carries the problems of one file to whoever collects them."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed YAML text: plain values, and where each stands."""

    path: str
    """The file, from the archive's root."""
    value: Any
    """Mappings, lists, texts and None; every scalar is the text as written."""
    marks: Mapping[Path, yaml.Mark]
    """The beginning of each value in the YAML, by its keys and indices."""
    first_line: int = 1
    """The line of the file on which the YAML begins."""

    def place(self, at: Path = ()) -> Place:
        """Where the value at ``at`` stands, or the nearest value around it."""
        while at and at not in self.marks:
            at = at[:-1]
        mark = self.marks.get(at)
        return Place(self.path, mark.line + self.first_line, mark.column + 1) if mark else Place(self.path, 1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: its front matter and the text below it."""

    head: str
    """The front matter's YAML, without its fences."""
    body: str
    """Everything below the closing fence."""
    opening: str = "---\n"
    closing: str = "---\n"

    def dump(self) -> str:
        """The file's text, exactly as it was parsed."""
        return f"{self.opening}{self.head}{self.closing}{self.body}"

    @property
    def body_line(self) -> int:
        """The line, from 1, on which the body begins."""
        return self.dump().count("\n", 0, len(self.opening) + len(self.head) + len(self.closing)) + 1


def parse_document(text: str, path: str) -> Document:
    """Part a Markdown file into front matter and body; raise Faulty where it has no front matter or one without end."""
    opening = FENCE.match(text)
    if opening is None or not text.startswith("---"):
        told = Detail("begins", quoted(text.partition("\n")[0]))
        message = "the file does not begin with its front matter"
        raise Faulty(_problem(Code.FRONT_MATTER_MISSING, Place(path, 1, 1), message, "begin with a line ---", told))
    start = min(opening.end() + 1, len(text))
    closing = FENCE.search(text, start)
    if closing is None:
        message = "the front matter that begins here does not end"
        raise Faulty(_problem(Code.FRONT_MATTER_OPEN, Place(path, 1, 1), message, "close it with a line ---"))
    end = min(closing.end() + 1, len(text))
    return Document(text[start : closing.start()], text[end:], text[:start], text[closing.start() : end])


def parse_yaml(text: str, path: str, first_line: int = 1) -> Tree:
    """Parse one YAML mapping; ``first_line`` is where ``text`` begins in its file. Raise Faulty where it is broken."""
    try:
        value, marks = _Reader(path, first_line).read(text)
    except yaml.MarkedYAMLError as error:
        raise Faulty(_broken(error, text, path, first_line)) from None
    except yaml.YAMLError:
        raise Faulty(_unprintable(text, path, first_line)) from None
    if not isinstance(value, dict):
        shown = Detail("found", quoted(value if isinstance(value, str) else "a list" if value else "nothing"))
        step = "write one key a line, like title: A Gate Unguarded"
        raise Faulty(
            _problem(Code.YAML_BROKEN, Place(path, first_line, 1), "these are not keys and values", step, shown)
        )
    return Tree(path, value, marks, first_line)


def parse_record(kind: type[R], id: str, tree: Tree, body: str = "") -> R:
    """Make a record of a parsed file; raise Faulty with a problem for every key that is not right."""
    reserved = [key for key in WRITTEN_BY_THE_FILE if key in tree.value]
    given = {key: value for key, value in tree.value.items() if value is not None and key not in reserved}
    try:
        record = kind.model_validate({**given, "id": id, "path": tree.path, "body": body})
    except ValidationError as error:
        raise Faulty(
            *(_unknown_key(kind, (key,), tree) for key in reserved),
            *(_invalid(kind, detail, tree) for detail in error.errors(include_url=False)),
        ) from None
    if reserved:
        raise Faulty(*(_unknown_key(kind, (key,), tree) for key in reserved))
    return record


class _Reader:
    """Turns YAML events into values and their places, refusing what no file here needs."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.marks: dict[Path, yaml.Mark] = {}
        self.next: Callable[[], yaml.Event]

    def read(self, text: str) -> tuple[Any, dict[Path, yaml.Mark]]:
        self.next = LOADER(text).get_event
        value: Any = None
        while not isinstance(event := self.next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent) and self.marks:
                raise self._not_plain(event, "a second YAML document begins here", "keep one document in a file")
            if not isinstance(event, _FRAME):
                value = self._value(event, ())
        return value, self.marks

    def _value(self, event: Any, at: Path) -> Any:
        self.marks[at] = event.start_mark
        if event.anchor is not None:
            raise self._not_plain(event, "an anchor or alias (& or *) stands here", "write the value out, or quote it")
        if event.tag not in (None, "!"):
            raise self._not_plain(event, f"a tag ({event.tag}) stands here", "drop it: every value is read as text")
        if len(at) > DEPTH or len(self.marks) > NODES:
            message = "the file nests deeper or holds more values than any record"
            raise self._not_plain(event, message, "make it smaller")
        if isinstance(event, yaml.ScalarEvent):
            empty = event.implicit[0] and event.value in ("", "~", "null")
            return None if empty else event.value
        return self._sequence(at) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(at)

    def _sequence(self, at: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*at, len(items))))
        return items

    def _mapping(self, at: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._not_plain(event, "a key is itself a list or a mapping", "write a plain word as the key")
            key = event.value
            if key in mapping:
                raise Faulty(self._duplicate(event, (*at, key)))
            mapping[key] = self._value(self.next(), (*at, key))
        return mapping

    def _duplicate(self, event: yaml.ScalarEvent, at: Path) -> Problem:
        first = Detail("first", f"line {self.marks[at].line + self.first_line}")
        message = f"the key {quoted(event.value)} stands twice"
        return _problem(Code.YAML_DUPLICATE_KEY, self._place(event), message, "keep one of the two", first)

    def _not_plain(self, event: yaml.Event, message: str, step: str) -> Faulty:
        return Faulty(_problem(Code.YAML_NOT_PLAIN, self._place(event), message, step))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # as every event has that was parsed from a text
        return Place(self.path, mark.line + self.first_line, mark.column + 1)


_FRAME = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def _broken(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    written = lines[line] if line < len(lines) else ""
    fault = error.problem or error.context or "this is not YAML"
    step = next((hint for sign, hint in HINTS if sign in fault), "compare it with an example in the documentation")
    if "\t" in written[: len(written) - len(written.lstrip())]:
        step = "indent with blanks: YAML takes no tabs"
    place = Place(path, line + first_line, column + 1)
    return _problem(Code.YAML_BROKEN, place, fault, step, *([Detail("written", quoted(written))] if written else []))


def _unprintable(text: str, path: str, first_line: int) -> Problem:
    """A character YAML does not allow; the fault has no mark, and its position counts now bytes, now code points."""
    sign = UNPRINTABLE.search(text)
    position = sign.start() if sign else 0
    place = Place(path, text.count("\n", 0, position) + first_line, position - text.rfind("\n", 0, position))
    return _problem(Code.YAML_BROKEN, place, "a character here cannot stand in YAML", "delete it")


def _invalid(kind: type[BaseModel], detail: ErrorDetails, tree: Tree) -> Problem:
    at: Path = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return _unknown_key(kind, at, tree)
    if detail["type"] == "missing":
        message = f"the key {quoted(str(at[-1]))} is missing"
        described = _model_at(kind, at[:-1]).model_fields[str(at[-1])].description or ""
        step = f"add it: {described[:1].lower()}{described[1:]}"
        return _problem(Code.KEY_MISSING, tree.place(at[:-1]), message, step.rstrip("."))
    given = detail["input"]
    shown = (Detail("written", quoted(given)),) if isinstance(given, str) else ()
    told = FORMS.get(detail["type"], detail["msg"].removeprefix("Value error, ").removeprefix("Input should be "))
    step = told.format(**detail.get("ctx", {})) if detail["type"] in FORMS else told
    if detail["type"] in ("enum", "literal_error"):
        step = f"write one of {detail['ctx']['expected']}" + _meant(given, detail["ctx"]["expected"])
    key = ".".join(map(str, at))
    message = f"the value of {quoted(key)} is not of the form it takes" if key else step
    code = Code.DATE_WRONG if at and at[-1] in ("published", "created", "retrieved", "date") else Code.VALUE_WRONG
    return _problem(code, tree.place(at), message, step if key else "make the keys agree", *shown)


def _meant(given: object, expected: str) -> str:
    near = did_you_mean(str(given), re.findall(r"'([^']+)'", expected))
    return f"; did you mean {near}?" if near else ""


def _unknown_key(kind: type[BaseModel], at: Path, tree: Tree) -> Problem:
    key = str(at[-1])
    known = [name for name in _model_at(kind, at[:-1]).model_fields if name not in WRITTEN_BY_THE_FILE]
    near = did_you_mean(key, known)
    step = f"did you mean {near}?" if near else f"use one of {', '.join(known)}"
    if key in WRITTEN_BY_THE_FILE and len(at) == 1:
        step = "drop it: the file itself says it"
    return _problem(Code.KEY_UNKNOWN, tree.place(at), f"there is no key {quoted(key)} here", step)


def _model_at(kind: type[BaseModel], at: Path) -> type[BaseModel]:
    """The model that holds the keys at ``at``, found by following the fields' types."""
    for key in at:
        if isinstance(key, str) and key in kind.model_fields:
            kind = next(_models_in(kind.model_fields[key].annotation), kind)
    return kind


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _problem(code: Code, place: Place, message: str, step: str, *details: Detail) -> Problem:
    return Problem(code, place, message, step, details)

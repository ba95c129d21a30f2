"""Reads YAML as plain values, and finds the place of each again when there is something to tell of it.

We read YAML's events ourselves rather than let PyYAML construct values because then a duplicate key is seen, a scalar
stays the text that was written (``NO`` is Norway, ``2018-08`` a date) and nothing can expand or recurse without bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from archive_builder.problems import Code, Detail, Place, Problem, quoted

__all__ = ["Faulty", "Path", "Tree", "parse_yaml"]

Path = tuple[str | int, ...]

DEPTH = 20
NODES = 20_000
UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FRAME = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
EMPTY = frozenset(("", "~", "null"))

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


class Faulty(Exception):
    """Carries the problems of one file to whoever collects them."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Tree(NamedTuple):
    """A parsed YAML text: plain values, and where each stands."""

    path: str
    """The file, from the archive's root."""
    value: Any
    """Mappings, lists, texts and None; every scalar is the text as written."""
    text: str
    """The YAML it was parsed from."""
    first_line: int = 1
    """The line of the file on which the YAML begins."""

    def place(self, at: Path = ()) -> Place:
        """Where the value at ``at`` stands, or the nearest value around it."""
        marks = _marks(self.text)
        while at not in marks:
            at = at[:-1]
        return Place(self.path, marks[at].line + self.first_line, marks[at].column + 1)


def parse_yaml(text: str, path: str, first_line: int = 1) -> Tree:
    """Parse one YAML mapping; ``first_line`` is where ``text`` begins in its file. Raise Faulty where it is broken."""
    try:
        value = _Reader(path, first_line).read(text)
    except yaml.MarkedYAMLError as error:
        raise Faulty(_broken(error, text, path, first_line)) from None
    except yaml.YAMLError:
        raise Faulty(_unprintable(text, path, first_line)) from None
    if not isinstance(value, dict):
        shown = Detail("found", quoted(value if isinstance(value, str) else "a list" if value else "nothing"))
        step = "write one key a line, like title: A Gate Unguarded"
        raise Faulty(
            Problem(Code.YAML_BROKEN, Place(path, first_line, 1), "these are not keys and values", step, (shown,))
        )
    return Tree(path, value, text, first_line)


@lru_cache(maxsize=1)
def _marks(text: str) -> Mapping[Path, yaml.Mark]:
    """The beginning of each value in a text that was parsed, by its keys and indices.

    The text is read again for it: of ten thousand files a handful is asked, and to keep every place costs as much as to
    read the values. Of a file with many faults it is asked again and again.
    """
    root = yaml.compose(text, LOADER)
    assert root is not None  # as there is in every text that was parsed
    marks: dict[Path, yaml.Mark] = {}
    left: list[tuple[Path, yaml.Node]] = [((), root)]
    while left:
        at, node = left.pop()
        marks[at] = node.start_mark
        if isinstance(node, yaml.MappingNode):
            left += (((*at, key.value), value) for key, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            left += (((*at, index), value) for index, value in enumerate(node.value))
    return marks


class _Reader:
    """Turns YAML events into values, refusing what no file here needs."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.nodes = 0
        self.next: Callable[[], Any]

    def read(self, text: str) -> Any:
        self.next = LOADER(text).get_event
        value: Any = None
        while type(event := self.next()) is not yaml.StreamEndEvent:
            if type(event) is yaml.DocumentStartEvent and self.nodes:
                raise self._not_plain(event, "a second YAML document begins here", "keep one document in a file")
            if type(event) not in FRAME:
                value = self._value(event, 0)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        self.nodes += 1
        if event.anchor is not None:
            raise self._not_plain(event, "an anchor or alias (& or *) stands here", "write the value out, or quote it")
        if event.tag not in (None, "!"):
            raise self._not_plain(event, f"a tag ({event.tag}) stands here", "drop it: every value is read as text")
        if depth > DEPTH or self.nodes > NODES:
            message = "the file nests deeper or holds more values than any record"
            raise self._not_plain(event, message, "make it smaller")
        if type(event) is yaml.ScalarEvent:
            text = event.value
            return None if text in EMPTY and event.implicit[0] else text
        return self._sequence(depth) if type(event) is yaml.SequenceStartEvent else self._mapping(depth)

    def _sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        marks: list[yaml.Mark] = []
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise self._not_plain(event, "a key is itself a list or a mapping", "write a plain word as the key")
            key = event.value
            if key in mapping:
                raise Faulty(self._duplicate(event, marks[[*mapping].index(key)]))
            value = self.next()
            marks.append(value.start_mark)
            mapping[key] = self._value(value, depth + 1)
        return mapping

    def _duplicate(self, event: yaml.ScalarEvent, before: yaml.Mark) -> Problem:
        first = Detail("first", f"line {before.line + self.first_line}")
        message = f"the key {quoted(event.value)} stands twice"
        return Problem(Code.YAML_DUPLICATE_KEY, self._place(event), message, "keep one of the two", (first,))

    def _not_plain(self, event: yaml.Event, message: str, step: str) -> Faulty:
        return Faulty(Problem(Code.YAML_NOT_PLAIN, self._place(event), message, step))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # as every event has that was parsed from a text
        return Place(self.path, mark.line + self.first_line, mark.column + 1)


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
    return Problem(Code.YAML_BROKEN, place, fault, step, (Detail("written", quoted(written)),) if written else ())


def _unprintable(text: str, path: str, first_line: int) -> Problem:
    """A character YAML does not allow; the fault has no mark, and its position counts now bytes, now code points."""
    sign = UNPRINTABLE.search(text)
    position = sign.start() if sign else 0
    place = Place(path, text.count("\n", 0, position) + first_line, position - text.rfind("\n", 0, position))
    return Problem(Code.YAML_BROKEN, place, "a character here cannot stand in YAML", "delete it")

"""Turns plain values into records of the model, or into a problem for every key that is not right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from archive_builder.documents.values import Faulty, Path, Tree
from archive_builder.model import WRITTEN_BY_THE_FILE, Record
from archive_builder.problems import Code, Detail, Problem, did_you_mean, quoted

__all__ = ["parse_record"]

R = TypeVar("R", bound=Record)

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


def _invalid(kind: type[BaseModel], detail: ErrorDetails, tree: Tree) -> Problem:
    at: Path = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return _unknown_key(kind, at, tree)
    if detail["type"] == "missing":
        message = f"the key {quoted(str(at[-1]))} is missing"
        described = _model_at(kind, at[:-1]).model_fields[str(at[-1])].description or ""
        step = f"add it: {described[:1].lower()}{described[1:]}"
        return Problem(Code.KEY_MISSING, tree.place(at[:-1]), message, step.rstrip("."))
    given = detail["input"]
    shown = (Detail("written", quoted(given)),) if isinstance(given, str) else ()
    told = FORMS.get(detail["type"], detail["msg"].removeprefix("Value error, ").removeprefix("Input should be "))
    step = told.format(**detail.get("ctx", {})) if detail["type"] in FORMS else told
    if detail["type"] in ("enum", "literal_error"):
        step = f"write one of {detail['ctx']['expected']}" + _meant(given, detail["ctx"]["expected"])
    key = ".".join(map(str, at))
    message = f"the value of {quoted(key)} is not of the form it takes" if key else step
    code = Code.DATE_WRONG if at and at[-1] in ("published", "created", "retrieved", "date") else Code.VALUE_WRONG
    return Problem(code, tree.place(at), message, step if key else "make the keys agree", shown)


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
    return Problem(Code.KEY_UNKNOWN, tree.place(at), f"there is no key {quoted(key)} here", step)


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

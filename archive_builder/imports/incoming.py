"""An annotation made elsewhere, as far as it means something here; how its tags are read, and how its file is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from archive_builder.model import Kind, Stance

__all__ = ["Incoming", "Unreadable", "file_name", "tagged"]

NAME_DIGITS = 12
TAG = re.compile(r"(claim|stance|value|kind|attribution)\s*+[:=]\s*+(.+)", re.IGNORECASE)


class Unreadable(ValueError):
    """A file that holds no annotations we can read."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One annotation made elsewhere."""

    id: str
    """Its own id, or where it has none, one made of what it holds: the same for the same annotation."""
    source: str
    """Where it was made: hypothesis or web-annotation."""
    about: str
    """The address of the page it is about; empty where it does not say."""
    exact: str
    """The passage; empty where only a position or nothing is named."""
    prefix: str = ""
    suffix: str = ""
    position: tuple[int, int] | None = None
    """The place in the text it was made on, in code points; never enough by itself."""
    note: str = ""
    """Markdown."""
    tags: tuple[str, ...] = ()
    by: str = ""
    created: str = ""
    """The day."""
    parent: str = ""
    """The id of the annotation it replies to."""
    kind: Kind | None = None
    """What its motivation says it is about."""


def file_name(incoming: Incoming) -> str:
    """The name of its file: the same for the same id, whatever else of it changes."""
    return f"{incoming.source}-{sha256(incoming.id.encode()).hexdigest()[:NAME_DIGITS]}"


def tagged(tags: Sequence[str], claims: Collection[str]) -> tuple[Mapping[str, str | tuple[str, ...]], tuple[str, ...]]:
    """What the tags say in the archive's keys, and those that say nothing here.

    ``claim:ID``, ``stance:asserts``, ``value:~300``, ``kind:error`` and ``attribution:ID`` say what they name; a tag
    that is the id of a claim, a stance or a kind says that. The first of two wins. Claim and stance go together or not
    at all.
    """
    said: dict[str, str] = {}
    people: list[str] = []
    rest: list[str] = []
    for tag in tags:
        key, value = _read(tag, claims)
        if key == "attribution":
            people.append(value)
        elif key and key not in said:
            said[key] = value
        else:
            rest.append(tag)
    if "claim" not in said or "stance" not in said:
        rest += [f"{key}:{said.pop(key)}" for key in ("claim", "stance", "value") if key in said]
    return {**said, **({"attribution": tuple(dict.fromkeys(people))} if people else {})}, tuple(rest)


def _read(tag: str, claims: Collection[str]) -> tuple[str, str]:
    named = TAG.fullmatch(tag.strip())
    key, value = (named[1].lower(), named[2]) if named else ("", tag.strip())
    known = {"claim": claims, "stance": [str(each) for each in Stance if each is not Stance.OMITS], "kind": list(Kind)}
    if named:
        return (key, value) if key not in known or value in known[key] else ("", tag)
    return next(((key, value) for key, values in known.items() if value in values), ("", tag))

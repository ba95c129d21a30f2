"""``archive-builder reanchor``: passages of old texts in new ones, one JSON object a line in and one a line out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO

import click

from archive_builder.reanchoring import reanchor as follow

__all__ = ["reanchor"]

KEYS = {"old": str, "new": str, "start": int, "end": int}
NAMES = {str: "a string", int: "a whole number"}


class _Unusable(ValueError):
    """A line that says nothing that can be followed."""


@click.command()
@click.argument("source", type=click.File("rb"), default="-", metavar="[FILE]")
def reanchor(source: IO[bytes]) -> int:
    """Follow passages of old texts into new ones: JSON lines in, JSON lines out, in the same order.

    Each line of FILE (or of what is piped in) is an object with the texts "old" and "new" and the passage's "start"
    and "end" in the old one, in Unicode code points; "language" (like "en") and "id" may be there too. Each answer has
    the "outcome" (kept, followed, proposed or gone), the passage's "start" and "end" in the new text (null where it is
    gone) and "why". What is proposed waits for a person. A line that cannot be used is answered by its number in
    "line" and an "error"; then the command ends with 1.

    \b
    Example:
      archive-builder reanchor passages.jsonl > places.jsonl
    """
    is_clean = True
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        answer = _answered(number, line)
        is_clean = is_clean and "error" not in answer
        click.echo(json.dumps(answer, ensure_ascii=False))
    return 0 if is_clean else 1


def _answered(number: int, line: bytes) -> dict[str, object]:
    known: dict[str, object] = {}
    try:
        asked = _read(line)
        known = {"id": asked["id"]} if "id" in asked else {}
        language = asked.get("language") or ""
        if not isinstance(language, str):
            raise _Unusable('"language" is a tag like "en"')
        found = follow(*(_value(asked, key) for key in KEYS), language=language)  # type: ignore[arg-type]
    except ValueError as fault:
        return {**known, "line": number, "error": str(fault)}
    return {**known, "outcome": str(found.outcome), "start": found.start, "end": found.end, "why": found.why}


def _read(line: bytes) -> Mapping[str, object]:
    try:
        read = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Unusable("the line is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as fault:
        raise _Unusable(f"the line is not JSON: {fault}") from None
    if not isinstance(read, dict):
        raise _Unusable("the line is not an object, like " + '{"old": "…", "new": "…", "start": 0, "end": 5}')
    return read


def _value(asked: Mapping[str, object], key: str) -> object:
    if key not in asked:
        raise _Unusable(f'"{key}" is missing: {NAMES[KEYS[key]]}')
    value = asked[key]
    if type(value) is not KEYS[key]:
        raise _Unusable(f'"{key}" is not {NAMES[KEYS[key]]}')
    return value

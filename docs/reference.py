"""Writes formats.md, problems.md and commands.md from the code, and the table in security.md from the cases of a test.

``python docs/reference.py`` writes them again; a test holds the files against the code.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import click
import yaml
from pydantic import BaseModel

from archive_builder.cli import main
from archive_builder.model import WRITTEN_BY_THE_FILE, Evidence, Measure, Restated, Revision, Selector, Selectors
from archive_builder.pages.home import BLOCKS
from archive_builder.problems import CODES
from archive_builder.schema import SCHEMAS

HERE = Path(__file__).parent

WHERE = {
    "article": "content/articles/ID.md",
    "claim": "content/claims/ID.md",
    "event": "content/events/ID.md",
    "entity": "content/entities/ID.md",
    "outlet": "content/outlets/ID.md",
    "annotation": "annotations/ARTICLE-ID/NAME.yml",
}
PARTS: dict[str, type[BaseModel]] = {
    "target": Selector,
    "evidence": Evidence,
    "measure": Measure,
    "revisions": Revision,
    "restated": Restated,
    "selectors": Selectors,
}


def formats() -> str:
    """The keys of every kind of file."""
    sections = [
        "# Formats\n\nEvery file is UTF-8. An id is the file's name: lower-case letters, digits and single hyphens. "
        "Every value is read as the text that stands there, so `NO` is Norway and `2018-08` is a month. "
        "Unknown is absent, never invented. What is not listed here is an error.",
        *(f"## {WHERE[name]}\n\n{_table(kind)}" for name, kind in _in_order()),
        *(f"## Under `{name}:`\n\n{_table(kind)}" for name, kind in PARTS.items()),
        "## Places in a written page\n\nA page of one's own, like the home page, can leave places for the archive: a "
        "line `<!-- archive: contested 6 -->` and the like, alone in its paragraph.\n\n"
        + _rows(("place", "what stands there"), ((f"`{name}`", told) for name, told in BLOCKS.items())),
    ]
    return "\n\n".join(sections) + "\n"


def problems() -> str:
    """Every code a check can give."""
    rows = ((f"`{code}`", severity, told) for code, (severity, told) in CODES.items())
    return (
        "# Problems\n\nEach problem names the file, the line and the column, what was written, and what to do next. "
        "An error leaves something out of the archive; a warning does not. Both fail a strict build.\n\n"
        f"{_rows(('code', 'severity', 'what is wrong'), rows)}\n"
    )


def commands() -> str:
    """Every command with its help, as it prints it."""
    context = click.Context(main, info_name="archive-builder", **main.context_settings)
    helps = [_help(main, context)]
    for name in sorted(main.commands):
        helps.append(_help(main.commands[name], click.Context(main.commands[name], parent=context, info_name=name)))
    return "# Commands\n\nExit code 0: clean. 1: problems found. 2: misuse.\n\n" + "\n\n".join(helps) + "\n"


def security() -> str:
    """The page as it is written, and below it a row for each hostile input that is tried."""
    written = (HERE / "security.md").read_text(encoding="utf-8")
    before, _, _ = written.partition("| id | enters by |")
    cases = yaml.safe_load((HERE.parent / "tests" / "cases" / "hostile.yml").read_text(encoding="utf-8"))
    rows = ((f"`{case['id']}`", case["at"], case["tries"], f"`{_shown(case)}`", _gets(case)) for case in cases)
    return before + _rows(("id", "enters by", "tries to", "with", "gets"), rows) + "\n"


def _shown(case: dict[str, Any]) -> str:
    """The input on one line, bounded, in ASCII where it could turn or hide something."""
    text = json.dumps(case["text"], ensure_ascii=True)[1:-1].replace('\\"', '"').replace("`", "'")
    piece, times = case.get("times", ("", 0))
    repeated = f"{json.dumps(piece)[1:-1]} × {times:,}" if times else ""
    return " ".join(filter(None, (text.strip(), repeated)))


def _gets(case: dict[str, Any]) -> str:
    return ", ".join([case["gets"], *(f"`{code}`" for code in case.get("told", ()))])


def _help(command: click.Command, context: click.Context) -> str:
    context.terminal_width = context.max_content_width = 100
    title = context.command_path
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```"


def _in_order() -> Iterator[tuple[str, type[BaseModel]]]:
    yield from ((name, SCHEMAS[name]) for name in WHERE)


def _table(kind: type[BaseModel]) -> str:
    fields = ((name, field) for name, field in kind.model_fields.items() if name not in WRITTEN_BY_THE_FILE)
    rows = (
        (f"`{name}`", "yes" if field.is_required() else "", _values(field.annotation), field.description or "")
        for name, field in fields
    )
    return f"{kind.__doc__}\n\n{_rows(('key', 'required', 'one of', 'what it says'), rows)}"


def _values(annotation: Any) -> str:
    """The words a closed vocabulary knows."""
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return ", ".join(f"`{word}`" for word in part)
    return ""


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    if get_origin(annotation) in (Union, types.UnionType, Annotated):
        for part in get_args(annotation):
            yield from _parts(part)


def _rows(head: tuple[str, ...], rows: Any) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


REFERENCE = {"formats.md": formats, "problems.md": problems, "commands.md": commands, "security.md": security}

if __name__ == "__main__":
    for name, write in REFERENCE.items():
        (HERE / name).write_text(write(), encoding="utf-8")

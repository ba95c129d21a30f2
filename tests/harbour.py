"""A small invented archive: two reports of boats in a harbour, as files in memory and on disk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from archive_builder.cli import main

__all__ = ["FILES", "FULL_TEXT", "git", "golden", "run", "world"]

FULL_TEXT = """\
The storm came in the night. On Monday, about fifteen boats sank in the harbour, Mr. Olsen said. Nobody slept.

Nothing is known of the crews. The mayor was away.

The harbour master denies it. “There were not more than 12 boats,” she told the *River Gazette*.

Ferries run again since Tuesday.
"""

FILES = {
    "content/outlets/gazette.md": "---\nname: River Gazette\ntype: newspaper\n---\n",
    "content/events/storm.md": "---\ntitle: The storm in the harbour\ndate: 2021-06-04\n---\n",
    "content/claims/boats-number.md": "---\ntitle: How many boats sank?\nstatement: Boats sank in the harbour.\n"
    "event: storm\nmeasure:\n  quantity: boats sunk\n---\n",
    "content/claims/crews-saved.md": "---\ntitle: Were the crews saved?\nstatement: The crews were saved.\n"
    "event: storm\n---\n",
    "content/entities/olsen.md": "---\nname: Olsen\ntype: person\n---\n",
    "content/articles/two-banks.md": f"---\ntitle: Two banks\noutlet: gazette # a daily\ndisplay: full\nrights: CC-BY\n"
    f"events: [storm]\n---\n\n{FULL_TEXT}",
    "annotations/two-banks/boats.yml": "target:\n  exact: 'fifteen boats' # as printed\nclaim: boats-number\n"
    'stance: asserts\nvalue: "15"\nattribution: [olsen]\nnote: The log differs.\n',
}


def world(root: Path, files: Mapping[str, str] = FILES) -> Path:
    """The archive on disk."""
    for path, text in files.items():
        full = root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text.encode())
    return root


def run(root: Path, *arguments: str, given: bytes | None = None) -> Result:
    """Call the command in the archive; nothing may end in a traceback."""
    name, *others = arguments
    result = CliRunner().invoke(main, [name, "--archive", str(root), *others], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def git(root: Path, *arguments: str) -> None:
    """Call git as nobody in particular."""
    person = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *person, *arguments], cwd=root, check=True, capture_output=True)


def golden(name: str, shown: str) -> None:
    """Hold what was shown against its file; UPDATE_GOLDEN=1 writes the file instead."""
    path = Path(__file__).parent / "cases" / "cli" / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")

"""A terminal for commands that ask questions: what is typed goes in, what is shown comes out."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["on_a_terminal"]

PROJECT = Path(__file__).parent.parent
SECONDS = 20


def on_a_terminal(
    root: Path, *arguments: str, typed: str, environment: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run the command on a terminal of its own; the status and everything shown."""
    name, *others = arguments
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "archive_builder", name, "--archive", str(root), *others]
    told = {**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "dumb", **(environment or {})}
    with subprocess.Popen(command, cwd=root, stdin=theirs, stdout=theirs, stderr=theirs, env=told) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = _read(ours)
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"it still waits for an answer:\n{shown}") from None
        finally:
            os.close(ours)
    return process.returncode, shown.replace("\r\n", "\n")


def _read(terminal: int) -> str:
    parts = []
    while select.select([terminal], [], [], SECONDS)[0]:
        try:
            part = os.read(terminal, 65_536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()

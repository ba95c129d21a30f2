"""Speaks Pagefind's service protocol: records in, the files of an index out.

We speak to the program ourselves rather than through its Python package, because that package waits a tenth of a
second for each answer. A message is JSON in base64, ended by a comma; answers come in the same form. Records are sent
without waiting for their answers, so that they are read here and indexed there at the same time.
"""

from __future__ import annotations

import binascii
import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from queue import Empty, Queue
from threading import Thread, Timer
from types import TracebackType
from typing import Any, Self

__all__ = ["Pagefind", "PagefindError", "program"]

# An archive of 10,000 long articles takes about a minute.
LIFETIME = 1_800.0
"""After so many seconds the program is ended, whatever it does."""
PATIENCE = 600.0
"""How many seconds it may take over one answer."""
CHUNK = 1 << 16

Message = dict[str, Any]


class PagefindError(Exception):
    """The program is missing, failed, or took too long; the message says which."""


def program() -> Path:
    """Where the program lies."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        raise PagefindError("the program pagefind is not installed: pip install pagefind-bin") from None


class Pagefind:
    """A running service; leaving the block ends it."""

    def __init__(self, path: Path) -> None:
        try:
            self._process = subprocess.Popen(
                [path, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise PagefindError(f"the program pagefind does not start: {error.strerror}") from None
        self._sent = 0
        self._answers: Queue[Message | None] = Queue()
        self._waiting = 0
        self._ender = Timer(LIFETIME, self._process.kill)
        self._ender.daemon = True
        self._ender.start()
        Thread(target=self._listen, name="pagefind answers", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def new_index(self) -> int:
        """The number of a new, empty index."""
        return int(self._ask({"type": "NewIndex", "config": {}})["index_id"])

    def add(self, index: int, *, url: str, content: str, language: str, meta: Mapping[str, str]) -> None:
        """Hand a record over; what is wrong with it is told by :meth:`files`."""
        record = {"url": url, "content": content, "language": language, "meta": meta}
        self._send({"type": "AddRecord", "index_id": index, **record})
        self._waiting += 1

    def files(self, index: int) -> dict[str, bytes]:
        """The files of the index by path, once every record has been taken in; then the index is forgotten."""
        while self._waiting:
            self._answer()
            self._waiting -= 1
        answer = self._ask({"type": "GetFiles", "index_id": index})
        files = {file["path"]: b64decode(file["content"]) for file in answer["files"]}
        self._ask({"type": "DeleteIndex", "index_id": index})
        return files

    def end(self) -> None:
        """End the program, whatever it does; what is under way is lost."""
        self._ender.cancel()
        self._process.kill()
        self._process.wait()

    def _ask(self, payload: Message) -> Message:
        self._send(payload)
        return self._answer()

    def _send(self, payload: Message) -> None:
        assert self._process.stdin is not None
        self._sent += 1
        message = json.dumps({"message_id": self._sent, "payload": payload}).encode()
        try:
            self._process.stdin.write(b64encode(message) + b",")
            self._process.stdin.flush()
        except (OSError, ValueError):
            raise PagefindError("the program pagefind ended before its work was done") from None

    def _answer(self) -> Message:
        try:
            payload = self._answers.get(timeout=PATIENCE)
        except Empty:
            raise PagefindError(f"the program pagefind did not answer within {PATIENCE:.0f} seconds") from None
        if payload is None:
            raise PagefindError("the program pagefind ended before its work was done")
        if payload.get("type") == "Error":
            raise PagefindError(f"the program pagefind says: {payload.get('message')}")
        return payload

    def _listen(self) -> None:
        """Read answers as they come, so that neither side waits for the other; None says that there are no more."""
        assert self._process.stdout is not None
        begun: list[bytes] = []
        try:
            while chunk := self._process.stdout.read1(CHUNK):  # type: ignore[attr-defined]
                *ends, rest = chunk.split(b",")
                for end in ends:
                    self._answers.put(json.loads(b64decode(b"".join((*begun, end))))["payload"])
                    begun.clear()
                begun.append(rest)
        except (OSError, ValueError, KeyError, binascii.Error):
            pass
        finally:
            self._answers.put(None)

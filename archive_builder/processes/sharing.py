"""Has another process work out a share of many results, where one can be had and there is a core for it.

This process asks for one result after the other, and the other process begins at the last: where they meet all is
done, however fast either is. What the other has worked out waits in a file without a name until it is asked for.
Nothing depends on the other process: what it does not bring is worked out here.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from mmap import mmap
from multiprocessing import get_context
from tempfile import TemporaryFile
from types import TracebackType
from typing import BinaryIO, Generic, Self, TypeVar, cast

from archive_builder.processes.beside import can_fork

__all__ = ["FEW", "Shared"]

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")

FEW = 64
"""So many results are sooner worked out than shared."""
NUMBER = 8  # bytes


class Shared(Generic[Key, Result]):
    """The result of each key, best asked for in the order of the keys; the other process ends with the context."""

    def __init__(self, work: Callable[[Key], Result], keys: Sequence[Key]) -> None:
        """``work`` depends on its key alone, and its results can be pickled."""
        self._work = work
        self._other: _Other[Key, Result] | None = None
        if len(keys) > FEW and can_fork() and len(os.sched_getaffinity(0)) > 1:
            with suppress(OSError):
                self._other = _Other(work, keys)

    def __getitem__(self, key: Key) -> Result:
        brought = self._other.brought(key) if self._other is not None else None
        return brought[0] if brought is not None else self._work(key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._other is not None:
            self._other.end()
            self._other = None


class _Other(Generic[Key, Result]):
    """The other process, and the table that it shares with this one.

    Each writes into numbers of its own: this one how many of the keys it has asked for, the other the first key that it
    has taken up, and behind it, for each key, one more than where its result begins in the file. If both take up a key
    at the same moment it is worked out twice, and nothing else happens.
    """

    def __init__(self, work: Callable[[Key], Result], keys: Sequence[Key]) -> None:
        self._numbers = {key: number for number, key in enumerate(keys)}
        self._table = memoryview(mmap(-1, NUMBER * (2 + len(keys)))).cast("q")
        self._table[1] = len(keys)
        self._file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - closed by ``end``
        # A byte for each result, to wait for; its end tells that no more will come.
        self._bell, ringing = os.pipe()
        context = get_context("fork")
        self._process = context.Process(target=self._bring, args=(work, keys, ringing), name="share", daemon=True)
        self._process.start()
        os.close(ringing)

    def brought(self, key: Key) -> tuple[Result] | None:
        """What the other process has worked out, once it is there; None where it has not taken up the key."""
        number, table = self._numbers[key], self._table
        table[0] = max(table[0], number + 1)
        while not (after := table[2 + number]):
            if number < table[1] or not os.read(self._bell, 1 << 16):
                return None
        begin, file = after - 1, self._file.fileno()
        size = int.from_bytes(os.pread(file, NUMBER, begin), "big")
        return (pickle.loads(os.pread(file, size, begin + NUMBER)),)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        os.close(self._bell)
        self._file.close()

    def _bring(self, work: Callable[[Key], Result], keys: Sequence[Key], ringing: int) -> None:
        # Who interrupts the work interrupts it once: the process that asks for it ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # What is shared with the other process is shared as long as neither touches it; a collection would.
        gc.disable()
        os.close(self._bell)
        os.set_blocking(ringing, False)
        # What fails here is worked out by the process that asks for it, and fails there.
        with suppress(Exception):
            for number in reversed(range(len(keys))):
                self._table[1] = number
                if self._table[0] > number:
                    self._table[1] = number + 1
                    return
                self._put(number, pickle.dumps(work(keys[number]), pickle.HIGHEST_PROTOCOL))
                # Where the pipe is full there is enough to wake whoever waits.
                with suppress(BlockingIOError):
                    os.write(ringing, b"!")

    def _put(self, number: int, result: bytes) -> None:
        after = self._file.tell() + 1
        self._file.write(len(result).to_bytes(NUMBER, "big"))
        self._file.write(result)
        self._file.flush()
        self._table[2 + number] = after

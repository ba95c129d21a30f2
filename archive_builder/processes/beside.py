"""Does work beside what this process does: in a process of its own where one can be had at once, else in a thread.

Two threads of Python take turns. A process begun by ``fork`` has all that this one knows, without being told, and takes
no turns; but it must be begun before there are other threads, which it would not have, and whose locks would stay
locked in it. So where there are any, or where the platform knows no ``fork`` that can be trusted, it is a thread.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar, cast

__all__ = ["Beside", "Lost", "can_fork"]

Result = TypeVar("Result")
PATIENCE = 10.0
"""How many seconds a process may take to end once it is told to."""


class Lost(Exception):
    """The process ended before its work was done."""


def can_fork() -> bool:
    """Whether a copy of this process would be whole; on macOS the system's own libraries may have hidden threads."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


class Beside(Generic[Result]):
    """Work that is under way. It must not raise, and its result must be plain enough to be sent."""

    def __init__(self, work: Callable[[], Result], name: str) -> None:
        """The name is told where the work is lost."""
        self._name = name
        self._results: list[Result] = []
        self._thread: threading.Thread | None = None
        if can_fork():
            context = get_context("fork")
            self._receiver, sender = context.Pipe(duplex=False)
            self._process = context.Process(target=_work, args=(work, sender), name=name, daemon=True)
            self._process.start()
            sender.close()
        else:
            self._thread = threading.Thread(target=lambda: self._results.append(work()), name=name)
            self._thread.start()

    def result(self) -> Result:
        """Wait for the result; raise Lost where there will be none."""
        if self._thread is not None:
            self._thread.join()
            if not self._results:
                raise Lost(f"what makes the {self._name} failed")
            return self._results[0]
        try:
            return cast(Result, self._receiver.recv())
        except EOFError:
            raise Lost(f"the process that makes the {self._name} ended before its work was done") from None
        finally:
            self._process.join()

    def end(self) -> None:
        """End the work: at once where it has a process, and when it is done where it has a thread."""
        if self._thread is not None:
            self._thread.join()
            return
        self._process.terminate()
        self._process.join(PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(work: Callable[[], Result], sender: Connection) -> None:
    # Who interrupts the build interrupts it once: the process that builds ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is copied from the other process is shared with it as long as neither touches it; a collection would.
    gc.disable()
    sender.send(work())

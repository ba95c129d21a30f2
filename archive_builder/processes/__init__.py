"""Lets a second core work: on one thing beside what this process does, or on its share of many.

beside.py    one work, whose result is asked for at the end
sharing.py   many results, of which another process works out those that are asked for last
"""

from __future__ import annotations

from archive_builder.processes.beside import Beside, Lost, can_fork
from archive_builder.processes.sharing import Shared

__all__ = ["Beside", "Lost", "Shared", "can_fork"]

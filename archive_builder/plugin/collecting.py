"""Holds Python's collector of garbage back while a site is built.

An archive is a million values that hold one another, and none of them is garbage before the site is there; to look at
them again and again costs the more the larger it is. What a build does leave in cycles is a few kilobytes a page, and
young: so only what was made since the last time is looked at, once in a while. And when the process ends its memory
goes back as a whole: what is frozen then, Python does not take apart value by value.
"""

from __future__ import annotations

import atexit
import gc

__all__ = ["Collector"]

PAGES = 100
"""After so many pages garbage is looked for among what was made with them."""
YOUNG = 1


class Collector:
    """The collector of one build."""

    def __init__(self) -> None:
        self._is_held = False
        self._pages = 0

    def hold(self) -> None:
        """Before the archive is read."""
        gc.disable()
        atexit.unregister(gc.freeze)
        atexit.register(gc.freeze)
        self._is_held = True

    def settle(self) -> None:
        """What is there now stays to the end."""
        gc.freeze()

    def count_page(self) -> None:
        """A page is done."""
        self._pages += 1
        if self._is_held and not self._pages % PAGES:
            gc.collect(YOUNG)

    def let_go(self) -> None:
        """The build is over, or is not one that ends."""
        gc.enable()
        self._is_held = False

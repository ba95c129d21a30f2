"""Has an archive indexed by Pagefind beside whatever else is done, and puts the index into the site.

While a site is built a process of its own makes the index (``processes``), so that no page waits for it. While an
archive is served the index follows behind: the page is shown at once, the index before serves until the next is ready,
and of several saves in a row only the last is indexed.

making.py     from records to the files of an index
chunking.py   the index's words in smaller files
packing.py    what is drawn of a record, and which pages have each value of a filter
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread

from archive_builder.indexing.making import make_index
from archive_builder.ordering import Unreadable
from archive_builder.pagefind import PagefindError
from archive_builder.processes import Beside, Lost
from archive_builder.searching import Name, Part

__all__ = ["FOLDER", "Index", "Indexed", "Sources", "make_index"]

FOLDER = "pagefind"
"""Where the index lies, from the top of the site."""
# MkDocs leaves hidden folders of the site alone.
UNDER_WAY, KEPT_ASIDE = f".{FOLDER}", f".{FOLDER}-before"

Sources = Callable[[], tuple[Iterable[Part], Sequence[Name]]]
"""What is to be indexed, worked out where it is indexed."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What has become of an index."""

    folder: Path | None
    """Where it lies; None where there is none."""
    problem: str | None = None


class Index:
    """The index of a site that is built, or built again and again."""

    def __init__(self) -> None:
        self._beside: Beside[Indexed] | None = None
        self._thread: Thread | None = None
        self._asked: tuple[Sources, Path] | None = None
        self._bell = Condition()

    def begin(self, sources: Sources, site: Path) -> None:
        """Begin to index, beside the build of a site."""
        self._folder = site / UNDER_WAY
        self._beside = Beside(lambda: _indexed(sources, self._folder), "search index")

    def finish(self, site: Path) -> str | None:
        """Wait for what was begun and put it into the site; the problem, where there is one."""
        if self._beside is None:
            return None
        try:
            return _place(self._beside.result(), site)
        except Lost as lost:
            shutil.rmtree(self._folder, ignore_errors=True)
            return str(lost)
        finally:
            self._beside = None

    def abandon(self) -> None:
        """Throw away what was begun: the build failed."""
        if self._beside is not None:
            self._beside.end()
            self._beside = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def keep(self, site: Path) -> None:
        """Put the index aside before the site is cleaned, so that it serves until the next is ready."""
        if (site / FOLDER).is_dir():
            shutil.rmtree(site / KEPT_ASIDE, ignore_errors=True)
            (site / FOLDER).rename(site / KEPT_ASIDE)

    def restore(self, site: Path) -> None:
        """Put back what was put aside."""
        if (site / KEPT_ASIDE).is_dir():
            shutil.rmtree(site / FOLDER, ignore_errors=True)
            (site / KEPT_ASIDE).rename(site / FOLDER)

    def follow(self, sources: Sources, site: Path, tell: Callable[[str | None], None]) -> None:
        """Index in the background once what is under way is done; what was asked for in between is skipped."""
        with self._bell:
            self._asked = (sources, site)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._keep_up, args=(tell,), name="search index", daemon=True)
                self._thread.start()

    def _keep_up(self, tell: Callable[[str | None], None]) -> None:
        while True:
            with self._bell:
                asked, self._asked = self._asked, None
                if asked is None:
                    self._thread = None
                    return
            sources, site = asked
            indexed = _indexed(sources, site / UNDER_WAY)
            if site.is_dir():
                tell(_place(indexed, site))


def _indexed(sources: Sources, folder: Path) -> Indexed:
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make_index(folder, *sources())
        return Indexed(folder)
    except (PagefindError, Unreadable, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        return Indexed(None, str(error))


def _place(indexed: Indexed, site: Path) -> str | None:
    if indexed.folder is None:
        return indexed.problem
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    indexed.folder.rename(site / FOLDER)
    return None

"""Builds a site beside its place and puts it there when it is done, so that an interrupted build leaves the old site.

MkDocs empties the site before it begins. Whoever is reading it then, or a build that was killed, would have half of
one; and two builds at once would take each other's files away.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from time import time

from mkdocs.config.defaults import MkDocsConfig

__all__ = ["Place"]

ABANDONED = 24 * 60 * 60  # seconds: no build takes as long
ENDING = ".building"


class Place:
    """Where one build writes, and where that belongs."""

    def __init__(self) -> None:
        self.site: Path | None = None
        self.building = Path()

    def begin(self, config: MkDocsConfig) -> None:
        """Have MkDocs write beside the site, if a folder can be put into its place."""
        site = Path(config.site_dir).resolve()
        site.parent.mkdir(parents=True, exist_ok=True)
        if site.is_mount() or not os.access(site.parent, os.W_OK):
            return
        _sweep(site)
        self.site, self.building = site, _beside(site)
        config.site_dir = str(self.building)

    def done(self, config: MkDocsConfig) -> None:
        """Put the site into its place; of two builds at once, that of the last one stays."""
        if self.site is None:
            return
        old = _beside(self.site)
        with suppress(FileNotFoundError):
            self.site.rename(old)
        try:
            self.building.rename(self.site)
        except OSError:
            shutil.rmtree(old, ignore_errors=True)
            if not self.site.is_dir():
                raise
            self.done(config)  # another build was quicker
            return
        config.site_dir, self.site = str(self.site), None
        shutil.rmtree(old, ignore_errors=True)

    def abandon(self) -> None:
        """Leave the old site."""
        if self.site is not None:
            shutil.rmtree(self.building, ignore_errors=True)
            self.site = None


def _beside(site: Path) -> Path:
    return site.parent / f".{site.name}.{token_hex(4)}{ENDING}"


def _sweep(site: Path) -> None:
    """Remove what builds left that were killed long ago."""
    for left in site.parent.glob(f".{site.name}.*{ENDING}"):
        with suppress(OSError):
            if time() - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left)

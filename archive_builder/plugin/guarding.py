"""Gives each page its Content-Security-Policy, as mkdocs.yml has it, and keeps out of the site what lies elsewhere.

MkDocs follows every link in ``docs_dir``: one in a pull request could publish any file of whoever builds.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from archive_builder.journal import is_below
from archive_builder.policy import guarded, hosts, stopped

__all__ = ["Guard", "leading_out"]

log = logging.getLogger("mkdocs.plugins.archive_builder")


@dataclass(slots=True)
class Guard:
    """What the pages of one build may run and fetch."""

    active: bool = False
    allowed: tuple[str, ...] = ()
    framed: set[str] = field(default_factory=set)
    """The pages whose frame was guarded."""

    @classmethod
    def of(cls, config: MkDocsConfig, *, serving: bool) -> Self:
        """None while serving, as MkDocs then puts a script of its own into each page; for Material alone, as tried."""
        written = config.extra.get("csp")
        allowed = hosts(written) if written is not False else ()
        if allowed is None:
            log.warning("extra.csp in mkdocs.yml is false or a list of hosts, like [https://cdn.example.org].")
        if config.extra.get("analytics") and written is None:
            log.warning("extra.analytics fetches from other hosts: name them in extra.csp, or the pages may not.")
        return cls(written is not False and not serving and config.theme.name == "material", allowed or ())

    def page(self, html: str) -> str:
        return guarded(html, self.allowed) if self.active else html

    def tell(self, path: str, content: str) -> None:
        """Say what of a written page is stopped, rather than let it be missing in silence."""
        for what in stopped(content, self.allowed) if self.active else ():
            step = (
                "move scripts to a file named in extra_javascript, name hosts in extra.csp, or set extra.csp to false"
            )
            log.warning("%s: the policy of the page stops %s: %s", path, what, step)


def leading_out(files: Files, docs: Path) -> list[File]:
    """The files below ``docs_dir`` that lie elsewhere, or are none, each told; those of the theme lie elsewhere."""
    top = os.path.realpath(docs)
    folders: dict[str, bool] = {}
    found = [file for file in files if file.src_dir == str(docs) and file.generated_by is None]
    out = [file for file in found if not _belongs(str(file.abs_src_path), top, folders)]
    for file in out:
        log.warning("%s: this is a link that leads out of docs_dir, or no plain file: it is left out", file.src_uri)
    return out


def _belongs(path: str, top: str, folders: dict[str, bool]) -> bool:
    folder = os.path.dirname(path)  # noqa: PTH120 - a Path for each of 10,000 files is slow
    if folder not in folders:
        folders[folder] = is_below(os.path.realpath(folder), top)
    mode = os.lstat(path).st_mode
    if S_ISLNK(mode):
        return Path(path).is_file() and is_below(os.path.realpath(path), top)
    return folders[folder] and S_ISREG(mode)

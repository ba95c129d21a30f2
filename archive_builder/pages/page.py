"""What a page is, and how pages link to one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from archive_builder.addresses import Addresses
from archive_builder.changes import History, no_history
from archive_builder.weaving import Woven

__all__ = ["Links", "Page", "Site"]

FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:", re.MULTILINE)
# Where Python-Markdown puts an article's footnotes; without it they would follow our notes.
FOOTNOTES_HERE = "///Footnotes Go Here///"


@dataclass(frozen=True, slots=True)
class Site:
    """How the site is served."""

    directory_urls: bool
    """Whether a page's address is a folder's (``claims/x/``) or a file's (``claims/x.html``)."""
    addresses: Addresses
    history: Callable[[], History] = no_history
    """Asks who changed which article; asked once, and only where a page tells it."""


class Links(NamedTuple):
    """Links from one page, relative, so that the site works under any path."""

    root: str
    """The way from the page to the top of the site."""
    directory_urls: bool

    @classmethod
    def of(cls, path: str, site: Site) -> Links:
        folder, _, name = path.rpartition("/")
        depth = folder.count("/") + bool(folder) + (site.directory_urls and name != "index.md")
        return cls("../" * depth or "./", site.directory_urls)

    def to(self, kind: str, id: str = "", fragment: str = "") -> str:
        """The address of a page: of ``kind`` and ``id``, or the index of the kind."""
        place = f"#{fragment}" if fragment else ""
        if self.directory_urls:
            return f"{self.root}{kind}/{id.removesuffix('/index')}/{place}" if id else f"{self.root}{kind}/{place}"
        return f"{self.root}{kind}/{id or 'index'}.html{place}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a text between two blocks of HTML, any of which may be empty."""

    path: str
    """Below ``content/``, ending in ``.md``."""
    title: str
    description: str
    source: str | None
    """The file it is made from, from the archive's root; None for an index."""
    head: str = ""
    """HTML before the text; without blank lines, as Markdown ends a block of HTML at one."""
    text: Woven | None = None
    """The text of an article."""
    tail: str = ""
    """HTML after the text."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """Further front matter, for templates and other programs."""

    @property
    def front_matter(self) -> dict[str, Any]:
        return {"title": self.title, "description": self.description, **self.meta}

    def dump(self) -> str:
        """The page as one Markdown file."""
        markdown = self.text.markdown if self.text else ""
        head = yaml.safe_dump(self.front_matter, allow_unicode=True, sort_keys=False, width=1000)
        footnotes = FOOTNOTES_HERE if FOOTNOTE.search(markdown) else ""
        parts = filter(None, (self.head, markdown.strip("\n"), footnotes, self.tail))
        return f"---\n{head}---\n\n" + "\n\n".join(parts) + "\n"

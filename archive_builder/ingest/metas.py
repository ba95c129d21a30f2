"""Reads the meta tags of a page by their names, whichever attribute gives the name."""

from __future__ import annotations

from collections.abc import Iterator

from archive_builder.ingest.tree import Element

__all__ = ["Metas"]


class Metas:
    """The meta tags of a page."""

    def __init__(self, root: Element) -> None:
        self.values: dict[str, list[str]] = {}
        for meta in root.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
            content = " ".join((meta.get("content") or "").split())
            if content and len(content) < 5_000:
                self.values.setdefault(name.strip().lower(), []).append(content)

    def all(self, *names: str) -> Iterator[tuple[str, str]]:
        """The values under these names, in the order of the names."""
        yield from ((value, f"meta {name}") for name in names for value in self.values.get(name, ()))

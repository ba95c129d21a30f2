"""Builds a site without its search index, so that what pages cost can be told from what the index costs.

The arguments are those of ``mkdocs``.
"""

from __future__ import annotations

from mkdocs.__main__ import cli

from archive_builder.indexing import Index

__all__ = ["main"]


def main() -> None:
    Index.begin = lambda self, sources, site: None  # type: ignore[method-assign]
    cli()


if __name__ == "__main__":
    main()

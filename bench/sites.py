"""Writes the two sites that are compared: an archive, and its articles alone as plain MkDocs would have them."""

from __future__ import annotations

from pathlib import Path

from bench.invented import Invented

__all__ = ["OURS", "PLAIN", "write_sites"]

OURS, PLAIN = "ours", "plain"

# What both sites share; articles stay out of the navigation, which every page would repeat.
SHARED = """\
site_name: An invented archive
site_url: https://example.org/archive/
repo_url: https://github.com/example/archive
docs_dir: content
theme:
  name: material
  font: false
  features: [navigation.instant, navigation.tracking, navigation.tabs, search.highlight, content.action.edit]
markdown_extensions:
  - tables
  - footnotes
  - toc:
      permalink: true
validation:
  nav:
    omitted_files: ignore
"""
PLAIN_CONFIG = """\
plugins: [search]
nav:
  - Home: index.md
"""
OUR_CONFIG = """\
plugins: [archive-builder]
nav:
  - Home: index.md
  - Articles: articles/index.md
  - Claims: claims/index.md
  - Events: events/index.md
  - People and places: entities/index.md
  - Outlets: outlets/index.md
"""
HOME = "# An invented archive\n\nNothing in it is true.\n"


def write_sites(root: Path, invented: Invented) -> None:
    """Write ``ours`` and ``plain`` below ``root``, a file at a time: the largest archive never stands in memory."""
    for site, config in ((OURS, OUR_CONFIG), (PLAIN, PLAIN_CONFIG)):
        _write(root / site / "mkdocs.yml", SHARED + config)
        _write(root / site / "content/index.md", HOME)
    for path, text in invented.records():
        _write(root / OURS / path, text)
    for (path, text), plain, notes in invented.written():
        _write(root / OURS / path, text)
        _write(root / PLAIN / path, plain)
        for note_path, note in notes:
            _write(root / OURS / note_path, note)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

"""Names the styles and scripts that come with the pages, in the order in which they are loaded.

Styles are written in a file for each concern and served as one: a reader waits for each request, and every page would
name them all.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["ICONS", "MODULES", "ON_DEMAND", "PACKAGE", "SCRIPTS", "STYLE", "THEME", "style"]

PACKAGE = Path(__file__).parent.parent
THEME = PACKAGE / "templates" / "theme"

STYLE = "assets/archive.css"
CONCERNS = (
    *"theme archive-builder tables".split(),
    *(f"article/{name}" for name in "text opening legend passages margin inplace annotate beside cite print".split()),
    *"figures search print".split(),
)
SCRIPTS = ("assets/article.js", "assets/search.js", "assets/tables.js", "assets/theme.js")
ICONS = ("assets/favicon.svg", "assets/favicon.png")


def _in(folder: str, files: str) -> tuple[str, ...]:
    paths = sorted((PACKAGE / "assets" / folder).glob(files))
    return tuple(path.relative_to(PACKAGE).as_posix() for path in paths)


# What the scripts of an article import.
MODULES = _in("article", "*.js")
# What lists, the form and search are made of, fetched where or when they are first asked for.
ON_DEMAND = (*_in("tables", "*.js"), *_in("annotate", "*.[cj]s*"), *_in("search", "*.[cj]s*"))


def style() -> str:
    """The styles of every page, one concern after the other."""
    return "\n".join((PACKAGE / "assets" / f"{name}.css").read_text(encoding="utf-8") for name in CONCERNS)

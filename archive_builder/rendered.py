"""Holds a page as rendered against the text that was checked, where the renderer is known to lose letters.

Python-Markdown 3.11 drops the letter after an underscore within a word when emphasis goes before it in the paragraph:
"*so* a_bc" reads "so ac". Every other page is what was checked, because both are made by the same renderer.
"""

from __future__ import annotations

import re
from os.path import commonprefix

from archive_builder.problems import Code, Detail, Place, Problem, quoted
from archive_builder.projection import BARRIER, ELISION, Prose, visible_text

__all__ = ["check_rendered"]

SHOWN = 60
LOSES_A_LETTER = re.compile(r"[^\W_]_+[^\W_]")


def check_rendered(path: str, prose: Prose, html: str) -> Problem | None:
    """The problem of a page that reads differently."""
    if "*" not in prose.source or "_" not in prose.source or not LOSES_A_LETTER.search(prose.source):
        return None
    expected = prose.text.replace(BARRIER, ELISION).replace(" ", "")
    found = visible_text(html).replace(" ", "")
    if expected == found:
        return None
    shared = len(commonprefix((expected, found)))  # noqa: RUF071 - of texts, not of paths
    start = max(shared - SHOWN // 2, 0)
    return Problem(
        Code.TEXT_DIFFERS,
        Place(path),
        "the page as rendered reads differently from the text that quotations were checked against",
        "write a backslash before the underscore",
        (
            Detail("checked", quoted(expected[start : start + SHOWN])),
            Detail("rendered", quoted(found[start : start + SHOWN])),
        ),
    )

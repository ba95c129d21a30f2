"""Writes plain words as Markdown that says exactly these words and does nothing else.

Python-Markdown has no backslash escape for ``<``, ``&``, ``~`` and some others, so these become character references.
"""

from __future__ import annotations

import re

__all__ = ["escaped"]

INLINE = re.compile(r"[\\`*\[{]|(?<![^\W_])_|_(?![^\W_])")
REFERENCE = re.compile(r"&(?=#|[A-Za-z])")
# At the start of a paragraph only: heading, quotation, list, rule, admonition; then what a backslash cannot escape.
OPENING = re.compile(r"#|>|!!!|[-+](?=\s|$)|-(?=[- ]*$)|--(?=8)")
NUMBERED = re.compile(r"(\d+)([.)])(?=\s|$)")
OPENING_REFERENCE = re.compile(r"~~~|\?\?\?|///|===|:(?=\s|::)|\|")


def escaped(paragraph: str) -> str:
    """``paragraph``, which is one line without white space around it, as Markdown."""
    text = REFERENCE.sub("&amp;", INLINE.sub(r"\\\g<0>", paragraph)).replace("<", "&lt;")
    if number := NUMBERED.match(text):
        text = f"{number[1]}\\{text[number.end(1) :]}"
    if OPENING.match(text):
        return f"\\{text}"
    if OPENING_REFERENCE.match(text):
        return f"&#{ord(text[0])};{text[1:]}"
    return text

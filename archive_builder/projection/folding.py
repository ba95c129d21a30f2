"""Brings prose into the form in which quotations are compared.

Runs of white space are one space; quotation marks, apostrophes and dashes have one form each; soft hyphens and
zero-width characters are gone. All but white space and what is dropped is one character for one.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["BARRIER", "DROPPED", "ELISION", "SPACE", "compared", "folded", "normalise", "spaced"]

ELISION = "[…]"
BARRIER = "\ufffc"  # stands in the prose for an elision; no quotation can contain it

SINGLE_QUOTES = "‘’‚‛′‹›ʼ`´"
DOUBLE_QUOTES = "“”„‟″«»"
DASHES = "‐‑‒–—―−"
DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"

FOLDS = ((SINGLE_QUOTES, "'"), (DOUBLE_QUOTES, '"'), (DASHES, "-"))
FOLDED = tuple((sign, plain) for signs, plain in FOLDS for sign in signs)
SPACE = re.compile(r"\s")
SPACES = re.compile(rf"[\s{DROPPED}]+")
UNSPACED = re.compile(rf"[^\S ]|[{DROPPED}]| (?=[\s{DROPPED}])")


def normalise(text: str) -> str:
    """The form of ``text`` in which quotations are compared."""
    return compared(unicodedata.normalize("NFC", text))


def compared(text: str) -> str:
    return folded(spaced(text).strip())


def folded(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'")
    for sign, plain in FOLDED:
        text = text.replace(sign, plain)
    return text


def spaced(text: str) -> str:
    """The text with one space for each run of white space; most texts have no other."""
    return SPACES.sub(lambda run: " " if SPACE.search(run[0]) else "", text) if UNSPACED.search(text) else text

"""Aligns an old text with a new one, word by word: first what stayed, then, near one place, what was reworded."""

from archive_builder.aligning.edits import GONE, KEPT, REPLACED, UNSURE, Alignment, align
from archive_builder.aligning.rewordings import Rewording, reworded, weight
from archive_builder.aligning.words import CLOSERS, SENTENCE_ENDS, Words, cut

__all__ = [
    "CLOSERS",
    "GONE",
    "KEPT",
    "REPLACED",
    "SENTENCE_ENDS",
    "UNSURE",
    "Alignment",
    "Rewording",
    "Words",
    "align",
    "cut",
    "reworded",
    "weight",
]

"""Tells what a change does to an archive: which annotations, in which passages, and which claims stand otherwise."""

from archive_builder.reviewing.comparing import Change, ClaimChange, Review, Shown, compare
from archive_builder.reviewing.preview import preview
from archive_builder.reviewing.summary import summary

__all__ = ["Change", "ClaimChange", "Review", "Shown", "compare", "preview", "summary"]

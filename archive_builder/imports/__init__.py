"""Reads annotations made elsewhere: W3C Web Annotation (JSON-LD) and Hypothesis, as one kind of value."""

from archive_builder.imports.incoming import Incoming, Unreadable, file_name, tagged
from archive_builder.imports.reading import read_json

__all__ = ["Incoming", "Unreadable", "file_name", "read_json", "tagged"]

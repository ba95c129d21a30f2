"""Reads YAML and front matter so that every value can tell its line, and turns it into records or problems.

- ``values``: YAML as plain values
- ``front_matter``: a Markdown file, parted into its front matter and the text below it
- ``records``: plain values as the nouns of the model
"""

from __future__ import annotations

from archive_builder.documents.front_matter import Document, parse_document
from archive_builder.documents.records import parse_record
from archive_builder.documents.values import Faulty, Tree, parse_yaml

__all__ = ["Document", "Faulty", "Tree", "parse_document", "parse_record", "parse_yaml"]

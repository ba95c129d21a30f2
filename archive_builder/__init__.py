"""Annotated archives of contested reporting: what is disputed, by whom, and on what evidence.

A short tour, from the bottom up; each module imports only from those above it in this list.

    model, dates, quantities     the nouns: what a person writes in the files of an archive
    problems                     everything that can be wrong, as values
    documents, canonical         YAML with lines and columns; Markdown made safe
    projection, texts            Markdown to the prose a reader sees, and the way back
    anchoring, wording           a quotation to its passage, and a passage to its selector
    ingest                       captures to articles
    aligning, reanchoring        a passage from an old text into a new one
    reading, standing, archive   files to records, records to one joined archive
    weaving, quoting, repinning  marks into Markdown; quotations out of full texts; notes along with changed texts
    pages                        the archive to pages
    store                        the only disk
    plugin, cli                  MkDocs, and the command line

What other programs may rely on is what this module exports:

    >>> from archive_builder import assemble, read_files
    >>> outlet = b"---\\nname: Gazette\\ntype: newspaper\\n---\\n"
    >>> archive = assemble(read_files({"content/outlets/gazette.md": outlet}))
    >>> archive.outlets["gazette"].name
    'Gazette'

    >>> reanchor("He saw 15 boats.", "That day he saw **15 boats**.", 7, 15)
    Reanchored(outcome=<Outcome.KEPT: 'kept'>, start=18, end=26, why='every word of it stands where it stood')
"""

from archive_builder.anchoring import Anchor, Miss, describe, find
from archive_builder.archive import Archive, assemble
from archive_builder.problems import Problem
from archive_builder.projection import Prose, normalise, project
from archive_builder.reading import read_files
from archive_builder.reanchoring import Outcome, Reanchored, reanchor
from archive_builder.weaving import Mark, unweave, weave

__all__ = [
    "Anchor",
    "Archive",
    "Mark",
    "Miss",
    "Outcome",
    "Problem",
    "Prose",
    "Reanchored",
    "assemble",
    "describe",
    "find",
    "normalise",
    "project",
    "read_files",
    "reanchor",
    "unweave",
    "weave",
]

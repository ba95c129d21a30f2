"""Says what search knows of an archive: plain values in, records for an index and the names it understands out.

spelling.py   every way to write a name, folded as the browser folds what is typed
text.py       what stands in a record, without markup
records.py    one record for each article, passage, claim, event, entity, outlet and written page
parting.py    which part of the index each record is in, so that a reader loads little of a large one
"""

from __future__ import annotations

from archive_builder.searching.parting import Part, parts
from archive_builder.searching.records import Kind, Record, records
from archive_builder.searching.spelling import Name, bare, fold, names
from archive_builder.searching.text import Written, unsigned, written_page

__all__ = [
    "Kind",
    "Name",
    "Part",
    "Record",
    "Written",
    "bare",
    "fold",
    "names",
    "parts",
    "records",
    "unsigned",
    "written_page",
]

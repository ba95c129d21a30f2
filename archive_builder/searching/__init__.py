"""Says what search knows of an archive: plain values in, records for an index and the names it understands out.

spelling.py   every way to write a name, folded as the browser folds what is typed
records.py    one record for each article, passage, claim, event, entity, outlet and written page
parting.py    which part of the index each record is in, so that a reader loads little of a large one
"""

from __future__ import annotations

from archive_builder.searching.parting import Part, parts
from archive_builder.searching.records import Kind, Record, Written, records, written_page
from archive_builder.searching.spelling import Name, fold, names

__all__ = ["Kind", "Name", "Part", "Record", "Written", "fold", "names", "parts", "records", "written_page"]

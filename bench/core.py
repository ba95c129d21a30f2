"""Runs the core alone on the archive named as argument, and prints the CPU seconds of each step as JSON.

A process of its own, so that neither MkDocs nor the bench is in the figures; importing the core is not counted.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from time import process_time

from archive_builder.archive import Archive, assemble
from archive_builder.reading import read_files
from archive_builder.store import scan
from archive_builder.weaving import Mark, weave

__all__ = ["STEPS", "main"]

STEPS = {
    "read": "read every file",
    "check": "parse and check every record",
    "join": "project every article, anchor every annotation, join claims, standings and coverage",
    "weave": "weave every mark into its article",
}


def main(root: Path) -> None:
    times = [process_time()]
    files = scan(root).files
    times.append(process_time())
    library = read_files(files)
    times.append(process_time())
    archive = assemble(library)
    times.append(process_time())
    _weave(archive)
    times.append(process_time())
    for problem in archive.problems[:3]:
        print(problem, file=sys.stderr)
    if archive.problems:
        sys.exit("The invented archive has problems: what it costs says nothing.")
    seconds = (after - before for before, after in pairwise(times))
    print(json.dumps(dict(zip(STEPS, seconds, strict=True))))


def _weave(archive: Archive) -> None:
    for article, notes in archive.annotated.items():
        anchored = [note for note in notes if note.key in archive.anchors]
        marks = [Mark(note.id, archive.anchors[note.key], str(at), note.kind) for at, note in enumerate(anchored, 1)]
        weave(archive.proses[article], marks)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

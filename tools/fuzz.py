"""``python tools/fuzz.py TARGET``: gives a reader of foreign bytes what atheris makes up, until it breaks its promise.

The promise is everywhere the same: an answer or a refusal with a reason, no traceback, and within two seconds. It needs
``pip install atheris``, which is no dependency of the project because it does not install everywhere; without it, files
are run again and nothing is made up. What follows the target are libFuzzer's own options and a folder of inputs:

    python tools/fuzz.py html -max_total_time=300 inputs/
    python tools/fuzz.py html crash-0123abc

What it finds becomes a case beside the other tests of its reader.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from time import process_time
from typing import Any

from pydantic import ValidationError

atheris: Any
try:
    import atheris
except ImportError:
    atheris = None

with atheris.instrument_imports(include=["archive_builder"]) if atheris else nullcontext():
    from archive_builder.anchoring import Anchor, find
    from archive_builder.archive import assemble
    from archive_builder.canonical import canonical
    from archive_builder.changes import no_history
    from archive_builder.imports import Unreadable as NotImported
    from archive_builder.imports import read_json
    from archive_builder.ingest import Kind, Unreadable, ingest
    from archive_builder.model import Selector
    from archive_builder.pages import NOWHERE, Site, Views, makers
    from archive_builder.projection import project
    from archive_builder.reading import read_files
    from archive_builder.weaving import Mark, render, unweave, weave

LIMIT = 2.0  # seconds of CPU
LONGEST = 100_000  # bytes
OUTLET = {"content/outlets/gazette.md": b"---\nname: The Gazette\ntype: newspaper\n---\n"}
HEAD = b"---\ntitle: T\noutlet: gazette\ndisplay: full\nrights: CC0\n---\n"


def yaml(data: bytes) -> None:
    """A record of each kind, from its first byte."""
    _built({f"annotations/ferry/{name}.yml": data for name in ("a", "b")} | {"content/articles/ferry.md": HEAD})


def front_matter(data: bytes) -> None:
    kinds = ("articles", "claims", "entities", "events", "outlets")
    _built({f"content/{kind}/ferry.md": b"---\n" + data for kind in kinds})


def markdown(data: bytes) -> None:
    """The text of an article and a note, to their pages."""
    indented = b"\n".join(b"  " + line for line in data.split(b"\n"))
    _built({"content/articles/ferry.md": HEAD + data, "annotations/ferry/a.yml": b"note: |\n" + indented})


def projection(data: bytes) -> None:
    """A text with a mark over half of it: nothing of it is lost, and it comes out again."""
    source, _ = canonical(data.decode("utf-8", "replace"))
    prose = project(source)
    end = len(prose.text)
    marks = [Mark("m", Anchor(end // 4, end - end // 4), "1", "agreed")] if end > 2 else []
    assert render(prose, marks) is not None
    assert unweave(weave(prose, marks)) == source


def selector(data: bytes) -> None:
    """A text, and a quotation of it with what stands around."""
    text, exact, prefix, suffix = [*data.decode("utf-8", "replace").split("\0"), "", "", ""][:4]
    try:
        wanted = Selector(exact=exact, prefix=prefix, suffix=suffix)
    except ValidationError:
        return
    find(wanted, project(canonical(text)[0]))


def html(data: bytes) -> None:
    _ingested(data, Kind.HTML)


def mhtml(data: bytes) -> None:
    _ingested(data, Kind.MHTML)


def warc(data: bytes) -> None:
    _ingested(data, Kind.WARC)


def text(data: bytes) -> None:
    _ingested(data, Kind.TEXT)
    _ingested(data, Kind.MARKDOWN)


def annotations(data: bytes) -> None:
    """What ``import`` is given."""
    try:
        read_json(data)
    except NotImported:
        return


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__.replace("_", "-"): each
    for each in (yaml, front_matter, markdown, projection, selector, html, mhtml, warc, text, annotations)
}


def _built(files: dict[str, bytes]) -> None:
    archive = assemble(read_files({**OUTLET, **files}))
    for make in makers(Views(archive, Site(True, NOWHERE, no_history))).values():
        assert make().dump()


def _ingested(data: bytes, kind: Kind) -> None:
    try:
        extract = ingest(data, "", None, kind)
    except Unreadable as refusal:
        assert refusal.reason and refusal.next
        return
    assert project(canonical(extract.markdown)[0]).text is not None


def timed(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        start = process_time()
        target(data)
        assert process_time() - start < LIMIT, "it took too long"

    return run


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"{__doc__}\ntargets: {', '.join(TARGETS)}")
    target = timed(TARGETS[sys.argv.pop(1)])
    given = [Path(each) for each in sys.argv[1:] if not each.startswith("-")]
    if given and all(path.is_file() for path in given):
        for path in given:
            target(path.read_bytes())
        return
    if atheris is None:
        sys.exit("atheris is not installed here: pip install atheris, or name files to run again")
    atheris.Setup([*sys.argv, f"-max_len={LONGEST}"], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Says what was taken from a capture, what was removed as furniture, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive_builder.articles import Draft
from archive_builder.cli.here import cut_short
from archive_builder.ingest import Extract, Found, Removed
from archive_builder.model import Display

__all__ = ["report"]

LINE_BY_LINE = 15  # more lines that were removed are told by their kinds
SHOWN = 3  # lines of a kind
NO_TITLE = "the file's name; the capture has no title"


def report(draft: Draft, extract: Extract, kept: str, *, is_annotated: bool, dry_run: bool) -> Iterator[str]:
    """The report on one capture, line by line."""
    yield f"{draft.path}{' (not written)' if dry_run else ''}"
    yield _found("title", extract.title) if draft.is_titled else _found("title", Found(draft.title, NO_TITLE))
    yield from (_found("author", each) for each in extract.authors or (None,))
    yield _found("published", extract.published)
    optional = {"dateline": extract.dateline, "outlet": extract.outlet, "language": extract.language}
    optional |= {"address": extract.address, "canonical": extract.canonical, "archived": extract.archived}
    optional |= {"retrieved": extract.retrieved}
    yield from (_found(label, found) for label, found in optional.items() if found)
    if extract.licence:
        yield _found("licence", extract.licence)
    yield f"  text       {extract.words:,} words, {draft.display}{_left_out(extract)}"
    yield f"  capture    {kept}"
    yield from (f"  outlet     {path}, new: fill it in" for path in draft.outlet)
    yield from _removed(extract.removed)
    if not draft.is_titled:
        yield f"  doubtful   {NO_TITLE}: {cut_short(draft.title, 60)}"
    yield from (f"  doubtful   line {each.line}, {each.reason}: {cut_short(each.text, 60)}" for each in extract.doubts)
    if extract.licence and not draft.rights:
        yield f'  proposed   the licence above, if it is of the text: --rights "{extract.licence.value}"'
    if draft.display is Display.QUOTATIONS and not is_annotated:
        yield f'  next       archive-builder annotate {draft.id} "QUOTE": only annotated passages are shown'


def _left_out(extract: Extract) -> str:
    """How much of what is seen on a page is not the article's."""
    words = sum(len(each.text.split()) for each in extract.removed)
    return f"; {words:,} words left out" if len(extract.removed) > LINE_BY_LINE else ""


def _removed(removed: Sequence[Removed]) -> Iterator[str]:
    if len(removed) <= LINE_BY_LINE:
        yield from (f"  removed    line {one.line}, {one.reason}: {cut_short(one.text, 60)}" for one in removed)
        return
    kinds: dict[str, list[Removed]] = {}
    for one in removed:
        kinds.setdefault(one.reason, []).append(one)
    for reason, ones in kinds.items():
        some = " · ".join(cut_short(one.text, 30) for one in ones[:SHOWN])
        words = sum(len(one.text.split()) for one in ones)
        yield f"  removed    {reason}: {len(ones):,} lines, {words:,} words, from line {ones[0].line}: {some}"


def _found(label: str, found: Found | None) -> str:
    return f"  {label:<10} " + (f"{cut_short(found.value)}  ({found.where})" if found else "not found")

"""``archive-builder import``: annotations made elsewhere, each in a file of its own, on a passage here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from archive_builder.anchoring import Anchor, find, nearest
from archive_builder.cli.annotate import Annotator, parsed
from archive_builder.cli.here import article_called, cut_short, in_archive
from archive_builder.documents import Faulty
from archive_builder.imports import Incoming, Unreadable, file_name, read_json, tagged
from archive_builder.journal import write_together
from archive_builder.model import Annotation, Article, Kind, Selector
from archive_builder.problems import Problem
from archive_builder.projection import normalise
from archive_builder.reading import path_of
from archive_builder.store import read_bounded, read_library

__all__ = ["import_"]

CONTEXT_WORDS = (None, 3, 1)


@dataclass(frozen=True, slots=True)
class _Told:
    """What becomes of one annotation."""

    incoming: Incoming
    outcome: str
    """new, there already, differs, not anchored, or left out."""
    path: str = ""
    text: str = ""
    why: str = ""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("article")
@click.option(
    "--note", metavar="TEXT", help="The note of those that have none, like highlights; else they are left out."
)
@click.option("--any-address", is_flag=True, help="Also take those that say they are about another address.")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@in_archive
def import_(file: Path, article: str, note: str | None, any_address: bool, dry_run: bool, root: Path) -> int:
    """Import annotations of ARTICLE made elsewhere: FILE is W3C Web Annotation or Hypothesis JSON.

    Each one anchors by the archive's own rule, or is told with the nearest passage and left out. The same annotation
    always gets the same file's name, and no file is written over. Tags become keys: claim:ID, stance:asserts,
    value:~300, kind:error and attribution:ID, or the bare id of a claim, a stance or a kind; claim and stance only
    together. Without a kind it is context. A reply is added to the note of what it answers. Ends with 1 where something
    was not imported.

    \b
    Example:
      archive-builder import hypothesis.json two-banks --dry-run
    """
    try:
        incoming = read_json(read_bounded(file))
    except Unreadable as fault:
        raise click.BadParameter(f"{file}: {fault}", param_hint="FILE") from None
    library = read_library(root)
    importer = _Importer(Annotator(root, library, article_called(article, library)), note, any_address)
    told, files = importer.imported(incoming)
    for each in told:
        click.echo(_line(each))
    if not dry_run:
        write_together(root, dict(sorted(files.items())), library.files, importer.annotator.rests_on)
    counted = Counter(each.outcome for each in told)
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in counted.items()))
    return int(any(each.outcome not in ("new", "there already", "added to its note") for each in told))


class _Importer:
    """Knows the article, and what to do with those that say too little."""

    def __init__(self, annotator: Annotator, note: str | None, any_address: bool) -> None:
        self.annotator = annotator
        self.article: Article = annotator.article
        self.note = note
        self.any_address = any_address

    def imported(self, incoming: Sequence[Incoming]) -> tuple[list[_Told], dict[str, bytes]]:
        """What becomes of each, and the files to write."""
        replies = _replies(incoming)
        told = [self._told(each, replies) for each in {each.id: each for each in reversed(incoming)}.values()][::-1]
        files = self.annotator.all_files({each.path: each.text for each in told if each.outcome == "new"})
        faults = {problem.place.path: problem for problem in reversed(self.annotator.faults(files))}
        wrong = {each.path for each in told if each.outcome == "new" and each.path in faults}
        if wrong:
            told = [_refused(each, faults[each.path]) if each.path in wrong else each for each in told]
            files = self.annotator.all_files({each.path: each.text for each in told if each.outcome == "new"})
        return told, files

    def _told(self, incoming: Incoming, replies: Mapping[str, list[Incoming]]) -> _Told:
        if incoming.parent:
            is_known = any(incoming in held for held in replies.values())
            return _Told(
                incoming,
                *(("added to its note",) if is_known else ("left out", "", "", "it answers one that is not here")),
            )
        if why := self._objection(incoming):
            return _Told(incoming, "left out", why=why)
        anchor = self._anchor(incoming)
        if not isinstance(anchor, Anchor):
            return _Told(incoming, "not anchored", why=anchor)
        path = path_of(Annotation, f"{self.article.id}/{file_name(incoming)}")
        said, rest = tagged(incoming.tags, self.annotator.library.claims)
        note = "\n\n".join([incoming.note or self.note or "", *map(_quoted, replies.get(incoming.id, ()))])
        given = {"kind": str(incoming.kind or Kind.CONTEXT), **said, "note": note, "by": incoming.by or None}
        wanted = Selector(exact=incoming.exact)
        text = self.annotator.text(self.annotator.selector(anchor, wanted), given, incoming.created)
        try:
            parsed(path, text)
        except Faulty as fault:
            return _Told(incoming, "left out", why=" ".join(str(fault).split()))
        held = self.annotator.library.files.get(path)
        if held is not None:
            outcome = "there already" if held == text.encode() else "differs"
            return _Told(
                incoming, outcome, path, why="" if outcome == "there already" else "it was changed here or there"
            )
        return _Told(incoming, "new", path, text, f"tags left out: {', '.join(rest)}" if rest else "")

    def _objection(self, incoming: Incoming) -> str | None:
        here = self.article.url
        if here and incoming.about and not self.any_address and _address(here) != _address(incoming.about):
            return f"it is about {incoming.about} (--any-address takes it)"
        if not incoming.exact and not incoming.position:
            return "it names no passage"
        return None if incoming.note or self.note else "it has no note (--note gives one)"

    def _anchor(self, incoming: Incoming) -> Anchor | str:
        """Where it stands by the archive's rule; else why not, in words."""
        prose = self.annotator.prose
        if not incoming.exact:
            start, end = incoming.position or (0, 0)
            there = prose.text[start:end]
            return (
                f"it names a position only; at it stands here: {cut_short(there)}"
                if there
                else "it names a position only"
            )
        for selector in _selectors(incoming):
            found = find(selector, prose)
            if isinstance(found, Anchor):
                return found
        near = nearest(normalise(incoming.exact), prose)
        times = prose.text.count(normalise(incoming.exact))
        if times:
            return f"it stands there {times} times" if times > 1 else "its context is another, or it cuts a word"
        return f"nearest: {cut_short(prose.text[near.start : near.end])}" if near else "nothing like it stands there"


def _selectors(incoming: Incoming) -> Iterator[Selector]:
    """Ever weaker ones; where a context is given, some of it must be there."""
    prefix, suffix = normalise(incoming.prefix).split(" "), normalise(incoming.suffix).split(" ")
    for count in CONTEXT_WORDS:
        before = " ".join(prefix if count is None else prefix[-count:])
        after = " ".join(suffix if count is None else suffix[:count])
        for left, right in ((before, after), (before, ""), ("", after)):
            if left or right or not (prefix[0] or suffix[0]):
                yield Selector(exact=incoming.exact, prefix=left, suffix=right)


def _replies(incoming: Sequence[Incoming]) -> dict[str, list[Incoming]]:
    """The replies with something to say, by the annotation that began it."""
    parents = {each.id: each.parent for each in incoming}
    found: dict[str, list[Incoming]] = {}
    for each in incoming:
        top, steps = each.parent, 0
        while parents.get(top) and steps < len(parents):
            top, steps = parents[top], steps + 1
        if each.parent and top in parents and each.note:
            found.setdefault(top, []).append(each)
    return {top: sorted(held, key=lambda each: (each.created, each.id)) for top, held in found.items()}


def _quoted(reply: Incoming) -> str:
    who = ", ".join(filter(None, (reply.by, reply.created)))
    lines = [*([f"{who}:", ""] if who else []), *reply.note.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _refused(told: _Told, problem: Problem) -> _Told:
    return _Told(told.incoming, "left out", why=f"{problem.message}: {problem.next}")


def _address(url: str) -> str:
    return url.partition("://")[2].partition("#")[0].removeprefix("www.").rstrip("/").lower()


def _line(told: _Told) -> str:
    rows = [("quote", told.incoming.exact), ("why", told.why)]
    head = f"{told.path or told.incoming.id}: {told.outcome}"
    return "\n".join([head, *(f"  {label:<8} {cut_short(text)}" for label, text in rows if text)])

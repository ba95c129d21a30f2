"""``archive-builder add``: captures into articles, with a report of what was found and what was left out."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from archive_builder.articles import Draft, Given, drafted
from archive_builder.cli.here import declined, in_archive
from archive_builder.cli.reporting import report
from archive_builder.cli.revise import Revising, known_article
from archive_builder.cli.settling import is_terminal, settled
from archive_builder.cli.sources import ACCEPTED, NoCapture, Several, Taken, extract_of, kept_as, shown, taken
from archive_builder.dates import parse_date
from archive_builder.deriving import derive
from archive_builder.ingest import Extract, Kind, Unreadable
from archive_builder.journal import ChangedMeanwhile, write_together
from archive_builder.model import Display, is_slug
from archive_builder.problems import FORMATS, Problem
from archive_builder.quoting import NotQuotable
from archive_builder.reading import ANNOTATIONS, Library, read_files
from archive_builder.rights import checked_rights
from archive_builder.store import CAPTURES, read_library

__all__ = ["add"]

SCHEMAS = Path("archive_builder/schemas")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--id", "id_", metavar="ID", help="The article's id; else made from its outlet and title.")
@click.option("--outlet", metavar="OUTLET", help="Who published it: an id, or a name for a new outlet.")
@click.option(
    "--display",
    type=click.Choice([each.value for each in Display]),
    default=Display.QUOTATIONS.value,
    show_default=True,
    help="How much of the text to show.",
)
@click.option("--url", metavar="URL", help="Its original address.")
@click.option("--published", metavar="DATE", help="When it appeared, where the capture does not say (EDTF).")
@click.option("--retrieved", metavar="DATE", help="When the capture was made, where it does not say (EDTF).")
@click.option("--language", metavar="TAG", help="Its language (BCP 47), like en or tg-Cyrl.")
@click.option("--rights", metavar="RIGHTS", help="A statement like InC or CC BY 4.0, its address, or words.")
@click.option(
    "--as",
    "kind",
    type=click.Choice([each.value for each in Kind]),
    help="What kind the capture is, where its name does not say.",
)
@click.option("--record", metavar="URL|N", help="Which page of a WARC or WACZ file to take.")
@click.option("--revise", is_flag=True, help="Take a newer capture of an article that is there, unasked.")
@click.option("--yes", is_flag=True, help="Ask nothing, even on a terminal.")
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
@click.option("--force", is_flag=True, help="Write over an article that is there.")
@in_archive
def add(
    sources: tuple[str, ...],
    display: str,
    kind: str | None,
    record: str | None,
    yes: bool,
    dry_run: bool,
    revise: bool,
    force: bool,
    root: Path,
    **given: Any,
) -> int:
    """Add captures as articles: web pages, text, Markdown, WARC and WACZ files, or - for the standard input.

    The capture stays in captures/, which git ignores; what is committed is the article's file. Of a web archive with
    several pages, all are listed, and --record takes one.

    Of an article that is there (by its --id or its address), a newer capture is shown as what changed, word by word,
    and taken only after a question or with --revise: annotations follow where that is safe, the record keeps the
    earlier capture under revisions:, and everything else in it stays but what the capture is and says of itself.

    \b
    Example:
      archive-builder add ~/two-banks.html --outlet "River Gazette" --published 2021-06-04
      archive-builder add crawl.warc.gz --record https://gazette.example/two-banks
      archive-builder add ~/two-banks-today.html --id two-banks --revise
      pbpaste | archive-builder add - --as text --display full --rights CC-BY
    """
    if len(sources) > 1 and (given["id_"] or given["url"] or record):
        raise click.UsageError("--id, --url and --record go with one source")
    if revise and force:
        raise click.UsageError("--revise keeps the article that is there, --force writes over it: give one")
    _check(given["id_"], given["rights"], given["published"], given["retrieved"])
    asked = replace(
        Given(display=Display(display), tool=_tool()), **{key.rstrip("_"): value for key, value in given.items()}
    )
    adder = _Adder(
        root, asked, Kind(kind) if kind else None, record, dry_run, force, revise, asks=is_terminal() and not yes
    )
    done = [adder.add(source, number, len(sources)) for number, source in enumerate(sources, 1)]
    if len(sources) > 1:
        click.echo(f"{done.count(True)} of {len(sources)} captures {'can be ' if dry_run else ''}added")
    return int(not all(done))


class _Adder:
    """Adds one capture after another, each wholly or not at all."""

    def __init__(
        self,
        root: Path,
        asked: Given,
        kind: Kind | None,
        record: str | None,
        dry_run: bool,
        force: bool,
        revises: bool,
        *,
        asks: bool,
    ) -> None:
        self.root = root
        self.asked = asked
        self.kind = kind
        self.record = record
        self.dry_run = dry_run
        self.force = force
        self.revises = revises
        self.asks = asks

    def add(self, source: str, number: int, count: int) -> bool:
        """Whether it was added; if not, it has been said why."""
        name = "the standard input" if source == "-" else source
        if count > 1 and sys.stderr.isatty():
            click.echo(f"[{number} of {count}] {name}", err=True)
        try:
            return self._add(source, name)
        except Several as several:
            click.echo("\n".join([f"{name}: {several}", *shown(several)]))
            declined(f"{name}: {several}, and none was chosen", "choose one with --record NUMBER or --record URL")
        except Unreadable as fault:
            declined(f"{name}: {fault.reason}", f"{fault.next} (captures are {ACCEPTED})")
        except NoCapture as fault:
            declined(f"{name}: {fault.fault}, so that nobody can say what changed", fault.step)
        except NotQuotable as fault:
            declined(f"{name}: {fault}", "add it with --display link-only, or correct the annotations")
        except ChangedMeanwhile as fault:
            declined(f"{name}: {fault.filename}: {fault.strerror}", "see what is there now, then run it again")
        except OSError as fault:
            declined(f"{name}: {(fault.strerror or str(fault)).lower()}", f"name a file: {ACCEPTED}")
        return False

    def _add(self, source: str, name: str) -> bool:
        found = taken(source, self.kind, self.record)
        library = read_library(self.root)
        stem = "" if source == "-" else Path(source).stem
        extract, draft = self._drafted(found, stem, self.asked, library)
        known = None if self.force else known_article(draft, self.asked.id, library)
        if known is not None:
            revising = Revising(self.root, library, known, found, draft, self.asked.tool)
            return revising.take(name, asks=self.asks and source != "-", revises=self.revises, dry_run=self.dry_run)
        if self._stands_against(draft, library, name):
            return False
        given: Given | None = self.asked
        if self.asks and source != "-" and not self.dry_run:
            click.echo("\n".join(self._report(draft, extract, found, library, dry_run=True)))
            given = settled(extract, self.asked)
            if given is None:
                declined(f"{name}: not added", "add it again when its metadata are known")
                return False
            extract, draft = self._drafted(found, stem, given, library)
        return self._write(draft, found, extract, library)

    def _drafted(self, found: Taken, stem: str, given: Given, library: Library) -> tuple[Extract, Draft]:
        """The article, read once more with the selectors of its outlet where it has some."""
        extract = extract_of(found.capture)
        given = replace(given, source=found.source)
        draft = drafted(extract, stem, given, library, self._schema_folder())
        outlet = library.outlets.get(draft.outlet_id)
        if outlet is not None and outlet.selectors is not None:
            extract = extract_of(found.capture, outlet)
            draft = drafted(extract, stem, given, library, self._schema_folder())
        return extract, draft

    def _schema_folder(self) -> bool:
        return (self.root / SCHEMAS).is_dir()

    def _stands_against(self, draft: Draft, library: Library, name: str) -> bool:
        """Whether something that is there would be overwritten or doubled."""
        if self.force:
            return False
        if draft.path in library.files:
            step = f"if this is a newer capture of it, say --id {draft.id}; else choose another --id"
            declined(f"{name}: {draft.path} is there already", step)
            return True
        if self.revises:
            declined(f"{name}: no article of its id or address is there to revise", "name it with --id, or add it anew")
            return True
        twin = next((each for each in library.articles.values() if each.digest == draft.digest), None)
        if twin is not None:
            declined(f"{name}: the same capture is {twin.path} already", "add it once more with --force")
        return twin is not None

    def _write(self, draft: Draft, found: Taken, extract: Extract, library: Library) -> bool:
        annotations = [each for each in library.annotations.values() if each.article == draft.id]
        body = derive(extract.markdown, self.asked.display, annotations).body
        text = draft.head + (f"\n{body}" if body else "")
        if faults := _faults({draft.path: text, **draft.outlet}):
            click.echo(FORMATS["text"](faults), err=True)
            return False
        if not self.dry_run:
            files: dict[str, str | bytes] = {_kept(found): found.capture.data, **draft.outlet, draft.path: text}
            data = {path: held.encode() if isinstance(held, str) else held for path, held in files.items()}
            write_together(self.root, data, library.files, [f"{ANNOTATIONS}/{draft.id}/"])
        click.echo("\n".join(self._report(draft, extract, found, library, dry_run=self.dry_run)))
        return True

    def _report(self, draft: Draft, extract: Extract, found: Taken, library: Library, *, dry_run: bool) -> list[str]:
        is_annotated = any(each.article == draft.id for each in library.annotations.values())
        return list(report(draft, extract, _kept(found), is_annotated=is_annotated, dry_run=dry_run))


def _kept(found: Taken) -> str:
    return f"{CAPTURES}/{kept_as(found.capture)}"


def _check(id: str | None, rights: str | None, *dates: str | None) -> None:
    if id is not None and not is_slug(id):
        raise click.BadParameter("an id is lower-case letters, digits and hyphens, like two-banks", param_hint="--id")
    try:
        checked_rights(rights or "CC0")
    except ValueError as fault:
        raise click.BadParameter(str(fault), param_hint="--rights") from None
    for option, written in zip(("--published", "--retrieved"), dates, strict=True):
        try:
            parse_date(written or "2000")
        except ValueError as fault:
            raise click.BadParameter(str(fault), param_hint=option) from None


def _tool() -> str:
    try:
        return f"archive-builder {version('archive-builder')}"
    except PackageNotFoundError:
        return "archive-builder"


def _faults(files: dict[str, str]) -> tuple[Problem, ...]:
    """What is wrong with the files that would be written, read as they will be."""
    return read_files({path: text.encode() for path, text in files.items()}).problems

"""``archive-builder add``: captures into articles, with a report of what was found and what was left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from archive_builder.articles import Draft, Given, drafted
from archive_builder.cli.here import cut_short, declined, in_archive
from archive_builder.cli.sources import ACCEPTED, extract_of, kept_as
from archive_builder.dates import parse_date
from archive_builder.deriving import derive
from archive_builder.ingest import Extract, Found, Unreadable
from archive_builder.model import Annotation, Display, Rights, is_slug
from archive_builder.problems import FORMATS, Problem
from archive_builder.quoting import NotQuotable
from archive_builder.reading import Library, read_files
from archive_builder.store import CAPTURE_BYTES, CAPTURES, Capture, inside, read_bounded, read_library, write_atomically

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
@click.option("--language", metavar="TAG", help="Its language (BCP 47), like en or tg-Cyrl.")
@click.option("--rights", type=click.Choice([each.value for each in Rights]), help="A rightsstatements.org keyword.")
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
@click.option("--force", is_flag=True, help="Write over an article that is there.")
@in_archive
def add(sources: tuple[str, ...], display: str, dry_run: bool, force: bool, root: Path, **given: str | None) -> int:
    """Add captures as articles: text files, or - for the standard input.

    The capture stays in captures/, which git ignores; what is committed is the article's file.

    \b
    Example:
      archive-builder add ~/two-banks.txt --outlet "River Gazette" --published 2021-06-04
      pbpaste | archive-builder add - --display full --rights CC-BY
    """
    if len(sources) > 1 and (given["id_"] or given["url"]):
        raise click.UsageError("--id and --url go with one source")
    _check(given["id_"], given["published"])
    asked = Given(**{key.rstrip("_"): value for key, value in given.items()}, display=Display(display))
    done = [_Adder(root, asked, dry_run, force).add(source) for source in sources]
    if len(sources) > 1:
        click.echo(f"{done.count(True)} of {len(sources)} captures {'can be ' if dry_run else ''}added")
    return int(not all(done))


class _Adder:
    """Adds one capture after another, each wholly or not at all."""

    def __init__(self, root: Path, asked: Given, dry_run: bool, force: bool) -> None:
        self.root = root
        self.asked = asked
        self.dry_run = dry_run
        self.force = force

    def add(self, source: str) -> bool:
        """Whether it was added; if not, it has been said why."""
        name = "the standard input" if source == "-" else source
        try:
            capture = _read(source)
            extract = extract_of(capture)
            library = read_library(self.root)
            draft = drafted(extract, Path(source).stem, self.asked, library, self._schema_folder())
            return not self._stands_against(draft, library, name) and self._write(draft, capture, extract, library)
        except Unreadable as fault:
            declined(f"{name}: {fault.reason}", f"{fault.next} (captures are {ACCEPTED})")
        except NotQuotable as fault:
            declined(f"{name}: {fault}", "add it with --display link-only, or correct the annotations")
        except OSError as fault:
            declined(f"{name}: {(fault.strerror or str(fault)).lower()}", f"name a file: {ACCEPTED}")
        return False

    def _schema_folder(self) -> bool:
        return (self.root / SCHEMAS).is_dir()

    def _stands_against(self, draft: Draft, library: Library, name: str) -> bool:
        """Whether something that is there would be overwritten or doubled."""
        if self.force:
            return False
        if draft.path in library.files:
            declined(f"{name}: {draft.path} is there already", "choose another --id, or write over it with --force")
            return True
        twin = next((each for each in library.articles.values() if each.digest == draft.digest), None)
        if twin is not None:
            declined(f"{name}: the same capture is {twin.path} already", "add it once more with --force")
        return twin is not None

    def _write(self, draft: Draft, capture: Capture, extract: Extract, library: Library) -> bool:
        annotations = [each for each in library.annotations.values() if each.article == draft.id]
        body = derive(extract.markdown, self.asked.display, annotations).body
        text = draft.head + (f"\n{body}" if body else "")
        if faults := _faults({draft.path: text, **draft.outlet}):
            click.echo(FORMATS["text"](faults), err=True)
            return False
        kept = f"{CAPTURES}/{kept_as(capture)}"
        if not self.dry_run:
            files: dict[str, str | bytes] = {kept: capture.data, **draft.outlet, draft.path: text}
            for path, data in files.items():
                write_atomically(inside(self.root, path), data)
        click.echo("\n".join(_report(draft, extract, kept, annotations, dry_run=self.dry_run)))
        return True


def _check(id: str | None, published: str | None) -> None:
    if id is not None and not is_slug(id):
        raise click.BadParameter("an id is lower-case letters, digits and hyphens, like two-banks", param_hint="--id")
    try:
        parse_date(published or "2000")
    except ValueError as fault:
        raise click.BadParameter(str(fault), param_hint="--published") from None


def _read(source: str) -> Capture:
    if source == "-":
        return Capture("", sys.stdin.buffer.read(CAPTURE_BYTES + 1))
    return Capture(Path(source).name, read_bounded(Path(source)))


def _faults(files: dict[str, str]) -> tuple[Problem, ...]:
    """What is wrong with the files that would be written, read as they will be."""
    return read_files({path: text.encode() for path, text in files.items()}).problems


def _report(
    draft: Draft, extract: Extract, kept: str, annotations: Iterable[Annotation], *, dry_run: bool
) -> Iterator[str]:
    yield f"{draft.path}{' (not written)' if dry_run else ''}"
    yield _found("title", extract.title)
    yield from (_found("author", each) for each in extract.authors or (None,))
    yield _found("published", extract.published)
    yield from (f"  dateline   {extract.dateline.value}  ({extract.dateline.where})",) if extract.dateline else ()
    yield f"  text       {extract.words:,} words, {draft.display}"
    yield f"  capture    {kept}"
    yield from (f"  outlet     {path}, new: fill it in" for path in draft.outlet)
    yield from (f"  removed    line {each.line}, {each.reason}: {cut_short(each.text, 60)}" for each in extract.removed)
    yield from (f"  doubtful   line {each.line}, {each.reason}: {cut_short(each.text, 60)}" for each in extract.doubts)
    if draft.display is Display.QUOTATIONS and not list(annotations):
        yield f'  next       archive-builder annotate {draft.id} "QUOTE": only annotated passages are shown'


def _found(label: str, found: Found | None) -> str:
    return f"  {label:<10} " + (f"{cut_short(found.value)}  ({found.where})" if found else "not found")

"""``archive-builder annotate``: one annotation, on a passage that stands in the article, in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from archive_builder.anchoring import Anchor, Miss, NotDescribable, describe, find
from archive_builder.archive import assemble
from archive_builder.articles import slug
from archive_builder.cli.display import annotations_of, rewritten
from archive_builder.cli.here import article_called, declined, in_archive
from archive_builder.cli.sources import NoCapture, capture_of, extract_of
from archive_builder.deriving import derive, full_prose
from archive_builder.documents import Faulty, parse_record, parse_yaml
from archive_builder.editing import dump_mapping
from archive_builder.ingest import Unreadable
from archive_builder.misses import told
from archive_builder.model import Annotation, Article, Display, Kind, Selector, Stance, is_slug
from archive_builder.problems import Code, Place, Problem
from archive_builder.projection import Prose, normalise, project
from archive_builder.quoting import NotQuotable
from archive_builder.reading import Library, path_of, read_files
from archive_builder.store import inside, read_library, write_atomically

__all__ = ["annotate"]

SCHEMA = "archive_builder/schemas/annotation.json"
NAME_LENGTH = 40


@click.command()
@click.argument("article")
@click.argument("quote")
@click.option("--note", required=True, help="What a reader should know, in your own words (Markdown).")
@click.option("--claim", metavar="ID", help="The claim it bears on.")
@click.option(
    "--stance",
    type=click.Choice([each.value for each in Stance if each is not Stance.OMITS]),
    help="What the passage's speaker does with the claim.",
)
@click.option("--value", metavar="VALUE", help="The value given: 15, 200..300, >100, ~200 or a date.")
@click.option("--attribution", multiple=True, metavar="ID", help="Whom the passage gives it to, nearest first.")
@click.option(
    "--kind",
    type=click.Choice([each.value for each in Kind]),
    default=Kind.DISPUTE.value,
    show_default=True,
    help="What the annotation is about.",
)
@click.option("--by", metavar="NAME", help="Who you are, like a GitHub name.")
@click.option("--name", metavar="NAME", help="The file's name; else made from the claim or the quote.")
@click.option("--prefix", default="", metavar="WORDS", help="The words before the quote, where it stands twice.")
@click.option("--suffix", default="", metavar="WORDS", help="The words after the quote, where it stands twice.")
@click.option("--dry-run", is_flag=True, help="Show the file, and write nothing.")
@in_archive
def annotate(
    article: str,
    quote: str,
    prefix: str,
    suffix: str,
    name: str | None,
    dry_run: bool,
    root: Path,
    **given: str | tuple[str, ...] | None,
) -> int:
    """Annotate a passage: QUOTE, as it stands in ARTICLE.

    The passage must stand there once. Where the article is quoted in part and its capture is at hand, any passage of
    the whole text will do: its sentence is then quoted too.

    \b
    Example:
      archive-builder annotate two-banks "fifteen boats" --claim boats-number --stance asserts \\
        --value 15 --attribution harbour-master --note "The log has *fifty*."
    """
    if name is not None and not is_slug(name):
        raise click.BadParameter("a name is lower-case letters, digits and hyphens, like boats-15", param_hint="--name")
    library = read_library(root)
    held = article_called(article, library)
    return _Annotator(root, library, held).annotate(
        Selector(exact=quote, prefix=prefix, suffix=suffix), name, dry_run, given
    )


class _Annotator:
    """Knows the article and, where its capture is at hand, its whole text."""

    def __init__(self, root: Path, library: Library, article: Article) -> None:
        self.root = root
        self.library = library
        self.article = article
        self.whole, self.words = _whole_text(root, library, article)

    def annotate(
        self, wanted: Selector, name: str | None, dry_run: bool, given: Mapping[str, str | tuple[str, ...] | None]
    ) -> int:
        prose = full_prose(self.whole) if self.whole is not None else _shown_prose(self.article)
        found = find(wanted, prose)
        if isinstance(found, Miss):
            return self._tell(found, wanted, prose)
        path = self._path(name, given["claim"] or wanted.exact)
        if path in self.library.files:
            declined(f"{path} is there already", "choose another --name")
            return 1
        text = self._text(_selector(found, wanted, prose), given)
        return self._write(path, text, dry_run)

    def _tell(self, miss: Miss, wanted: Selector, prose: Prose) -> int:
        line = 1 if self.whole is not None else self.library.body_line(self.article)
        problem = told(miss, wanted, Place(self.article.path), self.article, line, prose)
        click.echo(str(problem), err=True)
        if miss.code is Code.QUOTE_AMBIGUOUS:
            click.echo("         (that is, as --prefix or --suffix)", err=True)
        return 1

    def _path(self, name: str | None, about: object) -> str:
        """The annotation's path: a given name as it is, a made one with a number where it is taken."""
        made = name or slug(str(about)[: 2 * NAME_LENGTH])[:NAME_LENGTH].strip("-") or "annotation"
        names = [made] if name else [made, *(f"{made}-{number}" for number in range(2, 1000))]
        paths = [path_of(Annotation, f"{self.article.id}/{each}") for each in names]
        return next((path for path in paths if path not in self.library.files), paths[0])

    def _text(self, selector: Selector, given: Mapping[str, str | tuple[str, ...] | None]) -> str:
        has_schema = (self.root / SCHEMA).is_file()
        keys = ("claim", "stance", "value", "attribution", "kind")
        note = str(given["note"]).strip("\n") + "\n"
        target = {name: text for name, text in selector.model_dump().items() if text}
        record = {"target": target, **{key: given[key] for key in keys}, "note": note, "by": given["by"]}
        opening = f"# yaml-language-server: $schema=../../{SCHEMA}\n" if has_schema else ""
        return opening + dump_mapping({**record, "created": date.today().isoformat()})

    def _write(self, path: str, text: str, dry_run: bool) -> int:
        try:
            files = self._files(path, text)
        except (Faulty, NotQuotable) as fault:
            click.echo(str(fault), err=True)
            return 1
        if faults := self._faults(files, path):
            click.echo("\n\n".join(map(str, faults)), err=True)
            return 1
        for changed, data in () if dry_run else files.items():
            write_atomically(inside(self.root, changed), data)
        click.echo(text.rstrip("\n") if dry_run else "\n".join(sorted(files)))
        return 0

    def _files(self, path: str, text: str) -> dict[str, bytes]:
        """What is to be written: the annotation and, where the article is quoted, its body with the new passage."""
        annotation = parse_record(Annotation, path.rpartition("/")[2].removesuffix(".yml"), parse_yaml(text, path))
        files = {path: text.encode()}
        if self.whole is not None:
            own = [*annotations_of(self.article, self.library), annotation]
            body = derive(self.whole, self.article.display, own).body
            held = self.library.files[self.article.path]
            new = rewritten(held, self.article.path, self.article.display, body, self.words)
            files |= {self.article.path: new} if new != held else {}
        return files

    def _faults(self, files: Mapping[str, bytes], path: str) -> list[Problem]:
        """What is wrong with the annotation, in the archive as it would be."""
        archive = assemble(read_files({**self.library.files, **files}))
        return [problem for problem in archive.problems if problem.place.path == path]


def _whole_text(root: Path, library: Library, article: Article) -> tuple[str | None, int | None]:
    """The whole text of an article that is quoted in part, and its words; None where its capture is not at hand."""
    if article.display is not Display.QUOTATIONS:
        return None, None
    try:
        extract = extract_of(capture_of(root, article), library.outlets.get(article.outlet))
    except (NoCapture, Unreadable):
        return None, None
    return extract.markdown, extract.words


def _shown_prose(article: Article) -> Prose:
    text = full_prose(article.body)
    return project(text.source, elisions=True) if article.display is Display.QUOTATIONS else text


def _selector(anchor: Anchor, wanted: Selector, prose: Prose) -> Selector:
    """The shortest selector, with the article's own quotation marks and dashes where no markup stands among them."""
    try:
        selector = describe(anchor, prose)
    except NotDescribable:
        return wanted
    spans = prose.source_spans(anchor.start, anchor.end)
    written = " ".join(prose.source[spans[0][0] : spans[-1][1]].split()) if spans else ""
    if len(spans) == 1 and normalise(written) == selector.exact:
        return selector.model_copy(update={"exact": written})
    return selector

"""``archive-builder annotate``: one annotation, on a passage that stands in the article, in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from archive_builder.anchoring import Anchor, Miss, NotDescribable, describe, find
from archive_builder.archive import assemble
from archive_builder.articles import slug
from archive_builder.cli.asking import Questions, is_on_a_terminal, similar_claims
from archive_builder.cli.display import annotations_of, folder_of, rewritten
from archive_builder.cli.here import article_called, declined, in_archive
from archive_builder.cli.sources import NoCapture, capture_of, extract_of
from archive_builder.deriving import derive, full_prose
from archive_builder.documents import Faulty, parse_record, parse_yaml
from archive_builder.editing import dump_mapping
from archive_builder.ingest import Unreadable
from archive_builder.journal import write_together
from archive_builder.misses import told
from archive_builder.model import Annotation, Article, Claim, Display, Kind, Selector, Stance, is_slug
from archive_builder.problems import Code, Place, Problem
from archive_builder.projection import Prose, normalise, project
from archive_builder.quoting import NotQuotable
from archive_builder.reading import Library, path_of, read_files
from archive_builder.store import read_library

__all__ = ["Annotator", "annotate", "parsed"]

SCHEMA = "archive_builder/schemas/annotation.json"
NAME_LENGTH = 40


@click.command()
@click.argument("article", required=False)
@click.argument("quote", required=False)
@click.option("--note", help="What a reader should know, in your own words (Markdown).")
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
    help="What the annotation is about.  [default: dispute]",
)
@click.option("--by", metavar="NAME", help="Who you are, like a GitHub name.")
@click.option("--name", metavar="NAME", help="The file's name; else made from the claim or the quote.")
@click.option("--prefix", default="", metavar="WORDS", help="The words before the quote, where it stands twice.")
@click.option("--suffix", default="", metavar="WORDS", help="The words after the quote, where it stands twice.")
@click.option("--suggest", is_flag=True, help="List the claims most like the passage, and write nothing.")
@click.option("--dry-run", is_flag=True, help="Show the file, and write nothing.")
@in_archive
def annotate(
    article: str | None,
    quote: str | None,
    prefix: str,
    suffix: str,
    name: str | None,
    suggest: bool,
    dry_run: bool,
    root: Path,
    **given: str | tuple[str, ...] | None,
) -> int:
    """Annotate a passage: QUOTE, as it stands in ARTICLE.

    The passage must stand there once. Where the article is quoted in part and its capture is at hand, any passage of
    the whole text will do: its sentence is then quoted too.

    What is missing of ARTICLE, QUOTE and --note is asked for on a terminal, with the claims most like the passage; the
    note is written in $EDITOR. Without a terminal nothing is asked.

    \b
    Example:
      archive-builder annotate two-banks "fifteen boats" --claim boats-number --stance asserts \\
        --value 15 --attribution harbour-master --note "The log has *fifty*."
    """
    if name is not None and not is_slug(name):
        raise click.BadParameter("a name is lower-case letters, digits and hyphens, like boats-15", param_hint="--name")
    library = read_library(root)
    asks = not suggest and not (article and quote and given["note"])
    if asks and not is_on_a_terminal():
        missing = [
            what
            for what, is_there in (("ARTICLE", article), ("QUOTE", quote), ("--note", given["note"]))
            if not is_there
        ]
        raise click.UsageError(f"{', '.join(missing)} missing, and there is no terminal to ask on")
    if suggest and not (article and quote):
        raise click.UsageError("--suggest needs ARTICLE and QUOTE")
    questions = Questions(library)
    annotator = Annotator(root, library, article_called(article, library) if article else questions.article())
    wanted = Selector(exact=quote, prefix=prefix, suffix=suffix) if quote else questions.quote(annotator.prose)
    if suggest:
        return annotator.suggest(wanted)
    if asks:
        given = {**given, **annotator.asked(wanted, questions, given)}
    return annotator.annotate(wanted, name, dry_run, given)


class Annotator:
    """Knows the article and, where its capture is at hand, its whole text."""

    def __init__(self, root: Path, library: Library, article: Article) -> None:
        self.root = root
        self.library = library
        self.article = article
        self.is_typed = False
        """Whether somebody answered questions, and would have to do so again."""
        self.whole, self.words = _whole_text(root, library, article)
        self.prose = full_prose(self.whole) if self.whole is not None else _shown_prose(article)

    def annotate(
        self, wanted: Selector, name: str | None, dry_run: bool, given: Mapping[str, str | tuple[str, ...] | None]
    ) -> int:
        found = find(wanted, self.prose)
        if isinstance(found, Miss):
            return self._tell(found, wanted)
        path = self._path(name, given["claim"] or wanted.exact)
        if path in self.library.files:
            declined(f"{path} is there already", "choose another --name")
            return 1
        text = self.text(self.selector(found, wanted), given)
        return self._write(path, text, dry_run)

    def suggest(self, wanted: Selector) -> int:
        """List the claims that the passage most likely bears on."""
        found = find(wanted, self.prose)
        if isinstance(found, Miss):
            return self._tell(found, wanted)
        for claim in self._similar(found):
            click.echo(f"{claim.id}\t{claim.title}")
        return 0

    def asked(
        self, wanted: Selector, questions: Questions, given: Mapping[str, str | tuple[str, ...] | None]
    ) -> dict[str, str | tuple[str, ...] | None]:
        """What was not given and is asked for; nothing where the passage does not anchor, which is told later."""
        found = find(wanted, self.prose)
        if isinstance(found, Miss):
            return {}
        self.is_typed = True
        claim = given["claim"] or questions.claim(self._similar(found))
        said: dict[str, str | tuple[str, ...] | None] = {"claim": claim}
        if claim in self.library.claims and not given["stance"]:
            said |= questions.bearing(str(claim))
        said["attribution"] = given["attribution"] or questions.attribution()
        said["kind"] = given["kind"] or questions.kind()
        return {**said, "note": given["note"] or questions.note(wanted.exact)}

    def _similar(self, anchor: Anchor) -> list[Claim]:
        return similar_claims(anchor, self.prose, self.article, self.library.claims.values())

    def selector(self, anchor: Anchor, wanted: Selector) -> Selector:
        """The shortest selector of the passage, as the article writes it."""
        return _selector(anchor, wanted, self.prose)

    def _tell(self, miss: Miss, wanted: Selector) -> int:
        line = 1 if self.whole is not None else self.library.body_line(self.article)
        problem = told(miss, wanted, Place(self.article.path), self.article, line, self.prose)
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

    def text(
        self, selector: Selector, given: Mapping[str, str | tuple[str, ...] | None], created: str | None = None
    ) -> str:
        """The annotation's file."""
        has_schema = (self.root / SCHEMA).is_file()
        keys = ("claim", "stance", "value", "attribution")
        kind = given.get("kind") or str(Kind.DISPUTE)
        note = str(given["note"]).strip("\n") + "\n"
        target = {name: text for name, text in selector.model_dump().items() if text}
        record = {
            "target": target,
            **{key: given.get(key) for key in keys},
            "kind": kind,
            "note": note,
            "by": given["by"],
        }
        opening = f"# yaml-language-server: $schema=../../{SCHEMA}\n" if has_schema else ""
        return opening + dump_mapping({**record, "created": date.today().isoformat() if created is None else created})

    def _write(self, path: str, text: str, dry_run: bool) -> int:
        try:
            files = self.all_files({path: text})
            faults = "\n\n".join(str(each) for each in self.faults(files) if each.place.path == path)
        except (Faulty, NotQuotable) as fault:
            files, faults = {}, str(fault)
        if faults:
            typed = f"\n\nNothing was written. What you typed:\n\n{text}" if self.is_typed else ""
            click.echo(f"{faults}{typed}", err=True)
            return 1
        if not dry_run:
            write_together(self.root, files, self.library.files, self.rests_on)
        click.echo(text.rstrip("\n") if dry_run else "\n".join(sorted(files)))
        return 0

    @property
    def rests_on(self) -> tuple[str, ...]:
        """What must not have changed meanwhile: the article, and where it is quoted, what is quoted for."""
        return (self.article.path, *([folder_of(self.article)] if self.whole is not None else []))

    def all_files(self, texts: Mapping[str, str]) -> dict[str, bytes]:
        """What is to be written: the annotations and, where the article is quoted, its body with the new passages."""
        new = [parsed(path, text) for path, text in texts.items()]
        files = {path: text.encode() for path, text in texts.items()}
        if self.whole is not None and new:
            own = [*annotations_of(self.article, self.library), *new]
            body = derive(self.whole, self.article.display, own).body
            held = self.library.files[self.article.path]
            changed = rewritten(held, self.article.path, self.article.display, body, self.words)
            files |= {self.article.path: changed} if changed != held else {}
        return files

    def faults(self, files: Mapping[str, bytes]) -> list[Problem]:
        """What is wrong in the files, in the archive as it would be."""
        archive = assemble(read_files({**self.library.files, **files}))
        return [problem for problem in archive.problems if problem.place.path in files]


def parsed(path: str, text: str) -> Annotation:
    """The annotation in the text of a file; raise Faulty where it is none."""
    return parse_record(Annotation, path.rpartition("/")[2].removesuffix(".yml"), parse_yaml(text, path))


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

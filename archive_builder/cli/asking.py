"""Asks on a terminal for what an annotation still lacks, and never without one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

import click
from rapidfuzz import fuzz

from archive_builder.anchoring import Anchor, find, nearest
from archive_builder.cli.here import article_called, cut_short
from archive_builder.model import Article, Claim, Kind, Selector, Stance
from archive_builder.problems import did_you_mean
from archive_builder.projection import Prose, normalise
from archive_builder.reading import Library
from archive_builder.standing import read_value

__all__ = ["Questions", "is_on_a_terminal", "similar_claims"]

SUGGESTED = 6
# What stands around a passage says what it is about; in code points.
AROUND = 200
# A claim on an event that the article reports is so much likelier, of 100.
SAME_EVENT = 15
NOTE_MARK = "<!-- Write the note above this line, in Markdown. What is below is not kept. -->"


def is_on_a_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def similar_claims(anchor: Anchor, prose: Prose, article: Article, claims: Iterable[Claim]) -> list[Claim]:
    """The claims that the passage most likely bears on, the likeliest first."""
    passage = prose.text[anchor.start : anchor.end]
    around = prose.text[max(anchor.start - AROUND, 0) : anchor.end + AROUND]

    def likeness(claim: Claim) -> tuple[float, str]:
        told = normalise(f"{claim.title} {claim.statement}").lower()
        near = fuzz.token_set_ratio(passage.lower(), told) + fuzz.token_set_ratio(around.lower(), told) / 2
        return -near - SAME_EVENT * (claim.event in article.events), claim.id

    return sorted(claims, key=likeness)[:SUGGESTED]


class Questions:
    """Asks about one annotation, in the order in which one thinks of it."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def article(self) -> Article:
        """The article, asked for until there is one of that name."""
        for id, held in self.library.articles.items():
            click.echo(f"  {id}  {cut_short(held.title, 60)}", err=True)
        while True:
            given = _asked("Article")
            try:
                return article_called(given, self.library)
            except click.UsageError as fault:
                click.echo(f"  {fault.message}", err=True)

    def quote(self, prose: Prose) -> Selector:
        """The passage, asked for until it stands in the article once."""
        while True:
            wanted = Selector(exact=_asked("Passage, word for word"))
            found = find(wanted, prose)
            if isinstance(found, Anchor):
                return wanted
            if normalise(wanted.exact) in prose.text:
                click.echo("  it stands there more than once, or cuts a word", err=True)
                wanted = wanted.model_copy(update={"prefix": _asked("The words just before it")})
                if isinstance(find(wanted, prose), Anchor):
                    return wanted
                continue
            near = nearest(normalise(wanted.exact), prose)
            if near and click.confirm(
                f"  It does not stand there. Is it: {prose.text[near.start : near.end]}", err=True
            ):
                return Selector(exact=prose.text[near.start : near.end])

    def claim(self, suggested: Sequence[Claim]) -> str | None:
        """A claim, by number or id; None for none."""
        for number, claim in enumerate(suggested, 1):
            click.echo(f"  {number}  {claim.id}: {cut_short(claim.title, 70)}", err=True)
        while given := _asked("Claim: a number, an id, or nothing", default=""):
            if given.isdecimal() and 0 < int(given) <= len(suggested):
                return suggested[int(given) - 1].id
            if given in self.library.claims:
                return given
            near = did_you_mean(given, self.library.claims)
            click.echo(f"  there is no claim {given}{f': did you mean {near}?' if near else ''}", err=True)
        return None

    def bearing(self, claim: str) -> Mapping[str, str | None]:
        """The stance towards the claim, and the value where the claim has a measure."""
        stances = [str(each) for each in Stance if each is not Stance.OMITS]
        stance = click.prompt("Stance", type=click.Choice(stances), default="asserts", err=True)
        measure = self.library.claims[claim].measure
        while measure is not None and (
            given := _asked("Value given: 15, 200..300, >100, ~200, or nothing", default="")
        ):
            try:
                read_value(given, measure)
                return {"stance": stance, "value": given}
            except ValueError as fault:
                click.echo(f"  {fault}", err=True)
        return {"stance": stance, "value": None}

    def attribution(self) -> tuple[str, ...]:
        """Whom the passage gives it to."""
        known = {*self.library.entities, *self.library.outlets}
        while True:
            given = (
                _asked("Given to (ids, nearest first; nothing: its own voice)", default="").replace(",", " ").split()
            )
            unknown = [id for id in given if id not in known]
            if not unknown:
                return tuple(given)
            near = did_you_mean(unknown[0], known)
            click.echo(f"  there is no entity {unknown[0]}{f': did you mean {near}?' if near else ''}", err=True)

    def kind(self) -> str:
        """What the annotation is about."""
        kinds = [str(each) for each in Kind]
        return str(click.prompt("Kind", type=click.Choice(kinds), default=str(Kind.DISPUTE), err=True))

    def note(self, passage: str) -> str:
        """The note, written in the editor; on one line where there is none."""
        begun = f"\n\n{NOTE_MARK}\n\n> {' '.join(passage.split())}\n"
        try:
            written = (click.edit(begun, extension=".md") or "").partition(NOTE_MARK)[0].strip()
        except click.ClickException as fault:
            click.echo(f"  {fault.message}", err=True)
            written = ""
        return written or _asked("Note, in one line")


def _asked(question: str, default: str | None = None) -> str:
    return str(click.prompt(question, default=default, show_default=False, err=True)).strip()

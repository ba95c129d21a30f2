"""The values that templates show: an archive seen from one page of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from archive_builder.archive import Archive
from archive_builder.changes import History
from archive_builder.dates import parse_date
from archive_builder.mentions import Mention, mentions
from archive_builder.model import Annotation, Article, Claim, Evidence, Record, Stance
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Links, Site
from archive_builder.standing import Standing, in_words, read_value

__all__ = ["STATUS_WORDS", "Link", "Note", "Views", "Witness"]

STATUS_WORDS = {
    "contested": "contested",
    "agreed": "agreed",
    "single-origin": "single origin",
    "unsupported": "unsupported here",
    "unreported": "not reported",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads to a page."""

    name: str
    url: str
    label: str | None = None
    """A mark beside an outlet's name."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A piece of evidence, ready to show."""

    relation: str
    link: Link
    origin: str | None
    """The outlet and the date of a report, in words."""
    archived: str | None
    states: Markup | None
    quote: str | None
    """The passage of another annotation."""


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation, ready to show."""

    name: str
    number: int
    article: Article
    annotation: Annotation
    standing: Standing | None
    value: str | None
    chain: tuple[Link, ...]
    """Whom the passage gives it to, nearest first."""
    quote: str
    """The passage; empty for what an article leaves out."""
    html: Markup
    witnesses: tuple[Witness, ...]
    passage: Link
    """Leads to the passage, or to the note where there is none."""
    permalink: str
    edit: str | None
    status: str
    """What its mark looks like."""

    @property
    def is_silence(self) -> bool:
        return self.annotation.stance is Stance.OMITS


class Views:
    """An archive with what several pages need of it, worked out once."""

    def __init__(self, archive: Archive, site: Site) -> None:
        self.archive = archive
        self.site = site

    @cached_property
    def history(self) -> History:
        return self.site.history()

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        return mentions(self.archive)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each annotation in its article, from 1."""
        held = self.archive.annotated.values()
        return {note.key: number for notes in held for number, note in enumerate(notes, start=1)}

    @cached_property
    def said_by(self) -> Mapping[str, tuple[Annotation, ...]]:
        """The annotations whose attribution names a speaker, by speaker."""
        said: dict[str, list[Annotation]] = defaultdict(list)
        for held in self.archive.annotated.values():
            for annotation in held:
                for speaker in dict.fromkeys(annotation.attribution):
                    said[speaker].append(annotation)
        return {speaker: tuple(statements) for speaker, statements in said.items()}

    @cached_property
    def claims_in(self) -> Mapping[str, frozenset[str]]:
        """The claims that each article is annotated on, by article."""
        return {
            article: frozenset(annotation.claim for annotation in held if annotation.claim)
            for article, held in self.archive.annotated.items()
        }

    @cached_property
    def articles_on(self) -> Mapping[str, tuple[Article, ...]]:
        """The articles on each event, by date."""
        on: dict[str, list[Article]] = {event: [] for event in self.archive.events}
        for article in self.archive.articles.values():
            for event in article.events:
                on[event].append(article)
        return {event: self.by_date(articles) for event, articles in on.items()}

    @cached_property
    def claims_on(self) -> Mapping[str, tuple[Standing, ...]]:
        """The standings of the claims that belong to each event."""
        on: dict[str, list[Standing]] = {event: [] for event in self.archive.events}
        for standing in self.archive.standings.values():
            if standing.claim.event:
                on[standing.claim.event].append(standing)
        return {event: self.most_contested(standings) for event, standings in on.items()}

    @cached_property
    def articles_by(self) -> Mapping[str, tuple[Article, ...]]:
        """The articles of each outlet, by date."""
        by: dict[str, list[Article]] = {outlet: [] for outlet in self.archive.outlets}
        for article in self.archive.articles.values():
            by[article.outlet].append(article)
        return {outlet: self.by_date(articles) for outlet, articles in by.items()}

    @staticmethod
    def by_date(articles: Sequence[Article]) -> tuple[Article, ...]:
        return tuple(sorted(articles, key=lambda article: (_date_key(article.published), article.id)))

    @staticmethod
    def most_contested(standings: Sequence[Standing]) -> tuple[Standing, ...]:
        """Contested claims first, then by how many origins and passages speak to them."""
        order = list(STATUS_WORDS)
        return tuple(
            sorted(standings, key=lambda s: (order.index(s.status), -len(s.origins), -len(s.positions), s.claim.id))
        )

    def links(self, path: str) -> Links:
        return Links.of(path, self.site)

    def article_link(self, article: Article, links: Links) -> Link:
        outlet = self.archive.outlets[article.outlet]
        return Link(article.title, links.to("articles", article.id), outlet.label)

    def outlet_link(self, article: Article, links: Links) -> Link:
        outlet = self.archive.outlets[article.outlet]
        return Link(outlet.name, links.to("outlets", outlet.id), outlet.label)

    def claim_link(self, claim: Claim, links: Links) -> Link:
        return Link(claim.title, links.to("claims", claim.id))

    def speaker_link(self, speaker: str, links: Links) -> Link:
        kind = "entities" if speaker in self.archive.entities else "outlets"
        return Link(self.archive.name_of(speaker), links.to(kind, speaker))

    @staticmethod
    def date(written: str) -> str:
        """An EDTF date in words."""
        return str(parse_date(written))

    def values(self, standing: Standing) -> tuple[str, ...]:
        """The different values given for a claim, in words, in the order they are met."""
        measure = standing.claim.measure
        said = (in_words(position.reading, measure) for position in standing.positions if position.reading)
        return tuple(dict.fromkeys(said))

    def latest(self, count: int, links: Links) -> list[Note]:
        """The annotations last written, with a passage, the newest first."""
        dated = [each for each in self.archive.annotations.values() if each.target is not None]
        dated.sort(key=lambda each: (each.created or "", each.key), reverse=True)
        return [self.note(annotation, links) for annotation in dated[:count]]

    def edit(self, record: Record) -> str | None:
        return self.site.addresses.edit(record.path)

    def note(self, annotation: Annotation, links: Links) -> Note:
        article = self.archive.articles[annotation.article]
        standing = self.archive.standings.get(annotation.claim) if annotation.claim else None
        return Note(
            name=annotation.id,
            number=self.numbers[annotation.key],
            article=article,
            annotation=annotation,
            standing=standing,
            value=self.value(annotation),
            chain=tuple(self.speaker_link(speaker, links) for speaker in annotation.attribution),
            quote=self.quote(annotation),
            html=note_html(annotation.note, links, "claims"),
            witnesses=self.witnesses(annotation.evidence, links),
            passage=self.passage(annotation, links),
            permalink=links.to("articles", article.id, f"note-{annotation.id}"),
            edit=self.edit(annotation),
            status=self.mark(annotation),
        )

    def mark(self, annotation: Annotation) -> str:
        """What an annotation's mark looks like: its claim's standing, or its kind where it has no claim."""
        return self.archive.standings[annotation.claim].status if annotation.claim else annotation.kind

    def value(self, annotation: Annotation) -> str | None:
        if annotation.value is None or annotation.claim is None:
            return None
        measure = self.archive.claims[annotation.claim].measure
        return in_words(read_value(annotation.value, measure), measure)

    def quote(self, annotation: Annotation) -> str:
        """The passage as the article has it; as the annotation has it where the text is not shown."""
        anchor = self.archive.anchors.get(annotation.key)
        if anchor is not None:
            return self.archive.proses[annotation.article].text[anchor.start : anchor.end]
        return annotation.target.exact if annotation.target else ""

    def passage(self, annotation: Annotation, links: Links) -> Link:
        article = self.archive.articles[annotation.article]
        fragment = "mark" if annotation.key in self.archive.anchors else "note"
        url = links.to("articles", article.id, f"{fragment}-{annotation.id}")
        outlet = self.archive.outlets[article.outlet]
        return Link(outlet.name, url, outlet.label)

    def witnesses(self, evidence: Sequence[Evidence], links: Links) -> tuple[Witness, ...]:
        known = [each for each in evidence if each.url or each.annotation in self.archive.annotations]
        return tuple(self._witness(each, links) for each in known)

    def _witness(self, evidence: Evidence, links: Links) -> Witness:
        states = note_html(evidence.states, links) if evidence.states else None
        if evidence.annotation:
            annotation = self.archive.annotations[evidence.annotation]
            link = self.passage(annotation, links)
            return Witness(evidence.relation, link, None, None, states, self.quote(annotation) or None)
        assert evidence.url is not None
        date = str(parse_date(evidence.published)) if evidence.published else None
        name = evidence.title or evidence.outlet or evidence.url
        origin = ", ".join(filter(None, (evidence.outlet if evidence.title else None, date)))
        return Witness(evidence.relation, Link(name, evidence.url), origin or None, evidence.archived, states, None)


def _date_key(published: str | None) -> tuple[str, str, str]:
    return parse_date(published).sort_key if published else ("9999", "", "")

"""The values that templates show: an archive seen from one page of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from archive_builder.archive import Archive
from archive_builder.changes import History
from archive_builder.dates import parse_date
from archive_builder.mentions import Mention, mentions
from archive_builder.model import Annotation, Article, Event, Evidence, Record, Stance
from archive_builder.pages import fragments
from archive_builder.pages.annotation import Note
from archive_builder.pages.fragments import STATUS_WORDS, Link, Witness
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Links, Site
from archive_builder.pages.plots import spark
from archive_builder.standing import Standing, in_words, read_value

__all__ = ["STATUS_WORDS", "Link", "Note", "Views", "Witness"]

SPEAKING = {Stance.ASSERTS: "assert", Stance.DENIES: "deny", Stance.DOUBTS: "doubt"}
"""What a passage does with a claim, and what several do."""


class Views:
    """An archive with what several pages need of it, worked out once."""

    def __init__(self, archive: Archive, site: Site) -> None:
        self.archive = archive
        self.site = site
        # Pages of one depth show the same links, and there are few depths.
        self._chains: dict[tuple[str, tuple[str, ...], str], Markup] = {}
        self._lines: dict[tuple[str, str, str], Markup] = {}
        self._values: dict[str, str | None] = {}
        self._sparks: dict[str, Markup | None] = {}
        self.cells: dict[tuple[str, str, str], Markup] = {}
        """What an article has on a claim, by both and the way to the top: kept by those who show it beside another."""

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
    def spoken_for_by(self) -> Mapping[str, tuple[str, ...]]:
        """Who speaks for an entity, by the entity."""
        speaking: dict[str, list[str]] = defaultdict(list)
        for entity in self.archive.entities.values():
            if entity.speaks_for:
                speaking[entity.speaks_for].append(entity.id)
        return {entity: tuple(speakers) for entity, speakers in speaking.items()}

    @cached_property
    def by_claim(self) -> Mapping[str, Mapping[str, list[Annotation]]]:
        """Each article's annotations by the claim they bear on, in reading order."""
        held: dict[str, dict[str, list[Annotation]]] = {}
        for article, remarks in self.archive.annotated.items():
            claims = held[article] = {}
            for annotation in remarks:
                if annotation.claim is not None:
                    claims.setdefault(annotation.claim, []).append(annotation)
        return held

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

    def most_told(self) -> list[Event]:
        """The events, those with most claims first."""
        return sorted(self.archive.events.values(), key=lambda event: -len(self.claims_on[event.id]))

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

    def speaker_link(self, speaker: str, links: Links) -> Link:
        kind = "entities" if speaker in self.archive.entities else "outlets"
        return Link(self.archive.name_of(speaker), links.to(kind, speaker))

    @staticmethod
    def date(written: str) -> str:
        """An EDTF date in words."""
        return _date_in_words(written)

    def values(self, standing: Standing) -> tuple[str, ...]:
        """The different values given for a claim, in words, in the order they are met."""
        return tuple(dict.fromkeys(in_words(reading, standing.claim.measure) for reading in standing.readings))

    @staticmethod
    def stances(standing: Standing) -> str:
        """How many passages take which stance: ``2 assert · 1 denies``."""
        counted = Counter(each.stance for each in standing.positions)
        told = ((counted[stance], stance, many) for stance, many in SPEAKING.items() if counted[stance])
        return " · ".join(f"{number} {many if number > 1 else one}" for number, one, many in told)

    def latest(self, count: int, links: Links) -> list[Note]:
        """The annotations last written, with a passage, the newest first; of one day, from each article in turn."""
        met: Counter[tuple[str | None, str]] = Counter()
        dated: list[tuple[str, int, Annotation]] = []
        for each in self.archive.annotations.values():
            if each.target is not None:
                met[each.created, each.article] += 1
                dated.append((each.created or "", -met[each.created, each.article], each))
        dated.sort(key=lambda each: (*each[:2], each[2].key), reverse=True)
        return [self.note(annotation, links) for *_, annotation in dated[:count]]

    def spark(self, standing: Standing) -> Markup | None:
        """All the values of a claim on one track, as several pages show it."""
        if standing.claim.id not in self._sparks:
            self._sparks[standing.claim.id] = spark(standing)
        return self._sparks[standing.claim.id]

    def edit(self, record: Record) -> str | None:
        return self.site.addresses.edit(record.path)

    def note(self, annotation: Annotation, links: Links) -> Note:
        return Note(annotation, self, links)

    def chain(self, outlet: str, speakers: tuple[str, ...], links: Links) -> Markup:
        """Who tells it, citing whom."""
        key = outlet, speakers, links.root
        if key not in self._chains:
            held = self.archive.outlets[outlet]
            link = Link(held.name, links.to("outlets", outlet), held.label)
            self._chains[key] = fragments.chain(link, [self.speaker_link(speaker, links) for speaker in speakers])
        return self._chains[key]

    def outlet_of(self, article: Article, links: Links) -> Markup:
        """The name of an article's outlet, leading to its page."""
        return fragments.to(self.outlet_link(article, links))

    def claim_line(self, standing: Standing, links: Links) -> Markup:
        """A claim with its standing."""
        key = "claims", standing.claim.id, links.root
        if key not in self._lines:
            url = links.to("claims", standing.claim.id)
            title = escape(standing.claim.title)
            self._lines[key] = Markup(f'{fragments.status(standing.status)} <a href="{url}">{title}</a>')
        return self._lines[key]

    def article_line(self, article: Article, links: Links, with_outlet: bool = True) -> Markup:
        """An article with its outlet (but not on the outlet's own page), its authors and its date."""
        key = "articles" if with_outlet else "outlet's", article.id, links.root
        if key not in self._lines:
            self._lines[key] = self._article_line(article, links, with_outlet)
        return self._lines[key]

    def _article_line(self, article: Article, links: Links, with_outlet: bool) -> Markup:
        url = links.to("articles", article.id)
        told = [self.outlet_of(article, links)] if with_outlet else []
        told += [escape(each) for each in article.authors]
        told += [escape(self.date(article.published))] if article.published else []
        by = Markup(f' <span class="ab-by">{", ".join(told)}</span>') if told else ""
        return Markup(f'<a href="{url}">{escape(article.title)}</a>{by}')

    def mark(self, annotation: Annotation) -> str:
        """What an annotation's mark looks like: its claim's standing, or its kind where it has no claim."""
        return self.archive.standings[annotation.claim].status if annotation.claim else annotation.kind

    def value(self, annotation: Annotation) -> str | None:
        if annotation.value is None or annotation.claim is None:
            return None
        if annotation.key not in self._values:
            measure = self.archive.claims[annotation.claim].measure
            self._values[annotation.key] = in_words(read_value(annotation.value, measure), measure)
        return self._values[annotation.key]

    def quote(self, annotation: Annotation) -> str:
        """The passage as the article has it; as the annotation has it where the text is not shown."""
        anchor = self.archive.anchors.get(annotation.key)
        if anchor is not None:
            return self.archive.proses[annotation.article].text[anchor.start : anchor.end]
        return annotation.target.exact if annotation.target else ""

    def passage(self, annotation: Annotation, links: Links) -> Link:
        outlet = self.archive.outlets[self.archive.articles[annotation.article].outlet]
        url = links.to("articles", annotation.article, self.fragment(annotation))
        return Link(outlet.name, url, outlet.label)

    def fragment(self, annotation: Annotation) -> str:
        """Where in its article's page an annotation is: at its mark, or at its note where there is none."""
        return f"{'mark' if annotation.key in self.archive.anchors else 'note'}-{annotation.id}"

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


@lru_cache(maxsize=10_000)
def _date_in_words(written: str) -> str:
    return str(parse_date(written))


def _date_key(published: str | None) -> tuple[str, str, str]:
    return parse_date(published).sort_key if published else ("9999", "", "")

"""Makes the records of search: one for each article, passage, claim, event, entity, outlet and written page.

A record is made of the archive's own values and never of a finished page: what is drawn, quoted and filtered is known,
not guessed. Only what the site shows is told: of an article that is only linked to, its record and our summary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from archive_builder.anchoring import Anchor
from archive_builder.archive import Archive
from archive_builder.dates import parse_date
from archive_builder.mentions import Mention, Spellings, named, spellings
from archive_builder.model import Annotation, Article, Claim, Display, Entity, EntityType, Event, Outlet
from archive_builder.projection import BARRIER, Prose, normalise
from archive_builder.searching.spelling import hidden_word
from archive_builder.searching.text import NOTE, Written, in_sentence, plain, quoted, unsigned
from archive_builder.sentences import sentences
from archive_builder.standing import in_words, read_value

__all__ = ["Kind", "Record", "records"]

REACH = 250
"""How far from a passage its sentence is looked for, in code points."""

TYPES = tuple(map(str, EntityType))

Address = Callable[[str, str, str], str]
"""Where a page is, from the top of the site: by kind of folder, id and fragment."""


class Kind(StrEnum):
    """What a record is found as; each has its own place among the results."""

    ARTICLE = "article"
    PASSAGE = "passage"
    CLAIM = "claim"
    EVENT = "event"
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    PAGE = "page"


class Record(NamedTuple):
    """One thing that can be found."""

    kind: Kind
    url: str
    """From the top of the site."""
    language: str
    """BCP 47: how its words are stemmed."""
    content: str
    """What is searched and quoted."""
    meta: Mapping[str, str]
    """What is searched and drawn, but not quoted."""
    filters: Mapping[str, tuple[str, ...]]
    year: str = ""


def records(
    archive: Archive,
    mentioned: Mapping[str, Sequence[Mention]],
    pages: Iterable[Written],
    address: Address,
    language: str,
) -> Iterator[Record]:
    """Every record, in the order of kinds and ids; ``language`` is that of our own words."""
    maker = _Maker(archive, mentioned, address, language)
    yield from map(maker.article, archive.articles.values())
    yield from (maker.passage(each) for notes in archive.annotated.values() for each in notes)
    yield from map(maker.claim, archive.claims.values())
    yield from map(maker.event, archive.events.values())
    yield from map(maker.bearer, archive.entities.values())
    yield from map(maker.bearer, archive.outlets.values())
    yield from map(maker.page, pages)


class _Maker:
    """Makes records of one archive."""

    def __init__(
        self, archive: Archive, mentioned: Mapping[str, Sequence[Mention]], address: Address, language: str
    ) -> None:
        self.archive = archive
        self.address = address
        self.language = language
        self.spellings: Spellings = spellings(archive.entities.values())
        self.named_in: dict[str, list[str]] = {id: [] for id in archive.articles}
        self.named_in_title: dict[str, tuple[str, ...]] = {}
        for entity, places in mentioned.items():
            for article in dict.fromkeys(place.article for place in places):
                self.named_in[article].append(entity)

    def article(self, article: Article) -> Record:
        notes = self.archive.annotated[article.id]
        summary = plain(article.summary or "")
        text = "" if article.display is Display.LINK_ONLY else self.archive.proses[article.id].text
        named_here = self._named(article.title, summary)
        return self._record(
            Kind.ARTICLE,
            self.address("articles", article.id, ""),
            quoted(text) + (NOTE + summary if summary else ""),
            {"title": article.title, **_dated(article)},
            tuple(dict.fromkeys((*(self.named_in[article.id] if text else ()), *named_here))),
            self._about(article, notes),
            article,
        )

    def passage(self, note: Annotation) -> Record:
        article = self.archive.articles[note.article]
        claim = self.archive.claims[note.claim] if note.claim else None
        anchor = self.archive.anchors.get(note.key)
        sentence = self._sentence(note, anchor, self.archive.proses[article.id])
        said = plain(note.note)
        title = claim.title if claim else ""
        value = in_words(read_value(note.value, claim.measure), claim.measure) if note.value and claim else ""
        return self._record(
            Kind.PASSAGE,
            self.address("articles", article.id, f"{'mark' if anchor else 'note'}-{note.id}"),
            sentence + NOTE + said,
            {"title": title, **({"value": value} if value else {}), **_dated(article)},
            tuple(dict.fromkeys((*note.attribution, *self._named(unsigned(sentence), said), *self._in_title(title)))),
            {**self._about(article, (note,)), "kind": (str(note.kind),)},
            article,
        )

    def claim(self, claim: Claim) -> Record:
        standing = self.archive.standings[claim.id]
        body = plain(claim.body)
        filters = {
            "event": self._titles((claim.event,)),
            "status": (str(standing.status),),
            "stance": tuple(dict.fromkeys(str(position.stance) for position in standing.positions)),
        }
        url, text = self.address("claims", claim.id, ""), f"{claim.statement} {body}".strip()
        return self._record(Kind.CLAIM, url, text, {"title": claim.title}, self._named(claim.title, text), filters)

    def event(self, event: Event) -> Record:
        text = f"{plain(event.summary or '')} {plain(event.body)}".strip()
        places = (*((event.place,) if event.place else ()), *event.places)
        when = parse_date(event.date) if event.date else None
        year = str(when.earliest.year) if when and when.earliest else ""
        return self._record(
            Kind.EVENT,
            self.address("events", event.id, ""),
            text,
            {"title": event.title, **({"date": str(when)} if when else {})},
            tuple(dict.fromkeys((*places, *self._named(event.title, text)))),
            {"event": (event.title,), "year": (year,) if year else ()},
        )

    def bearer(self, held: Entity | Outlet) -> Record:
        if isinstance(held, Entity):
            return self._named_record(Kind(held.type), "entities", held, plain(held.description or ""))
        about = " · ".join(filter(None, (held.label, held.country, held.owner, held.affiliation)))
        return self._named_record(Kind.OUTLET, "outlets", held, about)

    def page(self, page: Written) -> Record:
        text = plain(page.markdown)
        return self._record(Kind.PAGE, page.url, text, {"title": page.title}, self._named(text), {})

    def _named_record(self, kind: Kind, folder: str, held: Entity | Outlet, about: str) -> Record:
        text = f"{about} {plain(held.body)}".strip()
        also = {"also": " · ".join(held.aliases)} if held.aliases else {}
        others = tuple(id for id in self._named(text) if id != held.id)
        meta = {"title": held.name, **also, "self": hidden_word(held.id)}
        filters = {"outlet": (held.name,)} if kind is Kind.OUTLET else {str(kind): (held.name,)}
        return self._record(kind, self.address(folder, held.id, ""), text, meta, others, filters)

    def _record(
        self,
        kind: Kind,
        url: str,
        content: str,
        meta: Mapping[str, str],
        entities: Sequence[str],
        filters: Mapping[str, tuple[str, ...]],
        article: Article | None = None,
    ) -> Record:
        language = article.language if article else self.language
        words = {"names": " ".join(map(hidden_word, entities))} if entities else {}
        spoken = {"language": (language.partition("-")[0].lower(),)}
        every = {"type": (str(kind),), **self._by_type(entities), **spoken, **filters}
        return Record(
            kind,
            url,
            language,
            content.strip() or meta.get("title", "") or url,  # Pagefind takes no record without a word
            {**meta, **words},
            {name: values for name, values in every.items() if values},
            _year(article) if article else "",
        )

    def _about(self, article: Article, notes: Sequence[Annotation]) -> dict[str, tuple[str, ...]]:
        """What an article and notes of it can be narrowed by."""
        standings = self.archive.standings
        year = _year(article)
        return {
            "outlet": (self.archive.outlets[article.outlet].name,),
            "event": self._titles(article.events),
            "year": (year,) if year else (),
            "status": tuple(dict.fromkeys(str(standings[note.claim].status) for note in notes if note.claim)),
            "stance": tuple(dict.fromkeys(str(note.stance) for note in notes if note.stance)),
        }

    def _titles(self, events: Iterable[str | None]) -> tuple[str, ...]:
        return tuple(self.archive.events[event].title for event in events if event)

    def _by_type(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The names of the entities, by their type."""
        held = [self.archive.entities[id] for id in ids if id in self.archive.entities]
        return {type: tuple(sorted({each.name for each in held if each.type == type})) for type in TYPES}

    def _named(self, *texts: str) -> tuple[str, ...]:
        """The entities that texts name, in order."""
        return tuple(dict.fromkeys(id for text in texts if text for id, _ in named(_normal(text), self.spellings)))

    def _in_title(self, title: str) -> tuple[str, ...]:
        """The same of a claim's title, which many passages share."""
        if title not in self.named_in_title:
            self.named_in_title[title] = self._named(title)
        return self.named_in_title[title]

    def _sentence(self, note: Annotation, anchor: Anchor | None, prose: Prose) -> str:
        """The passage in its sentence; alone where the text is not shown, and nothing where something is left out."""
        if anchor is None:
            return in_sentence("", quoted(note.target.exact), "") if note.target else ""
        low, high = max(anchor.start - REACH, 0), anchor.end + REACH
        before = prose.text[low : anchor.start].rpartition(BARRIER)[2]
        after = prose.text[anchor.end : high].partition(BARRIER)[0]
        passage = prose.text[anchor.start : anchor.end]
        around = before + passage + after
        start, end = len(before), len(before) + len(passage)
        spans = [span for span in sentences(around) if span[0] < end and span[1] > start]
        first, last = (spans[0][0], spans[-1][1]) if spans else (start, end)
        return in_sentence(around[first:start], passage, around[end:last])


def _normal(text: str) -> str:
    """As ``normalise``, which is slow for what is plain already."""
    return " ".join(text.replace("`", "'").split()) if text.isascii() else normalise(text)


def _dated(article: Article) -> dict[str, str]:
    return {"date": _when(article.published)[0]} if article.published else {}


def _year(article: Article) -> str:
    return _when(article.published)[1] if article.published else ""


@lru_cache(maxsize=4_096)
def _when(published: str) -> tuple[str, str]:
    """The date in words, and its year."""
    when = parse_date(published)
    day = when.earliest or when.latest
    return str(when), str(day.year) if day else ""

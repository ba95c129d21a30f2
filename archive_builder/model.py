"""The nouns: what a person writes in the files of an archive, as frozen values.

Each class is one kind of file; each field, one key of it, and its description is the text an editor shows for the key.
Three fields are never written by hand: ``id`` (the file's name), ``path`` (where it stands) and ``body`` (the Markdown
below the front matter).

Names follow the W3C Web Annotation model (target, selector), CiTO (relations of evidence), schema.org (Claim),
EDTF (dates), BCP 47 (languages) and rightsstatements.org.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from archive_builder.dates import parse_date
from archive_builder.rights import KEYWORDS, checked_rights

__all__ = [
    "QUOTE_LENGTH",
    "WRITTEN_BY_THE_FILE",
    "Annotation",
    "Article",
    "Claim",
    "ClaimStatus",
    "Display",
    "Entity",
    "EntityType",
    "Event",
    "Evidence",
    "Fact",
    "Kind",
    "Measure",
    "Outlet",
    "Record",
    "Relation",
    "Restated",
    "Revision",
    "Selector",
    "Selectors",
    "Stance",
    "is_device",
    "is_slug",
]

WRITTEN_BY_THE_FILE = ("id", "path", "body")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 100
DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ADDRESS = re.compile(r"(?:https?://[^\s/?#]\S*|mailto:[^\s@]+@\S+)", re.IGNORECASE)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")

QUOTE_LENGTH = 5_000
NOTE_LENGTH = 20_000
LINE_LENGTH = 1_000


class Display(StrEnum):
    """How much of an article's text the archive may publish."""

    FULL = "full"
    QUOTATIONS = "quotations"
    LINK_ONLY = "link-only"


class Stance(StrEnum):
    """What the passage's speaker does with the claim's statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    OMITS = "omits"


class Kind(StrEnum):
    """What an annotation is about."""

    DISPUTE = "dispute"
    ERROR = "error"
    CONTEXT = "context"
    LANGUAGE = "language"
    TRANSLATION = "translation"
    SOURCE = "source"


class Fact(StrEnum):
    """What a capture says of its article besides the text."""

    TITLE = "title"
    AUTHORS = "authors"
    PUBLISHED = "published"
    LANGUAGE = "language"


class Relation(StrEnum):
    """How a piece of evidence bears on what it is attached to (after CiTO)."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    CORRECTS = "corrects"
    CONTEXT = "context"


class ClaimStatus(StrEnum):
    """Where a claim stands in this archive; derived from stances, values and origins unless overruled."""

    CONTESTED = "contested"
    AGREED = "agreed"
    SINGLE_ORIGIN = "single-origin"
    UNSUPPORTED = "unsupported"
    UNREPORTED = "unreported"


class EntityType(StrEnum):
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"


class OutletType(StrEnum):
    NEWS_AGENCY = "news-agency"
    NEWSPAPER = "newspaper"
    NEWS_SITE = "news-site"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    BLOG = "blog"
    PARTY_MEDIA = "party-media"
    STATE_MEDIA = "state-media"
    OFFICIAL = "official"
    OTHER = "other"


@lru_cache(maxsize=10_000)  # the files of an archive name the same few thousand again and again
def is_slug(text: str) -> bool:
    """Whether ``text`` can name a file: lower-case ASCII letters, digits and single hyphens, at most 100 of them."""
    return len(text) <= SLUG_LENGTH and SLUG.fullmatch(text) is not None and not is_device(text)


def is_device(text: str) -> bool:
    """Whether Windows keeps ``text`` for a device, so that a checkout there would fail."""
    return DEVICE.fullmatch(text) is not None


def _slug(text: str) -> str:
    if not is_slug(text):
        raise ValueError("an id is lower-case letters, digits and hyphens, like ishkobod-attack")
    return text


def _annotation_id(text: str) -> str:
    article, slash, name = text.partition("/")
    if not (slash and is_slug(article) and is_slug(name)):
        raise ValueError("an annotation is named by its article and its file, like vestnik-kavkaza-rahmon/distance")
    return text


def _date(text: str) -> str:
    parse_date(text)
    return text


def _value(text: str) -> str:
    if not text.strip():
        raise ValueError("a value is a number, a range, a bound or a date, like 15, 200..300, >100, ~200 or 2018-07-29")
    return text


def _language(text: str) -> str:
    if not LANGUAGE.fullmatch(text):
        raise ValueError("a language is a BCP 47 tag, like en, ru, tg-Cyrl or fa")
    return text


def _address(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise ValueError("an address starts with https://, http:// or mailto:, like https://example.org/page")
    return text


def _digest(text: str) -> str:
    if not DIGEST.fullmatch(text):
        raise ValueError("a digest is sha256: and 64 hexadecimal digits")
    return text


def _as_list(given: object) -> object:
    return [given] if isinstance(given, str) else given


Slug = Annotated[str, Field(max_length=SLUG_LENGTH), AfterValidator(_slug)]
AnnotationId = Annotated[str, AfterValidator(_annotation_id)]
EdtfDate = Annotated[str, AfterValidator(_date)]
Value = Annotated[str, Field(max_length=LINE_LENGTH), AfterValidator(_value)]
Language = Annotated[str, AfterValidator(_language)]
Address = Annotated[str, Field(max_length=2_000), AfterValidator(_address)]
Digest = Annotated[str, AfterValidator(_digest)]
Line = Annotated[str, Field(min_length=1, max_length=LINE_LENGTH)]
Rights = Annotated[Line, AfterValidator(checked_rights), Field(examples=list(KEYWORDS))]
Markdown = Annotated[str, Field(max_length=NOTE_LENGTH)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_as_list)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_as_list)]


WRITTEN: dict[frozenset[str], set[str]] = {}


class Part(BaseModel):
    """A frozen mapping with known keys only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, context: Any, /) -> None:
        """Hold the set of keys that were written once for all files with the same ones: each takes 700 bytes."""
        written = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", WRITTEN.setdefault(frozenset(written), written))


class Selector(Part):
    """A W3C TextQuoteSelector: a passage by its words and, where they occur more than once, by its neighbours."""

    exact: Annotated[str, Field(min_length=1, max_length=QUOTE_LENGTH)] = Field(
        description="The passage, word for word as the article has it."
    )
    prefix: Annotated[str, Field(max_length=QUOTE_LENGTH)] = Field(
        "", description="The words just before it; only as much as makes the passage unique."
    )
    suffix: Annotated[str, Field(max_length=QUOTE_LENGTH)] = Field(
        "", description="The words just after it; only as much as makes the passage unique."
    )


class Evidence(Part):
    """A witness for or against: another annotation of this archive, or a published report."""

    relation: Relation = Field(description="supports, disputes, corrects or context.")
    annotation: AnnotationId | None = Field(None, description="Another annotation of this archive: ARTICLE/NAME.")
    url: Address | None = Field(None, description="The address of a published report.")
    title: Line | None = Field(None, description="The report's title.")
    outlet: Line | None = Field(None, description="Who published the report, in words.")
    published: EdtfDate | None = Field(None, description="When the report appeared (EDTF).")
    archived: Address | None = Field(None, description="The address of an archived copy of the report.")
    states: Markdown | None = Field(None, description="What the report states, in our own words.")

    @model_validator(mode="after")
    def _points_at_one_thing(self) -> Self:
        if (self.annotation is None) == (self.url is None):
            raise ValueError("evidence names one witness: either annotation: ARTICLE/NAME or url: https://…")
        return self


class Selectors(Part):
    """Where the parts of an article stand on an outlet's pages, as CSS selectors."""

    text: Lines = Field((), description="What holds the text.")
    remove: Lines = Field((), description="What of it is not the text.")
    title: Line | None = Field(None, description="What holds the headline.")
    authors: Line | None = Field(None, description="What holds the name of an author.")
    published: Line | None = Field(None, description="What holds the date.")


class Measure(Part):
    """What a claim counts or measures."""

    quantity: Line = Field(description="What is counted or measured, like attackers killed.")
    unit: Line | None = Field(None, description="Its unit, like km; date for a claim about when.")

    @property
    def is_date(self) -> bool:
        return self.unit == "date"


class Restated(Part):
    """What two captures say otherwise of the article; absent where one says nothing."""

    old: Line | None = Field(None, description="What that capture says.")
    new: Line | None = Field(None, description="What the next one says.")


class Revision(Part):
    """A capture that the article was taken from before, and what the next one changed."""

    digest: Digest = Field(description="sha256 of that capture.")
    retrieved: EdtfDate | None = Field(None, description="When it was made.")
    source: Line | None = Field(None, description="What it was taken from.")
    words_out: int = Field(0, ge=0, description="How many of its words the next capture has no more.")
    words_in: int = Field(0, ge=0, description="How many words came in with the next capture.")
    notes: Slugs = Field((), description="The annotations whose passages changed: names of their files.")
    restated: dict[Fact, Restated] = Field(
        default_factory=dict,
        description="Which of title, authors, published and language the next one gives otherwise.",
    )


class Record(Part):
    """One file of the archive."""

    id: Slug
    path: str
    body: str = ""


class Article(Record):
    """One captured article."""

    title: Line = Field(description="The headline, as published.")
    outlet: Slug = Field(description="Who published it: the id of a file in content/outlets/.")
    authors: Lines = Field((), description="Who wrote it, as signed. Absent where nobody signed.")
    published: EdtfDate | None = Field(None, description="When it appeared (EDTF: 2018-08?, 2019-11-06/2019-11-11).")
    language: Language = Field("en", description="The language of the text (BCP 47).")
    url: Address | None = Field(None, description="The original address.")
    archived: Address | None = Field(None, description="The address of an archived copy.")
    retrieved: EdtfDate | None = Field(None, description="When the capture was made.")
    digest: Digest | None = Field(None, description="sha256 of the capture, as sha256:… in hexadecimal.")
    source: Line | None = Field(None, description="What the capture was taken from: a file, a record of a web archive.")
    tool: Line | None = Field(None, description="What took the text from the capture, with its version.")
    words: Annotated[int, Field(ge=0)] | None = Field(
        None, description="How many words the whole text has; tells the share quoted."
    )
    rights: Rights | None = Field(
        None,
        description="What may be done with the text: a keyword of rightsstatements.org, a Creative Commons licence "
        "like CC BY 4.0, the address of either, or words.",
    )
    display: Display = Field(Display.QUOTATIONS, description="full, quotations or link-only.")
    events: Slugs = Field((), description="The events it reports on: ids of files in content/events/.")
    summary: Markdown | None = Field(None, description="What it says, in our own words (Markdown).")
    revisions: tuple[Revision, ...] = Field((), description="The captures it was taken from before, oldest first.")
    inferred: dict[Line, Line] = Field(
        default_factory=dict, description="Keys of this record that were inferred, each with the ground for it."
    )


class Claim(Record):
    """One statement on which articles agree, differ or are silent."""

    title: Line = Field(description="The claim as a question.")
    statement: Line = Field(description="The claim as a neutral sentence, which passages assert, deny or doubt.")
    event: Slug | None = Field(None, description="The event it belongs to: the id of a file in content/events/.")
    measure: Measure | None = Field(None, description="What it counts or measures.")
    status: ClaimStatus | None = Field(None, description="Overrules the derived status; needs a reason.")
    reason: Line | None = Field(None, description="Why the derived status is overruled.")
    evidence: tuple[Evidence, ...] = Field((), description="Witnesses beyond the annotated passages.")

    @model_validator(mode="after")
    def _overrules_with_a_reason(self) -> Self:
        if (self.status is None) != (self.reason is None):
            raise ValueError("status and reason come together: to overrule the derived status, write why")
        return self


class Event(Record):
    """Something that happened, on which articles report."""

    title: Line = Field(description="What happened, neutrally.")
    date: EdtfDate | None = Field(None, description="When (EDTF).")
    place: Slug | None = Field(None, description="Where: the id of a place in content/entities/.")
    places: Slugs = Field((), description="Further places that reports of it name.")
    summary: Markdown | None = Field(None, description="What is reported, in our own words (Markdown).")
    evidence: tuple[Evidence, ...] = Field((), description="Witnesses for what the summary says.")


class Entity(Record):
    """A person, a place or an organisation, under all its spellings."""

    name: Line = Field(description="The name the archive uses.")
    type: EntityType = Field(description="person, place or organisation.")
    aliases: Lines = Field((), description="Every other spelling, in any script.")
    description: Markdown | None = Field(None, description="Who or what it is, in one sentence of our own.")
    speaks_for: Slug | None = Field(
        None, description="The entity whose statements these are: a spokesman's ministry, a ministry's government."
    )
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")] | None = Field(None, description="Its Wikidata id.")
    coordinates: tuple[Annotated[float, Field(ge=-90, le=90)], Annotated[float, Field(ge=-180, le=180)]] | None = Field(
        None, description="Latitude and longitude in degrees (WGS 84)."
    )
    evidence: tuple[Evidence, ...] = Field((), description="Witnesses for the description.")

    @property
    def is_mappable(self) -> bool:
        return self.type is EntityType.PLACE and self.coordinates is not None


class Outlet(Record):
    """Who publishes."""

    name: Line = Field(description="The name it publishes under.")
    type: OutletType = Field(description="What sort of publisher it is.")
    label: Line | None = Field(None, description="A mark shown beside each of its articles, like party media.")
    country: Line | None = Field(None, description="Where it publishes from.")
    owner: Line | None = Field(None, description="Who owns or runs it, as far as sourced.")
    affiliation: Line | None = Field(None, description="A party, state or cause it belongs to, as far as sourced.")
    url: Address | None = Field(None, description="Its address.")
    language: Language | None = Field(None, description="The language it publishes in (BCP 47).")
    aliases: Lines = Field((), description="Other names and spellings.")
    selectors: Selectors | None = Field(None, description="Where add finds the parts of an article on its pages.")
    evidence: tuple[Evidence, ...] = Field((), description="Witnesses for what is said of it.")


class Annotation(Record):
    """One remark on one passage; without a target, on what the article leaves out."""

    target: Selector | None = Field(None, description="The passage; absent only where the stance is omits.")
    claim: Slug | None = Field(None, description="The claim it bears on: the id of a file in content/claims/.")
    stance: Stance | None = Field(None, description="asserts, denies, doubts or omits: the attributed speaker's.")
    value: Value | None = Field(None, description="The value the passage gives: 15, 200..300, >100, ~200, 2018-07-29.")
    attribution: Slugs = Field(
        (), description="Whom the passage gives it to, nearest first; empty for the article's own voice."
    )
    route: Slugs = Field((), description="The way it says was taken: ids of places, at least two, in its order.")
    kind: Kind = Field(Kind.DISPUTE, description="dispute, error, context, language, translation or source.")
    note: Annotated[str, Field(min_length=1, max_length=NOTE_LENGTH)] = Field(
        description="What a reader should know, in our own words (Markdown)."
    )
    evidence: tuple[Evidence, ...] = Field((), description="Witnesses for and against.")
    by: Line | None = Field(None, description="Who wrote the annotation.")
    created: EdtfDate | None = Field(None, description="When it was written.")

    @cached_property
    def article(self) -> str:
        """The id of the article it annotates: the folder it stands in."""
        return self.path.rsplit("/", 2)[-2]

    @cached_property
    def key(self) -> str:
        """ARTICLE/NAME, unique in the archive."""
        return f"{self.article}/{self.id}"

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.target is None and self.stance is not Stance.OMITS:
            raise ValueError("target is missing: only an annotation with stance: omits has none")
        if self.target is not None and self.stance is Stance.OMITS:
            raise ValueError("stance: omits says that the article is silent, so it has no target")
        if (self.claim is None) != (self.stance is None):
            raise ValueError("claim and stance come together: which claim, and what the speaker does with it")
        if self.value is not None and self.claim is None:
            raise ValueError("value needs a claim, whose measure says what is counted")
        if self.route and (self.claim is None or self.target is None):
            raise ValueError("route needs a claim and a target: which passage says so, and what it bears on")
        if self.route and len(set(self.route)) < 2:
            raise ValueError("a route runs through at least two places, like route: [harbour, old-bridge]")
        return self

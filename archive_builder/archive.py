"""Joins the records of an archive into one frozen value: anchored, cross-linked, with every claim's standing.

Whatever a record names that is not there is a problem and is left out; the rest of the archive stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from archive_builder.anchoring import Anchor, Miss, find
from archive_builder.heaviness import heavy_notes, heavy_stretches
from archive_builder.misses import told
from archive_builder.model import Annotation, Article, Claim, Display, Entity, EntityType, Event, Outlet, Record
from archive_builder.problems import Code, Detail, Place, Problem, in_order, quoted
from archive_builder.projection import Prose
from archive_builder.reading import Library, path_of, suggestion
from archive_builder.rights import objection
from archive_builder.standing import Position, Standing, origin_of, read_value, speaks_in_a_circle, standing
from archive_builder.texts import Text, text_of

__all__ = ["Archive", "assemble"]

R = TypeVar("R", Annotation, Claim, Entity, Event, Outlet)


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything a page can show, joined and checked; every mapping is in the order of its ids."""

    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]
    events: Mapping[str, Event]
    entities: Mapping[str, Entity]
    outlets: Mapping[str, Outlet]
    annotations: Mapping[str, Annotation]
    """By ARTICLE/NAME; only those that anchor, or that need no anchor."""
    annotated: Mapping[str, tuple[Annotation, ...]]
    """By article, in reading order; at one place the longer passage first, and what is left out last."""
    strayed: Mapping[str, tuple[Annotation, ...]]
    """By article, those whose passage does not stand in it any more, or never did; nothing else counts them."""
    proses: Mapping[str, Prose]
    """What each article reads like, by article."""
    anchors: Mapping[str, Anchor]
    """Where each annotation with a target stands in its article's prose."""
    standings: Mapping[str, Standing]
    """Where each claim stands, by claim."""
    problems: tuple[Problem, ...]

    def name_of(self, speaker: str) -> str:
        """The name of an entity or outlet."""
        held = self.entities.get(speaker) or self.outlets[speaker]
        return held.name


def assemble(library: Library, text: Callable[[str], Text] | None = None) -> Archive:
    """Join a library's records, anchor its annotations and derive the standing of its claims.

    ``text`` gives each article's, by id, where it is worked out elsewhere.
    """
    return _Joiner(library, text or (lambda id: text_of(library.articles[id]))).archive()


class _Joiner:
    """Collects problems while records are joined."""

    def __init__(self, library: Library, text: Callable[[str], Text]) -> None:
        self.library = library
        self.text = text
        self.problems = [*library.problems, *heavy_notes(library)]
        self.speakers: Mapping[str, Record] = {**library.entities, **library.outlets}

    def archive(self) -> Archive:
        library = self.library
        events = {id: self._event(event) for id, event in library.events.items()}
        claims = {id: self._claim(claim) for id, claim in library.claims.items()}
        entities = {id: self._entity(entity) for id, entity in library.entities.items()}
        outlets = {id: self._witnessed(outlet) for id, outlet in library.outlets.items()}
        articles: dict[str, Article] = {}
        proses: dict[str, Prose] = {}
        for id, written in library.articles.items():
            if self._has_outlet(written):
                articles[id], proses[id] = self._article(written, self.text(id))
        self._check_folders(articles)
        anchors: dict[str, Anchor] = {}
        annotations: dict[str, Annotation] = {}
        strayed: dict[str, list[Annotation]] = defaultdict(list)
        positions: dict[str, list[Position]] = defaultdict(list)
        for key, held in library.annotations.items():
            article = articles.get(held.article)
            if article is None or not self._holds(held):
                continue
            anchor = self._anchor(held, article, proses[article.id])
            if isinstance(anchor, Miss):
                strayed[article.id].append(self._witnessed(held))
                continue
            annotation = annotations[key] = self._witnessed(held)
            if anchor is not None:
                anchors[key] = anchor
            if annotation.claim is not None:
                positions[annotation.claim].append(_position(annotation, article, claims, entities))
        return Archive(
            articles=articles,
            claims=claims,
            events=events,
            entities=entities,
            outlets=outlets,
            annotations=annotations,
            annotated=_in_reading_order(annotations, anchors, articles),
            strayed={id: tuple(held) for id, held in strayed.items()},
            proses=proses,
            anchors=anchors,
            standings={id: standing(claim, positions[id]) for id, claim in claims.items()},
            problems=in_order(self.problems),
        )

    def _article(self, article: Article, text: Text) -> tuple[Article, Prose]:
        prose, disarmed = text
        first_line = self.library.body_line(article) if disarmed else 1
        for found in disarmed:
            line = first_line + found.line - 1
            message, step = (
                "this shows as text: an article holds no HTML of its own",
                "write it in Markdown, or drop it",
            )
            place = Place(article.path, line, found.column)
            self.problems.append(Problem(Code.HTML_NOT_ALLOWED, place, message, step, _written(found.text)))
        if article.display is not Display.LINK_ONLY and not prose.source.strip():
            step = "add its text, derive it with archive-builder display, or write display: link-only"
            self._tell(Code.TEXT_MISSING, article, ("display",), "the article has no text to show", step)
        if article.display is Display.FULL and (fault := objection(article.rights)):
            message = f"the full text is shown, and {fault}"
            self._tell(
                Code.RIGHTS_UNSTATED,
                article,
                ("rights",),
                message,
                "write the statement that allows it under rights:, or display: quotations",
            )
        events = self._known(article, "events", article.events, self.library.events, Event, Code.EVENT_UNKNOWN)
        canonical = article.model_copy(update={"body": prose.source, "events": events})
        self.problems += heavy_stretches(canonical, prose, self.library)
        return canonical, prose

    def _has_outlet(self, article: Article) -> bool:
        outlets = self.library.outlets
        return bool(self._known(article, "outlet", (article.outlet,), outlets, Outlet, Code.OUTLET_UNKNOWN))

    def _event(self, event: Event) -> Event:
        entities = self.library.entities
        place = self._known(event, "place", (event.place,), entities, Entity, Code.ENTITY_UNKNOWN)
        places = self._known(event, "places", event.places, entities, Entity, Code.ENTITY_UNKNOWN)
        return self._witnessed(event.model_copy(update={"place": next(iter(place), None), "places": places}))

    def _claim(self, claim: Claim) -> Claim:
        event = self._known(claim, "event", (claim.event,), self.library.events, Event, Code.EVENT_UNKNOWN)
        return self._witnessed(claim.model_copy(update={"event": next(iter(event), None)}))

    def _entity(self, entity: Entity) -> Entity:
        entities = self.library.entities
        spoken = self._known(entity, "speaks_for", (entity.speaks_for,), entities, Entity, Code.ENTITY_UNKNOWN)
        speaks_for = next(iter(spoken), None)
        if speaks_for and speaks_in_a_circle(entity, entities):
            message = f"{quoted(entity.id)} speaks, in the end, for itself"
            step = "let one of them speak for nobody: drop its speaks_for:"
            self._tell(Code.SPEAKS_FOR_CYCLE, entity, ("speaks_for",), message, step)
            speaks_for = None
        return self._witnessed(entity.model_copy(update={"speaks_for": speaks_for}))

    def _witnessed(self, record: R) -> R:
        """The record without evidence that names an annotation which is not there."""
        known = self.library.annotations
        missing = [
            index for index, each in enumerate(record.evidence) if each.annotation and each.annotation not in known
        ]
        for index in missing:
            named = str(record.evidence[index].annotation)
            message = f"there is no annotation {quoted(named)}"
            keys = ("evidence", index, "annotation")
            self._tell(Code.ANNOTATION_UNKNOWN, record, keys, message, suggestion(named, known, Annotation))
        if not missing:
            return record
        kept = tuple(each for index, each in enumerate(record.evidence) if index not in missing)
        return record.model_copy(update={"evidence": kept})

    def _check_folders(self, articles: Mapping[str, Article]) -> None:
        """Tell each folder of annotations that belongs to no article once, at its first file."""
        unknown = {held.article: held for held in reversed([*self.library.annotations.values()])}
        for article, first in unknown.items():
            if article not in self.library.articles:
                message = f"there is no article {quoted(article)} for these annotations"
                step = suggestion(article, self.library.articles, Article)
                self.problems.append(Problem(Code.ARTICLE_UNKNOWN, Place(first.path, 1, 1), message, step))

    def _holds(self, annotation: Annotation) -> bool:
        """Whether everything the annotation names is there."""
        library = self.library
        claims = self._known(annotation, "claim", (annotation.claim,), library.claims, Claim, Code.CLAIM_UNKNOWN)
        named = annotation.attribution
        known = self._known(annotation, "attribution", named, self.speakers, Entity, Code.ENTITY_UNKNOWN)
        complete = len(claims) == (annotation.claim is not None) and len(known) == len(named)
        return self._leads(annotation) and complete and self._measures(annotation)

    def _leads(self, annotation: Annotation) -> bool:
        """Whether every entity of its route is there; those that no map can show are told and kept."""
        entities = self.library.entities
        known = self._known(annotation, "route", annotation.route, entities, Entity, Code.ENTITY_UNKNOWN)
        for index, id in enumerate(annotation.route):
            if id in known and not entities[id].is_mappable:
                is_place = entities[id].type is EntityType.PLACE
                message = f"{quoted(id)} {'has no coordinates' if is_place else 'is no place'}, so no map shows it"
                step = f"write coordinates: into {entities[id].path}" if is_place else "name a place, or leave it out"
                self._tell(Code.PLACE_UNMAPPED, annotation, ("route", index), message, step)
        return len(known) == len(annotation.route)

    def _measures(self, annotation: Annotation) -> bool:
        if annotation.value is None or annotation.claim is None:
            return True
        measure = self.library.claims[annotation.claim].measure
        try:
            read_value(annotation.value, measure)
        except ValueError as error:
            message = "the value cannot be read in the claim's measure"
            detail = (Detail("claim", path_of(Claim, annotation.claim)), *_written(annotation.value))
            self._tell(Code.VALUE_UNMEASURED, annotation, ("value",), message, str(error), detail)
            return False
        return True

    def _anchor(self, annotation: Annotation, article: Article, prose: Prose) -> Anchor | Miss | None:
        if annotation.target is None or article.display is Display.LINK_ONLY:
            return None
        anchor = find(annotation.target, prose)
        if isinstance(anchor, Miss):
            where = self.library.place(annotation, "target", "exact")
            body_line = self.library.body_line(article)
            self.problems.append(told(anchor, annotation.target, where, article, body_line, prose))
        return anchor

    def _known(
        self,
        record: Record,
        key: str,
        named: Iterable[str | None],
        known: Mapping[str, Record],
        kind: type[Record],
        code: Code,
    ) -> tuple[str, ...]:
        """The ids that have a record; each of the others is a problem."""
        ids = [id for id in named if id is not None]
        for index, id in enumerate(ids):
            if id not in known:
                message = f"there is no {kind.__name__.lower()} {quoted(id)}"
                self._tell(code, record, (key, index), message, suggestion(id, known, kind))
        return tuple(id for id in ids if id in known)

    def _tell(
        self,
        code: Code,
        record: Record,
        keys: tuple[str | int, ...],
        message: str,
        step: str,
        details: tuple[Detail, ...] = (),
    ) -> None:
        self.problems.append(Problem(code, self.library.place(record, *keys), message, step, details))


def _position(
    annotation: Annotation, article: Article, claims: Mapping[str, Claim], entities: Mapping[str, Entity]
) -> Position:
    assert annotation.claim is not None and annotation.stance is not None
    measure = claims[annotation.claim].measure
    reading = read_value(annotation.value, measure) if annotation.value else None
    return Position(annotation, article, annotation.stance, origin_of(annotation, article, entities), reading)


def _in_reading_order(
    annotations: Mapping[str, Annotation], anchors: Mapping[str, Anchor], articles: Mapping[str, Article]
) -> dict[str, tuple[Annotation, ...]]:
    def order(annotation: Annotation) -> tuple[bool, int, int, str]:
        anchor = anchors.get(annotation.key)
        return anchor is None, anchor.start if anchor else 0, -anchor.end if anchor else 0, annotation.key

    by_article: dict[str, list[Annotation]] = {id: [] for id in articles}
    for annotation in annotations.values():
        by_article[annotation.article].append(annotation)
    return {id: tuple(sorted(own, key=order)) for id, own in by_article.items()}


def _written(text: str) -> tuple[Detail, ...]:
    return (Detail("written", quoted(text)),)

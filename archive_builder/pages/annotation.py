"""An annotation as pages show it: what it says, through whom, on what evidence, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from archive_builder.model import Annotation, Article, Stance
from archive_builder.pages import fragments
from archive_builder.pages.fragments import Link
from archive_builder.pages.notes import note_html
from archive_builder.pages.page import Links
from archive_builder.standing import Standing

if TYPE_CHECKING:
    from archive_builder.pages.views import Views

__all__ = ["Note"]


class Note:
    """An annotation as the pages of one depth show it; what is shown is worked out when it is asked for."""

    def __init__(self, annotation: Annotation, views: Views, links: Links) -> None:
        self.annotation = annotation
        self.views = views
        self.links = links

    @property
    def name(self) -> str:
        return self.annotation.id

    @property
    def number(self) -> int:
        return self.views.numbers[self.annotation.key]

    @property
    def is_silence(self) -> bool:
        return self.annotation.stance is Stance.OMITS

    @property
    def is_anchored(self) -> bool:
        return self.annotation.key in self.views.archive.anchors

    @property
    def status(self) -> str:
        """What its mark looks like."""
        return self.views.mark(self.annotation)

    @property
    def article(self) -> Article:
        return self.views.archive.articles[self.annotation.article]

    @property
    def standing(self) -> Standing | None:
        return self.views.archive.standings.get(self.annotation.claim) if self.annotation.claim else None

    @property
    def quote(self) -> str:
        """The passage; empty for what an article leaves out."""
        return self.views.quote(self.annotation)

    @property
    def passage(self) -> Link:
        """Leads to the passage, or to the note where there is none."""
        return self.views.passage(self.annotation, self.links)

    @property
    def permalink(self) -> str:
        return self.links.to("articles", self.annotation.article, f"note-{self.annotation.id}")

    @property
    def edit(self) -> str | None:
        return self.views.edit(self.annotation)

    @property
    def html(self) -> Markup:
        return note_html(self.annotation.note, self.links, "claims")

    @property
    def says(self) -> Markup:
        """The stance of the passage and the value it gives."""
        return fragments.says(self.annotation.stance, self.views.value(self.annotation))

    @property
    def chain(self) -> Markup:
        """The outlet, and whom it gives the passage to, nearest first."""
        return self.views.chain(self.article.outlet, self.annotation.attribution, self.links)

    @property
    def speakers(self) -> list[Link]:
        """Whom the passage gives it to, nearest first."""
        return [self.views.speaker_link(speaker, self.links) for speaker in self.annotation.attribution]

    @property
    def way(self) -> Markup:
        """The route that the passage gives; empty where it gives none."""
        return fragments.way(self.views.speaker_link(place, self.links) for place in self.annotation.route)

    @property
    def evidence(self) -> Markup:
        return fragments.evidence(self.views.witnesses(self.annotation.evidence, self.links))

    @property
    def credit(self) -> Markup:
        """Who wrote it and when, and the ways to it."""
        by, created = self.annotation.by, self.annotation.created
        told = f"Annotated by {escape(by)}{f', {created}' if created else ''}. " if by else ""
        edit = f' · <a href="{escape(address)}">Edit</a>' if (address := self.edit) else ""
        ways = f'<span class="ab-ways"><a href="{self.permalink}">Permalink</a>{edit}</span>'
        return Markup(f'<p class="ab-credit">{told}{ways}</p>')

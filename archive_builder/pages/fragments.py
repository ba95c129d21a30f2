"""The small pieces of HTML that many pages show alike: a name that leads somewhere, a standing, a chain, evidence.

Functions rather than macros of the templates: a page may show hundreds of them, and a macro costs ten times as much.
Templates know this module as ``ab``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

__all__ = [
    "STATUS_WORDS",
    "Link",
    "Witness",
    "chain",
    "counted",
    "evidence",
    "evidence_section",
    "says",
    "status",
    "to",
    "way",
]

STATUS_WORDS = {
    "contested": "contested",
    "agreed": "agreed",
    "single-origin": "single origin",
    "unsupported": "unsupported here",
    "unreported": "not reported",
}
# Of what pages show most, the latest are kept: the pages of one kind show much the same.
KEPT = 4096
# The arrow stays with whom it leads to: each step may have a line of its own.
ARROW = '<span class="ab-arrow" aria-hidden="true">←</span><span class="ab-hidden"> citing </span>&nbsp;'


class Link(NamedTuple):
    """A name that leads to a page."""

    name: str
    url: str
    label: str | None = None
    """A mark beside an outlet's name."""


class Witness(NamedTuple):
    """A piece of evidence, ready to show."""

    relation: str
    link: Link
    origin: str | None
    """The outlet and the date of a report, in words."""
    archived: str | None
    states: Markup | None
    quote: str | None
    """The passage of another annotation."""


def counted(number: int, thing: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


@lru_cache(KEPT)
def to(link: Link, style: str = "") -> Markup:
    """The link, with the mark of the outlet it leads to."""
    classes = f' class="{style}"' if style else ""
    label = f' <span class="ab-label">{escape(link.label)}</span>' if link.label else ""
    return Markup(f'<a href="{escape(link.url)}"{classes}>{escape(link.name)}</a>{label}')


@lru_cache(KEPT)
def status(name: str) -> Markup:
    """The standing of a claim, as a chip."""
    return Markup(f'<span class="ab-status ab-{name}">{STATUS_WORDS[name]}</span>')


@lru_cache(KEPT)
def says(stance: str | None, value: str | None) -> Markup:
    """What a passage does with a claim, and the value it gives."""
    given = f' <span class="ab-value">{escape(value)}</span>' if value else ""
    return Markup(f'<span class="ab-stance ab-stance-{stance}">{stance}</span>{given}')


def chain(outlet: Link, speakers: Iterable[Link]) -> Markup:
    """Who tells it, citing whom."""
    steps = "".join(f' <span class="ab-step">{ARROW}{to(speaker)}</span>' for speaker in speakers)
    return Markup(f'<span class="ab-chain">{to(outlet)}{steps}</span>')


def way(places: Iterable[Link]) -> Markup:
    """A way through places, in the order it is said to have been taken."""
    arrow = ' <span class="ab-arrow" aria-hidden="true">→</span><span class="ab-hidden">to</span> '
    return Markup(arrow.join(map(to, places)))


def evidence(witnesses: Sequence[Witness]) -> Markup:
    """The witnesses as a list; nothing where there are none."""
    if not witnesses:
        return Markup()
    return Markup('<ul class="ab-evidence">\n' + "\n".join(map(_witness, witnesses)) + "\n</ul>")


def evidence_section(witnesses: Sequence[Witness]) -> Markup:
    """The witnesses under a heading; nothing where there are none."""
    heading = '<h2 id="evidence">Evidence</h2>'
    shown = f'<section aria-labelledby="evidence">\n{heading}\n{evidence(witnesses)}\n</section>'
    return Markup(shown if witnesses else "")


def _witness(witness: Witness) -> str:
    origin = f", {escape(witness.origin)}" if witness.origin else ""
    archived = f' (<a href="{escape(witness.archived)}">archived copy</a>)' if witness.archived else ""
    quote = f": <q>{escape(witness.quote)}</q>" if witness.quote else ""
    states = f'\n<div class="ab-states">{witness.states}</div>' if witness.states else ""
    told = f'<span class="ab-relation">{witness.relation}</span> {to(witness.link)}'
    return f"<li>{told}{origin}{archived}{quote}{states}</li>"

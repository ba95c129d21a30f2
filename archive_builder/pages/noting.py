"""The notes of an article, each as an item of a list.

Written out rather than a template: an archive has ten times as many notes as pages, and each says twenty things.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from archive_builder.pages.annotation import Note
from archive_builder.pages.fragments import ARROW, status, to

__all__ = ["note_items"]


def note_items(notes: Iterable[Note], language: str, direction: str, *, numbered: bool) -> Markup:
    """The items, with passages in the article's language; ``numbered`` as they are in its text."""
    turned = ' dir="rtl"' if direction == "rtl" else ""
    quoted = f'<q lang="{language}"{turned}>'
    return Markup("\n".join([_item(note, quoted, numbered) for note in notes]))


def _item(note: Note, quoted: str, numbered: bool) -> str:
    annotation, standing, name = note.annotation, note.standing, note.name
    number = f' value="{note.number}"' if numbered else ""
    chip = f" {status(standing.status)}" if standing else ""
    parts = [
        f'<li id="note-{name}" class="ab-note ab-{note.status}"{number} data-kind="{annotation.kind}"'
        f' data-status="{standing.status if standing else "none"}">',
        f'<p class="ab-passage"><span class="ab-kind">{annotation.kind}</span>{chip}{_quote(note, quoted)}</p>',
    ]
    if standing:
        claim = standing.claim
        title = f'<a href="{note.links.to("claims", claim.id)}">{escape(claim.title)}</a>'
        parts.append(f'<p class="ab-bears">{note.says} {title}</p>')
    if annotation.attribution:
        parts.append(f'<p class="ab-attribution">{" ".join(f"{ARROW}{to(each)}" for each in note.speakers)}</p>')
    if annotation.route:
        parts.append(f'<p class="ab-told-way">route told: {note.way}</p>')
    parts.append(f'<div class="ab-note-text">{note.html}</div>\n<div class="ab-further">')
    if annotation.evidence:
        parts.append(note.evidence)
    parts.append(f"{note.credit}\n</div>\n</li>")
    return "\n".join(parts)


def _quote(note: Note, quoted: str) -> str:
    quote = f" {quoted}{escape(note.quote)}</q>" if note.quote else ""
    if not note.is_anchored:
        return quote
    label = f"Back to the passage of note {note.number}"
    return f'{quote}&nbsp;<a class="ab-back" href="#ref-{note.name}" aria-label="{label}">↩</a>'

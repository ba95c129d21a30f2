"""Asks a person on a terminal whether what was found is right, and never waits for an answer elsewhere."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from archive_builder.articles import Given
from archive_builder.dates import parse_date
from archive_builder.ingest import Extract, Found
from archive_builder.rights import checked_rights

__all__ = ["is_terminal", "settled"]


def is_terminal() -> bool:
    """Whether a person reads what is said and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def settled(extract: Extract, given: Given) -> Given | None:
    """What the person says of the article; None where it is not to be added."""
    answer = click.prompt("Add it so?", type=click.Choice(["yes", "edit", "no"]), default="yes")
    if answer == "no":
        return None
    return given if answer == "yes" else _edited(extract, given)


def _edited(extract: Extract, given: Given) -> Given:
    authors = click.prompt("Authors, parted by ;", default="; ".join(each.value for each in extract.authors))
    return replace(
        given,
        title=_asked("Title", extract.title, given.title),
        authors=tuple(name.strip() for name in authors.split(";") if name.strip()),
        published=click.prompt(
            "Published (EDTF)", default=_default(extract.published, given.published), value_proc=_date
        ),
        language=_asked("Language (BCP 47)", extract.language, given.language),
        outlet=_asked("Outlet", extract.outlet, given.outlet),
        url=_asked("Address", extract.canonical or extract.address, given.url),
        rights=click.prompt("Rights", default=_default(extract.licence, given.rights), value_proc=_rights),
    )


def _asked(label: str, found: Found | None, given: str | None) -> str | None:
    return str(click.prompt(label, default=_default(found, given))) or None


def _default(found: Found | None, given: str | None) -> str:
    return given or (found.value if found else "")


def _date(written: str) -> str | None:
    try:
        return parse_date(written).text if written.strip() else None
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None


def _rights(written: str) -> str | None:
    try:
        return checked_rights(written.strip()) if written.strip() else None
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None

"""Knows the statements of rightsstatements.org and Creative Commons by keyword, short name and address.

    InC · in-c · http://rightsstatements.org/vocab/InC/1.0/ · CC BY-NC 4.0 · CC-BY-NC-4.0 · CC0 · PDM
    https://creativecommons.org/licenses/by-nc/3.0/de/deed.en

What a statement allows is said of one thing: showing the whole text, unchanged, with its source. A condition of the
statement (education, no commerce, one country) is the publisher's to keep, and is told with its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from archive_builder.problems import did_you_mean

__all__ = ["KEYWORDS", "Family", "Statement", "checked_rights", "objection", "statement_of"]


class Family(StrEnum):
    """What sign a statement bears."""

    IN_COPYRIGHT = "inc"
    NO_COPYRIGHT = "noc"
    UNCLEAR = "unclear"
    LICENCE = "cc"


@dataclass(frozen=True, slots=True)
class Statement:
    """What may be done with a text."""

    keyword: str
    """Its short name, like ``InC-EDU`` or ``CC BY-NC 4.0``."""
    name: str
    """What it says, in words."""
    url: str
    """The page that says so."""
    family: Family
    allows_whole_text: bool
    """Whether the whole text may be shown, unchanged and with its source, under the statement's own conditions."""
    is_licence: bool = False
    """Whether the address is that of one licence, rather than of a statement or of all licences."""


VOCABULARY = "http://rightsstatements.org/vocab/{}/1.0/"
COMMONS = "https://creativecommons.org/"
# A licence that is named without its version cannot be linked to one version's deed.
ALL_LICENCES = f"{COMMONS}share-your-work/cclicenses/"

# After https://rightsstatements.org/page/1.0/. An orphan work, a contract and other law allow it to some and not to us.
STATEMENTS = {
    keyword: Statement(keyword, name, VOCABULARY.format(keyword), family, allows)
    for family, allows, keyword, name in (
        (Family.IN_COPYRIGHT, False, "InC", "In copyright"),
        (Family.IN_COPYRIGHT, False, "InC-OW-EU", "In copyright, an orphan work in the EU"),
        (Family.IN_COPYRIGHT, True, "InC-EDU", "In copyright, educational use permitted"),
        (Family.IN_COPYRIGHT, True, "InC-NC", "In copyright, non-commercial use permitted"),
        (Family.IN_COPYRIGHT, False, "InC-RUU", "In copyright, rights-holder unlocatable or unidentifiable"),
        (Family.NO_COPYRIGHT, False, "NoC-CR", "No copyright, contractual restrictions"),
        (Family.NO_COPYRIGHT, True, "NoC-NC", "No copyright, non-commercial use only"),
        (Family.NO_COPYRIGHT, False, "NoC-OKLR", "No copyright, other known legal restrictions"),
        (Family.NO_COPYRIGHT, True, "NoC-US", "No copyright in the United States"),
        (Family.UNCLEAR, False, "CNE", "Copyright not evaluated"),
        (Family.UNCLEAR, False, "UND", "Copyright undetermined"),
        (Family.UNCLEAR, True, "NKC", "No known copyright"),
    )
}
PUBLIC = {
    "zero": ("CC0 1.0", "Creative Commons Zero: no rights reserved"),
    "mark": ("PDM 1.0", "Public Domain Mark: free of known copyright"),
}
CONDITIONS = {"by": "attribution", "nc": "non-commercial", "nd": "no derivatives", "sa": "share alike"}
LICENCES = ("BY", "BY-SA", "BY-NC", "BY-NC-SA", "BY-ND", "BY-NC-ND")
KEYWORDS = (*STATEMENTS, *(f"CC {each} 4.0" for each in LICENCES), "CC0", "PDM")
"""One short name of each, for completion and correction."""

BY_NAME = {keyword.casefold(): each for keyword, each in STATEMENTS.items()}
BY_ADDRESS = re.compile(
    r"https?://(?:www\.)?rightsstatements\.org/(?:vocab|page)/([\w-]+)/1\.0/?(?:\?\S*)?", re.IGNORECASE
)
PUBLIC_NAME = re.compile(r"(?:cc[ -]?(0|zero)|(?:cc[ -])?pdm?|public domain mark)(?:[ -]1\.0)?", re.IGNORECASE)
PUBLIC_ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/publicdomain/(zero|mark)/1\.0(?:/\S*)?", re.IGNORECASE
)
FORM = r"(?P<terms>by(?:[ -](?:nc|nd|sa)){0,2})"
VERSION = r"(?P<version>[1-4]\.[05])"
LICENCE_NAME = re.compile(
    rf"(?:cc|creative commons)[ -]{FORM}(?:[ -]{VERSION}(?:[ -](?P<port>[a-z]{{2,4}}))?)?", re.IGNORECASE
)
LICENCE_ADDRESS = re.compile(
    rf"https?://(?:www\.)?creativecommons\.org/licenses/{FORM}/{VERSION}(?:/(?P<port>[a-z]{{2,4}})(?=/|$))?(?:/\S*)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_000)
def statement_of(written: str) -> Statement | None:
    """The statement that a keyword, a short name or an address names; None where it names none we know."""
    text = " ".join(written.split())
    if found := BY_ADDRESS.fullmatch(text):
        return BY_NAME.get(found[1].casefold())
    if found := PUBLIC_ADDRESS.fullmatch(text):
        return _public(found[1].lower())
    if found := PUBLIC_NAME.fullmatch(text):
        return _public("zero" if found[1] else "mark")
    if found := LICENCE_ADDRESS.fullmatch(text) or LICENCE_NAME.fullmatch(text):
        return _licence(found["terms"], found["version"], found["port"])
    return BY_NAME.get(text.casefold())


def checked_rights(text: str) -> str:
    """What may stand under ``rights``: words may say anything, a single one is a keyword; raise ValueError else."""
    if " " in text or "://" in text or statement_of(text):
        return text
    near = did_you_mean(text, KEYWORDS)
    known = f"write words, an address, or one of {', '.join(KEYWORDS)}"
    raise ValueError(f"{known}; did you mean {near}?" if near else known)


def objection(written: str | None) -> str | None:
    """Why the whole text may not be shown for all that ``written`` says; None where it may."""
    if not written:
        return "nothing here says that it may be"
    found = statement_of(written)
    if found is None:
        return "what stands under rights is no statement that says it may be"
    return (
        None
        if found.allows_whole_text
        else f"{found.keyword} ({found.name[0].lower()}{found.name[1:]}) does not say that it may be"
    )


def _public(which: str) -> Statement:
    keyword, name = PUBLIC[which]
    return Statement(keyword, name, f"{COMMONS}publicdomain/{which}/1.0/", Family.LICENCE, True, True)


def _licence(terms: str, version: str | None, port: str | None) -> Statement | None:
    parts = terms.replace(" ", "-").lower()
    if parts.upper() not in LICENCES:
        return None
    name = f"Creative Commons: {', '.join(CONDITIONS[each] for each in parts.split('-'))}"
    keyword = " ".join(filter(None, ("CC", parts.upper(), version, (port or "").upper())))
    if version is None:
        return Statement(keyword, name, ALL_LICENCES, Family.LICENCE, True)
    path = "/".join(filter(None, (parts, version, (port or "").lower())))
    return Statement(keyword, name, f"{COMMONS}licenses/{path}/", Family.LICENCE, True, True)

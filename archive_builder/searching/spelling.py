"""Knows every way to write a name: its spellings, their Latin form, and their Cyrillic form.

A name is not expanded into its spellings, neither in the index nor in a query. Each record bears instead one hidden
word for each entity it names, and the browser replaces a name that is typed, in any spelling, by that word. So a name
is one word of a query like any other, whatever is typed beside it; no record is made longer by the spellings of others;
and no spelling shows in an excerpt where it does not stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from anyascii import anyascii

from archive_builder.model import Entity, EntityType, Outlet

__all__ = ["Name", "fold", "hidden_word", "names"]

# Apostrophes, and what is not seen between letters.
DROPPED = re.compile("['’‘ʼ`´ʻʹ′\u00ad\u200b-\u200f\u2060\ufeff]")
NOT_A_WORD = re.compile(r"[\W_]+")

# Letters nobody types, so that no beginning of a word typed finds them.
RUNES = "ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾᛁᛃᛈᛉᛊᛏ"
RUNES_EACH = 10

# As names are written in Russian; of sounds that begin alike, the longer first.
SOUNDS = dict(
    sound.split("=")
    for sound in "shch=щ yo=е yu=ю ya=я zh=ж kh=х ts=ц ch=ч sh=ш dj=дж gh=г ph=ф th=т ck=к j=дж x=кс a=а b=б c=к d=д "
    "e=е f=ф g=г h=х i=и k=к l=л m=м n=н o=о p=п q=к r=р s=с t=т u=у v=в w=в y=й z=з".split()
)
SOUND = re.compile("|".join(SOUNDS))
LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One way to type the name of an entity or an outlet."""

    folded: str
    word: str
    """The hidden word that its records bear."""
    written: str
    """The spelling as the archive writes it; the entity's name where nobody wrote this one."""


def fold(text: str) -> str:
    """The text without case, marks, apostrophes and signs; ``assets/search/names.js`` folds alike."""
    parted = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in parted if not unicodedata.category(letter).startswith("M"))
    return NOT_A_WORD.sub(" ", DROPPED.sub("", bare.lower())).strip()


def hidden_word(id: str) -> str:
    """The word that stands for an entity or outlet in the index, whatever it is called."""
    digest = sha256(id.encode()).digest()
    return "".join(RUNES[byte % len(RUNES)] for byte in digest[:RUNES_EACH])


def names(named: Iterable[Entity | Outlet]) -> tuple[Name, ...]:
    """Every way to type the names, in the order of their folded forms; what is written comes before what is derived."""
    found: dict[tuple[str, str], Name] = {}
    for record in named:
        word = hidden_word(record.id)
        for folded, written in _ways(record):
            if folded:
                found.setdefault((folded, word), Name(folded, word, written))
    return tuple(sorted(found.values()))


def _ways(record: Entity | Outlet) -> Iterator[tuple[str, str]]:
    spellings = (record.name, *record.aliases)
    yield from ((fold(spelling), spelling) for spelling in spellings)
    # The names of bodies are translated, not spelt in other letters.
    is_spelt = isinstance(record, Entity) and record.type is not EntityType.ORGANISATION
    for spelling in spellings:
        latin = fold(anyascii(spelling))
        yield latin, record.name
        if is_spelt:
            yield _cyrillic(latin), record.name


def _cyrillic(latin: str) -> str:
    """How a name may be written in Cyrillic, folded; empty where it is none."""
    if not LATIN.search(latin):
        return ""
    return fold(SOUND.sub(lambda sound: SOUNDS[sound[0]], latin))

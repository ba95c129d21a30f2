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
from functools import lru_cache
from hashlib import sha256

from anyascii import anyascii

from archive_builder.model import Entity, EntityType, Outlet

__all__ = ["Name", "bare", "fold", "hidden_word", "names"]

APOSTROPHES = re.compile("['`]")
CURLED = re.compile("[’‘ʼʻʹ′]")
"""Apostrophes that are not ASCII."""
ACUTE = ("´", "'")
"""One more, which would be taken for a space and a mark."""
NOT_A_WORD = re.compile(r"[\W_]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# Pagefind takes a curled quotation mark for a letter of the word that it stands at.
SIGN = re.compile(r"[^\w\x00-\x7f]")

UNSEEN = dict.fromkeys(map(chr, (0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x0640)), "")
"""What is not seen between letters, and the line that makes Arabic words longer."""
DIGITS = {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}
LOOKALIKES = dict(
    pair.split("=")
    for pair in "ғ=г қ=к ҳ=х ҷ=ч ي=ی ى=ی ك=ک ة=ه ە=ه ہ=ه ھ=ه ς=σ ı=i ł=l ø=o đ=d ð=d ß=ss æ=ae œ=oe þ=th".split()
)
"""Letters that are one for who types, and have no mark that could be taken off."""
PLAIN = str.maketrans({**UNSEEN, **DIGITS, **LOOKALIKES})
SHORT_I, MARKED_I = "й", "и\u0306"
"""The one letter that keeps its mark: Russian endings are told by it."""

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


def bare(text: str) -> str:
    """The text in letters and digits that anyone types, which is how it is indexed; ASCII stays as it is."""
    return text if text.isascii() else NOT_ASCII.sub(lambda found: _bare(found[0]), text)


@lru_cache(maxsize=1 << 16)
def _bare(letters: str) -> str:
    parted = unicodedata.normalize("NFKD", letters.lower().replace(*ACUTE)).lower().replace(MARKED_I, SHORT_I)
    plain = "".join(letter for letter in parted if not unicodedata.category(letter).startswith("M")).translate(PLAIN)
    return SIGN.sub(" ", CURLED.sub("'", plain))


def fold(text: str) -> str:
    """The text in bare letters, without case, apostrophes and signs; ``assets/search/names.js`` folds alike."""
    return NOT_A_WORD.sub(" ", APOSTROPHES.sub("", bare(text).lower())).strip()


@lru_cache(maxsize=1 << 16)
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

"""Tells the encoding of undeclared bytes by the alphabet they spell: the letters of one language, in the case of prose.

A detector of statistics needs paragraphs; an alphabet decides within a line, since no language has both ø and ř, and
read in a wrong Cyrillic encoding small letters become capitals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

__all__ = ["encoding_spelt"]

SHOUTED = 0.1  # of the letters that follow a letter may be capitals
FOREIGN = 0.02  # of the signs may be of a name from elsewhere
TYPOGRAPHY = frozenset("“”„‘’‚–—…«»‹›°§©®·•€£№¿¡´ªº½²³\xa0\xad")

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
ALPHABETS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    # Before the western ones, which would read its ş, ğ and ı as þ, ð and ý; every other sign is the same in both.
    (("cp1254",), ("çğıöşüâîû",)),
    (
        ("cp1252",),
        (
            "äöüßéèêàç",
            "àâæçéèêëîïôœùûüÿ",
            "áéíñóúü",
            "àáâãçéêíóôõúü",
            "àèéìíîòóùú",
            "àçèéíïòóúü",
            "æøåéäöü",
            "åäöéáàü",
            "éëïèêóöüá",
            "áéíóúýðþæö",
        ),
    ),
    (("cp1250", "iso8859-2"), ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")),
    (("cp1257",), ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž")),
    # Before the Cyrillic ones, which would read their small letters as small letters too. Without ΰ, which is
    # hardly ever written and stands where the Cyrillic а does.
    (("cp1255",), ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)),
    (("cp1253", "iso8859-7"), ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ",)),
    (
        ("cp1251", "koi8-r", "koi8-u", "cp866"),
        (CYRILLIC, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", CYRILLIC + "іў", "абвгдђежзијклљмнњопрстћуфхцчџшѓќѕ"),
    ),
)
"""The encodings that bytes are tried in, in order, and the alphabets that each can spell, in small letters."""


def encoding_spelt(data: bytes) -> str | None:
    """The first encoding in which nearly every letter of ``data`` is of one alphabet; None where there is none."""
    for encodings, alphabets in ALPHABETS:
        for encoding in encodings:
            if (text := _strictly(data, encoding)) is not None and _is_natural(text):
                signs = Counter(sign for sign in text.lower() if not sign.isascii() and sign not in TYPOGRAPHY)
                if any(_spells(frozenset(alphabet), signs) for alphabet in alphabets):
                    return encoding
    return None


def _spells(alphabet: frozenset[str], signs: Counter[str]) -> bool:
    return sum(count for sign, count in signs.items() if sign not in alphabet) <= FOREIGN * signs.total()


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_natural(text: str) -> bool:
    """Whether capitals stand where capitals stand in prose."""
    cases = list(_cases(text))
    return sum(cases) <= SHOUTED * len(cases)


def _cases(text: str) -> Iterator[bool]:
    """Of every letter outside ASCII that follows a letter, whether it is a capital."""
    before = ""
    for sign in text:
        if before.isalpha() and sign.isalpha() and not sign.isascii():
            yield sign.isupper()
        before = sign

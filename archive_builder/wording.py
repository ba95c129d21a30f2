"""Says how two passages differ where a difference changes what is claimed: numbers, negations, names.

The word lists are short on purpose: they only decide whether a reworded passage may be followed without a person, and
in a language that has none here nothing reworded ever is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

__all__ = ["Difference", "DifferenceKind", "differences", "has_changed_sign", "is_safe_rewording", "negations"]

# More than a tenth of the characters changed, and a person has to look.
SAFE_DISTANCE = 0.1

WORD = re.compile(r"[^\W_]+(?:['.,:/-][^\W_]+)*%?")

_NUMBERS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand "
    "thousands million millions billion billions dozen dozens half third quarter first second once twice single both "
    "several few many most all more less fewer least almost nearly about around over under",
    "de": "null ein eine einen einem einer eines zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig "
    "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million millionen milliarde milliarden "
    "dutzend halb erste zweite dritte mehrere wenige viele alle mehr weniger fast etwa rund über unter",
    "fr": "zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt "
    "trente quarante cinquante soixante cent cents mille million millions milliard milliards dizaine dizaines douzaine "
    "demi premier première second seconde plusieurs quelques tous toutes plus moins presque environ près",
    "es": "cero un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte "
    "treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos mil millón millones docena media "
    "primero primera segundo varios pocos muchos todos más menos casi unos unas",
    "ru": "ноль один одна одного одной два две двух три трёх трех четыре четырёх четырех пять пяти шесть шести семь "
    "семи восемь восьми девять девяти десять десяти одиннадцать двенадцать пятнадцать двадцать двадцати тридцать сорок "
    "пятьдесят сто ста двести триста сотни сотен тысяча тысячи тысяч миллион миллиона миллионов миллиард миллиардов "
    "дюжина половина первый второй несколько мало много все более менее больше меньше почти около свыше",
}
_NEGATIONS = {
    "en": "no not never none nobody nothing neither nor nowhere without cannot deny denies denied refuse refused "
    "reject rejects rejected refute refuted false untrue fail failed unlikely hardly",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder noch ohne",
    "fr": "ne pas jamais aucun aucune rien personne ni non sans",
    "es": "no nunca jamás ningún ninguno ninguna nada nadie ni sin",
    "ru": "не нет ни никогда никто ничего никакой никаких без нельзя невозможно отрицает опроверг",
}
NUMBER_WORDS = {language: frozenset(words.split()) for language, words in _NUMBERS.items()}
NEGATIONS = {language: frozenset(words.split()) for language, words in _NEGATIONS.items()}
ALL_NEGATIONS = frozenset[str]().union(*NEGATIONS.values())
# Signs that change what is said: everything but the punctuation that parts a sentence.
TELLING_SIGN = re.compile(r"[^\w\s,.;:\"'()-]|(?<![\w])-(?=\d)")
CONTRACTED_NEGATION = re.compile(r"(?:n't|n'[a-zà-ÿ]+)$", re.IGNORECASE)


class DifferenceKind(StrEnum):
    """What sort of words two passages differ in, the gravest first."""

    NUMBER = "a number"
    NUMBER_WORD = "a number word"
    NEGATION = "a negation"
    NAME = "a name"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two passages differ."""

    kind: DifferenceKind
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.old or '(nothing)'} / {self.new or '(nothing)'}"


def differences(old: str, new: str, language: str) -> tuple[Difference, ...]:
    """Where two normalised passages differ, word by word, in reading order."""
    before, after = WORD.findall(old), WORD.findall(new)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return tuple(
        Difference(_kind(before[a:b] + after[c:d], language), " ".join(before[a:b]), " ".join(after[c:d]))
        for change, a, b, c, d in changes
        if change != "equal"
    )


def is_safe_rewording(old: str, new: str, language: str) -> bool:
    """Whether ``new`` may take the place of ``old`` without a person: little changed, and nothing that counts."""
    found = differences(old, new, language)
    if not found:
        return True
    if _main(language) not in NUMBER_WORDS or any(each.kind is not DifferenceKind.WORDS for each in found):
        return False
    return Levenshtein.distance(old, new) <= SAFE_DISTANCE * len(old)


def has_changed_sign(old: str, new: str) -> bool:
    """Whether a sign that is more than punctuation changed: a currency, a minus, a question mark."""
    return TELLING_SIGN.findall(old) != TELLING_SIGN.findall(new)


def negations(words: Sequence[str], language: str) -> tuple[str, ...]:
    """The negations among the words; of every language known here where it is none of them."""
    known = NEGATIONS.get(_main(language), ALL_NEGATIONS)
    contracted = {at + 1 for at, pair in enumerate(itertools.pairwise(words)) if pair == ("'", "t")}
    return tuple(
        "not" if at in contracted else word.lower()
        for at, word in enumerate(words)
        if at in contracted or word.lower() in known
    )


def _kind(words: list[str], language: str) -> DifferenceKind:
    language = _main(language)
    lowered = {part for word in words for part in re.split(r"[-/]", word.lower())}
    if any(character.isnumeric() for word in words for character in word):
        return DifferenceKind.NUMBER
    if lowered & NUMBER_WORDS.get(language, frozenset()):
        return DifferenceKind.NUMBER_WORD
    if lowered & NEGATIONS.get(language, frozenset()) or any(map(CONTRACTED_NEGATION.search, words)):
        return DifferenceKind.NEGATION
    if any(word[:1].isupper() for word in words):
        return DifferenceKind.NAME
    return DifferenceKind.WORDS


def _main(language: str) -> str:
    return language.partition("-")[0].lower()

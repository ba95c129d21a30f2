"""Makes up sentences and names in the manner of a news report, each the same for the same seed."""

from __future__ import annotations

from random import Random

__all__ = ["Sentence", "heading", "names", "sentence", "spellings"]

ADJECTIVES = """
    official regional armed joint recent remote southern northern senior local foreign federal temporary former heavy
    independent civilian military unnamed detained wounded abandoned disputed earlier later second third final initial
""".split()
NOUNS = """
    attack border camp ceasefire checkpoint column commander convoy correspondent crossing delegation detachment
    district exercise fighter governor guard helicopter hospital journalist meeting minister mountain operation outpost
    patrol prosecutor raid refugee report resident river road shelter soldier station statement suspect tunnel truce
    vehicle version village weapon wreck
""".split()
VERBS = """
    described denied confirmed crossed reached left attacked followed found guarded inspected mentioned noticed
    questioned reported secured visited watched approached blocked cleared closed counted
""".split()
LINKS = "near after before behind from towards because-of according-to despite without beside during".split()
CONNECTIVES = ("and", "while", "but", "although", "as")
FOREIGN = (
    "«Гвардия»",
    "погранзастава",
    "Қалъаи Зол",
    "мухолифон",
    "پاسگاه مرزی",
    "فرماندار",
    "Straßenkontrolle",
    "déjà-vu",
)

ONSETS = "b ch d f g h j k l m n p q r s sh t v y z zh".split()
VOWELS = "a a e i o u".split()
CODAS = " n r sh d l m".split(" ")
LETTERS = "abcdefghijklmnopqrstuvyz"
CYRILLIC = str.maketrans(dict(zip(LETTERS, "абцдефгҳиҷклмнопқрстувйз", strict=True)))
PERSIAN = str.maketrans(dict(zip(LETTERS, "ابچدهفگحیجکلمنوپقرستوویز", strict=True)))


class Sentence(list[str]):
    """The words of a sentence, with the signs that stand on them."""

    def __str__(self) -> str:
        return " ".join(self)


def sentence(random: Random, name: str | None = None) -> Sentence:
    """A sentence of about twenty words that mentions ``name``; a figure makes nearly every passage of it unique."""
    words = [*_clause(random), random.choice(CONNECTIVES), *_clause(random)]
    if name:
        words += ["in", *name.split()]
    if random.random() < 0.1:
        words += ["at", "the", random.choice(FOREIGN)]
    words[0] = words[0].capitalize()
    words[-1] += "."
    return Sentence(words)


def _clause(random: Random) -> list[str]:
    return [
        *("the", random.choice(ADJECTIVES), random.choice(NOUNS), random.choice(VERBS)),
        *(_figure(random), random.choice(ADJECTIVES), random.choice(NOUNS) + "s"),
        *(*random.choice(LINKS).split("-"), "the", random.choice(NOUNS)),
    ]


def _figure(random: Random) -> str:
    number = int(10 ** random.uniform(0.4, 4))
    return f"{number:,}"


def heading(random: Random) -> str:
    """The words of a heading."""
    return f"The {random.choice(ADJECTIVES)} {random.choice(NOUNS)} and the {random.choice(NOUNS)}"


def names(random: Random, count: int) -> tuple[str, ...]:
    """So many different names, of two words each."""
    made: dict[str, None] = {}
    while len(made) < count:
        made[f"{_word(random, 2)} {_word(random, 3)}"] = None
    return tuple(made)


def spellings(name: str) -> tuple[str, str, str]:
    """The name in another romanisation, in Cyrillic and in Persian letters."""
    lower = name.lower()
    romanised = lower.replace("q", "k").replace("j", "dj").title() + "i"
    return romanised, lower.translate(CYRILLIC).title(), lower.translate(PERSIAN)


def _word(random: Random, syllables: int) -> str:
    made = (random.choice(ONSETS) + random.choice(VOWELS) + random.choice(CODAS) for _ in range(syllables))
    return "".join(made).capitalize()

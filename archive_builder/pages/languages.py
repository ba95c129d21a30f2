"""Names the language of a BCP 47 tag, and tells which way a text in it runs."""

from __future__ import annotations

__all__ = ["direction", "language_name"]

NAMES = dict(
    pair.split(":")
    for pair in (
        "ar:Arabic be:Belarusian de:German en:English es:Spanish fa:Persian fr:French he:Hebrew it:Italian ja:Japanese "
        "kk:Kazakh ky:Kyrgyz nl:Dutch pl:Polish prs:Dari ps:Pashto pt:Portuguese ru:Russian tg:Tajik tk:Turkmen "
        "tr:Turkish uk:Ukrainian ur:Urdu uz:Uzbek zh:Chinese"
    ).split()
)
# Languages whose usual script runs to the left, and the scripts that do, where a tag names one.
LEFTWARD = frozenset("ar azb ckb dv fa he nqo pnb prs ps sd syr ug ur yi".split())
LEFTWARD_SCRIPTS = frozenset("adlm arab hebr nkoo syrc thaa".split())


def language_name(tag: str) -> str:
    """The language in words, where we have them; else the tag."""
    return NAMES.get(tag.partition("-")[0].lower(), tag)


def direction(tag: str) -> str:
    """Which way a text in the language runs, as HTML's ``dir`` has it: a script that the tag names decides."""
    language, *others = tag.lower().split("-")
    script = next((each for each in others if len(each) == 4 and each.isalpha()), None)
    return "rtl" if (script in LEFTWARD_SCRIPTS if script else language in LEFTWARD) else "ltr"

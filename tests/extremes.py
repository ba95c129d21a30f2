"""A made-up archive of what hardly ever happens and must lay out well: very many, very long, nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sites import MATERIAL

__all__ = ["MANY", "PAGES", "SITE", "extremes"]

MANY = 200
SPELLINGS = 40
SITE = "https://reader.example/extremes/"

PAGES = {
    "200 annotations": "articles/many/",
    "a quotation of 300 words": "articles/long-quotation/",
    "a title of 300 characters": "articles/long-title/",
    "a title of one long word": "articles/long-word/",
    "no annotation": "articles/bare/",
    "from the right": "articles/from-the-right/",
    "40 spellings": "entities/keeper/",
    "a claim nobody mentions": "claims/unmentioned/",
    "a long claim": "claims/long/",
    "an event of all of it": "events/fair/",
    "an outlet of all of it": "outlets/herald/",
    "the list of articles": "articles/",
    "the list of claims": "claims/",
    "the list of entities": "entities/",
    "home": "",
}

CONFIG = f"INHERIT: {MATERIAL}\nsite_name: An archive of extremes\nsite_url: {SITE}\n"
WORD = "Lampenanzündermeisterprüfungsordnungskommission"
LONG_WORD = (WORD * 7)[:300]
LONG_TITLE = ("The keeper of the lamps, the mayor, the council and the harbour master cannot agree on the lamps, " * 4)[
    :299
]
HOME = "# Home\n\n<!-- archive: figures -->\n\n<!-- archive: contested 6 -->\n\n<!-- archive: events -->\n"
PERSIAN = "چراغ‌های بندر در شب نخست جشن روشن نشد و نگهبان گفت که هیچ‌کس آنجا نبود. " * 6
SAID = "نگهبان گفت که هیچ‌کس آنجا نبود"


def extremes(root: Path) -> Path:
    """Write the archive below ``root``."""
    for path, text in {**_records(), **_articles(), **_annotations()}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def _records() -> Mapping[str, str]:
    spellings = ", ".join(f"Kiper-{chr(97 + n % 26)}{n} of the Lamps" for n in range(SPELLINGS - 1))
    return {
        "mkdocs.yml": CONFIG,
        "content/index.md": HOME,
        "content/events/fair.md": "---\ntitle: A fair with lamps\n---\n",
        "content/outlets/herald.md": "---\nname: Harbour Herald\ntype: newspaper\n---\n",
        "content/entities/keeper.md": f"---\nname: The keeper\ntype: person\naliases: [{spellings}, {WORD}]\n---\n",
        "content/claims/unmentioned.md": _claim("Was there a lamp that nobody lit?", "There was such a lamp."),
        "content/claims/long.md": _claim(LONG_TITLE, f"{LONG_TITLE} {LONG_WORD}"),
        "content/claims/lamps.md": _claim("How many lamps?", "Lamps were lit.", "measure:\n  quantity: lamps\n"),
    }


def _claim(title: str, statement: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nstatement: {statement}\nevent: fair\n{more}---\n"


def _articles() -> Mapping[str, str]:
    many = "\n\n".join(
        " ".join(f"On evening {n} they lit {n + 1000} lamps." for n in range(start, start + 10))
        for start in range(1, MANY + 1, 10)
    )
    return {
        "content/articles/many.md": _article("Two hundred evenings", many),
        "content/articles/long-quotation.md": _article("A long speech", f"He began.\n\n{_speech()}\n\nHe ended."),
        "content/articles/long-title.md": _article(LONG_TITLE, "They lit 5 lamps."),
        "content/articles/long-word.md": _article(LONG_WORD, f"They lit 6 lamps, says the {LONG_WORD}."),
        "content/articles/bare.md": _article("Nothing to add", "The fair was held. Nobody disputes it."),
        "content/articles/from-the-right.md": _article("چراغ‌های بندر", f"{PERSIAN}\n\n{SAID} امشب.", "fa"),
    }


def _speech() -> str:
    return " ".join(f"and on evening {n} the keeper went" for n in range(1, 51)) + "."


def _article(title: str, text: str, language: str = "en") -> str:
    head = f"outlet: herald\nlanguage: {language}\nrights: CC0\ndisplay: full\nevents: [fair]"
    return f"---\ntitle: {title}\n{head}\n---\n\n{text}\n"


def _annotations() -> Mapping[str, str]:
    lamps = "claim: lamps\nstance: asserts\nvalue: "
    files = {
        f"annotations/many/lamps-{n:03}.yml": _annotation(f"lit {n + 1000} lamps", f'{lamps}"{n + 1000}"\n')
        for n in range(1, MANY + 1)
    }
    keeper = "claim: long\nstance: asserts\nattribution: [keeper]\n"
    return {
        **files,
        "annotations/long-quotation/speech.yml": _annotation(_speech(), keeper, f"Said at length. {LONG_WORD}"),
        "annotations/long-title/lamps.yml": _annotation("They lit 5 lamps", f'{lamps}"5"\n'),
        "annotations/long-word/lamps.yml": _annotation("They lit 6 lamps", f'{lamps}"~6"\n'),
        "annotations/from-the-right/said.yml": _annotation(f"{SAID} امشب", keeper),
    }


def _annotation(exact: str, bears: str, note: str = "Another counted differently, and says so.") -> str:
    return f'target:\n  exact: "{exact}"\n{bears}note: {note}\n'

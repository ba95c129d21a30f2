"""An invented archive to annotate in the page: a fire at a mill, told in several scripts and in much markup."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from browsing import Serve
from sites import MATERIAL, Built, Once

__all__ = ["ARTICLES", "FORK", "mill", "mill_address", "mill_archive"]

FORK = {"GITHUB_REPOSITORY": "someone/their-mill", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main"}

CONFIG = f"""\
INHERIT: {MATERIAL}
site_name: The fire at the mill
theme:
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
plugins: [search, archive-builder]
markdown_extensions:
  - tables
  - footnotes
  - toc:
      permalink: true
validation:
  nav:
    omitted_files: ignore
extra:
  contact: mailto:editors@mill.example
nav:
  - Home: index.md
  - Articles: articles/index.md
  - How to contribute: about/contributing.md
"""

ENGLISH = """\
## What burned

The old mill at Ashbrook burned on the **night of 3 May**, said the *fire chief*, and “at least 12 people” — among them
3 children — were hurt. Between 200-300 sacks of flour were lost, or about 1 300 kg; others say 1,300.

The county’s engineers had [warned of the *worn* bearings](https://gazette.example/warning) in 2029.[^1] “We can't
say more,” they wrote. Nobody didn't know. The gate was 2.5 metres wide.

- The mill was built in 1881.
- It ground `flour no. 5` for “half the county”, and
  employed 40 people.
    1. Twelve of them lived there.
    2. None was warned.

> “Nobody had closed it,” the engineer said.
> He had asked for **a closure** twice.

| year | inspections | fires |
|------|-------------|-------|
| 2029 | 2           | none  |
| 2030 | none        | one   |

Witnesses spoke of a loud crack\u00a0— and of silence.\x20\x20
And then of 1/2 an hour of rain.

The fire was out by noon. The fire was out by noon. The chief said that the fire was out by noon.

[^1]: The report was never published, the *Gazette* has learnt.
"""
RUSSIAN = """\
Мельница в **Эшбруке** сгорела в ночь на 3 мая. По словам начальника пожарной охраны, пострадали «не менее 12 человек».

Инженеры предупреждали об этом ещё в *2029 году* 👷‍♀️🔥. Ущерб — 1 300 кг муки, т.е. 200–300 мешков. Е\u0301сли верить
очевидцам, мельницу никто не закрывал.

Огонь потушили к полудню. Огонь потушили к полудню. Ки\u0306ев молчит.
"""
PERSIAN = """\
آسیاب اشبروک شامگاه سوم ماه مه سوخت و «دست‌کم ۱۲ نفر» زخمی شدند. می‌گویند ۱٬۳۰۰ کیلوگرم آرد از میان رفت.

مهندسان در سال ۲۰۲۹ **هشدار داده بودند**. هیچ‌کس آسیاب را نبسته بود.
"""
JAPANESE = """\
アッシュブルックの水車小屋が5月3日の夜に焼け、*少なくとも12人*が負傷した。小麦粉1300キロが失われた。

技師たちは2029年に「軸受けが摩耗している」と警告していた。हिन्दी में भी लिखा गया: आग दोपहर तक बुझ गई। Zähler²³ sagt: 5½.
"""
EMOJI = """\
The 🔥 at the mill 👩🏽‍🚒👨‍👩‍👧‍👦 was out at 12:30 🇹🇯. “𝔄𝔰𝔥𝔟𝔯𝔬𝔬𝔨” wrote 𝟙𝟚 times that **all 👍🏿 was well** 🔥🔥🔥.

Snake_case_words and `code_words` and __bold 🙂 words__ stood in it; so did cafe\u0301s, na\u00efve,
ﬁre & <b>bold</b> &amp; 5&nbsp;km.
Soft\u00adhyphens and zero\u200bwidth\u200bspaces and wide\u2003spaces\u2009too. Primes 5′ 6″ and `back` ticks\\`.
"""
QUOTED = """\
[…]

The mill belonged to “Marrow & Sons” since 1990. […] The owners deny that 12 people were hurt; they say nine.

[…]

They “never received a warning”, in their words. […]

No comment.

[…]

No comment.

[…]
"""
LONG = "\n\n".join(
    f"On day {number} the river stood {number + 100} centimetres high at the gate." for number in range(120)
)
REPEATED = "\n\n".join(
    ["The wind came from the west."] * 3 + ["So it was."] * 2 + ["The wind came from the west, the chief said."]
)

ARTICLES: Mapping[str, tuple[str, str, str]] = {
    "english": ("en", "full", ENGLISH),
    "russian": ("ru", "full", RUSSIAN),
    "persian": ("fa", "full", PERSIAN),
    "japanese": ("ja", "full", JAPANESE),
    "emoji": ("en", "full", EMOJI),
    "quoted": ("en", "quotations", QUOTED),
    "repeated": ("en", "full", REPEATED),
    "long": ("en", "full", LONG),
}
LINKED = "---\ntitle: Who closed it?\noutlet: gazette\ndisplay: link-only\nrights: InC\nevents: [fire]\n---\n"
"""Each article's language, how much of it is shown, and its Markdown."""


def _annotation(exact: str, claim: str = "", **more: str) -> str:
    bears = f"claim: {claim}\nstance: asserts\n" if claim else ""
    return f"target:\n  exact: '{exact}'\n{''.join(f'{k}: {v}{chr(10)}' for k, v in more.items())}{bears}note: N.\n"


FILES = {
    "mkdocs.yml": CONFIG,
    "content/index.md": "# Home\n\n[The fire](articles/english.md)\n",
    "content/about/contributing.md": "# How to contribute\n\nWrite a file.\n",
    "content/outlets/gazette.md": "---\nname: Ashbrook Gazette\ntype: newspaper\n---\n",
    "content/events/fire.md": "---\ntitle: The fire at Ashbrook mill\ndate: 2031-05-03\n---\n",
    "content/events/flood.md": "---\ntitle: The flood of 1990\n---\n",
    "content/claims/people-hurt.md": (
        "---\ntitle: How many people were hurt?\nstatement: People were hurt, in the number given.\nevent: fire\n"
        "measure: {quantity: people hurt}\n---\n"
    ),
    "content/claims/flour-lost.md": (
        "---\ntitle: How much flour was lost?\nstatement: Flour was lost.\nevent: fire\n"
        "measure: {quantity: flour lost, unit: kg}\n---\n"
    ),
    "content/claims/mill-closed.md": (
        "---\ntitle: Was the mill closed?\nstatement: The mill was closed when it burned.\nevent: fire\n---\n"
    ),
    "content/claims/when-it-burned.md": (
        "---\ntitle: When did it burn?\nstatement: The mill burned on the day given.\nevent: fire\n"
        "measure: {quantity: day, unit: date}\n---\n"
    ),
    "content/claims/flood-height.md": (
        "---\ntitle: How high did the water stand?\nstatement: Water stood that high.\nevent: flood\n"
        "measure: {quantity: height, unit: m}\n---\n"
    ),
    "content/entities/chief.md": (
        "---\nname: The fire chief of Ashbrook\ntype: person\naliases: [начальник охраны, رئیس]\n"
        "speaks_for: county\n---\n"
    ),
    "content/entities/county.md": "---\nname: Ashbrook County\ntype: organisation\naliases: [the county]\n---\n",
    "content/entities/engineers.md": "---\nname: The county's engineers\ntype: organisation\n---\n",
    "content/articles/linked.md": LINKED,
    "annotations/english/hurt.yml": _annotation("at least 12 people", "people-hurt", value='">=12"'),
    "annotations/english/across.yml": _annotation(
        "burned on the night of 3 May, said the fire chief", "when-it-burned"
    ),
    "annotations/english/cell.yml": "target:\n  exact: one\n  prefix: none\nnote: N.\n",
    "annotations/english/third.yml": "target:\n  exact: the fire was out by noon\nnote: N.\n",
    "annotations/russian/hurt.yml": _annotation("«не менее 12 человек»", "people-hurt", value='">=12"'),
    "annotations/quoted/nine.yml": _annotation("they say nine", "people-hurt", value='"9"'),
    "annotations/emoji/out.yml": _annotation("was out at 12:30 🇹🇯"),
}


def mill(root: Path) -> Path:
    """Write the archive below ``root``."""
    for path, text in {**FILES, **{f"content/articles/{id}.md": _article(id) for id in ARTICLES}}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def _article(id: str) -> str:
    language, display, text = ARTICLES[id]
    head = f"title: The fire, in {id}\noutlet: gazette\nlanguage: {language}\ndisplay: {display}\nrights: CC0\n"
    return f"---\n{head}{'' if id == 'repeated' else 'events: [fire]'}\n---\n{text}"


@pytest.fixture(scope="session")
def mill_archive(once: Once) -> Path:
    """The archive on disk."""
    return once("mill", mill)


@pytest.fixture(scope="session")
def mill_address(mill_archive: Path, built: Built, serve: Serve) -> str:
    """Where the archive's site is served, built as a fork of it is."""
    site = built(mill_archive, "their-mill", **FORK)
    return f"{serve(site.parent, 'https://someone.github.io/')}{site.name}/"

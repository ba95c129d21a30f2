"""The hostile inputs of ``cases/hostile.yml``, each with the files of an archive around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

__all__ = ["CASES", "FROM_OUTSIDE", "IN_BROWSER", "Case", "files"]

FILE = Path(__file__).parent / "cases" / "hostile.yml"
SENTENCE = "The ferry sank at dawn."


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile input."""

    id: str
    at: str
    tries: str
    text: str
    gets: str
    told: tuple[str, ...]
    says: str | None


def _case(written: Mapping[str, Any]) -> Case:
    piece, times = written.get("times", ("", 0))
    text = written["text"] + piece * times
    return Case(
        written["id"],
        written["at"],
        written["tries"],
        text.encode("ascii", "backslashreplace").decode() if written.get("escaped") else text,
        written["gets"],
        tuple(written.get("told", ())),
        written.get("says"),
    )


CASES = tuple(map(_case, yaml.safe_load(FILE.read_text(encoding="utf-8"))))


def _document(folder: str, head: str, body: str = "") -> Callable[[Case], dict[str, str]]:
    """A record of a folder, whose ``TEXT`` is the input; quoted as JSON is, where ``QUOTED`` stands."""

    def made(case: Case) -> dict[str, str]:
        return {f"content/{folder}/{case.id}.md": f"---\n{_filled(head, case)}\n---\n{_filled(body, case)}\n"}

    return made


def _filled(text: str, case: Case) -> str:
    quoted = f'"{case.text}"' if "\\u" in case.text else json.dumps(case.text, ensure_ascii=False)
    return text.replace("QUOTED", quoted).replace("TEXT", case.text).replace("NAME", f"Case {case.id}")


ARTICLE = "title: NAME\noutlet: gazette\ndisplay: full\nrights: CC0"
CLAIM = "title: NAME\nstatement: A statement."
ENTITY = "name: NAME\ntype: organisation"


def _annotation(text: str) -> Callable[[Case], dict[str, str]]:
    around = _document("articles", ARTICLE, SENTENCE)
    return lambda case: {**around(case), f"annotations/{case.id}/remark.yml": _filled(text, case) + "\n"}


TARGET = "target: {exact: The ferry sank}\n"
WHERE: dict[str, Callable[[Case], dict[str, str]]] = {
    "article's text": _document("articles", ARTICLE, f"{SENTENCE}\n\nTEXT"),
    "article's title": _document("articles", ARTICLE.replace("NAME", "QUOTED"), SENTENCE),
    "article's author": _document("articles", f"{ARTICLE}\nauthors: [QUOTED]", SENTENCE),
    "article's summary": _document("articles", f"{ARTICLE}\nsummary: QUOTED", SENTENCE),
    "article's address": _document("articles", f"{ARTICLE}\nurl: QUOTED", SENTENCE),
    "article's archived copy": _document("articles", f"{ARTICLE}\narchived: QUOTED", SENTENCE),
    "front matter": _document("articles", f"{ARTICLE}\nTEXT", SENTENCE),
    "claim's title": _document("claims", CLAIM.replace("NAME", "QUOTED")),
    "claim's statement": _document("claims", CLAIM.replace("A statement.", "QUOTED")),
    "claim's discussion": _document("claims", CLAIM, "TEXT"),
    "evidence's address": _document("claims", f"{CLAIM}\nevidence: [{{relation: supports, url: QUOTED}}]"),
    "evidence's title": _document(
        "claims", f"{CLAIM}\nevidence: [{{relation: supports, url: 'https://a.example/', title: QUOTED}}]"
    ),
    "entity's name": _document("entities", ENTITY.replace("NAME", "QUOTED")),
    "entity's spelling": _document("entities", f"{ENTITY}\naliases: [QUOTED]"),
    "outlet's mark": _document("outlets", "name: NAME\ntype: newspaper\nlabel: QUOTED"),
    "event's title": _document("events", "title: QUOTED\ndate: 2031-05-01"),
    "note": _annotation(f"{TARGET}note: QUOTED"),
    "annotation's author": _annotation(f"{TARGET}note: A note.\nby: QUOTED"),
    "quotation": _annotation("target: {exact: QUOTED}\nnote: A note."),
    "annotation": _annotation(f"{TARGET}TEXT"),
    "file's name": lambda case: {case.text: f"---\n{CLAIM}\n---\n"},
}
FROM_OUTSIDE = ("capture", "web archive", "kind of file")
"""What is no text of a file: tests of their own make it."""
IN_BROWSER = ("address of the search page", "address of a list", "draft kept in the browser")


def files(case: Case) -> dict[str, str]:
    """The files that hold the input."""
    return WHERE[case.at](case)

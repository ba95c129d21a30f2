"""Everything that can be wrong with an archive, as values that are collected and told once.

    Problem ─ code ─┬─ the file      file-*, name-*, id-*        it cannot be read, or stands in the wrong place
                    ├─ its YAML      yaml-*, front-matter-*      it is not YAML, or not the YAML we accept
                    ├─ its keys      key-*, value-*, date-*      a key or a value is not of the format
                    ├─ its links     *-unknown, link-*, place-*  it names something that is not in the archive
                    ├─ its quote     quote-*                     the passage does not stand in the article, once
                    └─ the text      html-*, text-*, rights-*    the article's own Markdown

Nothing wrong is thrown away and nothing wrong is thrown in the face: functions return problems beside their results.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["CODES", "FORMATS", "Code", "Detail", "Place", "Problem", "Severity", "did_you_mean", "in_order", "quoted"]

WORDS_SHOWN = 300


class Severity(StrEnum):
    """How bad it is: an error leaves something out of the archive, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """The names of the problems; stable, so that they can be searched for and documented."""

    FILE_UNREADABLE = "file-unreadable"
    FILE_EMPTY = "file-empty"
    FILE_TOO_LARGE = "file-too-large"
    FILE_MISPLACED = "file-misplaced"
    FILE_LEADS_OUT = "file-leads-out"
    NAME_NOT_A_SLUG = "name-not-a-slug"
    ID_DUPLICATE = "id-duplicate"
    FRONT_MATTER_MISSING = "front-matter-missing"
    FRONT_MATTER_OPEN = "front-matter-open"
    YAML_BROKEN = "yaml-broken"
    YAML_DUPLICATE_KEY = "yaml-duplicate-key"
    YAML_NOT_PLAIN = "yaml-not-plain"
    KEY_UNKNOWN = "key-unknown"
    KEY_MISSING = "key-missing"
    VALUE_WRONG = "value-wrong"
    VALUE_UNMEASURED = "value-unmeasured"
    DATE_WRONG = "date-wrong"
    ARTICLE_UNKNOWN = "article-unknown"
    CLAIM_UNKNOWN = "claim-unknown"
    EVENT_UNKNOWN = "event-unknown"
    ENTITY_UNKNOWN = "entity-unknown"
    OUTLET_UNKNOWN = "outlet-unknown"
    ANNOTATION_UNKNOWN = "annotation-unknown"
    LINK_BROKEN = "link-broken"
    PLACE_UNMAPPED = "place-unmapped"
    SPEAKS_FOR_CYCLE = "speaks-for-cycle"
    QUOTE_MISSING = "quote-missing"
    QUOTE_DRIFTED = "quote-drifted"
    QUOTE_AMBIGUOUS = "quote-ambiguous"
    QUOTE_CUTS_A_WORD = "quote-cuts-a-word"
    QUOTE_CROSSES_ELISION = "quote-crosses-elision"
    HTML_NOT_ALLOWED = "html-not-allowed"
    MARKUP_TOO_HEAVY = "markup-too-heavy"
    TEXT_MISSING = "text-missing"
    TEXT_DIFFERS = "text-differs"
    TEXT_TURNED = "text-turned"
    RIGHTS_UNSTATED = "rights-unstated"


CODES: dict[Code, tuple[Severity, str]] = {
    Code.FILE_UNREADABLE: (Severity.ERROR, "The file is not UTF-8 text, or cannot be opened."),
    Code.FILE_EMPTY: (Severity.ERROR, "The file has nothing in it."),
    Code.FILE_TOO_LARGE: (Severity.ERROR, "The file is larger than this kind of file may be."),
    Code.FILE_MISPLACED: (Severity.ERROR, "The file stands where no file of the archive belongs."),
    Code.FILE_LEADS_OUT: (Severity.ERROR, "A link on the disk leads to a folder, out of the archive, or to nothing."),
    Code.NAME_NOT_A_SLUG: (Severity.ERROR, "A file's or folder's name cannot serve as an id."),
    Code.ID_DUPLICATE: (Severity.ERROR, "Two files claim the same id."),
    Code.FRONT_MATTER_MISSING: (Severity.ERROR, "A Markdown file does not begin with its front matter."),
    Code.FRONT_MATTER_OPEN: (Severity.ERROR, "The front matter begins and does not end."),
    Code.YAML_BROKEN: (Severity.ERROR, "The YAML cannot be parsed."),
    Code.YAML_DUPLICATE_KEY: (Severity.ERROR, "A key stands twice in one mapping."),
    Code.YAML_NOT_PLAIN: (Severity.ERROR, "The YAML uses anchors, aliases, tags or nesting that no file here needs."),
    Code.KEY_UNKNOWN: (Severity.ERROR, "A key is not one of this format's."),
    Code.KEY_MISSING: (Severity.ERROR, "A required key is absent."),
    Code.VALUE_WRONG: (Severity.ERROR, "A value is not of the form its key takes."),
    Code.VALUE_UNMEASURED: (Severity.ERROR, "An annotation gives a value that its claim's measure cannot take."),
    Code.DATE_WRONG: (Severity.ERROR, "A date is not written in the EDTF subset, or not in the calendar."),
    Code.ARTICLE_UNKNOWN: (Severity.ERROR, "Annotations stand in a folder that is named after no article."),
    Code.CLAIM_UNKNOWN: (Severity.ERROR, "A claim is named that has no file."),
    Code.EVENT_UNKNOWN: (Severity.ERROR, "An event is named that has no file."),
    Code.ENTITY_UNKNOWN: (Severity.ERROR, "An entity is named that has no file."),
    Code.OUTLET_UNKNOWN: (Severity.ERROR, "An outlet is named that has no file."),
    Code.ANNOTATION_UNKNOWN: (Severity.ERROR, "Evidence names an annotation that has no file."),
    Code.LINK_BROKEN: (Severity.WARNING, "A link leads to a file that is not there, or out of the archive."),
    Code.PLACE_UNMAPPED: (Severity.WARNING, "A route runs through what is no place, or a place without coordinates."),
    Code.SPEAKS_FOR_CYCLE: (Severity.ERROR, "Entities speak for one another in a circle."),
    Code.QUOTE_MISSING: (Severity.ERROR, "The quote does not stand in the article, nor anything close to it."),
    Code.QUOTE_DRIFTED: (Severity.ERROR, "The quote does not stand in the article, but something close to it does."),
    Code.QUOTE_AMBIGUOUS: (Severity.ERROR, "The quote stands in the article more than once."),
    Code.QUOTE_CUTS_A_WORD: (Severity.ERROR, "The quote begins or ends inside a word, a number or a range."),
    Code.QUOTE_CROSSES_ELISION: (Severity.ERROR, "The quote runs across a passage that is not quoted here."),
    Code.HTML_NOT_ALLOWED: (Severity.ERROR, "The article's text has HTML that is shown as text."),
    Code.MARKUP_TOO_HEAVY: (
        Severity.ERROR,
        "A paragraph has more signs of markup than any text needs, and is shown as it is written.",
    ),
    Code.TEXT_MISSING: (Severity.ERROR, "The article is to be shown but has no text."),
    Code.TEXT_DIFFERS: (Severity.WARNING, "The page as rendered reads differently from the text that was checked."),
    Code.TEXT_TURNED: (
        Severity.WARNING,
        "An invisible character turns the direction of what follows, which then reads otherwise than it is written.",
    ),
    Code.RIGHTS_UNSTATED: (Severity.WARNING, "A full text is shown without a statement that allows it."),
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the archive: a path from its root, line and column from 1; 0 where they are not known."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Detail:
    """One labelled line under a problem: what was written, what stands there instead, how they differ."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, told as the fault, the user's own words and the next step."""

    code: Code
    place: Place
    message: str
    """The fault in one sentence, without a full stop."""
    next: str
    """What to do about it."""
    details: tuple[Detail, ...] = ()

    @property
    def severity(self) -> Severity:
        return CODES[self.code][0]

    def __str__(self) -> str:
        """The problem as text: a first line that editors can jump to, then its details."""
        lines = [*self.details, Detail("next", self.next)]
        width = max(len(detail.label) for detail in lines)
        told = "".join(f"\n  {detail.label:{width}}  {detail.text}" for detail in lines)
        return f"{self.place}: {self.code}: {self.message}{told}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by file, line and column, each problem once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.code, problem.message)))


def quoted(words: str) -> str:
    """The user's own words in quotation marks, on one line and bounded."""
    line = " ".join(words.split())
    return f'"{line}"' if len(line) <= WORDS_SHOWN else f'"{line[: WORDS_SHOWN - 1]}…"'


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to ``word``, or None where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def as_text(problems: Sequence[Problem]) -> str:
    """The problems in words, with a line that counts them."""
    if not problems:
        return "No problems."
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counted = [_count(errors, "error"), _count(len(problems) - errors, "warning")]
    return "\n\n".join([*map(str, problems), ", ".join(filter(None, counted))])


def as_json(problems: Sequence[Problem]) -> str:
    """The problems as a JSON array, for other programs."""
    rows = [
        {
            "code": problem.code,
            "severity": problem.severity,
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "message": problem.message,
            "details": {detail.label: detail.text for detail in problem.details},
            "next": problem.next,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """The problems as GitHub workflow commands, which it shows beside the changed lines."""
    return "\n".join(map(_workflow_command, problems))


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "json": as_json, "github": as_github}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _workflow_command(problem: Problem) -> str:
    place = problem.place
    properties = {"file": place.path, "line": place.line or 1, "col": place.column or 1, "title": problem.code}
    told = "\n".join([problem.message, *(f"{d.label}: {d.text}" for d in problem.details), f"next: {problem.next}"])
    listed = ",".join(f"{name}={_escape(str(value), ':,')}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_escape(told)}"


def _escape(text: str, also: str = "") -> str:
    """Percent-encode what would end a workflow command's value."""
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + also else sign for sign in text)

"""Every problem is told as the fault, the user's own words and the next step; each telling is a golden case.

A case is a file in ``cases/problems/``: ``files`` are put into the sound archive of ``conftest.py`` (a text; ``null``
to take one away; ``latin-1:`` or ``repeat:`` for bytes no YAML can hold), and ``problems`` are told of it, in full. To
add one, write ``files`` and run UPDATE_CASES=1 pytest tests/test_problems.py; then read what it wrote.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml
from conftest import World

from archive_builder.problems import CODES, FORMATS, Code, Detail, Place, Problem, in_order

CASES = sorted((Path(__file__).parent / "cases" / "problems").glob("*.yml"))
NEEDS_A_BUILD = {Code.TEXT_DIFFERS}
NEEDS_A_DISK = {Code.LINK_BROKEN, Code.FILE_LEADS_OUT}  # in test_linking.py
ASKED_TO_UPDATE = bool(os.environ.get("UPDATE_CASES"))


def bytes_of(written: Any) -> str | bytes | None:
    """What a case puts into a file."""
    if isinstance(written, dict) and "latin-1" in written:
        return str(written["latin-1"]).encode("latin-1")
    if isinstance(written, dict):
        return str(written["repeat"]) * int(written["times"])
    return written


def updated(text: str, told: list[str]) -> str:
    """The text of a case with what is told now."""
    given = text.partition("\nproblems:")[0].rstrip("\n")
    items = "".join(f"\n  - |-\n{indent(each, ' ' * 4)}" for each in told)
    return f"{given}\nproblems:{items or ' []'}\n"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CASES])
def test_each_case_is_told_as_written_down(world: World, path: Path) -> None:
    """The problems of the files of a case are, word for word, those of the case."""
    text = path.read_text(encoding="utf-8")
    case = yaml.safe_load(text)
    archive = world({name: bytes_of(written) for name, written in case["files"].items()})
    told = [str(problem) for problem in archive.problems]
    if ASKED_TO_UPDATE:
        path.write_text(updated(text, told), encoding="utf-8")
    else:
        assert told == case.get("problems")


def test_every_code_has_a_case() -> None:
    """There is no problem of which nobody has read how it is told; a build has its own."""
    told = "\n".join(path.read_text(encoding="utf-8").partition("\nproblems:")[2] for path in CASES)
    assert {code for code in Code if f": {code}: " not in told} == NEEDS_A_BUILD | NEEDS_A_DISK


def test_every_code_is_described() -> None:
    """Each code has a severity and one sentence."""
    assert set(CODES) == set(Code)
    assert all(told.endswith(".") for _, told in CODES.values())


def test_problems_are_in_order_and_told_once() -> None:
    """By file, line and column; the same problem twice is one."""
    places = [Place("b", 1), Place("a", 10), Place("a", 2, 5), Place("a", 2, 3), Place("a", 2, 3)]
    problems = in_order(Problem(Code.VALUE_WRONG, place, "m", "n") for place in places)
    assert [str(problem.place) for problem in problems] == ["a:2:3", "a:2:5", "a:10", "b:1"]


def test_one_problem_is_told_as_text_json_and_to_github() -> None:
    """Three tellings of the same fault; nothing a user wrote ends a workflow command or a JSON string early."""
    problem = Problem(
        Code.VALUE_WRONG, Place("a:b,c.md", 3, 7), "100% wrong\n::error::x", "fix it", (Detail("written", '"x"'),)
    )
    assert FORMATS["text"]([problem]).endswith("\n  next     fix it\n\n1 error")
    assert FORMATS["text"]([]) == "No problems."
    (row,) = json.loads(FORMATS["json"]([problem]))
    assert (row["code"], row["path"], row["line"], row["details"]) == ("value-wrong", "a:b,c.md", 3, {"written": '"x"'})
    told = FORMATS["github"]([problem])
    assert "\n" not in told
    assert told.startswith("::error file=a%3Ab%2Cc.md,line=3,col=7,title=value-wrong::100%25 wrong%0A::error::x%0A")

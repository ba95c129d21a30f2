"""What the tests of figures share: archives of given values, drawings read as XML, and drawings kept as files.

A figure under ``cases/figures`` is what the code drew when somebody last looked at it. After a change on purpose run
``UPDATE_CASES=1 pytest tests/test_plots.py tests/test_maps.py tests/test_timeline.py``, and look again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

CASES = Path(__file__).parent / "cases" / "figures"
ASKED_TO_UPDATE = bool(os.environ.get("UPDATE_CASES"))
PERCENT = re.compile(r"(-?[\d.]+)%")
SVG = "{http://www.w3.org/2000/svg}"

Said = tuple[str | None, str, str]
"""A value, a stance, and whom it is attributed to (nobody: the article's own voice)."""


def archive_of(said: Sequence[Said], measure: str = "quantity: guards killed") -> dict[str, str]:
    """The files of one claim, each value in an article and an outlet of its own."""
    claim = f"---\ntitle: How many guards were killed?\nstatement: Guards were killed.\nmeasure:\n  {measure}\n---\n"
    files = {"content/claims/guards-killed.md": claim}
    for number, (value, stance, speaker) in enumerate(said):
        name = f"paper-{number}"
        files[f"content/outlets/{name}.md"] = f"---\nname: Paper {number}\ntype: newspaper\n---\n"
        head = f"title: Report {number}\noutlet: {name}\ndisplay: full\nrights: CC0"
        files[f"content/articles/{name}.md"] = f"---\n{head}\n---\nThe passage.\n"
        note = f"target:\n  exact: The passage\nclaim: guards-killed\nstance: {stance}\nnote: A note.\n"
        note += f'value: "{value}"\n' if value else ""
        files[f"annotations/{name}/it.yml"] = note + (f"attribution: {speaker}\n" if speaker else "")
    return files


def parsed(svg: str) -> ElementTree.Element:
    """The drawing as XML; raises where it is not well-formed."""
    return ElementTree.fromstring(svg)


def described(svg: str) -> str:
    """What the drawing tells in words."""
    root = parsed(svg)
    assert root.get("role") == "img"
    told = {each.get("id"): each.text or "" for each in root.iter() if each.tag in (f"{SVG}title", f"{SVG}desc")}
    return f"{told[root.get('aria-labelledby')]} {told[root.get('aria-describedby')]}"


def places(svg: str) -> Iterator[float]:
    """Every place on the width or the height of the drawing, in percent."""
    for element in parsed(svg).iter():
        for name in ("x", "x1", "x2", "y"):
            match = PERCENT.fullmatch(element.get(name, ""))
            if match:
                yield float(match[1])


def heights(svg: str) -> Iterator[float]:
    """Every height in pixels of what stands in the drawing itself."""
    for element in parsed(svg):
        for name in ("y", "y1", "y2"):
            value = element.get(name, "")
            if value and not value.endswith("%"):
                yield float(value)


def check_kept(name: str, svg: str) -> None:
    """Hold the drawing against the file of that name."""
    path = CASES / f"{name}.svg"
    written = svg.replace("><", ">\n<") + "\n"
    if ASKED_TO_UPDATE:
        path.write_text(written, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written, f"{path} differs: look at it, then UPDATE_CASES=1"


def signs(svg: str) -> Mapping[str, int]:
    """How many marks of each sign there are."""
    counted: dict[str, int] = {}
    for element in parsed(svg).iter():
        if (element.get("class") or "").startswith("ab-mark-"):
            kind = str(element.get("class")).removeprefix("ab-mark-")
            counted[kind] = counted.get(kind, 0) + 1
    return counted

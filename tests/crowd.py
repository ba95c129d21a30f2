"""A made-up archive that asks much of an article's page: thirty notes on one paragraph, passages within passages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sites import MATERIAL

__all__ = ["COUNT", "SITE", "crowd"]

COUNT = 30
SITE = "https://reader.example/crowd/"

CONFIG = f"""\
INHERIT: {MATERIAL}
site_name: A crowded archive
site_url: {SITE}
nav:
  - Home: index.md
  - Articles: articles/index.md
"""
CLAIM = (
    "---\ntitle: How many lamps were lit on evening {number}?\nstatement: Lamps were lit.\n"
    "event: fair\nmeasure:\n  quantity: lamps\n---\n"
)
NOTE = (
    "On evening {number} somebody else counted, at length and with care, and came to a number of lamps that is another."
)
NESTED = (
    "The mayor had said that the keeper had heard that nobody lit the lamps of the harbour before midnight, as ever."
)


def crowd(root: Path) -> Path:
    """Write the archive below ``root``."""
    for path, text in _files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def _files() -> Mapping[str, str]:
    lamps = " ".join(f"On evening {n} they lit {n + 100} lamps." for n in range(1, COUNT + 1))
    text = f"{lamps}\n\n{NESTED}\n\nThe fair ended on a Sunday, and the lamps were put away.\n"
    head = "language: en\nrights: CC0\ndisplay: full\nevents: [fair]\n"
    other = "They lit 999 lamps on the first evening.\n"
    files = {
        "mkdocs.yml": CONFIG,
        "content/index.md": "# Home\n\n[The crowded article](articles/crowded.md)\n",
        "content/events/fair.md": "---\ntitle: A fair with lamps\n---\n",
        "content/outlets/herald.md": "---\nname: Harbour Herald\ntype: newspaper\n---\n",
        "content/outlets/echo.md": "---\nname: Evening Echo\ntype: newspaper\nlabel: party media\n---\n",
        "content/articles/crowded.md": f"---\ntitle: The lamps\noutlet: herald\n{head}---\n\n{text}",
        "content/articles/other.md": f"---\ntitle: Fewer lamps\noutlet: echo\n{head}---\n\n{other}",
        "annotations/other/first.yml": _annotation(
            "They lit 999 lamps", 'claim: lamps-1\nstance: asserts\nvalue: "999"\n'
        ),
        "annotations/other/none.yml": "claim: lamps-2\nstance: omits\nnote: Nothing of the second evening.\n",
    }
    kinds = ("dispute", "context", "source")
    for n in range(1, COUNT + 1):
        files[f"content/claims/lamps-{n}.md"] = CLAIM.format(number=n)
        bears = f'claim: lamps-{n}\nstance: asserts\nvalue: "{n + 100}"\nkind: {kinds[n % 3]}\n'
        files[f"annotations/crowded/lamps-{n:02}.yml"] = _annotation(
            f"lit {n + 100} lamps", bears, NOTE.format(number=n)
        )
    outer = NESTED.removesuffix(", as ever.")
    for name, passage in (("outer", outer), ("middle", outer[len("The mayor had said that ") :]), ("inner", "nobody")):
        files[f"annotations/crowded/{name}.yml"] = _annotation(passage, "kind: language\n", f"The {name} one.")
    return files


def _annotation(exact: str, bears: str, note: str = "A note.") -> str:
    return f'target:\n  exact: "{exact}"\n{bears}note: {note}\n'

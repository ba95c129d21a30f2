"""``python -m bench.hostile``: what 100 KB made to keep the builder busy cost it, and writes bench/HOSTILE.md.

Each family is a sign, or a few, over and over: as one run, with words between, as lines and as blocks. It goes the
whole way of an article's text, with a passage marked in it, and of a claim's discussion.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import NamedTuple

from archive_builder.archive import assemble
from archive_builder.changes import no_history
from archive_builder.pages import NOWHERE, Site, Views, makers
from archive_builder.reading import read_files

__all__ = ["FAMILIES", "WHERE", "main"]

RESULTS = Path(__file__).parent / "HOSTILE.md"
SIZE = 100_000
LIMIT = 2.0
SHOWN = 20
SIGNS = "`*_[]()<>!&#|~^\\-+=:;\"'/@.{}$%?1a "
GROUPS = (
    "![", "[^", "](", "][", "[]", "[[]]", "[a](b)", "[a][b]", "[a](<", "[a](b 'c", "[](", "[x", "x]", "![a](/b)", "[[a",
    "**", "__", "***", "*a", "a*", "*a*", "**a**", "_a_", "***a", "*a _b", "*a **b ", "`a", "a`", "`a`|", "\\[", "\\*",
    "\\`", "<b", "<b>", "</b>", "<!--", "<?", "<![CDATA[", "<http://a", "<a@", "<a@b>", "<b><i>", "&amp;", "&#91;",
    "&a", "[…]", "a@b", "> ", ">", "- ", "1. ", "# ", "#|", "#a", "|a|b|", "|-", "a  \n", "  \n", "`*_[](<|", "[^a]",
    "[^a]: ", "[a]: ", "[a]: /b\n", "a\n[a]: /b\n", "a\n=\n", "a\n---\n", "***\n", "> #\n", "- #\n", "> > a\n",
    "~~~ a\n", "```\n", "~~~\n\n", "```a\n\n", "    a\n", "    a\n\n", "- a\n\n", "- a\n    - b\n", "[^a] b\n\n",
    "\U00020000\U00024000", "e\u0301", "\u200b", "\u00a0", "\u202e",
)  # fmt: skip


def _run(unit: str, size: int) -> str:
    return unit * (size // len(unit))


SHAPES: dict[str, Callable[[str, int], str]] = {
    "run": _run,
    "words": lambda unit, size: _run(f"{unit}word ", size),
    "lines": lambda unit, size: _run(f"{unit}\n", size),
    "blocks": lambda unit, size: _run(f"{unit}\n\n", size),
}


def _rising(sign: str, size: int) -> str:
    """The sign once, twice, three times, …: no run of it is as long as another."""
    most = int((2 * size) ** 0.5) - 1
    return " ".join(sign * times for times in range(1, most))


def _nested(unit: str, size: int) -> str:
    """Each line one level deeper, as far as the size goes."""
    most = int((2 * size / len(unit)) ** 0.5) - 1
    return "\n".join(f"{unit * level}a" for level in range(most))


MADE: dict[str, Callable[[int], str]] = {
    **{f"rising {sign}": partial(_rising, sign) for sign in "`*_~["},
    **{f"nested {unit!r}": partial(_nested, unit) for unit in ("    ", "> ", "- ")},
    "lists in lists": lambda size: "\n".join(f"{'    ' * (at % 60)}- a" for at in range(size // 125)),
    "brackets around brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "links around links": lambda size: "[" * (size // 8) + "a" + "](/b)" * (size // 8),
    "a wide table": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4),
    "a table of code": lambda size: "`a`|" * (size // 8) + "\n" + "-|" * (size // 8),
    "a long table": lambda size: "|a|b|\n|-|-|\n" + "|a|`b`|\n" * (size // 8),
    "notes": lambda size: "\n\n".join(f"a[^{at}]\n\n[^{at}]: b" for at in range(size // 26)),
    "references to one note": lambda size: "a[^1] " * (size // 6) + "\n\n[^1]: b\n",
    "definitions": lambda size: "\n".join(f"[{at}]: /b" for at in range(size // 12)),
    "a long definition": lambda size: f"[a]: /b '{'a ' * (size // 2)}",
    "an item of many lines": lambda size: "- a\n" + "a\n" * (size // 2),
    "a fence before blanks": lambda size: f"~~~{' ' * size}a",
    "blanks before a sign": lambda size: f"a{' ' * size}*",
    "blanks in a definition": lambda size: f"[a]: {' ' * size}\n{' ' * size}",
    "rules that are none": lambda size: "- " * (size // 2) + "a",
    "a heading of signs": lambda size: "# " + "#a" * (size // 2),
    "a heading that ends": lambda size: f"# a{'#' * size}a",
    "attributes without end": lambda size: "<b " + "a=b " * (size // 4),
    "a page of HTML": lambda size: "<div>a\n" * (size // 14) + "</div>\n" * (size // 14),
}
FAMILIES: dict[str, Callable[[int], str]] = {
    **{f"{unit!r} as {shape}": partial(made, unit) for unit in (*SIGNS, *GROUPS) for shape, made in SHAPES.items()},
    **MADE,
}

HEAD = "---\ntitle: A title\noutlet: gazette\ndisplay: full\nrights: CC0\n---\nThe ferry (the *Ada*) sank at dawn.\n\n"
OUTLET = {"content/outlets/gazette.md": "---\nname: The Gazette\ntype: newspaper\n---\n"}
MARK = "target: {exact: (the Ada) sank}\nnote: "


def _article(text: str) -> dict[str, str]:
    """The text with a mark beside emphasis, for which the woven Markdown is rendered again."""
    return {**OUTLET, "content/articles/ferry.md": HEAD + text, "annotations/ferry/mark.yml": f"{MARK}Seen.\n"}


def _discussion(text: str) -> dict[str, str]:
    """The text in our own words below a claim, rendered as every note is; a note itself may not be as long."""
    return {**OUTLET, "content/claims/ferry.md": f"---\ntitle: Sunk?\nstatement: It sank.\n---\n{text}"}


WHERE: dict[str, Callable[[str], dict[str, str]]] = {"article": _article, "discussion": _discussion}


def seconds(files: dict[str, str]) -> float:
    """The CPU seconds from the files to the page."""
    given = {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}
    start = process_time()
    archive = assemble(read_files(given))
    made = makers(Views(archive, Site(True, NOWHERE, no_history)))
    for page in (made[path]() for path in ("articles/ferry.md", "claims/ferry.md") if path in made):
        assert page.dump()
        assert page.text is None or page.text.html
    return process_time() - start


class Cost(NamedTuple):
    """What one family costs in one place."""

    seconds: float
    family: str
    where: str


def costs(size: int) -> Iterator[Cost]:
    for family, made in FAMILIES.items():
        text = made(size)
        for where, files in WHERE.items():
            yield Cost(seconds(files(text)), family, where)


def report(found: list[Cost], size: int) -> str:
    """The slowest, as a table."""
    slowest = sorted(found, reverse=True)[:SHOWN]
    rows = "\n".join(f"| {each.where} | `{each.family.replace('|', '¦')}` | {each.seconds:.2f} |" for each in slowest)
    over = sum(each.seconds > LIMIT for each in found)
    on = f"Python {platform.python_version()}, Markdown {version('Markdown')}, {date.today().isoformat()}"
    return (
        "# What hostile texts cost\n\n"
        f"{len(FAMILIES)} families of signs (`bench/hostile.py`), {size:,} characters each, the whole way from the "
        f"file to the page, as an article's text and as a claim's discussion. CPU seconds; {on}.\n\n"
        f"Over {LIMIT:.0f} s: {over} of {len(found)}. The slowest:\n\n"
        f"| in | family | seconds |\n| --- | --- | --- |\n{rows}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="characters of each text")
    size = parser.parse_args().size
    written = report(list(costs(size)), size)
    print(written)
    if size == SIZE:
        RESULTS.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()

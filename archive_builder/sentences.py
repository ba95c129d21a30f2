"""Parts prose into sentences, and where it is in doubt, keeps together rather than parts.

A sentence ends at a full stop, a question or an exclamation mark, in any script, with the quotation marks and brackets
that close after it. A full stop after an abbreviation, an initial or inside a number ends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["sentences"]

CLOSERS = "\"')\\]»”’」』）】"
# After these a sentence ends without a blank.
UNSPACED_END = re.compile(rf"[。！？｡](?![{CLOSERS}。！？｡])")
# The character before the sign keeps an ellipsis that opens a sentence ("... Then") with what follows it.
SPACED_END = re.compile(rf"(?<=[^\s\"'(\[.!?…؟۔।॥])(?P<sign>[.!?…؟۔।॥]+)(?P<closers>[{CLOSERS}]*)(?= )")
OPENERS = re.compile(r" [\"'(\[«“‘¿¡-]*")
LAST_WORD = re.compile(r"[^\s\"(\[«“]+\Z")
# A single letter, or letters with stops between them: J., U.S., e.g., т.е.
INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_](?:-[^\W\d_])?")

ABBREVIATIONS = frozenset(
    "mr mrs ms messrs dr prof rev hon sr jr st mt ft gen lt col maj capt cmdr sgt adm gov sen rep pres amb insp supt "
    "inc ltd co corp bros no nos vol vols fig figs p pp ch sec art par ed eds vs v cf viz al etc ca approx est dept "
    "univ assn ave blvd rd jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat "
    "sun bzw usw nr str ca evtl ggf vgl hrsg abs bd mme mlle mm sra srta av pág núm "
    "г гг в вв им ул д стр руб тыс млн млрд чел др пр см гл ст проф акад ред обл р-н".split()
)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence of ``text`` begins and ends, in order, without the blanks between them."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*sorted(_ends(text)), len(text)]:
        low, high = start, end
        while low < high and text[low] == " ":
            low += 1
        while high > low and text[high - 1] == " ":
            high -= 1
        if low < high:
            found.append((low, high))
        start = end
    return tuple(found)


def _ends(text: str) -> Iterator[int]:
    yield from (match.end() for match in UNSPACED_END.finditer(text))
    for match in SPACED_END.finditer(text):
        if _begins(text, match.end()) and not (match["sign"] == "." and _is_abbreviation(text, match)):
            yield match.end()


def _begins(text: str, end: int) -> bool:
    """Whether what follows may begin a sentence: it does not go on in lower case."""
    opening = OPENERS.match(text, end)
    following = text[opening.end() : opening.end() + 1] if opening else ""
    return bool(following) and not following.islower() and following not in ",;:.!?…)]"


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to the word before it; before a closing quotation mark it never does."""
    if match["closers"]:
        return False
    word = LAST_WORD.search(text, max(match.start() - 30, 0), match.start())
    if word is None:
        return False
    written = word[0].lstrip("'").rpartition("-")[2] or word[0]
    if written.isdigit():
        return word.start() == 0
    return written.lower() in ABBREVIATIONS or INITIAL.fullmatch(written) is not None

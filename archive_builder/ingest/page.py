"""Takes an article from a web page: its text as Markdown, what the page says of it, and an account of the rest.

    charset → tree → metadata · pruning → leaves → choosing → notes → writing

The extractor decides what is text; every leaf of the page it leaves out is told, with what it is taken for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive_builder.ingest.bylines import is_name, read_byline
from archive_builder.ingest.charsets import Decoded, decode_page
from archive_builder.ingest.choice import Choice, is_prose
from archive_builder.ingest.choosing import LEAST, choose
from archive_builder.ingest.datelines import is_update, read_date, read_dateline
from archive_builder.ingest.embedded import embedded, is_shell, show
from archive_builder.ingest.extract import Doubt, Extract, Found, Removed, Unreadable
from archive_builder.ingest.footnotes import footnotes
from archive_builder.ingest.leaves import Leaf, leaves_of, rejoined
from archive_builder.ingest.linked_data import linked_data
from archive_builder.ingest.metadata import About, about
from archive_builder.ingest.metas import Metas
from archive_builder.ingest.page_dates import day_within
from archive_builder.ingest.selecting import chosen_by, selected
from archive_builder.ingest.text import digest_of
from archive_builder.ingest.titles import GUESSED, heading_of
from archive_builder.ingest.tree import Element, parse_tree, prune, text_of
from archive_builder.ingest.witnesses import Words, extracted_text
from archive_builder.ingest.writing import written
from archive_builder.model import Selectors

__all__ = ["Origin", "read_page"]

LARGEST = 20_000_000  # bytes
LARGE = 3_000  # leaves
BESIDE = 200  # code points of a line that may be a byline or a date
LONGEST_FRAME, MOST_FRAMES = 80, 6
OVERRIDING = ("\u202d", "\u202e")
OVERRIDES = dict.fromkeys(map(ord, OVERRIDING))
ARABIC, CYRILLIC = ("\u0590", "\u08ff"), ("\u0400", "\u052f")
LATIN_LANGUAGES = frozenset("en de fr es it pt nl pl cs sv da no fi tr hu ro".split())


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a page from elsewhere than itself."""

    address: str | None = None
    charset: str | None = None
    """What an HTTP header gives."""
    retrieved: Found | None = None


def read_page(capture: bytes, origin: Origin, selectors: Selectors, digest: str | None = None) -> Extract:
    """The article on the page in ``capture``; raise Unreadable where there is none."""
    if len(capture) > LARGEST:
        raise Unreadable(f"it has {len(capture):,} bytes, and at most {LARGEST:,} are read", "save the page alone")
    decoded = decode_page(capture, origin.charset)
    if not decoded.text.strip():
        raise Unreadable("it is empty", "capture the article again")
    tree = parse_tree(decoded.text.translate(OVERRIDES))
    metas = Metas(tree.root)
    headings = heading_of(tree.root)
    data = linked_data(
        tree.root, (*headings, *map(text_of, tree.root.iter("title")), *(value for value, _ in metas.all("og:title")))
    )
    found = selected(tree.root, selectors, about(tree.root, tree.text, metas, data, origin.address))
    frames = _frames(tree.root)
    carried = embedded(tree.root, data.text) if is_shell(tree.root) else ""
    if carried:
        show(tree.root, carried)
    hidden = prune(tree.root)
    address = found.address or found.canonical
    leaves = leaves_of(tree.root, _base(tree.root, address.value if address else None))
    title, authors = found.title.value if found.title else None, tuple(each.value for each in found.authors)
    choice = chosen_by(selectors, tree.root, leaves, title) or choose(
        leaves, Words(extracted_text(tree.root, is_large=len(leaves) > LARGE)), Words(data.text), title, authors
    )
    if carried and choice.kept:
        choice.doubts[choice.in_order()[0]] = "the page shows its text by script; it was taken from the page's data"
    if not choice.kept or (frames and choice.words() < LEAST):
        raise _without_text(frames)
    return _extract(decoded, found, choice, hidden, digest or digest_of(capture), origin)


def _frames(root: Element) -> tuple[str, ...]:
    """What a page names that is nothing but a set of frames."""
    return tuple(str(frame.get("src")) for frame in root.iter("frame") if frame.get("src"))


def _without_text(frames: Sequence[str]) -> Unreadable:
    if frames:
        named = ", ".join(" ".join(each.split())[:LONGEST_FRAME] for each in frames[:MOST_FRAMES])
        return Unreadable(f"it is a set of frames: {named}", "save the frame that holds the article")
    return Unreadable("no text was found on the page", "save the page when it has loaded, or copy its text")


def _base(root: object, address: str | None) -> str | None:
    from urllib.parse import urljoin

    named = next((each.get("href") for each in root.iter("base") if each.get("href")), None)  # type: ignore[attr-defined]
    try:
        return urljoin(address or "", named) if named else address
    except ValueError:
        return address


def _extract(
    decoded: Decoded, found: About, choice: Choice, hidden: Sequence[Removed], digest: str, origin: Origin
) -> Extract:
    kept = [choice.leaves[number] for number in choice.in_order()]
    text, notes, noted = footnotes(rejoined(kept))
    removed = [
        Removed(leaf.line, leaf.text, choice.reasons[number])
        for number, leaf in enumerate(choice.leaves)
        if number not in choice.kept
    ]
    doubts = [
        Doubt(choice.leaves[number].line, choice.leaves[number].text, why) for number, why in choice.doubts.items()
    ]
    language, oddity = _language(found.language, kept)
    return Extract(
        title=found.title,
        authors=found.authors or tuple(Found(name, where) for name, where in _printed_names(choice)),
        published=_surest(found.published, _printed_date(choice)),
        dateline=_dateline(kept),
        language=language,
        markdown=written(text, notes, noted),
        removed=tuple(sorted((*removed, *hidden), key=lambda one: one.line)),
        doubts=(
            *_of_encoding(decoded),
            *_of_direction(decoded.text),
            *_of_title(found.title),
            *oddity,
            *sorted(doubts, key=lambda one: one.line),
        ),
        words=sum(any(map(str.isalnum, word)) for leaf in kept for word in leaf.text.split()),
        digest=digest,
        address=found.address,
        canonical=found.canonical,
        archived=found.archived,
        outlet=found.outlet,
        licence=found.licence,
        retrieved=origin.retrieved,
    )


def _of_direction(text: str) -> tuple[Doubt, ...]:
    """A doubt on characters that make a line read other than it is written; they are taken out."""
    places = [number for number, line in enumerate(text.split("\n"), 1) if any(map(line.__contains__, OVERRIDING))]
    return tuple(
        Doubt(place, "U+202D or U+202E", "turned the direction of the line; taken out") for place in places[:1]
    )


def _of_title(title: Found | None) -> tuple[Doubt, ...]:
    if title and title.where.endswith(GUESSED):
        return (Doubt(1, title.value, "the page gives no title; this is its first heading"),)
    return ()


def _of_encoding(decoded: Decoded) -> tuple[Doubt, ...]:
    broken = decoded.text.count("\ufffd")
    if decoded.is_guess:
        return (Doubt(1, decoded.text[:60], f"the encoding was not declared: read as {decoded.encoding}"),)
    return (Doubt(1, decoded.text[:60], f"{broken} characters are broken in {decoded.encoding}"),) if broken else ()


def _language(said: Found | None, kept: Sequence[Leaf]) -> tuple[Found | None, tuple[Doubt, ...]]:
    """The language the page declares, unless its script cannot be that language's."""
    letters = [sign for leaf in kept[:40] for sign in leaf.text if sign.isalpha()]
    foreign = sum(any(low <= sign <= high for low, high in (ARABIC, CYRILLIC)) for sign in letters)
    if said and said.value[:2] in LATIN_LANGUAGES and 2 * foreign > len(letters) > 0:
        return None, (Doubt(1, said.value, f"the page declares a language ({said.where}) that its script is not"),)
    return said, ()


def _surest(said: Found | None, printed: Found | None) -> Found | None:
    """What the page's data say, unless that is a guess and the page prints a date."""
    return printed if printed and (said is None or said.value.endswith("?")) else said


def _beside(choice: Choice) -> Iterator[Leaf]:
    """The short leaves above the first sentence, from the nearest upwards, those at its edges, and those just below."""
    numbers = choice.in_order()
    first = next((number for number in numbers if is_prose(choice.leaves[number])), numbers[0])
    last = numbers[-1]
    for number in (*range(first - 1, first - 9, -1), *range(first, first + 5), *range(last - 3, last + 5)):
        if 0 <= number < len(choice.leaves) and len(choice.leaves[number].text) <= BESIDE:
            yield choice.leaves[number]


def _printed_names(choice: Choice) -> list[tuple[str, str]]:
    for leaf in _beside(choice):
        for text in leaf.pieces():
            if (byline := read_byline(text)) and all(map(is_name, byline.authors)):
                return [(name, f"line {leaf.line}, byline") for name in byline.authors]
    return []


def _printed_date(choice: Choice) -> Found | None:
    """The date that stands alone, or in the byline, above or below the text."""
    for leaf in _beside(choice):
        for text in leaf.pieces():
            date = read_date(text) or day_within(text)
            if date is None and (byline := read_byline(text)):
                date = byline.published
            if date and not is_update(text):
                return Found(date, f"line {leaf.line}, date")
    return None


def _dateline(kept: Sequence[Leaf]) -> Found | None:
    for leaf in kept[:3]:
        if words := read_dateline(leaf.text):
            return Found(words, f"line {leaf.line}, dateline")
    return None

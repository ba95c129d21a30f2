"""Leaves out what is kept of other articles and what is said twice: feeds, cards, blocks of links, copies, pull quotes.

Each rule drops leaves with a reason, and none of them adds any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive_builder.ingest.bylines import read_byline
from archive_builder.ingest.choice import LINKS, Choice, is_prose, outermost
from archive_builder.ingest.datelines import read_date
from archive_builder.ingest.leaves import Leaf
from archive_builder.ingest.paragraphs import folded
from archive_builder.ingest.sections import is_related_header
from archive_builder.ingest.tree import Element, classes
from archive_builder.ingest.witnesses import shingles, words_of

__all__ = [
    "leave_blocks",
    "leave_cards",
    "leave_copies",
    "leave_labelled_links",
    "leave_other_articles",
    "leave_quotes",
]

LONGEST_SIGNATURE = 200  # code points of a line that may be a byline or a date
LONGEST_BLOCK = 80  # words
MOST_OF_ALL = 0.3  # of the words: a block with more is no block beside the article
FEWEST_COPIES = 2  # paragraphs that stand on the page twice
LONGEST_LABEL = 5  # words
LABEL = re.compile(r"[^.!?]{1,60}[:：]\s*")


def leave_other_articles(choice: Choice, title: str | None) -> None:
    """Of several articles with headings of their own on one page, keep the one with the page's title, or the first."""
    articles: dict[Element, list[int]] = {}
    for number in choice.in_order():
        if (article := outermost(choice.leaves[number].element, "article")) is not None:
            articles.setdefault(article, []).append(number)
    headed = {article: numbers for article, numbers in articles.items() if article.find(".//h1") is not None}
    if len(headed) < 2:
        headed = _signed(choice)
    if len(headed) < 2:
        return
    titled = (article for article in headed if title and any(_is_titled(h1, title) for h1 in article.iter("h1")))
    ours = next(titled, next(iter(headed)))
    for article, numbers in headed.items():
        if article is not ours:
            choice.drop(numbers, "another article")


def _is_titled(heading: Element, title: str) -> bool:
    return folded(" ".join(heading.itertext())) == folded(title)


def _signed(choice: Choice) -> dict[Element, list[int]]:
    """The parts of the page with one heading of the first rank each, where each has a byline or a date of its own."""
    headings = list(dict.fromkeys(h for leaf in choice.leaves for h in leaf.element.iterancestors("h1")))
    headings += [leaf.element for leaf in choice.leaves if leaf.kind == "h1" and leaf.element not in headings]
    if len(headings) < 2:
        return {}
    counts = Counter(around for heading in set(headings) for around in heading.iterancestors())
    parts: dict[Element, list[int]] = {
        part: [] for heading in headings if (part := _alone(heading, counts)) is not None
    }
    signed = set()
    for number, leaf in enumerate(choice.leaves):
        part = next((each for each in (leaf.element, *leaf.element.iterancestors()) if each in parts), None)
        if part is not None:
            parts[part] += [number] if number in choice.kept else []
            if (
                part not in signed
                and len(leaf.text) <= LONGEST_SIGNATURE
                and any(read_byline(t) or read_date(t) for t in leaf.pieces())
            ):
                signed.add(part)
    return parts if signed == set(parts) else {}


def _alone(heading: Element, counts: Counter[Element]) -> Element | None:
    """The largest element around a heading that has no other."""
    part = None
    for around in heading.iterancestors():
        if counts[around] > 1:
            return part
        part = around
    return None


def leave_cards(choice: Choice) -> None:
    """Leave out what is wholly one link with several lines in it: title, picture and first sentence of another page."""
    links: dict[Element, list[int]] = {}
    for number in choice.in_order():
        if (link := outermost(choice.leaves[number].element, "a")) is not None:
            links.setdefault(link, []).append(number)
    most = _most(choice)
    for numbers in links.values():
        if len(numbers) > 1 and _words(choice, numbers) <= most:
            choice.drop(numbers, "other articles")


def leave_blocks(choice: Choice) -> None:
    """Leave out the blocks that open with a line like "Read also", with the sentences in them."""
    headers = [number for number, leaf in enumerate(choice.leaves) if is_related_header(leaf.text)]
    inside = _inside(choice.leaves) if headers else {}
    most = _most(choice)
    for number in headers:
        for around in choice.leaves[number].element.iterancestors():
            if inside[around][0] != number:
                break
            kept = [each for each in inside[around] if each in choice.kept]
            if _words(choice, kept) > most:
                break
            if len(inside[around]) > 1:
                choice.drop(kept, "other articles")


def _inside(leaves: Sequence[Leaf]) -> dict[Element, list[int]]:
    """The numbers of the leaves in each element around one."""
    found: dict[Element, list[int]] = {}
    for number, leaf in enumerate(leaves):
        for around in leaf.element.iterancestors():
            found.setdefault(around, []).append(number)
    return found


def leave_labelled_links(choice: Choice) -> None:
    """Leave out, amid the text, paragraphs that are a label and a link: "See here: another article"."""
    for number in choice.in_order()[1:]:
        leaf = choice.leaves[number]
        if leaf.kind == "p" and not leaf.path and _is_labelled_link(leaf):
            choice.drop([number], "other articles")


def _is_labelled_link(leaf: Leaf) -> bool:
    label = "".join(span.text for span in leaf.spans if not span.href)
    first = next((span for span in leaf.spans if span.text.strip()), None)
    return (
        first is not None
        and not first.href
        and leaf.linked >= LINKS
        and LABEL.fullmatch(label.strip()) is not None
        and len(label.split()) <= LONGEST_LABEL
        and len(words_of(leaf.text)) - len(words_of(label)) >= 4
    )


def leave_copies(choice: Choice) -> None:
    """Of an article that stands on the page twice, as for telephones, leave out the second."""
    seen: set[str] = set()
    copies = []
    for number in choice.in_order():
        text = choice.leaves[number].text
        copies += [number] if text in seen else []
        seen.add(text)
    if sum(is_prose(choice.leaves[number]) for number in copies) >= FEWEST_COPIES:
        choice.drop(copies, "said above")


def leave_quotes(choice: Choice) -> None:
    """Leave out a quotation that is set apart and stands in the text as well."""
    runs = {number: shingles(words_of(choice.leaves[number].text)) for number in choice.in_order()}
    counts = Counter(run for each in runs.values() for run in each)
    for number, each in runs.items():
        leaf = choice.leaves[number]
        if (leaf.stands_in("blockquote") or "pull" in _named(leaf)) and all(counts[run] > 1 for run in each):
            choice.drop([number], "pull quote")


def _named(leaf: Leaf) -> str:
    return " ".join(classes(each) for each in (leaf.element, leaf.element.getparent()) if each is not None)


def _most(choice: Choice) -> float:
    """How many words a block beside the article can have."""
    return min(LONGEST_BLOCK, MOST_OF_ALL * choice.words())


def _words(choice: Choice, numbers: Sequence[int]) -> int:
    return sum(len(words_of(choice.leaves[number].text)) for number in numbers)

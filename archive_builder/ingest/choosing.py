"""Chooses which leaves of a page are its article's text, and gives a reason for each that is not.

The outlet's selectors win; else the extractor is believed, and corrected where the page itself knows better: prose that
stands amid the article is taken back in, and named surroundings, known lines of furniture and other articles go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from archive_builder.ingest.bylines import is_about, is_name, read_byline
from archive_builder.ingest.choice import LINKS, SENTENCE_ENDS, Choice, is_prose, outermost
from archive_builder.ingest.datelines import read_date
from archive_builder.ingest.furniture import COUNTER, Where, reason_to_remove
from archive_builder.ingest.heading import is_title_again
from archive_builder.ingest.leaves import HEADINGS, Leaf
from archive_builder.ingest.others import (
    leave_blocks,
    leave_cards,
    leave_copies,
    leave_labelled_links,
    leave_other_articles,
    leave_quotes,
)
from archive_builder.ingest.paragraphs import folded
from archive_builder.ingest.sections import is_comment_header, is_related_header
from archive_builder.ingest.surroundings import Surroundings, is_footnotes
from archive_builder.ingest.tree import Element, classes
from archive_builder.ingest.witnesses import Words, words_of

__all__ = ["LEAST", "choose"]

ENOUGH = 0.7  # of a leaf's words in the extractor's text
TALLEST_HEAD = 4  # leaves, of which one may be a standfirst
STANDFIRST = 7  # words
SHORTEST_STANDFIRST = 4  # words of what is called one
STANDFIRST_NAMED = re.compile(
    r"(?:^|[\s_-])(?:standfirst|sub-?title|sub-?head(?:line)?|dek|deck|lede?|lead|summary|excerpt|intro|announce|abstract|"
    r"chapeau|teaser-?text|vorspann)(?:$|[\s_-])"
)
CAPTION_NAMED = re.compile(r"(?:^|[\s_-])captions?(?:$|[\s_-])|wp-caption-text")
LONGEST_BYLINE = 200  # code points
ROOT = 0.85  # of the article's words its element holds
LONGEST_ROW = 60  # words
ENOUGH_OF_DATA = 0.3  # of the kept words must be in the text that the page's data give
LEAST = 25  # words; with less, the extractor found no article


def choose(leaves: Sequence[Leaf], witness: Words, more: Words, title: str | None, authors: tuple[str, ...]) -> Choice:
    """The choice by the extractor's text; ``more`` is what the page's own data give as the article's text."""
    choice = Choice(leaves, _recognised(leaves, witness))
    if choice.words() < LEAST:
        choice = Choice(leaves, _prose(leaves))
        choice.doubts.update(dict.fromkeys(choice.in_order()[:1], "the extractor found no article; all prose was kept"))
    leave_other_articles(choice, title)
    _take_back(choice, more, title)
    _leave_what_is_above(choice, title)
    _leave_what_is_beside(choice)
    leave_cards(choice)
    leave_blocks(choice)
    leave_labelled_links(choice)
    _leave_surroundings(choice)
    _leave_lines(choice, title, authors)
    leave_quotes(choice)
    leave_copies(choice)
    if not choice.kept:
        _keep_all(choice, title)
    _tell_the_rest(choice)
    return choice


def _recognised(leaves: Sequence[Leaf], witness: Words) -> set[int]:
    """The leaves whose words the extractor has; of a table, the rows."""
    kept = {number for number, leaf in enumerate(leaves) if witness.share_of(leaf) >= ENOUGH}
    for _, row in groupby(range(len(leaves)), key=lambda number: _row(leaves[number])):
        numbers = list(row)
        texts = [leaves[number].text for number in numbers]
        words = words_of(" ".join(texts)) if _row(leaves[numbers[0]]) else []
        if 0 < len(words) <= LONGEST_ROW and tuple(words) in witness.lines:
            kept.update(numbers)
    return kept


def _keep_all(choice: Choice, title: str | None) -> None:
    """Keep whatever a page has of which nothing reads like an article, but its title where there is more."""
    titles = {n for n, leaf in enumerate(choice.leaves) if title and is_title_again(leaf.text, title)}
    choice.kept = set(range(len(choice.leaves))) - titles or titles
    choice.reasons = dict.fromkeys(titles - choice.kept, "title")
    choice.doubts = dict.fromkeys(choice.in_order()[:1], "nothing on the page reads like an article; all was kept")


def _row(leaf: Leaf) -> int:
    return next((holder.number for holder in reversed(leaf.path) if holder.kind == "tr"), 0)


def _prose(leaves: Sequence[Leaf]) -> set[int]:
    """Every leaf that reads like a sentence; if there is none, every leaf that is no list of links."""
    prose = {number for number, leaf in enumerate(leaves) if is_prose(leaf)}
    return prose or {number for number, leaf in enumerate(leaves) if leaf.linked < LINKS}


def _take_back(choice: Choice, more: Words, title: str | None) -> None:
    """Take back what the page's own data say is text, and what stands amid the article as the article does."""
    if more.count >= LEAST and _is_of_this_article(choice, more):
        choice.kept |= {n for n, leaf in enumerate(choice.leaves) if n not in choice.reasons and _is_in(leaf, more)}
    numbers = choice.in_order()
    if not numbers:
        return
    root = _root([choice.leaves[number] for number in numbers])
    surroundings = Surroundings(choice.leaves, numbers)
    parents = {choice.leaves[number].element.getparent() for number in numbers if is_prose(choice.leaves[number])}
    first = next((number for number in numbers if is_prose(choice.leaves[number])), numbers[0])
    start = _title_above(choice, first, title)
    for number in range(start, len(choice.leaves)):
        leaf = choice.leaves[number]
        if number in choice.kept or number in choice.reasons or surroundings.reason(leaf):
            continue
        if number >= first and not _is_within(leaf, root) and not _is_of_notes(leaf):
            continue
        if _opens(leaf) if number < first else _belongs(leaf, number < numbers[-1], parents):
            choice.kept.add(number)


def _is_of_this_article(choice: Choice, more: Words) -> bool:
    """Whether the page's own data give this text, and no abstract of it, advertisement, or other article."""
    kept = [choice.leaves[number] for number in choice.kept]
    words = sum(len(words_of(leaf.text)) for leaf in kept)
    return sum(len(words_of(leaf.text)) for leaf in kept if _is_in(leaf, more)) >= ENOUGH_OF_DATA * words


def _title_above(choice: Choice, first: int, title: str | None) -> int:
    """Where the title stands above the text; else where the text begins."""
    above = (number for number in range(first, -1, -1) if title and is_title_again(choice.leaves[number].text, title))
    return next(above, first)


def _opens(leaf: Leaf) -> bool:
    """Whether a leaf between the title and the text is a standfirst, or the caption of the picture there."""
    if leaf.linked >= 0.2 or read_byline(leaf.text) or read_date(leaf.text):
        return False
    if STANDFIRST_NAMED.search(classes(leaf.element)) and len(words_of(leaf.text)) >= SHORTEST_STANDFIRST:
        return not reason_to_remove(leaf.text, Where.TOP)
    return leaf.stands_in("figcaption") or (
        len(words_of(leaf.text)) >= STANDFIRST
        and leaf.text.endswith(SENTENCE_ENDS)
        and not reason_to_remove(leaf.text, Where.TOP)
    )


def _is_in(leaf: Leaf, more: Words) -> bool:
    return len(words_of(leaf.text)) >= 4 and more.share_of(leaf) >= ENOUGH


def _belongs(leaf: Leaf, amid: bool, parents: set[Element]) -> bool:
    """Whether a leaf the extractor left out reads and stands like the article's."""
    if _is_of_notes(leaf):
        return True
    if leaf.linked >= LINKS or _aside(leaf) is not None or is_related_header(leaf.text):
        return False
    if not amid:
        return is_prose(leaf) and leaf.linked < 0.2 and leaf.element.getparent() in parents
    beside = leaf.element in parents or leaf.element.getparent() in parents
    is_caption = CAPTION_NAMED.search(classes(leaf.element)) is not None
    return is_prose(leaf) or leaf.stands_in("figcaption", "blockquote") or is_caption or beside


def _leave_what_is_above(choice: Choice, title: str | None) -> None:
    """Leave out lines above the title that are no sentences."""
    numbers = choice.in_order()
    place = next((n for n in numbers if title and is_title_again(choice.leaves[n].text, title)), None)
    if place is not None and sum(number < place for number in numbers) < len(numbers) / 2:
        choice.drop([n for n in numbers if n < place and not is_prose(choice.leaves[n])], "above the title")


def _leave_what_is_beside(choice: Choice) -> None:
    """Leave out lines below the text that are no sentences and stand outside the element that holds it."""
    numbers = choice.in_order()
    if numbers:
        root = _root([choice.leaves[number] for number in numbers])
        inside = [number for number in numbers if _is_within(choice.leaves[number], root)]
        below = (n for n in numbers if inside and n > inside[-1] and not is_prose(choice.leaves[n]))
        choice.drop([n for n in below if not _is_of_notes(choice.leaves[n])], "beside the article")


def _is_of_notes(leaf: Leaf) -> bool:
    return any(map(is_footnotes, (leaf.element, *leaf.element.iterancestors())))


def _aside(leaf: Leaf) -> Element | None:
    return outermost(leaf.element, "aside")


def _root(leaves: Sequence[Leaf]) -> Element:
    """The innermost element that holds nearly all words of the leaves."""
    surroundings = Surroundings(leaves, range(len(leaves)))
    element = leaves[0].element
    biggest = max(leaves, key=lambda leaf: len(leaf.text))
    element = biggest.element
    while element.getparent() is not None and surroundings.words[element] < ROOT * surroundings.all:
        element = element.getparent()
    return element


def _is_within(leaf: Leaf, root: Element) -> bool:
    return leaf.element is root or any(ancestor is root for ancestor in leaf.element.iterancestors())


def _leave_surroundings(choice: Choice) -> None:
    surroundings = Surroundings(choice.leaves, choice.in_order())
    for number in choice.in_order():
        if reason := surroundings.reason(choice.leaves[number]):
            choice.drop([number], reason)


def _leave_lines(choice: Choice, title: str | None, authors: tuple[str, ...]) -> None:
    """Leave out title, byline, date and known furniture; below a heading that opens one, lists of other articles."""
    numbers = choice.in_order()
    first = next((at for at, number in enumerate(numbers) if is_prose(choice.leaves[number])), 1)
    for at, number in enumerate(numbers):
        is_above = at < first or (at < TALLEST_HEAD and not is_prose(choice.leaves[number]))
        where = Where.TOP if is_above else Where.TAIL if at >= len(numbers) - 4 else Where.MIDDLE
        if reason := _reason_by_words(choice.leaves[number], where, title, authors):
            choice.drop([number], reason)
    _leave_loose_ends(choice)
    numbers = choice.in_order()
    for start, number in enumerate(numbers):
        if is_related_header(choice.leaves[number].text) or is_comment_header(choice.leaves[number].text):
            below = [number, *_links_below(choice, numbers[start + 1 :])]
            at_end = not any(is_prose(choice.leaves[each]) for each in numbers[start + 1 :])
            if len(below) > 1 or at_end:
                choice.drop(below, "other articles")


def _leave_loose_ends(choice: Choice) -> None:
    """Leave out, at the end, headings that head nothing and lines that are nothing but a link."""
    for number in reversed(choice.in_order()):
        leaf = choice.leaves[number]
        if leaf.kind in HEADINGS or leaf.linked >= 0.9:
            choice.drop([number], "other articles" if leaf.linked >= 0.9 else "a heading of what was left out")
        else:
            return


def _links_below(choice: Choice, numbers: Sequence[int]) -> Iterator[int]:
    for number in numbers:
        if choice.leaves[number].linked < LINKS:
            return
        yield number


def _reason_by_words(leaf: Leaf, where: Where, title: str | None, authors: tuple[str, ...]) -> str:
    text = leaf.text
    if title and is_title_again(text, title) and (where is Where.TOP or leaf.kind == "h1"):
        return "title"
    if where is not Where.MIDDLE and len(text) <= LONGEST_BYLINE and (_is_byline(text, authors) or read_date(text)):
        return "byline" if not read_date(text) else "date"
    if leaf.linked >= 0.9 and where is not Where.TOP and _is_read_more(leaf):
        return "other articles"
    if where is Where.TAIL and is_about(text, authors) and any(folded(text).startswith(folded(a)) for a in authors):
        return "author's note"
    reason = reason_to_remove(text, where) or ""
    # A number in a table is counted by the article, not by the page.
    return "" if reason == COUNTER and leaf.stands_in("tr") else reason


def _is_read_more(leaf: Leaf) -> bool:
    """Whether a paragraph is nothing but one link, as in "Read also: …"."""
    return leaf.kind == "p" and not leaf.path and len(words_of(leaf.text)) >= 4


def _is_byline(text: str, authors: tuple[str, ...]) -> bool:
    byline = read_byline(text)
    if byline is not None and not byline.rest:
        return True
    return any(folded(text) == folded(author) for author in authors) or (is_name(text) and bool(authors))


def _tell_the_rest(choice: Choice) -> None:
    """Give a reason for whatever else was left out, and doubt it where it reads like text."""
    surroundings = Surroundings(choice.leaves, choice.in_order())
    numbers = choice.in_order()
    low, high = (numbers[0], numbers[-1]) if numbers else (0, 0)
    for number, leaf in enumerate(choice.leaves):
        if number in choice.kept or number in choice.reasons:
            continue
        choice.reasons[number] = surroundings.reason(leaf) or reason_to_remove(leaf.text, Where.TAIL) or _kind(leaf)
        if choice.reasons[number] == "beside the article" and is_prose(leaf) and low < number < high:
            choice.doubts[number] = "left out, but it reads like text"


def _kind(leaf: Leaf) -> str:
    if leaf.linked >= LINKS:
        return "links"
    return "an aside" if _aside(leaf) is not None else "beside the article"

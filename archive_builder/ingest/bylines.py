"""Reads who wrote an article from the line that says so, and tells it from what the line says about the author.

    By A. Reporter and B. Editor · Von A. Reporter, Example Gazette · Posted by A. Reporter on 3 May 2018

A line counts only if names fill it wholly, but for a date, an employer, or sentences about the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive_builder.ingest.datelines import has_time, read_date
from archive_builder.ingest.paragraphs import folded

__all__ = ["Byline", "is_about", "is_name", "opens_with_author", "read_byline", "read_signature"]

LONGEST_EMPLOYER = 80  # code points
LONGEST_NAME = 5  # words
LONGEST_SIGNATURE = 200  # code points
LONGEST_LIFE = 1000  # code points; more is an article

OPENER = re.compile(
    r"[\s*_|]*(?:(?:(?:posted|published|written|reported|story|text|words) )?by:?"
    r"|(?:author|text|autor|autorin|auteur|auteure|autora|автор|авторы|текст)(?: статьи)?\s?:|автор"
    r"|von|par|por|(?:publié|écrit) par|(?:publicado|escrito) por)\s+",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    r"[\s*_(]*(?:(?:written|translated|reported) (?:for [^.!?]{1,120} )?by\s|[–—]\s?(?:by\s)?"
    r"|(?:by|von|par|por|автор:?)\s)",
    re.IGNORECASE,
)
DECORATION = " *_|()[]"


def _words_of(line: str) -> frozenset[str]:
    return frozenset(line.split())


AND = _words_of("and & und et y e и with mit avec con с")
PARTICLES = _words_of(
    "van von de der den du da dos di la le al el bin ibn bint ul ut ad abu ter ten zu af av оглы кызы угли"
)
# A line of two capitalised words between title and text may be the paper's section instead of a name.
NO_NAMES = _words_of(
    "news world politics opinion analysis report reports editorial staff press agency central asia europe africa "
    "america east west north south middle national international security policy photo video home latest breaking "
    "nachrichten politik meinung welt actualités monde politique новости политика мнение мир noticias mundo política"
)
LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")  # ʼ is a letter itself
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+")
LEAD = re.compile(r"^[\s,|·•–—-]*(?:(?:on|am|le|el|at)\s)?", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?](?:\s|$)")

OF_LIVES = re.compile(
    r"\b(?:fellow|degrees?|professor|lecturer|editor|correspondent|journalist|reporter|writer|researcher|analyst|blogger|"
    r"columnist|author|expert|served|worked|graduate|scholar|specialist|"
    r"journalistin|redakteur(?:in)?|korrespondent(?:in)?|autor(?:in)?|professorin|arbeitet|"
    r"journaliste|rédacteur|rédactrice|correspondante?|professeure?|chercheur|chercheuse|auteure?|travaille|"
    r"журналист(?:ка)?|корреспондент|редактор|профессор|научный сотрудник|эксперт|аналитик|автор|"
    r"periodista|redactora?|corresponsal|profesora?|investigadora?|trabaja)\b"
)
IS = re.compile(
    r"(?:,? ?(?:is|was|has|works|writes|ist|war|arbeitet|est|travaille|es|trabaja|является|работает)\b| - )"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says."""

    authors: tuple[str, ...]
    """As written."""
    published: str | None
    """The date it gives, in EDTF."""
    text: str
    """The byline itself."""
    rest: str
    """The sentences that follow on the same line."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    end: int
    """Where it ends in the line."""
    closes: str
    """The comma or full stop behind it."""
    is_and: bool


def read_byline(line: str) -> Byline | None:
    """The byline that ``line`` is or begins with."""
    opener = OPENER.match(line)
    return _byline(line, opener.end()) if opener else None


def read_signature(line: str) -> Byline | None:
    """The byline that a text closes with, like ``Written for the Example Gazette by A. Reporter``."""
    opener = SIGNATURE.match(line) if len(line) <= LONGEST_SIGNATURE else None
    byline = _byline(line, opener.end()) if opener else None
    if byline is None or byline.rest or not all(map(is_name, byline.authors)):
        return None
    return byline


def is_name(text: str) -> bool:
    """Whether ``text`` looks like one person's full name."""
    words = text.strip(DECORATION).split()
    if not 2 <= len(words) <= LONGEST_NAME or not all(map(_is_of_name, words)):
        return False
    return _is_whole(words) and not any(word.casefold() in NO_NAMES for word in words)


def is_about(text: str, authors: tuple[str, ...]) -> bool:
    """Whether ``text`` tells of the life of one of ``authors``, whose name it gives."""
    words = folded(text)
    if len(words) > LONGEST_LIFE:
        return False
    return any(folded(author) in words for author in authors) and OF_LIVES.search(words) is not None


def opens_with_author(text: str, authors: tuple[str, ...]) -> bool:
    """Whether ``text`` begins like ``A. Reporter is``."""
    words = folded(text.strip(DECORATION))
    return any(words.startswith(folded(author)) and IS.match(words, len(folded(author))) for author in authors)


def _byline(line: str, start: int) -> Byline | None:
    authors, end = _names(line, start)
    rest = line[end:].strip(DECORATION)
    if not authors:
        return None
    if not rest or line[end - 1] == ".":
        return Byline(authors, None, line[:end] if rest else line, rest)
    date = read_date(LEAD.sub("", rest, count=1)) or read_date(rest.rpartition("|")[2])
    if date or _is_employer_or_time(line, end):
        return Byline(authors, date, line, "")
    return None


def _is_employer_or_time(line: str, end: int) -> bool:
    rest = line[end:].lstrip()
    if len(rest) > LONGEST_EMPLOYER or SENTENCE_END.search(rest):
        return False
    return line[end - 1] == "," or rest[0] in ",|·•-–—(" or has_time(rest)


def _names(line: str, start: int) -> tuple[tuple[str, ...], int]:
    """The names from ``start``, and where they end."""
    words = tuple(_words(line, start))
    last_and = max((place for place, word in enumerate(words) if word.is_and), default=-1)
    names: list[list[str]] = [[]]
    end = start
    for place, word in enumerate(words):
        if word.is_and:
            names.append([])
            continue
        names[-1].append(word.text)
        end = word.end
        if word.closes == "." or (word.closes and place > last_and):
            break
        if word.closes:
            names.append([])
    return _joined(names), end


def _words(line: str, start: int) -> Iterator[_Word]:
    """The words from ``start`` on that names can be made of."""
    for match in re.finditer(r"\S+", line[start : start + LONGEST_SIGNATURE]):
        word = match[0].strip(DECORATION)
        text = word if INITIALS.fullmatch(word) else word.rstrip(",.")
        is_and = word.casefold() in AND
        if not is_and and not _is_of_name(text):
            return
        yield _Word(text, start + match.end(), word[len(text) :], is_and)


def _joined(names: list[list[str]]) -> tuple[str, ...]:
    whole = [name for name in names if name]
    if not whole or any(len(name) > LONGEST_NAME or not _is_whole(name) for name in whole):
        return ()
    return tuple(" ".join(name) for name in whole)


def _is_of_name(word: str) -> bool:
    if word.casefold() in PARTICLES or INITIALS.fullmatch(word):
        return True
    return LETTERS.fullmatch(word) is not None and (word[0].isupper() or not word[0].islower())


def _is_whole(words: list[str]) -> bool:
    """Whether there is more than particles and initials, and no article in front, as in "von der Regierung"."""
    return words[0] not in PARTICLES and any(
        word.casefold() not in PARTICLES and not INITIALS.fullmatch(word) for word in words
    )

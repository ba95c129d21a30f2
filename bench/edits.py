"""Edits prose in every way a text is edited, and knows where one passage of it went, or that it is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from archive_builder.sentences import sentences

__all__ = ["KINDS", "Case", "Prose", "cases", "parted"]

LETTERS = re.compile(r"[^\W\d_]{4,}")
NUMBER = re.compile(r"\d+")
SHORT = 4


@dataclass(frozen=True, slots=True)
class Case:
    """One passage, before and after an edit."""

    kind: str
    source: str
    language: str
    old: str
    new: str
    start: int
    end: int
    truth: tuple[int, int] | None
    """Where the passage is in the new text; None where it is gone."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as its paragraphs, each a row of sentences."""

    source: str
    language: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs)

    def with_sentences(self, changed: Sequence[str]) -> Prose:
        """The same paragraphs with other sentences; empty ones fall out."""
        rest = iter(changed)
        rows = (tuple(next(rest) for _ in paragraph) for paragraph in self.paragraphs)
        kept = (tuple(filter(None, row)) for row in rows)
        return replace(self, paragraphs=tuple(filter(None, kept)))


Edit = Callable[["Prose", int], "tuple[Prose, str | None] | None"]
"""The text after the edit of its nth sentence, and what that reads now, None where it is gone; None: no such edit."""


def cases(prose: Prose) -> Iterator[Case]:
    """Every kind of edit, of every sentence it can be made on."""
    for kind, edit in KINDS.items():
        for at, sentence in enumerate(prose.all):
            if len(LETTERS.findall(sentence)) < SHORT or prose.text.count(sentence) > 1:
                continue
            before = _before(kind, prose, at)
            done = edit(before, at)
            if done is None:
                continue
            passage = _passage(kind, sentence, at)
            start = before.text.rindex(sentence) if kind in LAST else before.text.index(sentence)
            start += sentence.index(passage)
            truth = _truth(kind, done[0].text, done[1], sentence, passage)
            names = (kind, prose.source, prose.language)
            yield Case(*names, before.text, done[0].text, start, start + len(passage), truth)


def _before(kind: str, prose: Prose, at: int) -> Prose:
    """The old text: for some kinds the sentence, or one like it, stands there a second time."""
    if kind.startswith("repeated"):
        return _inserted(prose, _far(prose, at), prose.all[at])
    if kind == "deleted, with a look-alike elsewhere":
        return _inserted(prose, _far(prose, at), _words_changed(prose, prose.all[at], at, 0.12))
    return prose


def _passage(kind: str, sentence: str, at: int) -> str:
    """The whole sentence, or, for every second one, some words from its middle; a single word for the short ones."""
    words = list(re.finditer(r"[^\W_]+", sentence))
    if kind.endswith("short"):
        number = NUMBER.search(sentence)
        word = next((each for each in words if len(each[0]) >= SHORT), words[0])
        return number[0] if number else word[0]
    if at % 2 == 0 or kind in WHOLE or len(words) < 2 * SHORT:
        return sentence
    quarter = len(words) // 4
    return sentence[words[quarter].start() : words[-quarter - 1].end()]


def _truth(kind: str, new: str, now: str | None, sentence: str, passage: str) -> tuple[int, int] | None:
    if now is None:
        return None
    start = new.rindex(now) if kind in LAST else new.index(now)
    if passage in now:
        start += now.index(passage)
        return start, start + len(passage)
    if passage == sentence:
        return start, start + len(now)
    left, right = _common(passage, sentence, now)
    return start + left, start + right


def _common(passage: str, sentence: str, now: str) -> tuple[int, int]:
    """Where the passage is in its edited sentence: as many words from either end as before."""
    old, new = (list(re.finditer(r"[^\W_]+", text)) for text in (sentence, now))
    start = sentence.index(passage)
    inside = [at for at, word in enumerate(old) if word.end() > start and word.start() < start + len(passage)]
    return new[inside[0]].start(), new[len(new) - len(old) + inside[-1]].end()


def _chosen(options: Sequence[str], *seed: object) -> str:
    """One of the options, always the same for the same seed."""
    return options[int.from_bytes(sha256(repr(seed).encode()).digest()[:8], "big") % len(options)]


def _far(prose: Prose, at: int) -> int:
    return (at + len(prose.all) // 2) % len(prose.all)


def _inserted(prose: Prose, at: int, sentence: str) -> Prose:
    changed = list(prose.all)
    changed[at] = f"{changed[at]} {sentence}"
    return prose.with_sentences(changed)


def _one(prose: Prose, at: int, now: str) -> tuple[Prose, str]:
    changed = list(prose.all)
    changed[at] = now
    return prose.with_sentences(changed), now


def _words_changed(prose: Prose, sentence: str, at: int, share: float) -> str:
    """The sentence with a share of its longer words replaced by others of the text; its first word stays."""
    places = [word for word in LETTERS.finditer(sentence) if word[0].islower()]
    vocabulary = sorted({word for word in LETTERS.findall(prose.text) if word.islower() and word not in sentence})
    count = max(1, round(share * len(places)))
    chosen = sorted(places, key=lambda word: sha256(repr((at, word[0], word.start())).encode()).digest())[:count]
    for word in sorted(chosen, key=lambda word: -word.start()):
        sentence = sentence[: word.start()] + _chosen(vocabulary, at, word[0]) + sentence[word.end() :]
    return sentence


def _reworded(share: float) -> Edit:
    def edit(prose: Prose, at: int) -> tuple[Prose, str] | None:
        now = _words_changed(prose, prose.all[at], at, share)
        return _one(prose, at, now) if now != prose.all[at] else None

    return edit


def _letter_changed(prose: Prose, at: int) -> tuple[Prose, str] | None:
    """One letter of a long word in lower case is doubled, as a misprint is mended."""
    words = [word for word in LETTERS.finditer(prose.all[at]) if word[0].islower() and len(word[0]) > SHORT]
    if not words:
        return None
    place = words[len(words) // 2].end() - 2
    return _one(prose, at, prose.all[at][:place] + prose.all[at][place] + prose.all[at][place:])


def _number_changed(prose: Prose, at: int) -> tuple[Prose, str] | None:
    number = NUMBER.search(prose.all[at])
    if number is None:
        return None
    return _one(prose, at, NUMBER.sub(str(int(number[0]) + 2), prose.all[at], count=1))


def _name_changed(prose: Prose, at: int) -> tuple[Prose, str] | None:
    names = [word for word in LETTERS.finditer(prose.all[at]) if word[0][0].isupper() and word.start()]
    if not names or prose.language == "de":
        return None
    name = names[0]
    return _one(prose, at, prose.all[at][: name.start()] + "Zandrov" + prose.all[at][name.end() :])


def _negated(prose: Prose, at: int) -> tuple[Prose, str] | None:
    no = {"en": "not", "de": "nicht", "ru": "не", "fr": "pas"}.get(prose.language)
    words = list(LETTERS.finditer(prose.all[at]))
    if no is None or len(words) < 2 * SHORT:
        return None
    place = words[len(words) // 2].start()
    return _one(prose, at, f"{prose.all[at][:place]}{no} {prose.all[at][place:]}")


def _dressed(prose: Prose, at: int) -> tuple[Prose, str] | None:
    """Markup, other quotation marks and dashes, a line break: every word stays."""
    now = prose.all[at].translate(str.maketrans("\"“”„«»'", "“«»»“”’"))
    words = list(LETTERS.finditer(now))
    middle = words[len(words) // 2]
    now = f"{now[: middle.start()]}**{middle[0]}**{now[middle.end() :]}"
    return _one(prose, at, now.replace(" ", "\n", 1))


def _commas(prose: Prose, at: int) -> tuple[Prose, str] | None:
    if "," not in prose.all[at]:
        return None
    return _one(prose, at, prose.all[at].replace(",", ";", 1))


def _cut_short(prose: Prose, at: int) -> tuple[Prose, str] | None:
    """The last third of the sentence is struck out."""
    words = list(re.finditer(r"[^\W_]+", prose.all[at]))
    return _one(prose, at, prose.all[at][: words[2 * len(words) // 3].end()].rstrip(",;: ") + ".")


def _grown(prose: Prose, at: int) -> tuple[Prose, str] | None:
    words = list(LETTERS.finditer(prose.all[at]))
    place = words[len(words) // 2].start()
    other = " ".join(LETTERS.findall(prose.all[_far(prose, at)])[:SHORT]).lower()
    return _one(prose, at, f"{prose.all[at][:place]}({other}) {prose.all[at][place:]}")


def _merged(prose: Prose, at: int) -> tuple[Prose, str] | None:
    """The sentence is joined to the one after it."""
    if at + 1 >= len(prose.all) or not prose.all[at].endswith("."):
        return None
    return _one(prose, at, prose.all[at][:-1] + ";")


def _split(prose: Prose, at: int) -> tuple[Prose, str] | None:
    if ", " not in prose.all[at]:
        return None
    left, right = prose.all[at].split(", ", 1)
    return _one(prose, at, f"{left}. {right[0].upper()}{right[1:]}")


def _context_changed(prose: Prose, at: int) -> tuple[Prose, str] | None:
    changed = [each if n == at else _words_changed(prose, each, n, 0.7) for n, each in enumerate(prose.all)]
    return prose.with_sentences(changed), prose.all[at]


def _inserted_before(prose: Prose, at: int) -> tuple[Prose, str] | None:
    new = _words_changed(prose, prose.all[_far(prose, at)], at, 0.8)
    return _one(prose, at, f"{new} {prose.all[at]}")[0], prose.all[at]


def _moved(prose: Prose, at: int) -> tuple[Prose, str] | None:
    changed = list(prose.all)
    changed[at] = ""
    far = _far(prose, at)
    changed[far] = f"{changed[far]} {prose.all[at]}"
    return prose.with_sentences(changed), prose.all[at]


def _paragraph_moved(prose: Prose, at: int) -> tuple[Prose, str] | None:
    rows = list(prose.paragraphs)
    mine = next(row for row in rows if prose.all[at] in row)
    if len(rows) < 3:
        return None
    place = rows.index(mine)
    rows.remove(mine)
    rows.insert((place + len(rows) // 2 + 1) % (len(rows) + 1), mine)
    return (replace(prose, paragraphs=tuple(rows)), prose.all[at]) if tuple(rows) != prose.paragraphs else None


def _reordered(prose: Prose, at: int) -> tuple[Prose, str] | None:
    order = sorted(range(len(prose.all)), key=lambda n: sha256(f"{at} {n}".encode()).digest())
    return prose.with_sentences([prose.all[n] for n in order]), prose.all[at]


def _other_repeat_deleted(prose: Prose, at: int) -> tuple[Prose, str] | None:
    """Of two copies the second goes; the first is ours."""
    head, _, tail = prose.text.rpartition(prose.all[at])
    return _parted(prose, f"{head.rstrip(' ')}{tail}"), prose.all[at]


def _repeat_deleted(prose: Prose, at: int) -> tuple[Prose, None] | None:
    head, _, tail = prose.text.partition(prose.all[at])
    return _parted(prose, f"{head}{tail.lstrip(' ')}"), None


def _parted(prose: Prose, text: str) -> Prose:
    return replace(prose, paragraphs=tuple((paragraph,) for paragraph in text.split("\n\n") if paragraph.strip()))


def _deleted(prose: Prose, at: int) -> tuple[Prose, None] | None:
    changed = list(prose.all)
    changed[at] = ""
    return prose.with_sentences(changed), None


def _deleted_look_alike_comes(prose: Prose, at: int) -> tuple[Prose, None] | None:
    """The sentence goes, and elsewhere one comes that differs from it in a number, or in a word of eight."""
    changed = _number_changed(prose, at)
    like = changed[1] if changed else _words_changed(prose, prose.all[at], at, 0.12)
    deleted = _deleted(prose, at)
    far = _far(prose, at)
    sentences_now = [each for n, each in enumerate(prose.all) if n != at]
    sentences_now[min(far, len(sentences_now) - 1)] += f" {like}"
    return (_parted(prose, " ".join(sentences_now)), None) if deleted else None


def _replaced(prose: Prose, at: int) -> tuple[Prose, None] | None:
    """Another sentence, all of other words, comes in its place."""
    return _one(prose, at, _words_changed(prose, prose.all[_far(prose, at)], at, 1.0))[0], None


WHOLE = ("split in two", "deleted, with a look-alike elsewhere", "struck out in part")
LAST = ("repeated, the first goes",)

KINDS: dict[str, Edit] = {
    "text inserted before": _inserted_before,
    "moved": _moved,
    "moved with its paragraph": _paragraph_moved,
    "moved with its paragraph, short": _paragraph_moved,
    "all sentences reordered": _reordered,
    "context changed": _context_changed,
    "context changed, short": _context_changed,
    "repeated, the other one deleted": _other_repeat_deleted,
    "markup, quotation marks, line breaks": _dressed,
    "punctuation": _commas,
    "joined to the next": _merged,
    "split in two": _split,
    "light rewording": _letter_changed,
    "medium rewording": _reworded(0.3),
    "heavy rewording": _reworded(0.65),
    "another number": _number_changed,
    "another number, short": _number_changed,
    "another name": _name_changed,
    "a negation comes in": _negated,
    "words inserted": _grown,
    "struck out in part": _cut_short,
    "deleted": _deleted,
    "deleted, short": _deleted,
    "deleted, another sentence in its place": _replaced,
    "deleted, with a look-alike elsewhere": _deleted,
    "deleted, a look-alike comes elsewhere": _deleted_look_alike_comes,
    "repeated, this one deleted": _repeat_deleted,
}
"""Every kind of edit; in the last ones the passage is gone."""


def parted(source: str, language: str, text: str) -> Prose:
    """A plain text as its paragraphs and sentences."""
    rows = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return Prose(source, language, tuple(tuple(row[a:b] for a, b in sentences(row)) for row in rows if row))

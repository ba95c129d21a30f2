"""Takes an article from a plain-text capture, and accounts for every line of it.

The steps are a list one can read. Each takes away what it knows for certain, with the reason; what is merely odd stays,
with a doubt. We would rather keep a line of furniture than lose a sentence.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from archive_builder.ingest.closing import drop_comments, drop_tail
from archive_builder.ingest.datelines import read_dateline
from archive_builder.ingest.escaping import escaped
from archive_builder.ingest.extract import Extract, Found
from archive_builder.ingest.furniture import Where, reason_to_remove
from archive_builder.ingest.heading import is_title_again, read_heading
from archive_builder.ingest.paragraphs import Paragraph, folded, paragraphs
from archive_builder.ingest.reading import Reading
from archive_builder.ingest.sections import is_caption

__all__ = ["digest_of", "read_text"]

Step = Callable[[Reading], Reading]

SHORTEST_REPETITION = 4  # words; "Never again." twice is rhetoric
DATELINE_WITHIN = 3  # paragraphs; captions may stand above the text
# Scripts that one language alone uses, by the names of their letters in Unicode.
LANGUAGE_OF = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "GREEK": "el",
    "THAI": "th",
}
SAMPLE = 2000  # letters
MOST = 0.5  # of the letters must be of the script


def read_text(text: str) -> Extract:
    """The article in ``text``; the digest is that of its UTF-8."""
    reading = Reading(paragraphs(text))
    for step in STEPS:
        reading = step(reading)
    kept = {paragraph.line for paragraph in reading.kept}
    return Extract(
        title=reading.title,
        authors=reading.authors,
        published=reading.published,
        dateline=_dateline(reading.kept),
        language=_language(reading.kept),
        markdown=_markdown(reading.kept),
        removed=tuple(sorted(reading.removed, key=lambda one: one.line)),
        doubts=tuple(sorted((doubt for doubt in reading.doubts if doubt.line in kept), key=lambda one: one.line)),
        words=sum(_words(paragraph.text) for paragraph in reading.kept),
        digest=digest_of(text.encode("utf-8", "surrogatepass")),
    )


def digest_of(capture: bytes) -> str:
    """The digest of a capture as the archive writes it."""
    return f"sha256:{hashlib.sha256(capture).hexdigest()}"


def _drop_known_lines(reading: Reading) -> Reading:
    """Drop what is furniture wherever it stands; doubt what stands below the form for comments."""
    found = ((place, reason_to_remove(one.text, Where.MIDDLE)) for place, one in enumerate(reading.kept))
    reasons = {place: reason for place, reason in found if reason}
    form = next((place for place, reason in reasons.items() if reason == "comment form"), len(reading.kept))
    below = (place for place in range(form, len(reading.kept)) if place not in reasons)
    doubts = dict.fromkeys(islice(below, 1), "the first line below the comment form")
    return reading.doubting(doubts).without(reasons)


def _drop_repetitions(reading: Reading) -> Reading:
    """Drop the title wherever it comes again, and a caption that follows itself."""
    title = reading.title.value if reading.title else None
    reasons: dict[int, str] = {}
    captions: dict[int, str] = {}
    previous = ""
    for place, words in enumerate(folded(paragraph.text) for paragraph in reading.kept):
        if title and is_title_again(reading.kept[place].text, title):
            reasons[place] = "doubled title"
        elif words == previous and len(words.split()) >= SHORTEST_REPETITION:
            reasons[place] = "repeated caption"
            captions[place - 1] = "probably a caption; it stood twice"
        previous = words
    return reading.doubting(captions).without(reasons)


def _doubt_oddities(reading: Reading) -> Reading:
    return reading.doubting(dict(_oddities(reading)))


# In order: what stands below the comments must be gone before the tail is peeled.
STEPS: tuple[Step, ...] = (
    read_heading,
    drop_comments,
    _drop_known_lines,
    _drop_repetitions,
    drop_tail,
    _doubt_oddities,
)


def _oddities(reading: Reading) -> Iterator[tuple[int, str]]:
    doubted = {doubt.line for doubt in reading.doubts}
    seen: dict[str, int] = {}
    for place, (line, text) in enumerate((one.line, one.text) for one in reading.kept):
        words = folded(text)
        first = seen.setdefault(words, line)
        if line in doubted:
            continue
        if is_caption(text):
            yield place, "probably a caption"
        elif text.endswith("("):
            yield place, "ends in an open bracket; perhaps a link was lost"
        elif first != line and len(words.split()) >= SHORTEST_REPETITION:
            yield place, f"repeats line {first}"


def _dateline(kept: tuple[Paragraph, ...]) -> Found | None:
    for paragraph in kept[:DATELINE_WITHIN]:
        if words := read_dateline(paragraph.text):
            return Found(words, f"line {paragraph.line}, dateline")
    return None


def _language(kept: tuple[Paragraph, ...]) -> Found | None:
    letters = [char for paragraph in kept[:DATELINE_WITHIN] for char in paragraph.text[:SAMPLE] if char.isalpha()]
    scripts = Counter(LANGUAGE_OF.get(unicodedata.name(char, "").split(" ")[0]) for char in letters)
    del scripts[None]
    language, count = next(iter(scripts.most_common(1)), (None, 0))
    return Found(language, "the script") if language and count > MOST * len(letters) else None


def _markdown(kept: tuple[Paragraph, ...]) -> str:
    return "\n\n".join(escaped(paragraph.text) for paragraph in kept) + "\n" if kept else ""


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())

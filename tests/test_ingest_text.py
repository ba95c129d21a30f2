"""Keeps the promises of reading plain-text captures: nothing is lost, nothing is invented, furniture is reported.

A golden case is a pair of files in ``cases/ingest/``: NAME.txt, the capture, in words of our own, and NAME.yml, what
must come out of it. To add one, write both; keys that are absent from NAME.yml must be empty in the result.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import time
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive_builder.dates import parse_date
from archive_builder.ingest import Extract, Found, Unreadable, ingest, read_text
from archive_builder.ingest.bylines import is_name, read_byline, read_signature
from archive_builder.ingest.datelines import read_date, read_dateline
from archive_builder.ingest.escaping import escaped
from archive_builder.ingest.furniture import Where, reason_to_remove
from archive_builder.ingest.paragraphs import paragraphs

TESTS = Path(__file__).parent
CASES = sorted((TESTS / "cases" / "ingest").glob("*.txt"))
ENOUGH_SECONDS = 20.0

# Documents as hypothesis would never build them: real furniture, shuffled among arbitrary lines.
LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from([line for case in CASES for line in case.read_text(encoding="utf-8").split("\n")]),
    st.text(alphabet="\\`*_{}[]()#+-.!|<>&;:~^=$\"' \u00a0a1", max_size=30),
)
DOCUMENTS = st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join))


def words(text: str) -> list[str]:
    """The words of ``text`` without control characters and words that cannot be seen."""
    seen = re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]", "", text).split()
    return [word for word in seen if re.sub("[\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069]", "", word)]


def rendered(source: str) -> str:
    page = markdown.markdown(source, extensions=["footnotes", "tables", "toc"])
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def told(extract: Extract) -> dict[str, Any]:
    """``extract`` as the golden files write it."""

    def pair(found: Found | None) -> list[str] | None:
        return None if found is None else [found.value, found.where]

    told = {
        "title": pair(extract.title),
        "authors": [pair(author) for author in extract.authors],
        "published": pair(extract.published),
        "dateline": pair(extract.dateline),
        "language": pair(extract.language),
        "words": extract.words,
        "removed": [[one.line, one.reason] for one in extract.removed],
        "doubts": [[one.line, one.reason] for one in extract.doubts],
        "markdown": extract.markdown,
    }
    return {key: value for key, value in told.items() if value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_capture_gives_what_its_golden_file_says(case: Path) -> None:
    expected = yaml.safe_load(case.with_suffix(".yml").read_text(encoding="utf-8"))
    assert told(ingest(case.read_bytes(), case.name)) == expected


@settings(deadline=None)
@given(DOCUMENTS)
def test_any_text_can_be_read_and_every_word_of_it_is_accounted_for(text: str) -> None:
    """Words of the capture = words of the rendered article + words of the removed lines."""
    extract = read_text(text)
    accounted = words(rendered(extract.markdown)) + [word for one in extract.removed for word in words(one.text)]
    assert sorted(accounted) == sorted(words(text))


@settings(deadline=None)
@given(DOCUMENTS)
def test_what_was_removed_stands_on_the_line_it_is_said_to(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    extract = read_text(text)
    places = [(one.line, one.text) for one in extract.removed] + [(one.line, one.text) for one in extract.doubts]
    for line, said in places:
        assert set(words(said)[:1]) <= set(words(lines[line - 1]))


@settings(deadline=None)
@given(DOCUMENTS)
def test_the_text_is_one_paragraph_a_line_with_a_blank_line_between(text: str) -> None:
    source = read_text(text).markdown
    assert source == "" or (source.endswith("\n") and not source.endswith("\n\n"))
    assert all(
        part and "\n" not in part and part == part.strip() for part in source.rstrip("\n").split("\n\n") if source
    )


@settings(deadline=None)
@given(st.one_of(st.text(), LINES))
@example("&#38; &copy; &lt; &T; &#x41;")
@example("a\\`b` ``c`` \\\\`")
@example("* * *")
@example("1986. A great year")
@example("[^1]: note [a]: http://example.org 'b'")
@example("<script>alert(1)</script> <!-- no --> <?php ?> <https://example.org>")
def test_escaped_words_are_rendered_as_they_were(text: str) -> None:
    for paragraph in paragraphs(text):
        page = markdown.markdown(escaped(paragraph.text), extensions=["footnotes", "tables", "toc"])
        assert page.startswith("<p>")
        assert page.count("<") == 2
        assert html.unescape(page[3:-4]).split() == paragraph.text.split()


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a", "a.TXT"]))
def test_any_bytes_are_read_or_refused_with_the_next_step(capture: bytes, name: str) -> None:
    try:
        extract = ingest(capture, name)
    except Unreadable as refusal:
        assert refusal.reason
        assert refusal.next
    else:
        assert extract.digest == f"sha256:{hashlib.sha256(capture).hexdigest()}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_give_the_same_article(encoding: str) -> None:
    text = "Мост закрыт на ремонт\n\nМост в деревне закрыт, сообщил староста.\n"
    extract = ingest(text.encode(encoding), "bridge.txt")
    assert extract.title == Found("Мост закрыт на ремонт", "line 1, heading")
    assert extract.markdown == "Мост в деревне закрыт, сообщил староста.\n"


@pytest.mark.parametrize(
    ("capture", "name", "reason"),
    [
        (b"", "a.txt", "it is empty"),
        (b" \n\t\n", "a.txt", "it is empty"),
        (b"\xef\xbb\xbf", "a.txt", "it is empty"),
        (b"a\0b", "a.txt", "it has NUL characters, so it is no text"),
        ("Мост".encode("windows-1251"), "a.txt", "it is not UTF-8: byte 0 is 0xCC"),
        (b"\xff\xfea", "a.txt", "it begins as UTF-16 but is broken at byte 2"),
        (b"%PDF-1.7", "a.txt", "it is a PDF"),
        (b"a" * 20_000_001, "a.txt", "it has 20,000,001 bytes, and at most 20,000,000 are read"),
        (b"a", "a.docx", "captures that end in .docx are not read"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value)[:30],
)
def test_what_is_no_text_is_refused(capture: bytes, name: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        ingest(capture, name)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "unit",
    ["> ", "*", "by A. ", "1 / ", "A. Reporter, ", "[", "(Photo: ", "Share on ", "a\n", "Home > ", "**\n", "\u00a0"],
)
@pytest.mark.parametrize("end", ["", "!", "\n."])
def test_no_text_takes_long(unit: str, end: str) -> None:
    began = time.monotonic()
    read_text(unit * 20_000 + end)
    assert time.monotonic() - began < ENOUGH_SECONDS


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Thursday, November 29, 2018", "2018-11-29"),
        ("29 Nov. 2018", "2018-11-29"),
        ("Published on 29 November 2018 at 5:12 pm GMT", "2018-11-29"),
        ("Donnerstag, 29. November 2018, 14:05 Uhr", "2018-11-29"),
        ("le 1er mars 2018", "2018-03-01"),
        ("29 de noviembre de 2018", "2018-11-29"),
        ("Опубликовано: 29 ноября 2018 года", "2018-11-29"),
        ("2018-11-29T14:05:00+05:00", "2018-11-29"),
        ("29.11.2018 14:05", "2018-11-29"),
        ("11/29/2018", "2018-11-29"),
        ("November 2018", "2018-11"),
        ("3/4/2018", None),
        ("31 November 2018", None),
        ("29 Novembers 2018", None),
        ("On November 29, 2018, nothing happened", None),
        ("2018", None),
    ],
)
def test_a_line_is_a_date_only_where_it_means_one(line: str, date: str | None) -> None:
    assert read_date(line) == date
    assert date is None or parse_date(date).text == date


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("Exampleville, November 28 – The bridge", "Exampleville, November 28"),
        ("EXAMPLEVILLE, 28 Nov. (Agency) - The bridge", "EXAMPLEVILLE, 28 Nov"),
        ("EXAMPLEVILLE — The bridge", "EXAMPLEVILLE"),
        ("Exampleville (Example Agency) — The bridge", "Exampleville"),
        ("ПРИМЕРСК, 28 ноября. /Пример/. Мост", "ПРИМЕРСК, 28 ноября"),
        ("NATO — the alliance — met", None),
        ("The bridge - the old one - fell", None),
        ("On November 28 the bridge fell", None),
    ],
)
def test_a_dateline_opens_the_text(text: str, dateline: str | None) -> None:
    assert read_dateline(text) == dateline


@pytest.mark.parametrize(
    ("line", "authors", "published"),
    [
        ("By Anna Reporter", ("Anna Reporter",), None),
        ("BY ANNA REPORTER", ("ANNA REPORTER",), None),
        ("by A. B. Reporter, Example Gazette", ("A. B. Reporter",), None),
        ("By Anna Reporter, B. Editor and C. van Proof, Gazette", ("Anna Reporter", "B. Editor", "C. van Proof"), None),
        ("Posted by Anna Reporter on 3 May 2018", ("Anna Reporter",), "2018-05-03"),
        ("Posted by Anna Reporter at 5:12 AM", ("Anna Reporter",), None),
        ("By Anna Reporter | Example Gazette | 3 May 2018", ("Anna Reporter",), "2018-05-03"),
        ("Von Anna-Maria Muster und Bernd Beispiel", ("Anna-Maria Muster", "Bernd Beispiel"), None),
        ("Автор: Анна Репортёрова", ("Анна Репортёрова",), None),
    ],
)
def test_a_byline_names_its_authors(line: str, authors: tuple[str, ...], published: str | None) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (byline.authors, byline.published, byline.rest) == (authors, published, "")


@pytest.mark.parametrize(
    "line",
    [
        "By the river nobody spoke",
        "By Monday, Exampleville was empty",
        "By Anna Reporter was the book written",
        "Von der Regierung hört man nichts",
        "Par ailleurs, le pont est fermé",
        "Bye Anna Reporter",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    byline = read_byline(line)
    assert byline is None or not all(map(is_name, byline.authors))


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("**Written for the Example Office by Anna Reporter**", "Anna Reporter"),
        ("— Anna Reporter", "Anna Reporter"),
        ("By Anna Reporter", "Anna Reporter"),
        ("- Anna Reporter", None),
        ("Written by hand for the office.", None),
        ("— Nothing Is Known. We asked.", None),
    ],
)
def test_a_signature_closes_a_text(line: str, author: str | None) -> None:
    byline = read_signature(line)
    assert (byline.authors if byline else None) == ((author,) if author else None)


@pytest.mark.parametrize("where", [Where.TOP, Where.MIDDLE, Where.TAIL])
@pytest.mark.parametrize(
    "line",
    [
        "He asked her to leave a reply.",
        "No comments were made by the ministry.",
        "This entry was posted in error, the court said, and the blog took it down" + " at once" * 150,
        "The share of the vote fell.",
        "Home is where the bridge is.",
        "Leave a reply to the ministry, he said.",
        "Posted on the border since 2001, the guards said nothing.",
        "Реклама на мосту запрещена.",
        "In 1 of 2 villages, the bridge fell.",
        "-",
        "***",
    ],
)
def test_a_sentence_is_no_furniture(line: str, where: Where) -> None:
    assert reason_to_remove(line, where) is None


def test_a_line_alone_is_text_and_no_title() -> None:
    assert read_text("A line alone").markdown == "A line alone\n"


def test_a_line_of_signs_is_no_title() -> None:
    extract = read_text("***\n\nThe bridge is closed.")
    assert extract.title is None
    assert extract.markdown == "\\*\\*\\*\n\nThe bridge is closed.\n"


def test_the_text_of_a_script_that_one_language_uses_has_this_language() -> None:
    assert read_text("ხიდი დაკეტილია.").language == Found("ka", "the script")
    assert read_text("The bridge is closed.").language is None


# The captures of the first archive are not in the repository: these tests run where they are at hand.

FURNITURE = (
    "Leave a Reply", "No comments", "Post a Comment", "1 / 1", "> <", "spam free", "This entry was posted",
    "One Response to", " says:", "Your email address", "Written for the",
)  # fmt: skip
HEADINGS: dict[str, tuple[str, tuple[str, ...], str | None, str | None]] = {
    "000": ("Rahmon monitors situation in Tajikistan from Europe", (), None, None),
    "001": ('"I do not believe!": Assault on a Border Post in Tajikistan', ("Muhammad Mansour",), None, None),
    "002": ("A Gate Unguarded: The ISIS Threat in Tajikistan", ("Paul Pryce",), None, None),
    "003": (
        "Dushanbe Says Moscow Can Prevent ‘Major ISIS Force’ from Coming in from Afghanistan "
        "But Officials have Doubts about Blocking Smaller Ones",
        ("Paul Goble",),
        "2018-11-29",
        "Staunton, November 28",
    ),
    "004": ("Tajikistan Boasts of Big, Huge, Wins Over Terrorism", (), None, None),
}
REPORTED = {
    "000": ["title", "doubled title"],
    "001": ["title", "byline"],
    "002": ["title", "byline", "author's note", *["repeated caption"] * 3, "post footer", "comment header"]
    + ["reader's comment"] * 3 + ["comment form"] * 3,
    "003": ["date", "title", "byline", "comment form", "comment form"],
    "004": ["title", "doubled title", "slideshow crumb", "slideshow crumb"],
}  # fmt: skip
CAPTIONS = {"000": 0, "001": 0, "002": 3, "003": 0, "004": 0}


@pytest.fixture(scope="module")
def captures() -> Path:
    named = os.environ.get("ARCHIVE_CAPTURES")
    root = TESTS.parent
    folders = [Path(named)] if named else [root / "captures", *sorted(root.glob("../*/articles"))]
    folder = next((folder for folder in folders if any(folder.glob("0*.txt"))), None)
    if folder is None:
        pytest.skip(
            "the captures are not at hand: set ARCHIVE_CAPTURES to the folder that holds 000_….txt to 004_….txt"
        )
    return folder


def extract_of(captures: Path, number: str) -> tuple[str, Extract]:
    path = next(captures.glob(f"{number}_*.txt"), None)
    if path is None:
        pytest.skip(f"capture {number} is not in {captures}")
    return path.read_text(encoding="utf-8"), ingest(path.read_bytes(), path.name)


@pytest.mark.parametrize("number", HEADINGS)
def test_the_heading_of_a_capture_is_understood(captures: Path, number: str) -> None:
    _, extract = extract_of(captures, number)
    found = (
        extract.title and extract.title.value,
        tuple(author.value for author in extract.authors),
        extract.published and extract.published.value,
        extract.dateline and extract.dateline.value,
    )
    assert found == HEADINGS[number]


@pytest.mark.parametrize("number", REPORTED)
def test_the_furniture_of_a_capture_is_removed_and_reported(captures: Path, number: str) -> None:
    _, extract = extract_of(captures, number)
    text = rendered(extract.markdown)
    assert [one.reason for one in extract.removed] == REPORTED[number]
    assert [piece for piece in FURNITURE if piece.lower() in text.lower()] == []
    assert extract.title is not None
    assert extract.title.value not in text
    assert sum(doubt.reason.startswith("probably a caption") for doubt in extract.doubts) == CAPTIONS[number]


@pytest.mark.parametrize("number", HEADINGS)
def test_no_sentence_of_a_capture_is_lost(captures: Path, number: str) -> None:
    """Each stands in the rendered article or among the removed lines, and both have the words of the capture."""
    capture, extract = extract_of(captures, number)
    article = " ".join(rendered(extract.markdown).split())
    removed = [" ".join(one.text.split()) for one in extract.removed]
    sentences = [
        " ".join(sentence.split())
        for line in capture.split("\n")
        for sentence in re.split(r"(?<=[.!?])\s+", line)
        if sentence.strip()
    ]
    assert len(sentences) > 15
    assert [one for one in sentences if one not in article and not any(one in line for line in removed)] == []
    assert sorted(article.split() + " ".join(removed).split()) == sorted(capture.split())
    assert extract.words > 400

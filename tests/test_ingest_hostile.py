"""Whatever is given to ``add``, it becomes an article or is refused with a reason: no traceback, nothing that acts.

What fuzzing found is kept as cases in HOSTILE. How long the slowest take is measured in bench/, not here.
"""

from __future__ import annotations

import gzip
import re
from time import process_time

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import JUNK, MARKDOWN
from warcs import article, record, warc

from archive_builder.canonical import canonical
from archive_builder.dates import parse_date
from archive_builder.ingest import Extract, Kind, Unreadable, ingest, kind_of
from archive_builder.projection import project
from archive_builder.rendering import DIALECT

SIZE = 20_000  # code points of a repeated piece: enough to show what grows faster than its text
PIECES = (
    '<div>', '</div>', '<p>', '</p>', '<p>The storm came in the night and took the boats away, she said.</p>',
    '<b>', '</i>', "<a href='javascript:alert(1)'>", '<a href=//e.org/x>', '<ul><li>', '<ol start=-1><li>',
    '<table><tr><td colspan=99999>', '<td>', '</table>', '<blockquote>', '<pre>', '<br>',
    '<sup><a href=#n>1</a></sup>', '<li id=n>note', '<h1>', '<h2>T</h2>', '<script type=application/ld+json>',
    '{"@type":"NewsArticle","headline":"T","author":{"name":["A","B"]}}', '</script>',
    "<meta name=author content='By A. Berg'>", '<meta property=article:published_time content=2021-02-31>',
    '<time datetime=99>', '<meta charset=utf-7>', "<base href='http://[x'>", "<html lang='x y'>", '<title>',
    '<!--', '-->', '<![CDATA[', '<?php', '&#0;', '&#xD800;', '\x00', '\ufffe', '\u202e', '\u2028', '<noscript>',
    '<template>', '<svg>', '<math>', '<form>', '<article><h1>x</h1>', 'class=comments',
    "<p class='byline'>By A. Berg", '<figure><figcaption>', '<style>', '<plaintext>', '<textarea>', '`*_[](<|',
    '<dl><dt>x<dd>y', '<img src=x onerror=alert(1)>', "<link rel=canonical href='http://e.org:99999/x'>",
    '<div><p>Read also</p><p>x y</p></div>', '<a href=x><p>x y</p><p>u v</p></a>', '<div role=dialog>',
    '<script type=application/json>[{"t":"x y."}]</script>', '<script>var x = {', '</form></section>',
    '\u0663', '\U0001d538', '\n', ' ',
)  # fmt: skip
HTML = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=25).map("".join),
    st.text(max_size=200),
)
GOOD = warc([record("https://gazette.example/boats", article("Boats lost"))], packed=False)


def kept(capture: bytes, kind: Kind) -> Extract | None:
    """The article; None where it is refused with a reason."""
    try:
        return ingest(capture, "", None, kind)
    except Unreadable as refusal:
        assert refusal.reason and refusal.next
        return None


def holds(extract: Extract | None) -> None:
    """What is taken does nothing when it is rendered, can be projected, and says nothing that is no date or address."""
    if extract is None:
        return
    source = canonical(extract.markdown)[0]
    page = markdown.markdown(source, extensions=list(DIALECT))
    assert not re.search(r"<(?:script|img|iframe|object|embed|svg|style|form|link|meta|base)\b", page, re.IGNORECASE)
    assert not re.search(r'\bhref="(?!https?:|mailto:|#|[\w./-]*")', page, re.IGNORECASE)
    assert project(source).text is not None
    assert extract.published is None or parse_date(extract.published.value)
    assert all(
        found is None or found.value.startswith(("http://", "https://"))
        for found in (extract.address, extract.canonical)
    )


@given(HTML)
def test_any_page_is_read_or_refused(page: str) -> None:
    holds(kept(page.encode("utf-8", "surrogatepass"), Kind.HTML))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_a_page_or_refused(data: bytes) -> None:
    holds(kept(data, Kind.HTML))


@given(st.one_of(MARKDOWN, JUNK, st.builds("---\n{}\n---\n{}".format, st.text(max_size=80), JUNK)))
def test_any_markdown_is_read_or_refused(text: str) -> None:
    extract = kept(text.encode("utf-8", "surrogatepass"), Kind.MARKDOWN)
    if extract is not None:
        assert project(canonical(extract.markdown)[0]).text is not None


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=6), st.booleans())
def test_a_web_archive_with_any_bytes_changed_is_read_or_refused(at: int, put: bytes, packed: bool) -> None:
    data = GOOD[:at] + put + GOOD[at + len(put) :]
    holds(kept(gzip.compress(data, mtime=0) if packed else data, Kind.WARC))


@given(st.binary(max_size=300), st.sampled_from([b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08\x00"]))
def test_any_bytes_are_a_web_archive_or_refused(data: bytes, start: bytes) -> None:
    holds(kept(start + data, Kind.WARC))


@pytest.mark.parametrize("piece", [piece for piece in PIECES if len(piece) > 1])
def test_a_piece_repeated_thousands_of_times_is_read_or_refused(piece: str) -> None:
    """Tags that never close, in a row: neither the parser nor the extractor nor we recurse or hang."""
    holds(kept((piece * (SIZE // len(piece))).encode("utf-8", "surrogatepass"), Kind.HTML))


HOSTILE = [
    pytest.param(
        "<ol start=99999999999999999999><li>x</ol>" + "<p>word " * 30, id="a list that starts at a huge number"
    ),
    pytest.param("<table><tr><td colspan=9999999>x<td>y<tr><td>z<td>w</table>", id="a cell over millions of columns"),
    pytest.param(
        "<meta name=date content='99999999999999999999'><p>The boats are gone, all of them, she said.", id="a date"
    ),
    pytest.param(
        "<base href='http://[::1'><p>The boats <a href=x>are gone</a>, all of them, she said.", id="a broken base"
    ),
    pytest.param("<link rel=canonical href='https://[x/y'><p>The boats are gone, all of them.", id="a broken address"),
    pytest.param(
        '<script type="application/ld+json">' + "[" * 50_000 + "</script><p>The boats are gone.", id="deep JSON"
    ),
    pytest.param("<p>" + "[" * 20_000, id="brackets"),
    pytest.param("<html lang='" + "x-" * 9_000 + "'><p>The boats are gone, all of them.", id="a long language"),
]


@pytest.mark.parametrize("page", HOSTILE)
def test_what_fuzzing_found_stays_found(page: str) -> None:
    holds(kept(page.encode(), Kind.HTML))


def test_an_address_of_a_record_that_is_none_is_left_out() -> None:
    """Found by fuzzing: one byte of WARC-Target-URI was zero."""
    extract = kept(GOOD.replace(b"https://gazette", b"https:\0/gazette"), Kind.WARC)
    holds(extract)
    assert extract is not None and extract.address is None


@pytest.mark.parametrize(
    "text", [" " + "\t" * 100_000 + "x", f"# a{' ' * 100_000}b\n", f"# a{'# ' * 50_000}b\n", "a\n" + "=" * 100_000]
)
def test_blanks_before_a_text_are_looked_through_once(text: str) -> None:
    """They took half a minute."""
    start = process_time()
    kept(text.encode(), Kind.MARKDOWN)
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (b"AA:a\r\n" + b" a\r\n" * 300, None),
        ("<p class=byline>By Aʼ".encode() + "aʼ".encode() * 80 + b"1<p>The boats are gone, all of them.", Kind.HTML),
        (b"<p>The boats are gone.<script>" + b"\n" * 100_000 + b"</script>", Kind.HTML),
    ],
    ids=["a head like that of MHTML", "a name of apostrophes", "a script of blank lines"],
)
def test_no_pattern_doubles_its_work_with_each_letter(page: bytes, kind: Kind | None) -> None:
    """The first two took longer than anybody waits."""
    start = process_time()
    kept(page, kind or kind_of_start(page))
    assert process_time() - start < 5


def kind_of_start(page: bytes) -> Kind:
    try:
        return kind_of("", page[:1_000])
    except Unreadable:
        return Kind.TEXT

"""What is taken from a web page reads back to the same words, does nothing, and says where each thing was found."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from harbour import run, world

from archive_builder.canonical import canonical
from archive_builder.ingest import Extract, Unreadable, ingest
from archive_builder.ingest.charsets import decode_page
from archive_builder.model import Selectors
from archive_builder.projection import project
from archive_builder.store import load

PROSE = (
    "The storm came in the night and took fifteen boats out of the harbour, the harbour master said on Friday morning.",
    "Nothing is known of the crews, although two of them were seen on the mole shortly before the lamps went out.",
    "The mayor was away at the time and has not said when she will be back in the town, or whether she was told.",
)


def page(body: str = "", head: str = "<title>Boats lost</title>", before: str = "") -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
    return f"<!doctype html><html><head>{head}</head><body>{before}<article>{paragraphs}{body}</article>".encode()


def taken(body: str = "", head: str = "<title>Boats lost</title>", before: str = "") -> Extract:
    return ingest(page(body, head, before), "page.html")


def text_of(extract: Extract) -> str:
    return project(canonical(extract.markdown)[0]).text


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("<h2>Who counts</h2><p>The office counts what it sees.</p>", "## Who counts\n\nThe office counts"),
        ("<p>He said <b>nothing</b> and <i>meant</i> it.</p>", "He said **nothing** and *meant* it."),
        ('<p>See <a href="https://e.org/a b">the list</a>.</p>', "See [the list](https://e.org/a%20b)."),
        ("<ul><li>one</li><li>two<ol><li>three</li></ol></li></ul>", "-   one\n\n-   two\n\n    1.  three"),
        ("<blockquote><p>We wait.</p><p>All of us.</p></blockquote>", "> We wait.\n>\n> All of us."),
        (
            "<table><tr><th>Day</th><th>Boats</th></tr><tr><td>Monday</td><td>8 | 9</td></tr></table>",
            "| Day | Boats |\n| --- | --- |\n| Monday | 8 &#124; 9 |",
        ),
        ("<figure><img src=a.jpg><figcaption>The mole in May</figcaption></figure>", "*The mole in May*"),
        ("<p>m<sup>2</sup> and H<sub>2</sub>O</p>", "m<sup>2</sup> and H<sub>2</sub>O"),
        ("<p>first line<br>second line</p>", "first line  \nsecond line"),
        ("<p>1. is no list, # no heading, *no* star_and_no [link]</p>", "1\\. is no list, # no heading, \\*no\\*"),
    ],
)
def test_what_a_page_sets_apart_stays_set_apart(body: str, markdown: str) -> None:
    """Headings, emphasis, links, lists, quotations, tables, captions and lines, in the archive's Markdown."""
    extract = taken(f"{body}<p>{PROSE[0][::-1]}.</p>")
    assert markdown in extract.markdown


def test_a_note_stands_where_it_is_referred_to() -> None:
    note = '<ol class="footnotes"><li id="n1">By the log. <a href="#r1">↩</a></li></ol>'
    extract = taken(f'<p>Fifteen, she said<a href="#n1" id="r1"><sup>1</sup></a>.</p>{note}')
    assert "Fifteen, she said[^1]." in extract.markdown
    assert extract.markdown.endswith("[^1]: By the log.\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">Click <a href="javascript:alert(1)">here</a> for more of it.</p>',
        '<p><a href="data:text/html,<script>alert(1)</script>">x</a> is where the data are said to be.</p>',
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; is what the sign on the door of the office said.</p>",
        '<p><img src=x onerror="alert(1)">The picture of the harbour was taken before the storm came.</p>',
        '<iframe src="https://evil.example/"></iframe><object data=x></object><embed src=x>',
        "<p>[a link](javascript:alert(1)) and ![a picture](https://evil.example/p.png) stood on the wall.</p>",
        "<svg onload=alert(1)><text>x</text></svg><math><mtext>y</mtext></math>",
        "<p>&lt;!-- a comment --&gt; &lt;?php ?&gt; &lt;![CDATA[ x ]]&gt; were written under it by someone.</p>",
    ],
)
def test_nothing_of_a_page_acts(hostile: str) -> None:
    """What is written renders to no tag, address or image but those that are allowed."""
    import markdown

    source = canonical(taken(hostile).markdown)[0]
    rendered = markdown.markdown(source, extensions=["tables", "footnotes", "fenced_code"])
    assert not re.search(r"<(?:script|img|iframe|object|embed|svg|style|form|!|\?)", rendered, re.IGNORECASE)
    assert not re.search(r'(?:href|src)="(?!https?:|mailto:|#)|\son\w+=', rendered, re.IGNORECASE)


def test_characters_that_turn_the_line_around_are_taken_out() -> None:
    extract = taken("<p>The office said so\u202e again and again and again.</p>")
    assert "\u202e" not in extract.markdown
    assert any("direction" in doubt.reason for doubt in extract.doubts)


def test_what_a_script_would_show_is_taken_from_its_data_and_told() -> None:
    blocks = json.dumps({"story": {"blocks": [{"text": each} for each in PROSE]}, "teasers": [{"text": "Fair opens."}]})
    shell = f"<title>Boats lost</title><div id=root>Loading</div><script>window.STATE = {blocks};</script>"
    extract = ingest(shell.encode(), "page.html")
    assert text_of(extract) == " ".join(PROSE)
    assert any("by script" in doubt.reason for doubt in extract.doubts)


def test_what_a_page_shows_is_believed_before_its_data() -> None:
    other = json.dumps({"blocks": [{"text": f"{each} And more of it, which nobody sees."} for each in PROSE * 3]})
    extract = taken(f"<script type=application/json>{other}</script>")
    assert text_of(extract) == " ".join(PROSE) and "by script" not in str(extract.doubts)


@pytest.mark.parametrize(
    "data",
    [
        "{" * 5_000,
        "[" * 100_000,
        '{"a": ' * 3_000 + "1" + "}" * 3_000,
        '{"a": "' + "x y. " * 200_000 + '"}',
        "{}",
        "[1e999]",
    ],
)
def test_data_that_are_hostile_or_none_end_in_an_answer(data: str) -> None:
    with pytest.raises(Unreadable):
        ingest(f"<script type=application/json>{data}</script><script>x = {data}</script>".encode(), "page.html")


def test_what_is_shown_by_script_cannot_act_either() -> None:
    text = "".join(f"<p>{each}</p><script>alert(1)</script><img src=x onerror=alert(1)>" for each in PROSE)
    escaped = json.dumps({"html": text}).replace("</", "<\\/")
    extract = ingest(f"<script type=application/json>{escaped}</script>".encode(), "page.html")
    assert text_of(extract) == " ".join(PROSE)


@pytest.mark.parametrize(
    ("body", "gone"),
    [
        (
            "<div role=dialog><p>" + "We value your privacy and ask you to agree to all of it. " * 30 + "</p></div>",
            "privacy",
        ),
        ("<div><h3>Read also</h3><a href=x>Fair opens</a><p>Forty-two stalls stand on the meadow.</p></div>", "stalls"),
        ("<a href=x><h4>Fair opens</h4><p>Forty-two stalls stand on the meadow of Hollin this year.</p></a>", "stalls"),
        ("<p>On this topic: <a href=x>The fair of Hollin opens with fewer stalls</a></p>", "stalls"),
        ("<div class=mobile>" + "".join(f"<p>{each}</p>" for each in PROSE) + "</div>", ""),
        (
            "<section><p>Our letter comes every Friday morning, and costs nothing.</p><form></form></section>",
            "Friday morning, and",
        ),
    ],
    ids=["dialog", "block", "card", "label", "copy", "form"],
)
def test_what_is_of_others_or_said_twice_is_left_out_and_told(body: str, gone: str) -> None:
    extract = taken(f"{body}<p>{PROSE[0][::-1]}.</p>")
    assert text_of(extract).startswith(" ".join(PROSE)) and text_of(extract).count(PROSE[0]) == 1
    assert not gone or (gone not in extract.markdown and any(gone in each.text for each in extract.removed))


@pytest.mark.parametrize(
    ("headline", "authors"), [("Boats lost in the harbour", ["Ada Berg"]), ("Autumn fair opens", [])]
)
def test_data_of_another_article_are_not_believed(headline: str, authors: list[str]) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": headline, "author": "Ada Berg"})
    extract = taken(head=f"<title>Boats lost</title><script type=application/ld+json>{data}</script>")
    assert [each.value for each in extract.authors] == authors
    assert extract.title is not None and extract.title.value.startswith("Boats lost")


def test_hidden_text_is_not_the_articles_and_is_told() -> None:
    hidden = "four hundred boats and a whale were lost in the harbour on that day, nobody said"
    extract = taken(f'<p style="display: none">{hidden}</p>')
    assert "whale" not in extract.markdown
    assert [one.reason for one in extract.removed if "whale" in one.text] == ["hidden text"]


@pytest.mark.parametrize(
    ("head", "title", "authors", "published", "where"),
    [
        (
            '<title>x</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Boats",'
            '"author":[{"@type":"Person","name":"Ada Berg"}],"datePublished":"2021-06-04T23:30:00-05:00",}</script>',
            "Boats",
            ["Ada Berg"],
            "2021-06-04",
            "JSON-LD datePublished",
        ),
        (
            '<meta property="og:title" content="Boats | River Gazette"><meta property="og:site_name"'
            ' content="River Gazette"><meta name="author" content="By Ada Berg and Jo Tam">'
            '<meta property="article:published_time" content="2021-06-04">',
            "Boats",
            ["Ada Berg", "Jo Tam"],
            "2021-06-04",
            "meta article:published_time",
        ),
        (
            '<meta name="DC.title" content="Boats"><meta name="DC.creator" content="Berg, Ada">'
            '<meta name="DC.date.issued" content="20210604">',
            "Boats",
            ["Ada Berg"],
            "2021-06-04",
            "meta dc.date.issued",
        ),
        (
            '<title>Boats lost at Oll - River Gazette</title><meta name="author" content="admin">'
            '<link rel="canonical" href="https://gazette.example/2021/06/04/boats">',
            "Boats lost at Oll",
            [],
            "2021-06-04?",
            "the address",
        ),
        ("<title>Boats</title>", "Boats", [], None, None),
    ],
    ids=["JSON-LD", "Open Graph", "Dublin Core", "the address", "nothing"],
)
def test_the_metadata_are_what_the_surest_witness_says(
    head: str, title: str, authors: list[str], published: str | None, where: str | None
) -> None:
    extract = taken(head=head)
    assert extract.title is not None and extract.title.value == title
    assert [author.value for author in extract.authors] == authors
    assert (extract.published and extract.published.value) == published
    assert (extract.published and extract.published.where) == where


def test_an_archived_copy_gives_its_own_address_and_that_of_the_page() -> None:
    copy = "https://web.archive.org/web/20210605101010/https://gazette.example/boats"
    extract = taken(head=f'<title>Boats</title><link rel="canonical" href="{copy}">')
    assert extract.address is not None and extract.address.value == "https://gazette.example/boats"
    assert extract.archived is not None and extract.archived.value == copy


@pytest.mark.parametrize(
    ("data", "header", "encoding", "is_guess"),
    [
        ("<meta charset=koi8-r>Мост".encode("koi8-r"), None, "koi8-r", False),
        ("<p>Мост".encode("utf-16"), None, "utf-16-le", False),
        ("<p>Мост".encode("cp1251"), "windows-1251", "cp1251", False),
        ("<meta charset=windows-1251>Мост".encode(), None, "utf-8", False),
        ("<meta charset=iso-8859-1>“so”".encode("cp1252"), None, "cp1252", False),
        (b"<meta charset=rot13>plain", None, "utf-8", False),
        (
            ("<p>Мост через реку закрыт на ремонт до весны, сообщил староста. " * 9).encode("cp1251"),
            None,
            "cp1251",
            True,
        ),
    ],
)
def test_the_encoding_is_that_of_a_browser_and_a_guess_is_told(
    data: bytes, header: str | None, encoding: str, is_guess: bool
) -> None:
    decoded = decode_page(data, header)
    assert (decoded.encoding, decoded.is_guess) == (encoding, is_guess)
    assert "\ufffd" not in decoded.text


def test_the_selectors_of_the_outlet_win() -> None:
    selectors = Selectors(text=("div.x",), remove=("p.ad",), title="h3", authors="b.who", published="i.when")
    body = (
        "<h3>The true title</h3><b class=who>Jo Tam</b><i class=when>4 June 2021</i>"
        "<div class=x><p>Short.</p><p class=ad>Buy tins.</p><p>Shorter.</p></div>"
    )
    extract = ingest(page(body), "page.html", selectors)
    assert extract.markdown == "Short.\n\nShorter.\n"
    assert extract.title is not None and extract.title.value == "The true title"
    assert [author.value for author in extract.authors] == ["Jo Tam"]
    assert extract.published is not None and extract.published.value == "2021-06-04"


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        ("<p>Fifteen boats were lost.</p>", None, "Fifteen boats were lost."),
        ("Fifteen boats.<br><br>No crews.", None, "Fifteen boats. No crews."),
        ("<title>Boats lost</title>Fifteen boats.", "Boats lost", "Fifteen boats."),
        ("<h1>Boats lost</h1><p>Fifteen.</p>", "Boats lost", "Fifteen."),
        ("<h3>Boats lost</h3><p>Fifteen.</p>", "Boats lost", "Fifteen."),
        ("<h1>Boats lost</h1>", "Boats lost", "Boats lost"),
        ("<ul><li><a href=x>The list of boats</a></ul>", None, "The list of boats"),
        ("<table><tr><td>15<td>boats</table>", None, "15 boats"),
        ("<p>By Ada Berg</p>", None, "By Ada Berg"),
        ("<title>沉船</title><p>昨夜十五艘渔船沉没。", "沉船", "昨夜十五艘渔船沉没。"),
    ],
)
def test_a_page_needs_no_more_than_a_browser_does(source: str, title: str | None, text: str) -> None:
    """Whatever can be seen is taken; where nothing reads like an article, that is told."""
    extract = ingest(source.encode(), "page.html")
    assert (extract.title.value if extract.title else None) == title
    assert text_of(extract) == text
    assert extract.doubts


def test_a_set_of_frames_names_the_frames_unless_it_has_the_text_itself() -> None:
    start = "<html><frameset cols=1><frame src=menu.html><frame src=text.html><noframes>"
    with pytest.raises(Unreadable, match=r"menu\.html, text\.html"):
        ingest(f"{start}<p>Your browser shows no frames.</p></noframes></frameset>".encode(), "page.html")
    held = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
    extract = ingest(f"{start}<body>{held}</body></noframes></frameset>".encode(), "page.html")
    assert text_of(extract) == " ".join(PROSE)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Über uns: fünfzehn Boote"),
        ("cp1252", "El alcalde dijo que mañana habrá más información."),
        ("cp1252", "O prefeito não disse quando as embarcações serão encontradas."),
        ("cp1250", "Starosta řekl, že lodě zmizely v noci."),
        ("iso8859-2", "Burmistrz powiedział, że łodzie zaginęły. Śledztwo trwa."),
        ("cp1254", "Belediye başkanı teknelerin gece kaybolduğunu söyledi."),
        ("cp1257", "Meras sakė, kad laivai dingo naktį ir kad įgulų niekas nematė."),
        ("cp1253", "Ο δήμαρχος είπε ότι τα σκάφη χάθηκαν τη νύχτα."),
        ("cp1255", "ראש העיר אמר שהסירות אבדו בלילה."),
        ("cp1251", "Мост закрыт"),
        ("koi8-r", "Мост закрыт"),
        ("cp866", "Мост через реку закрыт до весны."),
        ("cp1251", "Міст через річку зачинено до весни, каже староста."),
        ("gb18030", "昨夜十五艘渔船沉没，港务局说。没有人知道船员在哪里。"),
    ],
)
def test_one_undeclared_line_is_enough_to_know_its_alphabet(encoding: str, text: str) -> None:
    decoded = decode_page(f"<p>{text}".encode(encoding))
    assert (decoded.text, decoded.is_guess) == (f"<p>{text}", True)


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<p></p>", b"\0\0\0\0", b"<script>x</script>"])
def test_a_page_without_text_is_refused_with_the_next_step(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        ingest(data, "page.html")
    assert refusal.value.reason and refusal.value.next


def test_a_page_becomes_an_article_of_the_outlet_whose_site_it_is_on(tmp_path: Path) -> None:
    root = world(tmp_path / "archive")
    outlet = root / "content/outlets/gazette.md"
    outlet.write_text(
        "---\nname: River Gazette\ntype: newspaper\nurl: https://gazette.example/\n"
        "selectors:\n  text: [article]\n  remove: [.ad]\n---\n"
    )
    head = '<title>Boats lost</title><link rel="canonical" href="https://www.gazette.example/boats">'
    path = tmp_path / "boats.html"
    path.write_bytes(page('<p class="ad">Buy tins.</p>', head))
    assert run(root, "add", str(path), "--display", "full", "--rights", "CC-BY", "--id", "boats").exit_code == 0
    archive = load(root)
    article = archive.articles["boats"]
    assert article.outlet == "gazette" and article.url == "https://www.gazette.example/boats"
    assert article.source == "boats.html" and article.tool is not None
    assert "tins" not in article.body and PROSE[0] in article.body
    assert run(root, "check", "--strict").exit_code == 0
    assert run(root, "display", "full", "boats").exit_code == 0
    assert load(root).articles["boats"].body == article.body


BY = "https://creativecommons.org/licenses/by/4.0/"
SAYS_BY = {
    "link": {"head": f'<link rel="license" href="{BY}">'},
    "a rel": {"body": f'<p>Shared under <a rel="nofollow license" href="{BY}deed.en">a licence</a>.</p>'},
    "JSON-LD": {
        "head": '<title>Boats lost</title><script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "headline": "Boats lost", "license": {"@id": BY}})
        + "</script>"
    },
    "dcterms": {"head": '<meta name="DCTERMS.license" content="CC BY 4.0">'},
}


@pytest.mark.parametrize("where", SAYS_BY)
def test_the_licence_that_a_page_names_is_told_with_its_place(where: str) -> None:
    found = taken(**SAYS_BY[where]).licence
    assert found is not None and found.value == "CC BY 4.0" and where in found.where


@pytest.mark.parametrize(
    "body",
    [
        f'<figure><img src=x><figcaption><a rel="license" href="{BY}">CC</a></figcaption></figure>',
        f'<a rel="license" href="{BY}">a</a><a rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">b</a>',
        '<a rel="license" href="javascript:window.ran=1">a</a>',
        '<a rel="license" href="/terms">a</a>',
        f'<a rel="author" href="{BY}">a</a>',
    ],
    ids=["of a picture", "two", "no address", "within the site", "no licence"],
)
def test_what_is_no_licence_of_the_text_is_not_proposed(body: str) -> None:
    assert taken(body).licence is None


def test_a_licence_is_proposed_and_neither_written_nor_acted_on_unasked(tmp_path: Path) -> None:
    """A page may bear the licence of something else: a person takes it, or does not."""
    root, capture = world(tmp_path / "archive"), tmp_path / "page.html"
    capture.write_bytes(page(head=f'<title>Boats lost</title><link rel="license" href="{BY}">'))
    shown = run(root, "add", str(capture), "--id", "boats", "--outlet", "Herald").output
    assert "licence    CC BY 4.0  (link rel=license, line 1)" in shown and '--rights "CC BY 4.0"' in shown
    article = load(root).articles["boats"]
    assert article.rights is None and article.display == "quotations"
    shown = run(root, "add", str(capture), "--id", "boats", "--force", "--rights", "CC BY 4.0").output
    assert "proposed" not in shown and load(root).articles["boats"].rights == "CC BY 4.0"

"""``add`` of a newer capture shows what changed, asks, keeps both digests, and lets annotations follow where it can."""

from __future__ import annotations

from pathlib import Path

import pytest
from harbour import FILES, golden, run, world
from hypothesis import given
from hypothesis import strategies as st
from terminal import on_a_terminal

from archive_builder.addresses import Addresses
from archive_builder.differing import difference
from archive_builder.pages import Site, Views
from archive_builder.pages.article import article_page
from archive_builder.pages.source import source_facts
from archive_builder.store import digest_of, load

EARLIER = """\
Two banks

The storm came in the night. On Monday, about fifteen boats sank in the harbour, Mr. Olsen said. Nobody slept.

Nothing is known of the crews. The mayor was away in the hills.

The harbour master denies it. “There were not more than 12 boats,” she told the paper. The log was closed early.

Ferries run again since Tuesday.
"""
NEWER = EARLIER.replace("about fifteen boats", "about fifty boats").replace("away in the hills", "on the quay")
NEWER = NEWER.replace("“There were not more than 12 boats,”", "“There were, not more than 12 boats,”")
HIDDEN = ("hills", "quay", "Ferries")
"""Words that stand in either capture and in no annotated sentence."""
ARTICLE = "content/articles/boats.md"
ANNOTATIONS = {
    "annotations/boats/number.yml": "target:\n  exact: fifteen boats # as printed\nnote: The log differs.\n",
    "annotations/boats/denied.yml": "target:\n  exact: There were not more than 12 boats\nnote: She denies it.\n",
    "annotations/boats/slept.yml": "target:\n  exact: Nobody slept.\nnote: It is told of all.\n",
}
Files = dict[str, bytes]


def everything(root: Path) -> Files:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "newer.txt"
    path.write_text(NEWER, encoding="utf-8")
    return path


def added(tmp_path: Path, display: str) -> Path:
    root = world(tmp_path / "archive", FILES)
    earlier = tmp_path / "earlier.txt"
    earlier.write_text(EARLIER, encoding="utf-8")
    known = ["--id", "boats", "--outlet", "gazette", "--url", "https://gazette.example/boats", "--rights", "CC-BY"]
    assert run(root, "add", str(earlier), *known, "--retrieved", "2021-06-05", "--display", display).exit_code == 0
    world(root, ANNOTATIONS)
    assert run(root, "display", display, "boats").exit_code == 0
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return added(tmp_path, "quotations")


def revise(root: Path, newer: Path, *more: str) -> str:
    result = run(root, "add", str(newer), "--id", "boats", "--retrieved", "2021-06-09", "--revise", *more)
    assert result.exit_code == 0, result.output
    return result.output


def test_without_a_terminal_the_difference_is_shown_and_nothing_is_written(root: Path, newer: Path) -> None:
    before = everything(root)
    result = run(root, "add", str(newer), "--id", "boats", "--retrieved", "2021-06-09")
    assert result.exit_code == 1
    golden("revise", result.output.replace(str(newer), "newer.txt"))
    assert everything(root) == before


def test_a_dry_run_only_shows(root: Path, newer: Path) -> None:
    before = everything(root)
    assert "[fifteen]" in revise(root, newer, "--dry-run")
    assert everything(root) == before


@pytest.mark.parametrize("display", ["full", "quotations", "link-only"])
def test_both_captures_stand_in_the_record_and_safe_annotations_follow(
    tmp_path: Path, newer: Path, display: str
) -> None:
    root = added(tmp_path, display)
    before = everything(root)
    revise(root, newer)
    archive = load(root)
    article = archive.articles["boats"]
    assert article.digest == digest_of(NEWER.encode()) and article.retrieved == "2021-06-09"
    assert (article.source, article.display) == ("newer.txt", display)
    (revision,) = article.revisions
    assert (revision.digest, revision.retrieved) == (digest_of(EARLIER.encode()), "2021-06-05")
    assert (revision.words_out, revision.words_in, revision.source) == (4, 3, "earlier.txt")
    assert revision.notes == ("denied", "number")
    target = archive.annotations["boats/denied"].target
    assert target is not None and target.exact == "There were, not more than 12 boats"
    for name in ("number", "slept"):
        path = f"annotations/boats/{name}.yml"
        assert (root / path).read_bytes() == before[path]
    assert run(root, "verify", "boats", "--strict").exit_code == 0
    if display != "link-only":
        assert [each.key for each in archive.strayed["boats"]] == ["boats/number"]


def test_nothing_of_the_text_that_is_not_quoted_comes_into_the_repository(root: Path, newer: Path) -> None:
    revise(root, newer)
    committed = {path: data for path, data in everything(root).items() if not path.startswith("captures/")}
    told = committed[ARTICLE].decode() + "".join(committed[path].decode() for path in ANNOTATIONS)
    assert not [word for word in HIDDEN if word in told]
    assert "Nobody slept." in told


def test_the_same_capture_or_an_earlier_one_is_nothing_new(root: Path, newer: Path, tmp_path: Path) -> None:
    revise(root, newer)
    before = everything(root)
    assert "nothing is new" in revise(root, newer)
    assert "nothing is new" in revise(root, tmp_path / "earlier.txt")
    again = run(root, "add", str(newer))
    assert again.exit_code == 0 and "content/articles/boats.md: nothing is new" in again.output
    assert everything(root) == before


def test_an_article_is_known_by_its_address_too(root: Path, newer: Path) -> None:
    result = run(root, "add", str(newer), "--url", "https://gazette.example/boats", "--revise")
    assert result.exit_code == 0 and load(root).articles["boats"].digest == digest_of(NEWER.encode())
    assert (root / "content/articles/two-banks.md").read_text(encoding="utf-8") == FILES[
        "content/articles/two-banks.md"
    ]
    assert load(root).articles["boats"].retrieved is None


def test_a_second_revision_comes_below_the_first_and_the_source_card_tells_both(root: Path, newer: Path) -> None:
    revise(root, newer)
    newer.write_text(NEWER.replace("in the night", "at night"), encoding="utf-8")
    result = run(root, "add", str(newer), "--id", "boats", "--retrieved", "2021-07-01", "--revise")
    assert result.exit_code == 0
    article = load(root).articles["boats"]
    assert [each.retrieved for each in article.revisions] == ["2021-06-05", "2021-06-09"]
    archive = load(root)
    views = Views(archive, Site(True, Addresses(None, None, "main")))
    facts = source_facts(archive.articles["boats"], views, views.links("articles/boats.md"))
    told = [(fact.words, fact.code) for fact in facts if fact.name == "Captured again"]
    page = article_page(archive.articles["boats"], views)
    assert f"retrieved 5 June 2021: <code>{digest_of(EARLIER.encode())}</code>" in page.head
    assert told == [
        (
            "9 June 2021: the text changed, 4 words out, 3 words in; notes touched: denied, number. "
            "The capture before, retrieved 5 June 2021:",
            digest_of(EARLIER.encode()),
        ),
        (
            "1 July 2021: the text changed, 2 words out, 1 word in. The capture before, retrieved 9 June 2021:",
            digest_of(NEWER.encode()),
        ),
    ]


def page_with(headline: str, byline: str, day: str, text: str = EARLIER) -> str:
    """The capture as a web page."""
    by = f'<meta name="author" content="{byline}">' if byline else ""
    paragraphs = "".join(f"<p>{each}</p>" for each in text.split("\n\n")[1:])
    return (
        f'<html lang="en"><title>{headline}</title><meta name="date" content="{day}">{by}'
        f"<body><article><h1>{headline}</h1>{paragraphs}</article>"
    )


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """An archive with the article taken from a web page, in full and with its annotations."""
    root = world(tmp_path / "archive", FILES)
    (tmp_path / "one.html").write_text(page_with("Fifteen boats lost", "Ada Berg", "2021-06-04"), encoding="utf-8")
    known = ["--id", "boats", "--outlet", "gazette", "--rights", "CC-BY", "--retrieved", "2021-06-05"]
    assert run(root, "add", str(tmp_path / "one.html"), *known).exit_code == 0
    world(root, ANNOTATIONS)
    assert run(root, "display", "quotations", "boats").exit_code == 0
    return root


def test_a_headline_a_byline_and_a_date_are_compared_recorded_and_shown(pages: Path, tmp_path: Path) -> None:
    two = tmp_path / "two.html"
    two.write_text(page_with("Boats are safe", "Ada Berg and Jo Tam", "2021-06-01"), encoding="utf-8")
    told = revise(pages, two)
    assert "0 words out, 0 words in" in told
    assert "  title\n  old      Fifteen boats lost\n  new      Boats are safe\n" in told
    archive = load(pages)
    article = archive.articles["boats"]
    assert (article.title, article.authors, article.published) == (
        "Boats are safe",
        ("Ada Berg", "Jo Tam"),
        "2021-06-01",
    )
    (revision,) = article.revisions
    assert {fact.value: (each.old, each.new) for fact, each in revision.restated.items()} == {
        "title": ("Fifteen boats lost", "Boats are safe"),
        "authors": ("Ada Berg", "Ada Berg; Jo Tam"),
        "published": ("2021-06-04", "2021-06-01"),
    }
    page = article_page(article, Views(archive, Site(True, Addresses(None, None, "main"))))
    sentence = (
        "headline changed from “Fifteen boats lost” to “Boats are safe”; byline changed from “Ada Berg” to "
        "“Ada Berg; Jo Tam”; date changed from 4 June 2021 to 1 June 2021"
    )
    assert f'<p class="ab-restated">Seen on 9 June 2021: {sentence}.</p>' in page.head
    assert f"9 June 2021: {sentence}; the text is the same" in page.head
    assert run(pages, "check", "--strict").exit_code == 0 and run(pages, "verify", "boats").exit_code == 0


def test_what_a_person_corrected_stays_and_a_byline_that_went_out_is_told(pages: Path, tmp_path: Path) -> None:
    path = pages / ARTICLE
    path.write_text(path.read_text("utf-8").replace("Fifteen boats lost", "Fifteen Boats Lost!"), encoding="utf-8")
    two = tmp_path / "two.html"
    two.write_text(page_with("Boats are safe", "", "2021-06-04"), encoding="utf-8")
    revise(pages, two)
    article = load(pages).articles["boats"]
    assert (article.title, article.authors) == ("Fifteen Boats Lost!", ("Ada Berg",))
    restated = {fact.value: (each.old, each.new) for fact, each in article.revisions[0].restated.items()}
    assert restated == {"title": ("Fifteen boats lost", "Boats are safe"), "authors": ("Ada Berg", None)}


def test_what_another_kind_of_capture_cannot_have_is_no_change(pages: Path, tmp_path: Path) -> None:
    """A copied text has no byline in its head; nobody took it out."""
    copied = tmp_path / "copied.txt"
    copied.write_text(EARLIER.replace("Two banks", "Fifteen boats lost"), encoding="utf-8")
    revise(pages, copied)
    article = load(pages).articles["boats"]
    assert article.revisions[0].restated == {} and article.authors == ("Ada Berg",)


def test_an_id_made_from_a_headline_is_no_proof_that_it_is_the_same_article(root: Path, newer: Path) -> None:
    before = everything(root)
    result = run(root, "add", str(newer), "--revise")
    assert result.exit_code == 1 and "--id two-banks" in result.output
    assert everything(root) == before


def test_revise_and_force_are_not_both_meant(root: Path, newer: Path) -> None:
    assert run(root, "add", str(newer), "--id", "boats", "--revise", "--force").exit_code == 2


def test_revise_needs_an_article_that_is_there(root: Path, newer: Path) -> None:
    result = run(root, "add", str(newer), "--id", "none", "--revise")
    assert result.exit_code == 1 and "no article of its id or address is there" in result.output


def test_a_capture_made_before_the_one_in_use_is_not_taken(root: Path, newer: Path) -> None:
    before = everything(root)
    result = run(root, "add", str(newer), "--id", "boats", "--retrieved", "2020-01-01", "--revise")
    assert result.exit_code == 1 and "made before" in result.output
    assert everything(root) == before


def test_without_the_earlier_capture_nobody_can_say_what_changed(root: Path, newer: Path) -> None:
    for capture in (root / "captures").iterdir():
        capture.unlink()
    result = run(root, "add", str(newer), "--id", "boats", "--revise")
    assert result.exit_code == 1 and "nobody can say what changed" in result.output


def test_on_a_terminal_it_is_asked_and_no_is_what_is_meant_by_silence(root: Path, newer: Path) -> None:
    before = everything(root)
    code, shown = on_a_terminal(root, "add", str(newer), "--id", "boats", typed="\n")
    assert code == 1 and "Take it as the newer capture of boats?" in shown and "[fifty]" in shown
    assert everything(root) == before
    code, shown = on_a_terminal(root, "add", str(newer), "--id", "boats", typed="y\n")
    assert code == 0 and "taken" in shown
    assert load(root).articles["boats"].digest == digest_of(NEWER.encode())


def test_where_one_file_cannot_be_written_all_stay_as_they_were(
    root: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(root)
    replace = Path.replace

    def fails(path: Path, to: Path) -> Path:
        if to.name == "boats.md":
            raise OSError(28, "No space left on device")
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", fails)
    result = run(root, "add", str(newer), "--id", "boats", "--revise")
    assert result.exit_code == 1 and "no space left" in result.output
    assert everything(root) == before


@given(*[st.lists(st.sampled_from("a b c . ,".split()), max_size=30)] * 2)
def test_what_neither_went_out_nor_came_in_is_in_both_texts(before: list[str], after: list[str]) -> None:
    found = difference(" ".join(before), " ".join(after))
    kept, also = (sum(map(str.isalpha, words)) for words in (before, after))
    assert kept - found.words_out == also - found.words_in >= 0
    assert bool(found.changes) == (before != after)


def test_a_difference_is_told_with_the_words_around_it_and_what_dresses_a_text_is_none() -> None:
    found = difference("one two three four five six seven", "one two three 4 five six seven eight")
    assert (found.words_out, found.words_in) == (1, 2)
    assert [(each.old, each.new) for each in found.changes] == [
        ("one two three [four] five six seven []", "one two three [4] five six seven [eight]")
    ]
    assert not difference("It is “so”.", 'It is "so".').changes

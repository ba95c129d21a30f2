"""What may be done with a text is known however it is written, drawn without fetching anything, and warned of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from harbour import run, world

from archive_builder.addresses import Addresses
from archive_builder.archive import Archive
from archive_builder.pages import Site, Views
from archive_builder.pages.article import article_page
from archive_builder.pages.badges import badge, short_badge
from archive_builder.pages.heads import Publication, head_of
from archive_builder.pages.indexes import index_pages
from archive_builder.rights import KEYWORDS, STATEMENTS, objection, statement_of

World = Callable[..., Archive]
SITE = Site(True, Addresses(None, None, "main"))
ALLOWED = {"InC-EDU", "InC-NC", "NoC-NC", "NoC-US", "NKC"}
"""Of the statements, those that let the whole text be shown, on conditions of their own."""


def test_all_twelve_statements_are_known_by_keyword_and_by_address() -> None:
    assert len(STATEMENTS) == 12
    for keyword, statement in STATEMENTS.items():
        assert statement.url == f"http://rightsstatements.org/vocab/{keyword}/1.0/"
        for written in (keyword, keyword.lower(), statement.url, f"https://rightsstatements.org/page/{keyword}/1.0/"):
            assert statement_of(written) == statement
        assert (objection(keyword) is None) == (keyword in ALLOWED)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("terms", ["BY", "BY-SA", "BY-NC", "BY-NC-SA", "BY-ND", "BY-NC-ND"])
def test_all_six_licences_are_known_by_short_name_and_by_address(terms: str, version: str) -> None:
    deed = f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
    for written in (f"CC {terms} {version}", f"CC-{terms}-{version}", f"cc {terms.lower()} {version}", deed):
        found = statement_of(written)
        assert found is not None and (found.keyword, found.url) == (f"CC {terms} {version}", deed)
        assert found.is_licence and objection(written) is None
    assert statement_of(f"{deed}deed.de") == statement_of(deed) == statement_of(deed.replace("https", "http"))


@pytest.mark.parametrize(
    ("written", "keyword"),
    [
        ("CC0", "CC0 1.0"),
        ("CC0 1.0", "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0 1.0"),
        ("PDM", "PDM 1.0"),
        ("Public Domain Mark 1.0", "PDM 1.0"),
        ("http://creativecommons.org/publicdomain/mark/1.0/", "PDM 1.0"),
        ("CC BY 3.0 DE", "CC BY 3.0 DE"),
        ("https://creativecommons.org/licenses/by/3.0/de/deed.en", "CC BY 3.0 DE"),
        ("CC-BY", "CC BY"),
    ],
)
def test_what_is_in_the_public_domain_ported_or_without_a_version_is_known_too(written: str, keyword: str) -> None:
    found = statement_of(written)
    assert found is not None and found.keyword == keyword and found.allows_whole_text


@pytest.mark.parametrize(
    "written",
    ["All rights reserved", "CC", "CC SA", "CC BY-NC-ND-SA 4.0", "CC BY 9.9", "https://e.org/licenses/by/4.0/", "in c"],
)
def test_what_is_no_statement_allows_nothing_and_is_shown_as_written(written: str) -> None:
    assert statement_of(written) is None and objection(written)
    assert re.sub("<[^>]*>", "", badge(written, is_linked=True)) == written
    assert short_badge(written) == ""


def test_words_under_rights_cannot_act() -> None:
    shown = badge('<img src=x onerror="alert(1)"> all rights', is_linked=True)
    assert "<img" not in shown and "&lt;img" in shown
    assert badge('https://e.org/"onmouseover="x', is_linked=True).count('"') == 2


def test_a_badge_names_its_statement_links_to_it_and_fetches_nothing() -> None:
    for keyword in (*STATEMENTS, *KEYWORDS):
        found = statement_of(keyword)
        drawn = badge(keyword, is_linked=True)
        assert found is not None and found.name in drawn and f'href="{found.url}"' in drawn
        assert "<svg" in drawn and not re.search(r"src=|url\(|<use|<image|xlink", drawn)
        assert ('rel="license"' in drawn) == found.is_licence
        assert "href" not in badge(keyword, is_linked=False)


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        ("InC", {"usageInfo": "http://rightsstatements.org/vocab/InC/1.0/"}),
        ("CC BY 4.0", {"license": "https://creativecommons.org/licenses/by/4.0/"}),
        ("CC-BY", {"usageInfo": "https://creativecommons.org/share-your-work/cclicenses/"}),
        ("© The Gazette", {"copyrightNotice": "© The Gazette"}),
    ],
)
def test_the_page_tells_it_to_readers_and_to_machines(world: World, rights: str, told: dict[str, str]) -> None:
    text = f"---\ntitle: The Gate\noutlet: gazette\ndisplay: link-only\nrights: {rights}\n---\n"
    archive = world({"content/articles/gate.md": text})
    page = article_page(archive.articles["gate"], Views(archive, SITE))
    assert badge(rights, is_linked=True) in page.head and badge(rights, is_linked=False) in page.head
    head = head_of(page.meta, page.path, page.title, None, Publication("A", None, "en", SITE))
    (article,) = (each for each in head.data if each["@type"] == "NewsArticle")
    assert {key: article[key] for key in ("license", "usageInfo", "copyrightNotice") if key in article} == told
    assert ("DC.rights", next(iter(told.values()))) in head.names
    assert json.loads(json.dumps(article)) == article


def test_the_index_shows_badges_and_sorts_by_them_only_where_articles_differ(world: World) -> None:
    def index(*statements: str) -> str:
        head = "---\ntitle: T\noutlet: gazette\ndisplay: link-only\nrights:"
        files = {f"content/articles/a{n}.md": f"{head} {each}\n---\n" for n, each in enumerate(statements)}
        archive = world({"content/articles/gate.md": None, "content/articles/night.md": None, **files})
        return index_pages(Views(archive, SITE))["articles/index.md"]().head

    assert "ab-rights" not in index("InC", "InC")
    told = index("InC", "CC BY 4.0", "words of the publisher")
    assert told.count('class="ab-rights ab-by"') == 2 and 'data-rights="CC BY 4.0"' in told and 'value="other"' in told


def test_add_takes_a_statement_as_it_is_written_and_refuses_a_misspelt_one(tmp_path: Path) -> None:
    root = world_of(tmp_path)
    wrong = run(root, "add", str(tmp_path / "boats.txt"), "--rights", "CC-BYY-4.0")
    assert wrong.exit_code == 2 and "did you mean CC BY 4.0?" in wrong.output
    deed = "https://creativecommons.org/licenses/by-sa/4.0/"
    done = run(root, "add", str(tmp_path / "boats.txt"), "--rights", deed, "--display", "full", "--id", "boats")
    assert done.exit_code == 0 and run(root, "check", "--strict").exit_code == 0


def world_of(folder: Path) -> Path:
    (folder / "boats.txt").write_text("Boats lost\n\nFifteen boats were lost in the night, the harbour office said.\n")
    return world(folder / "archive")

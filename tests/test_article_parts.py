"""What stands around an article's text: where it comes from, how it is cited, who worked on it, another beside it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from archive_builder.addresses import Addresses
from archive_builder.archive import Archive
from archive_builder.changes import Change, read_log
from archive_builder.checkout import history
from archive_builder.model import Article, Outlet
from archive_builder.pages import Site, Views
from archive_builder.pages.article import article_page
from archive_builder.pages.citing import citations
from archive_builder.pages.comparing import comparisons
from archive_builder.pages.source import source_facts

World = Callable[..., Archive]
NOWHERE = Addresses(None, None, "main")
OUTLET = Outlet(id="gazette", path="", name="The Gazette", type="newspaper")
CLAIM = "---\ntitle: {0}?\nstatement: It is {0}.\nevent: attack\n---\n"
FULL = "display: full\nrights: CC0\nevents: [attack]\n---\n"


def paper(**keys: object) -> Article:
    return Article.model_validate({"id": "gate", "path": "", "title": "The Gate", "outlet": "gazette", **keys})


def views_of(archive: Archive, addresses: Addresses = NOWHERE) -> Views:
    return Views(archive, Site(True, addresses))


def test_what_was_inferred_stands_with_its_ground_beside_it(world: World) -> None:
    inferred = "inferred:\n  published: By its page.\n  headline: Ours.\n"
    head = f"---\ntitle: The Gate\noutlet: gazette\npublished: 2018-08?\n{inferred}"
    archive = world({"content/articles/gate.md": head + FULL + "Text.\n"})
    views = views_of(archive)
    facts = source_facts(archive.articles["gate"], views, views.links("articles/gate.md"))
    told = {fact.name: fact for fact in facts}
    assert told["Published"].words == "probably August 2018" and told["Published"].ground == "By its page."
    assert told["headline"].ground == "Ours." and told["Author"].words == "not given"


def test_a_reference_is_given_in_every_form_and_knows_what_is_uncertain() -> None:
    article = paper(title='"No" & 5 %', published="2018-08?", authors=["A. Writer"], url="https://g.example/1")
    forms = {each.name: each.text for each in citations(article, OUTLET, "https://a.example/articles/gate/")}
    assert forms["Text"] == (
        "A. Writer. “‘No’ & 5 %.” The Gazette, probably August 2018. "
        "Annotated edition: https://a.example/articles/gate/"
    )
    assert 'title = {{"No" \\& 5 \\%}}' in forms["BibTeX"] and "date = {2018-08?}" in forms["BibTeX"]
    assert "PY  - 2018" in forms["RIS"] and "DA" not in forms["RIS"] and forms["RIS"].endswith("ER  - ")
    issued = json.loads(forms["CSL-JSON"])[0]["issued"]
    assert issued == {"date-parts": [[2018, 8]], "circa": True}


@pytest.mark.parametrize(
    ("published", "issued"),
    [
        ("2018", {"date-parts": [[2018]]}),
        ("2018-08-31", {"date-parts": [[2018, 8, 31]]}),
        ("2019-11-06/2019-11-11", {"date-parts": [[2019, 11, 6], [2019, 11, 11]]}),
        ("../2019-11-11", {"date-parts": [[2019, 11, 11]]}),
        (None, None),
    ],
)
def test_a_date_is_cited_as_far_as_it_is_known(published: str | None, issued: Mapping[str, object] | None) -> None:
    (item,) = json.loads(citations(paper(published=published), OUTLET, None)[-1].text)
    assert item.get("issued") == issued


def state(cell: str) -> str:
    found = re.match(r'<td class="ab-cell ab-([a-z-]+)">', cell)
    assert found is not None
    return found[1]


def test_two_articles_are_aligned_by_claim_and_silence_is_not_absence(world: World) -> None:
    archive = world(
        {
            **{f"content/claims/{name}.md": CLAIM.format(name) for name in ("both", "silent", "here", "there")},
            "content/articles/gate.md": f"---\ntitle: The Gate\noutlet: gazette\n{FULL}One two three.\n",
            "content/articles/night.md": f"---\ntitle: The Night\noutlet: herald\n{FULL}Four five six.\n",
            "annotations/gate/one.yml": "target: {exact: One}\nclaim: both\nstance: asserts\nnote: N.\n",
            "annotations/gate/two.yml": "target: {exact: two}\nclaim: silent\nstance: doubts\nnote: N.\n",
            "annotations/gate/three.yml": "target: {exact: three}\nclaim: here\nstance: asserts\nnote: N.\n",
            "annotations/night/four.yml": "target: {exact: Four}\nclaim: both\nstance: denies\nnote: N.\n",
            "annotations/night/omits.yml": "claim: silent\nstance: omits\nnote: N.\n",
            "annotations/night/five.yml": "target: {exact: five}\nclaim: there\nstance: asserts\nnote: N.\n",
        }
    )
    views = views_of(archive)
    gate, night = archive.articles["gate"], archive.articles["night"]
    (beside,) = comparisons(gate, [night], views, views.links("articles/gate.md"))
    states = {row.standing.claim.id: tuple(map(state, row.cells)) for row in beside.rows}
    assert states == {
        "both": ("speaks", "speaks"),
        "silent": ("speaks", "silent"),
        "there": ("not-annotated", "speaks"),
    }
    saying = '<p><span class="ab-value ab-stance-asserts">asserts</span> <a class="ab-quote" href="#mark-one">'
    assert f'{saying}<q lang="en" dir="auto">One</q></a></p>' in beside.rows[0].cells[0]
    assert (beside.shared, beside.alone) == (2, 1)


def test_a_log_is_read_into_the_changes_of_each_article() -> None:
    log = (
        "\x012026-02-01\x02B. Two\n\nannotations/gate/a.yml\nannotations/gate/b.yml\ncontent/articles/gate.md\n"
        "\x012026-01-01\x02A. One\n\ncontent/articles/gate.md\ncontent/articles/night.md\nannotations/README\n"
    )
    assert read_log(log) == {
        "gate": (Change("2026-02-01", "B. Two", True, 2), Change("2026-01-01", "A. One", True, 0)),
        "night": (Change("2026-01-01", "A. One", True, 0),),
    }


def test_history_comes_from_git_and_is_empty_where_there_is_none_or_only_its_end(tmp_path: Path) -> None:
    root = tmp_path / "origin"
    (root / "content" / "articles").mkdir(parents=True)
    assert history(root) == {}
    git(root, "init", "-q")
    for text in ("one", "two"):
        (root / "content" / "articles" / "gate.md").write_text(text)
        git(root, "add", ".")
        git(root, "commit", "-q", "-m", text, "--date", "2026-03-04T12:00:00Z")
    assert history(root) == {"gate": (Change("2026-03-04", "N", True, 0),) * 2}
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    assert history(tmp_path / "shallow") == {}


def git(root: Path, *arguments: str) -> None:
    person = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *person, *arguments], cwd=root, check=True, capture_output=True)


def test_a_page_tells_who_worked_on_it_and_where_to_suggest_a_change(world: World) -> None:
    archive = world()
    changes = {"gate": (Change("2026-02-01", "B. <Two>", False, 2), Change("2026-01-01", "A. One", True, 0))}
    known = Addresses(None, "https://github.com/o/r", "main")
    page = article_page(archive.articles["gate"], Views(archive, Site(True, known, lambda: changes)))
    assert "Worked on by A. One, B. &lt;Two&gt;." in page.tail
    assert "1 February 2026</time> B. &lt;Two&gt;: 2 annotations" in page.tail
    assert 'href="https://github.com/o/r/edit/main/content/articles/gate.md"' in page.tail
    assert 'data-new="https://github.com/o/r/new/main/annotations/gate"' in page.head
    plain = article_page(archive.articles["gate"], views_of(archive))
    assert 'id="history"' not in plain.tail and "data-new" not in plain.head

"""What the pages of speakers, outlets and claims and the first page tell, as HTML made in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2.compiler import CodeGenerator
from sites import BRIDGE, PROJECT

from archive_builder.addresses import Addresses
from archive_builder.archive import Archive
from archive_builder.pages import Site, Views, filled, makers, templates
from archive_builder.pages.comparing import QUOTED, comparisons
from archive_builder.pages.entity import entity_page
from archive_builder.pages.event import event_page
from archive_builder.pages.languages import direction, language_name
from archive_builder.pages.outlet import outlet_page
from archive_builder.pages.page import Links
from archive_builder.pages.tracks import clipped
from archive_builder.store import load

World = Callable[..., Archive]
GUARDS = "target:\n  exact: 15 border guards\nclaim: guards-killed\nstance: asserts\nvalue: 15\n"
DENIAL = "target:\n  exact: The ministry denied it\nclaim: guards-killed\nstance: denies\nnote: N.\n"


def views_of(archive: Archive) -> Views:
    assert not archive.problems, archive.problems
    return Views(archive, Site(True, Addresses(None, None, "main")))


def words(html: object) -> str:
    """What is read, with single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", str(html)).replace("&nbsp;", " ").split())


def rows(html: object) -> list[str]:
    return [words(row) for row in re.findall(r"<tr.*?</tr>", str(html), re.DOTALL)[1:]]


def test_a_speakers_page_tells_through_whom_and_on_whom_it_relies_and_does_not_repeat_the_speaker(world: World) -> None:
    chain = GUARDS + "attribution: [herald, spokesman, ministry]\nnote: N.\n"
    views = views_of(world({"annotations/gate/guards.yml": chain}))
    head = entity_page(views.archive.entities["spokesman"], views).head
    assert rows(head) == [
        "The Gazette ← citing The Herald asserts 15 How many guards were killed? citing The Ministry 15 border guards"
    ]


def test_an_outlets_page_tells_its_language_in_words_and_how_many_claims_rest_on_it_alone(world: World) -> None:
    outlet = "---\nname: The Gazette\ntype: newspaper\nlanguage: ru\n---\n"
    files = {"content/outlets/gazette.md": outlet, "annotations/gate/guards.yml": GUARDS + "note: N.\n"}
    views = views_of(world(files))
    told = words(outlet_page(views.archive.outlets["gazette"], views).head)
    assert "Language Russian" in told
    assert "1 claim has no other origin in this archive; its articles bear on 1 claim." in told


def test_who_is_named_nowhere_has_a_page_that_says_so(world: World) -> None:
    named = "---\ntitle: The Gate\noutlet: gazette\ndisplay: full\nrights: CC0\n---\nThe Ministry denied it.\n"
    views = views_of(world({"content/articles/gate.md": named}))
    for id, is_silent in (("spokesman", True), ("ministry", False)):
        told = words(entity_page(views.archive.entities[id], views).head)
        assert ("No article shown in this archive names it" in told) is is_silent


def test_a_claim_without_values_tells_how_many_passages_take_which_stance(world: World) -> None:
    again = DENIAL.replace("The ministry denied it", "ministry denied")
    silent = "claim: guards-killed\nstance: omits\nnote: N.\n"
    files = {"annotations/gate/a.yml": DENIAL, "annotations/gate/b.yml": again, "annotations/night/c.yml": silent}
    files["annotations/gate/d.yml"] = GUARDS.replace("value: 15\n", "note: N.\n")
    views = views_of(world(files))
    assert views.stances(views.archive.standings["guards-killed"]) == "1 asserts · 2 deny"


def test_the_first_page_puts_the_event_with_most_claims_first(world: World) -> None:
    files = {
        "content/events/zeppelin.md": "---\ntitle: A zeppelin\n---\n",
        "content/claims/height.md": "---\ntitle: How high?\nstatement: It flew.\nevent: zeppelin\n---\n",
    }
    shown = words(filled("<!-- archive: events -->", "index.md", views_of(world(files))))
    assert shown.index("A zeppelin") < shown.index("An attack")


def test_the_latest_annotations_of_one_day_come_from_each_article_in_turn(world: World) -> None:
    """Else a day's work on one article would fill the list."""
    day = "note: N.\ncreated: 2021-05-0{}\n"
    target = "target:\n  exact: {}\n"
    files = {
        f"annotations/gate/{name}.yml": target.format(exact) + day.format(1)
        for name, exact in (("a", "militants"), ("b", "killed"), ("c", "Ishkobod"))
    }
    files["annotations/night/d.yml"] = target.format("Seventeen") + day.format(1)
    files["annotations/gate/e.yml"] = target.format("ministry") + day.format(2)
    views = views_of(world(files))
    latest = [note.name for note in views.latest(3, views.links("index.md"))]
    assert latest[0] == "e" and {"d"} < set(latest[1:])


def test_what_is_written_of_an_event_stands_above_what_is_counted(world: World) -> None:
    files = {
        "content/events/attack.md": "---\ntitle: An attack\n---\nWritten of it.\n",
        "content/claims/guards-killed.md": "---\ntitle: How many?\nstatement: Some.\nevent: attack\n---\n",
    }
    views = views_of(world(files))
    told = words(event_page(views.archive.events["attack"], views).head)
    assert told.index("Written of it.") < told.index("What is agreed")


def test_a_long_passage_is_cut_short_beside_another_article(world: World) -> None:
    speech = " ".join(f"word{number}" for number in range(QUOTED + 1))
    head = "display: full\nrights: CC0\nevents: [attack]\n---\n"
    files = {
        "content/articles/gate.md": f"---\ntitle: The Gate\noutlet: gazette\n{head}{speech} end.\n",
        "content/articles/night.md": f"---\ntitle: The Night\noutlet: herald\n{head}Seventeen guards died.\n",
        "annotations/gate/a.yml": f"target:\n  exact: {speech}\nclaim: guards-killed\nstance: asserts\nnote: N.\n",
        "annotations/night/b.yml": "target:\n  exact: guards\nclaim: guards-killed\nstance: asserts\nnote: N.\n",
    }
    views = views_of(world(files))
    gate, night = views.archive.articles["gate"], views.archive.articles["night"]
    (compared,) = comparisons(gate, [night], views, views.links("articles/gate.md"))
    ours, theirs = compared.rows[0].cells
    assert f">{speech.rpartition(' ')[0]} …</q>" in ours and ">guards</q>" in theirs


@pytest.mark.parametrize(
    ("tag", "runs", "name"),
    [
        ("en", "ltr", "English"),
        ("fa", "rtl", "Persian"),
        ("prs-AF", "rtl", "Dari"),
        ("tg", "ltr", "Tajik"),
        ("tg-Arab", "rtl", "Tajik"),
        ("ks-Deva-IN", "ltr", "ks-Deva-IN"),
        ("fa-Latn", "ltr", "Persian"),
        ("de-1996", "ltr", "German"),
        ("syr", "rtl", "syr"),
    ],
)
def test_a_script_that_a_tag_names_decides_which_way_its_text_runs(tag: str, runs: str, name: str) -> None:
    assert (direction(tag), language_name(tag)) == (runs, name)


def test_a_title_is_cut_at_a_words_end() -> None:
    assert clipped("Assault on a Border Post in Tajikistan", 150) == "Assault on a Border…"
    assert clipped("Lampenanzündermeister", 60) == "Lampena…"


@pytest.mark.parametrize(
    ("id", "folder", "file"),
    [
        ("price-index", ("claims/price-index/", "../../"), ("claims/price-index.html", "../")),
        ("by/event/index", ("claims/by/event/", "../../../"), ("claims/by/event/index.html", "../../../")),
    ],
)
def test_a_record_may_be_named_as_an_index_is(id: str, folder: tuple[str, str], file: tuple[str, str]) -> None:
    """The way to the page of ``price-index`` once led to ``price-``."""
    for directory_urls, (address, root) in ((True, folder), (False, file)):
        assert Links("", directory_urls).to("claims", id) == address
        site = Site(directory_urls, Addresses(None, None, "main"))
        assert Links.of(f"claims/{id}.md", site) == Links(root, directory_urls)


@pytest.mark.parametrize("archive", [PROJECT, BRIDGE], ids=["first", "bridge"])
def test_templates_show_what_jinja_itself_would_show(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are compiled to shorter Python than its own, which the next Jinja might write otherwise."""

    def pages() -> dict[str, tuple[str, str]]:
        templates.environment.cache_clear()
        made = makers(Views(load(archive), Site(True, Addresses(None, "https://github.com/a/b", "main"))))
        return {path: ((page := make()).head, page.tail) for path, make in made.items()}

    shown = pages()
    monkeypatch.setattr(type(templates.environment()), "code_generator_class", CodeGenerator)
    assert len(shown) > 10 and pages() == shown
    templates.environment.cache_clear()

"""An archive joins what is sound; what is wrong with a record leaves only that out."""

from __future__ import annotations

import itertools

import pytest
from conftest import World

from archive_builder.problems import Code

NOTE = "target: {exact: 15 border guards}\nnote: A note.\n"


def test_a_sound_archive_has_no_problems(world: World) -> None:
    """The archive that every test starts from is sound."""
    archive = world()
    assert not archive.problems
    assert list(archive.articles) == ["gate", "night"]


def test_an_annotation_is_anchored_in_its_article(world: World) -> None:
    """The folder of an annotation names its article, and its anchor is where the passage stands."""
    archive = world({"annotations/gate/count.yml": NOTE})
    anchor = archive.anchors["gate/count"]
    assert archive.proses["gate"].text[anchor.start : anchor.end] == "15 border guards"
    assert archive.annotations["gate/count"].article == "gate"


def test_annotations_are_in_reading_order(world: World) -> None:
    """By where they begin; at one place the longer first; what the article omits last; then by name."""
    omits = "claim: guards-killed\nstance: omits\nnote: n\n"
    quotes = {"z": "militants killed", "b": "15 border guards", "c": "15 border", "a": "denied it"}
    files = {f"annotations/gate/{name}.yml": f"target: {{exact: {text}}}\nnote: n\n" for name, text in quotes.items()}
    for order in itertools.permutations([*files.items(), ("annotations/gate/aa.yml", omits)]):
        archive = world(dict(order))
        assert [held.id for held in archive.annotated["gate"]] == ["z", "b", "c", "a", "aa"]


@pytest.mark.parametrize(
    "more, code",
    [
        ("claim: nothing\nstance: asserts\n", Code.CLAIM_UNKNOWN),
        ("attribution: [nobody]\n", Code.ENTITY_UNKNOWN),
        ("attribution: [ministry, nobody]\n", Code.ENTITY_UNKNOWN),
        ("claim: guards-killed\nstance: asserts\nvalue: many\n", Code.VALUE_UNMEASURED),
        ("kind: rumour\n", Code.VALUE_WRONG),
    ],
)
def test_an_annotation_that_names_what_is_not_there_is_left_out(world: World, more: str, code: Code) -> None:
    """It is told, and its neighbour stands."""
    archive = world({"annotations/gate/bad.yml": NOTE + more, "annotations/gate/good.yml": NOTE})
    assert [problem.code for problem in archive.problems] == [code]
    assert list(archive.annotations) == ["gate/good"]


def test_an_annotation_that_does_not_anchor_speaks_for_no_claim(world: World) -> None:
    """A drifted quotation is neither woven nor counted."""
    text = "target: {exact: 16 border guards}\nclaim: guards-killed\nstance: asserts\nnote: n\n"
    archive = world({"annotations/gate/count.yml": text})
    assert [problem.code for problem in archive.problems] == [Code.QUOTE_DRIFTED]
    assert not archive.annotations and not archive.standings["guards-killed"].positions


@pytest.mark.parametrize(
    "path, field",
    [("content/claims/x.md", "event"), ("content/events/x.md", "place"), ("content/entities/x.md", "speaks_for")],
)
def test_a_record_stands_without_what_it_names_in_vain(world: World, path: str, field: str) -> None:
    """A claim, an event, an entity loses the link that leads nowhere, and is shown."""
    text = f"---\ntitle: A title\nstatement: s\n{field}: nothing\n---\n"
    text = text if "claims" in path else text.replace("statement: s\n", "")
    text = text.replace("title: A title", "name: A name\ntype: place") if "entities" in path else text
    archive = world({path: text})
    (problem,) = archive.problems
    assert problem.code in (Code.EVENT_UNKNOWN, Code.ENTITY_UNKNOWN)
    held = {**archive.claims, **archive.events, **archive.entities}["x"]
    assert getattr(held, field) is None


def test_a_problem_in_a_list_or_a_single_value_is_told_at_its_line(world: World) -> None:
    """The place of an unknown id is where it is written."""
    text = "---\ntitle: T\noutlet: gazette\ndisplay: full\nrights: CC0\nevents:\n  - attack\n  - atack\n---\nText.\n"
    (problem,) = world({"content/articles/a.md": text}).problems
    assert (problem.place.line, problem.place.column) == (8, 5) and problem.next == "did you mean attack?"
    (problem,) = world({"annotations/gate/n.yml": f"{NOTE}attribution: ministery\n"}).problems
    assert problem.place.line == 3 and problem.next == "did you mean ministry?"


def test_an_article_without_its_outlet_is_left_out_alone(world: World) -> None:
    """Its annotations are left out with it, and only the outlet is told."""
    archive = world({"content/outlets/gazette.md": None, "annotations/gate/count.yml": NOTE})
    assert [problem.code for problem in archive.problems] == [Code.OUTLET_UNKNOWN]
    assert list(archive.articles) == ["night"] and not archive.annotations


def test_a_folder_of_no_article_is_told_once(world: World) -> None:
    """Ten annotations in a folder misspelt are one problem, at the first of them."""
    archive = world({f"annotations/gates/n{number}.yml": NOTE for number in range(10)})
    (problem,) = archive.problems
    assert (problem.code, problem.place.path) == (Code.ARTICLE_UNKNOWN, "annotations/gates/n0.yml")
    assert problem.next == "did you mean gate?"


def test_an_article_that_is_only_linked_needs_no_text_and_anchors_nothing(world: World) -> None:
    """With ``display: link-only`` an annotation speaks for its claim without a place in a text."""
    linked = "---\ntitle: T\noutlet: gazette\ndisplay: link-only\n---\n"
    text = "target: {exact: whatever it says}\nclaim: guards-killed\nstance: asserts\nvalue: 15\nnote: n\n"
    archive = world({"content/articles/linked.md": linked, "annotations/linked/count.yml": text})
    assert not archive.problems and not archive.anchors
    assert [held.article.id for held in archive.standings["guards-killed"].positions] == ["linked"]


def test_evidence_that_names_no_annotation_is_left_out_alone(world: World) -> None:
    """The annotation keeps its other evidence."""
    evidence = "evidence:\n  - {relation: disputes, annotation: night/nothing}\n  - {relation: supports, url: 'https://e.org'}\n"
    archive = world({"annotations/gate/count.yml": NOTE + evidence})
    (problem,) = archive.problems
    assert (problem.code, problem.place.line) == (Code.ANNOTATION_UNKNOWN, 4)
    assert [each.url for each in archive.annotations["gate/count"].evidence] == ["https://e.org"]


def test_whoever_speaks_in_a_circle_speaks_for_nobody(world: World) -> None:
    """The circle is cut and told for each in it; who speaks for one of them is not in it."""
    entity = "---\nname: N\ntype: person\nspeaks_for: {}\n---\n".format
    files = {f"content/entities/{id}.md": entity(whom) for id, whom in (("a", "b"), ("b", "a"), ("c", "a"), ("d", "d"))}
    archive = world(files)
    assert {(p.code, p.place.path[-4:-3]) for p in archive.problems} == {(Code.SPEAKS_FOR_CYCLE, id) for id in "abd"}
    assert [archive.entities[id].speaks_for for id in "abcd"] == [None, None, "a", None]


def test_an_outlet_can_be_quoted(world: World) -> None:
    """An attribution names an entity or an outlet, and either has a name."""
    archive = world({"annotations/gate/count.yml": f"{NOTE}attribution: [herald, spokesman]\n"})
    assert not archive.problems
    assert [archive.name_of(id) for id in archive.annotations["gate/count"].attribution] == [
        "The Herald",
        "A Spokesman",
    ]


def test_the_order_of_the_files_does_not_matter(world: World) -> None:
    """The same files in any order give the same archive and the same problems."""
    files = {"annotations/gate/b.yml": NOTE, "annotations/gate/a.yml": "note: n\n", "content/claims/x.md": "---\n"}
    first, second = world(files), world(dict(reversed(files.items())))
    assert first.problems == second.problems and list(first.annotations) == list(second.annotations)


def test_windows_line_ends_and_a_byte_order_mark_are_no_fault(world: World) -> None:
    """What Windows writes is read like anything else, and lines are counted alike."""
    text = NOTE.replace("\n", "\r\n") + "claim: nothing\r\nstance: asserts\r\n"
    (problem,) = world({"annotations/gate/count.yml": b"\xef\xbb\xbf" + text.encode()}).problems
    assert (problem.code, problem.place.line) == (Code.CLAIM_UNKNOWN, 3)


def test_pages_that_are_no_records_are_passed_over(world: World) -> None:
    """Other Markdown under ``content/``, and indexes, are nobody's records."""
    pages = dict.fromkeys(("content/index.md", "content/about/how.md", "content/articles/index.md"), "# A page")
    assert not world(pages).problems

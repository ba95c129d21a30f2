"""What was annotated elsewhere anchors here by the archive's own rule, or is told; nothing is written over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from harbour import FILES, run, world
from hypothesis import given
from hypothesis import strategies as st

from archive_builder.imports import Unreadable, file_name, read_json, tagged
from archive_builder.store import load

HTML = "<p onclick='x()'>Not <b>so</b>.</p><script>alert(1)</script>"
URL = "https://example.org/two-banks"
ARTICLE = FILES["content/articles/two-banks.md"].replace("rights: CC-BY\n", f"rights: CC-BY\nurl: {URL}\n")


def quote(exact: str, **context: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **context}


def hypothesis(id: str, *selectors: dict[str, Any], **extra: Any) -> dict[str, Any]:
    target = [{"source": URL, "selector": list(selectors)}] if selectors else [{"source": URL}]
    return {
        "id": id,
        "uri": URL,
        "user": "acct:ada@hypothes.is",
        "created": "2024-02-03T10:00:00+00:00",
        "text": "See.",
        "tags": [],
        "target": target,
        **extra,
    }


def web(id: str, selector: dict[str, Any], *bodies: Any, **extra: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"https://example.org/anno/{id}",
        "type": "Annotation",
        "target": {"source": f"{URL}#top", "selector": selector},
        "body": list(bodies),
        **extra,
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return world(tmp_path, {**FILES, "content/articles/two-banks.md": ARTICLE})


def imported(root: Path, value: Any, *options: str) -> tuple[int, str]:
    (root / "in.json").write_text(json.dumps(value), encoding="utf-8")
    result = run(root, "import", str(root / "in.json"), "two-banks", *options)
    return result.exit_code, result.output


def test_hypothesis_rows_become_files_that_anchor_and_say_the_same(root: Path) -> None:
    tags = ["boats-number", "stance:denies", "value: 12", "attribution:olsen", "kind:error", "later"]
    selectors = [
        {"type": "RangeSelector"},
        {"type": "TextPositionSelector", "start": 3, "end": 9},
        quote("not more than 12 boats", prefix="denies it. “There were ", suffix=",” she told the"),
    ]
    code, told = imported(root, {"total": 1, "rows": [hypothesis("AbC", *selectors, text="No, *fifty*.", tags=tags)]})
    assert code == 0 and "tags left out: later" in told
    archive = load(root)
    assert not archive.problems
    (key,) = [key for key in archive.annotations if "/hypothesis-" in key]
    held = archive.annotations[key]
    anchor = archive.anchors[key]
    assert archive.proses["two-banks"].text[anchor.start : anchor.end] == "not more than 12 boats"
    assert (held.claim, held.stance, held.value, held.kind) == ("boats-number", "denies", "12", "error")
    assert (held.attribution, held.by, held.created, held.note) == (("olsen",), "ada", "2024-02-03", "No, *fifty*.\n")


def test_the_same_file_imported_twice_changes_nothing_and_a_changed_one_is_never_written_over(root: Path) -> None:
    rows = [hypothesis("a", quote("Nobody slept"))]
    assert imported(root, rows)[0] == 0
    (path,) = (root / "annotations/two-banks").glob("hypothesis-*.yml")
    before = path.read_bytes()
    assert imported(root, rows) == (
        0,
        f"{path.relative_to(root).as_posix()}: there already\n  quote    Nobody slept\n1 there already\n",
    )
    code, told = imported(root, [hypothesis("a", quote("Nobody slept"), text="Another word.")])
    assert code == 1 and "differs" in told and path.read_bytes() == before


def test_a_dry_run_writes_nothing(root: Path) -> None:
    code, told = imported(root, [hypothesis("a", quote("Nobody slept"))], "--dry-run")
    assert code == 0 and "1 new" in told and len(list((root / "annotations/two-banks").iterdir())) == 1


def test_web_annotations_come_alone_in_pages_and_in_collections(root: Path) -> None:
    body = {"type": "TextualBody", "value": "a * b_c", "format": "text/plain"}
    one, two, three = (
        web(name, quote(words), body)
        for name, words in (("1", "Nobody slept"), ("2", "The mayor was away"), ("3", "Ferries run again"))
    )
    assert imported(root, one)[0] == 0
    assert imported(root, {"type": "AnnotationPage", "items": [two]})[0] == 0
    assert imported(root, {"type": "AnnotationCollection", "first": {"items": [three]}})[0] == 0
    archive = load(root)
    assert not archive.problems and len(archive.anchors) == 4
    assert {held.note for key, held in archive.annotations.items() if "web-" in key} == {"a \\* b\\_c\n"}


def test_bodies_keep_their_meaning_and_lose_what_could_act(root: Path) -> None:
    html = {
        "type": "TextualBody",
        "format": "text/html",
        "value": "<p onclick='x()'>Not <b>so</b>.</p><script>alert(1)</script>",
    }
    tag = {"type": "TextualBody", "purpose": "tagging", "value": "kind:source"}
    assert imported(root, web("1", quote("Nobody slept"), html, tag, creator={"name": "Ada L."}))[0] == 0
    (held,) = [held for key, held in load(root).annotations.items() if "web-" in key]
    assert (held.note, held.kind, held.by) == ("<p>Not <b>so</b>.</p>\n", "source", "Ada L.")


def test_a_selector_that_refines_another_narrows_it(root: Path) -> None:
    inside = {**quote("Nothing is known of the crews. The mayor was away."), "refinedBy": quote("was")}
    by_place = {**quote("Nobody slept"), "refinedBy": {"type": "TextPositionSelector", "start": 7, "end": 12}}
    assert imported(root, [web("1", inside, "x"), web("2", by_place, "y")])[0] == 0
    archive = load(root)
    text = archive.proses["two-banks"].text
    found = [text[anchor.start : anchor.end] for key, anchor in archive.anchors.items() if "web-" in key]
    assert sorted(found) == ["slept", "was"]
    assert text.index("The mayor was") + 10 in [anchor.start for anchor in archive.anchors.values()]


def test_what_does_not_anchor_is_told_with_the_nearest_passage_and_not_written(root: Path) -> None:
    rows = [
        hypothesis("a", quote("about fifty boats sank")),
        hypothesis("b", quote("The")),
        hypothesis("c", {"type": "TextPositionSelector", "start": 0, "end": 9}),
        hypothesis("d"),
        hypothesis("e", quote("Nobody slept"), text=""),
        hypothesis("f", quote("Nobody slept"), uri="https://example.net/x"),
        hypothesis("g", quote("Nobody slept", prefix="quite other words ", suffix=" and others")),
    ]
    code, told = imported(root, rows)
    assert code == 1
    for expected in (
        "nearest: about fifteen boats sank",
        "it stands there 4 times",
        "a position only",
        "names no passage",
        "it has no note",
        "it is about https://example.net/x",
        "its context is another",
    ):
        assert expected in told, expected
    assert len(list((root / "annotations/two-banks").iterdir())) == 1
    assert "1 new" in imported(root, rows[4:5], "--note", "Marked.")[1]


def test_a_reply_is_added_to_the_note_it_answers(root: Path) -> None:
    reply = hypothesis("r", text="I *doubt* it.", references=["a"], user="acct:bo@x", created="2024-02-04T00:00:00Z")
    lost = hypothesis("s", references=["zz"])
    code, told = imported(root, [reply, hypothesis("a", quote("Nobody slept")), lost])
    assert code == 1 and "it answers one that is not here" in told
    (held,) = [held for key, held in load(root).annotations.items() if "hypothesis-" in key]
    assert held.note == "See.\n\n> bo, 2024-02-04:\n>\n> I *doubt* it.\n"


def test_a_record_that_would_be_wrong_is_left_out_and_told(root: Path) -> None:
    rows = [
        hypothesis("a", quote("Nobody slept"), tags=["attribution:nobody-known"]),
        hypothesis("b", quote("The mayor was away"), tags=["boats-number", "asserts", "value:many"]),
        hypothesis("c", quote("Ferries run again")),
    ]
    code, told = imported(root, rows)
    assert code == 1 and 'there is no entity "nobody-known"' in told and "2 left out" in told and "1 new" in told
    assert not load(root).problems


def test_tags_say_only_what_is_known() -> None:
    said, rest = tagged(["boats", "Asserts", "asserts", "kind=dispute", "claim:none", "value:~3"], {"boats"})
    assert said == {"claim": "boats", "stance": "asserts", "kind": "dispute", "value": "~3"}
    assert rest == ("Asserts", "claim:none")
    assert tagged(["boats"], {"boats"}) == ({}, ("claim:boats",))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "uri",
                    "text",
                    "target",
                    "selector",
                    "body",
                    "value",
                    "tags",
                    "items",
                    "rows",
                    "references",
                    "exact",
                    "type",
                    "refinedBy",
                    "creator",
                    "start",
                    "end",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_the_file_holds_it_is_read_or_refused(value: Any) -> None:
    try:
        found = read_json(json.dumps(value).encode())
    except Unreadable:
        return
    assert all(file_name(each) == file_name(each) and len(file_name(each)) < 40 for each in found)


def test_what_is_no_annotation_is_misuse(root: Path) -> None:
    for text in ("{", "[]", '{"a": 1}', "\ud800".encode("utf-16-le", "surrogatepass").decode("latin-1")):
        (root / "in.json").write_text(text, encoding="latin-1")
        assert run(root, "import", str(root / "in.json"), "two-banks").exit_code == 2

"""Markdown is taken as it is, with what its front matter says; what would act in it is disarmed and told."""

from __future__ import annotations

import pytest

from archive_builder.ingest import Found, ingest

HEAD = """\
---
title: Boats lost at Oll
author: [Ada Berg, Jo Tam]
date: 2021-06-04T10:00:00Z
lang: en
url: https://gazette.example/boats
publisher: River Gazette
draft: yes
---

# Boats lost at Oll

The storm *came* in the night.
"""


def test_the_front_matter_is_what_it_says() -> None:
    extract = ingest(HEAD.encode(), "boats.md")
    assert extract.title == Found("Boats lost at Oll", "front matter")
    assert [author.value for author in extract.authors] == ["Ada Berg", "Jo Tam"]
    assert extract.published == Found("2021-06-04", "front matter")
    assert extract.language == Found("en", "front matter")
    assert extract.address == Found("https://gazette.example/boats", "front matter")
    assert extract.outlet == Found("River Gazette", "front matter")
    assert extract.markdown == "The storm *came* in the night.\n"
    assert [(one.line, one.reason) for one in extract.removed] == [(11, "title")]


@pytest.mark.parametrize(
    ("text", "title", "markdown"),
    [
        ("# Boats\n\nGone.\n", "Boats", "Gone.\n"),
        ("Boats *lost*\n===\n\nGone.\n", "Boats lost", "Gone.\n"),
        ("Boats lost\n\nGone with the storm.\n", "Boats lost", "Gone with the storm.\n"),
        ("The boats are gone.\n\nAll of them.\n", None, "The boats are gone.\n\nAll of them.\n"),
        ("- one\n- two\n\nthree.\n", None, "- one\n- two\n\nthree.\n"),
        ("---\nnot: [closed\n---\nText.\n", None, "---\nnot: [closed\n---\nText.\n"),
    ],
)
def test_the_title_is_the_first_heading_or_a_first_line_like_one(text: str, title: str | None, markdown: str) -> None:
    extract = ingest(text.encode(), "boats.md")
    assert (extract.title and extract.title.value) == title
    assert extract.markdown == markdown


def test_what_would_act_is_disarmed_and_told_with_its_line() -> None:
    extract = ingest(b"---\ntitle: x\n---\nOne.\n\n<script>alert(1)</script>\n", "x.md")
    assert [(doubt.line, doubt.text) for doubt in extract.doubts] == [
        (6, "<script>alert(1)</script>"),
        (6, "</script>"),
    ]
    assert "<\u200bscript" in extract.markdown


@pytest.mark.parametrize(
    "head",
    [
        "a: &a [x]\nb: [*a, *a, *a]",
        "- " * 5_000,
        "{" * 9_000,
        "a: !!python/object:os.system x",
        "title: [[[x]]]",
        "? x",
    ],
)
def test_a_hostile_front_matter_does_nothing(head: str) -> None:
    assert "Text." in ingest(f"---\n{head}\n---\nText.\n".encode(), "x.md").markdown

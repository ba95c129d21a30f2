"""``check`` tells of links that lead nowhere with file, line and column, before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from harbour import run, world

from archive_builder.linking import lost_links

KNOWN = {
    "content/claims/boats-sunk.md",
    "content/about/reading.md",
    "content/articles/two-banks.md",
    "content/about/map.png",
    "content/claims/index.md",
    "annotations/two-banks/slept.yml",
}


@pytest.mark.parametrize(
    ("path", "text", "place", "told"),
    [
        ("content/about/x.md", "See [it](readin.md).", "1:10", "did you mean content/about/reading.md?"),
        ("content/about/x.md", "a\n\n[b](../../README.md)", "3:5", "leads out of the archive"),
        ("content/about/x.md", "[b](/etc/passwd)", "1:5", "content/about/etc/passwd, which is not there"),
        ("content/about/x.md", "[b][c]\n\n[c]: ../claims/boats.md", "3:6", "content/claims/boats.md"),
        ("content/about/x.md", "[b](<a page.md>)", "1:6", "content/about/a page.md"),
        ("content/about/x.md", "![b](a%20map.png)", "1:6", "content/about/a map.png"),
        ("content/about/x.md", "[b](../claims/)", "1:5", "content/claims, which is not there"),
        ("annotations/two-banks/x.yml", "note: See [it](../claims/boats.md).", "1:16", "content/claims/boats.md"),
        ("annotations/two-banks/x.yml", "note: See [it](slept.yml).", "1:16", "only by its kind"),
        ("content/about/x.md", "[b](../articles/two-banks.md#note-slep)", "1:5", "did you mean #note-slept?"),
        ("annotations/a/x.yml", "note: '[b](../articles/two-banks.md#mark-none)'", "1:12", "two-banks/none.yml, which"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_where_it_stands(path: str, text: str, place: str, told: str) -> None:
    (problem,) = lost_links({path: text.encode()}, KNOWN)
    assert str(problem).startswith(f"{path}:{place}: link-broken: ") and told in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        "[b](https://e.org/x.md) [c](mailto:a@e.org) [d](#here) [e](//e.org/x.md) [f](reading.md#top)",
        "[b](../claims/boats-sunk.md?x=1) ![c](map.png) [d](../claims/index.md) [e](../claims/by/event/index.md)",
        "[b](../articles/two-banks.md#note-slept) [c](../articles/two-banks.md#ref-slept) [d](reading.md#note-x)",
        "A note[^1].\n\n[^1]: Minutes of the council.",
        "`[b](none.md)`\n\n```\n[c](none.md)\n```\n\n    and [d] (none.md) is none",
    ],
)
def test_a_link_that_leads_somewhere_is_not(text: str) -> None:
    from archive_builder.linking import MADE

    assert not list(lost_links({"content/about/x.md": text.encode()}, KNOWN | MADE))


def test_check_tells_of_links_in_texts_and_on_the_disk(tmp_path: Path) -> None:
    root = world(tmp_path / "archive", {"content/about/x.md": "# About\n\nSee [it](none.md).\n"})
    (tmp_path / "secret.md").write_text("---\nname: Secret\n---\n")
    (root / "content" / "about" / "out.md").symlink_to(tmp_path / "secret.md")
    (root / "content" / "about" / "gone.md").symlink_to(root / "nothing.md")
    (root / "content" / "about" / "same.md").symlink_to(root / "content" / "about" / "x.md")
    result = run(root, "check")
    assert result.exit_code == 1
    assert "content/about/x.md:3:10: link-broken" in result.output
    assert "content/about/out.md:1:1: file-leads-out" in result.output
    assert "content/about/gone.md:1:1: file-leads-out" in result.output
    assert "content/about/same.md:1:1: file-leads-out" not in result.output
    assert "Secret" not in result.output

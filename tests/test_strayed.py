"""A note whose text changed under it stays on the page with its old words, and says so; no claim counts it."""

from __future__ import annotations

from conftest import World

from archive_builder.addresses import Addresses
from archive_builder.pages import Site, Views
from archive_builder.pages.article import article_page

NOTE = (
    "target:\n  exact: killed 15 border guards\nclaim: guards-killed\nstance: asserts\n"
    "note: A **note** <b onclick=x>.\n"
)
PATH = "annotations/gate/guards.yml"
CHANGED = (
    "---\ntitle: The Gate\noutlet: gazette\ndisplay: full\nrights: CC0\n---\n"
    "The militants killed 17 border guards near Ishkobod.\n"
)


def test_a_note_whose_text_changed_is_never_dropped_and_never_moved(world: World) -> None:
    assert not world({PATH: NOTE}).strayed
    archive = world({PATH: NOTE, "content/articles/gate.md": CHANGED})
    assert [each.id for each in archive.strayed["gate"]] == ["guards"] and not archive.anchors
    assert not archive.standings["guards-killed"].positions
    views = Views(archive, Site(True, Addresses(None, None, "main")))
    page = article_page(archive.articles["gate"], views)
    assert "The text changed under this note" in page.tail
    assert '<q lang="en">killed 15 border guards</q>' in page.tail and "<strong>note</strong> <b>" in page.tail
    assert "<mark" not in page.dump()


def test_where_every_note_anchors_nothing_is_said(world: World) -> None:
    archive = world({PATH: NOTE})
    views = Views(archive, Site(True, Addresses(None, None, "main")))
    page = article_page(archive.articles["gate"], views)
    assert "strayed" not in page.tail

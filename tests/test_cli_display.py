"""``display`` changes how much of an article is shown and, of its file, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from harbour import FILES, FULL_TEXT, run, world

from archive_builder.store import digest_of, load

CAPTURE = f"Two banks\n\n{FULL_TEXT}"
ARTICLE = FILES["content/articles/two-banks.md"].replace(
    "rights:", f"digest: {digest_of(CAPTURE.encode())} # of ours\nrights:"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return world(tmp_path, {**FILES, "content/articles/two-banks.md": ARTICLE, "captures/a.txt": CAPTURE})


def test_quotations_keep_the_annotated_sentence_and_the_rest_of_the_front_matter(root: Path) -> None:
    result = run(root, "display", "quotations", "two-banks")
    assert result.exit_code == 0
    head = ARTICLE.partition("---\n\n")[0].replace("display: full", "display: quotations")
    body = "[…] On Monday, about fifteen boats sank in the harbour, Mr. Olsen said.\n\n[…]\n"
    written = (root / "content/articles/two-banks.md").read_text(encoding="utf-8")
    assert written == f"{head}words: {len(FULL_TEXT.split())}\n---\n\n{body}"
    assert not load(root).problems


def test_there_and_back_again_gives_the_same_text(root: Path) -> None:
    path = root / "content/articles/two-banks.md"
    run(root, "display", "full", "two-banks")
    before = path.read_bytes()
    for mode in ("quotations", "link-only", "full"):
        assert run(root, "display", mode, "two-banks").exit_code == 0
    assert path.read_bytes() == before


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_keeps_them(root: Path) -> None:
    path = root / "content/articles/two-banks.md"
    path.write_bytes(b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    assert run(root, "display", "quotations", "two-banks").exit_code == 0
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n") and data.count(b"\n") == data.count(b"\r\n")


def test_without_its_capture_a_quoted_article_stays_as_it_is(root: Path) -> None:
    run(root, "display", "quotations", "two-banks")
    path = root / "content/articles/two-banks.md"
    before = path.read_bytes()
    (root / "captures/a.txt").unlink()
    result = run(root, "display", "full", "two-banks")
    assert result.exit_code == 1 and "captures/" in result.output
    assert path.read_bytes() == before


def test_another_capture_than_the_articles_is_refused(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another text.\n\nWith a paragraph.\n")
    result = run(root, "display", "full", "two-banks", "--capture", str(other))
    assert result.exit_code == 1 and "is not the capture" in result.output


def test_an_annotation_that_does_not_stand_in_the_capture_is_told(root: Path) -> None:
    world(root, {"annotations/two-banks/wrong.yml": "target:\n  exact: fifty boats sank\nnote: x\n"})
    result = run(root, "display", "quotations", "two-banks")
    assert result.exit_code == 1 and "annotations/two-banks/wrong.yml:2:10: quote-drifted" in result.output

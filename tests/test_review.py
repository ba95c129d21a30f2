"""A pull request is told what it does: problems on its lines first, annotations in their passage, claims that turn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from harbour import FILES, git, run, world
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from archive_builder.reviewing import compare, preview, summary

PROJECT = Path(__file__).parent.parent
WORKFLOW = PROJECT / ".github/workflows/review.yml"
ARTICLE = "content/articles/two-banks.md"
DENIED = (
    "target:\n  exact: There were not more than 12 boats\nclaim: boats-number\nstance: denies\n"
    'value: "12"\nnote: |\n  She **had** the log. <script>alert(1)</script>\n\n'
    "  ![x](https://example.org/x.png) @someone [link](javascript:alert(1)) [claim](../claims/boats-number.md)\n"
)
HOSTILE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=120)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive on a branch of its own, as it stands on main."""
    root = world(tmp_path / "archive")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    return root


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*") if ".git/" not in str(path)
    }


def test_where_nothing_changed_there_is_nothing_to_review(root: Path) -> None:
    result = run(root, "review", "main")
    assert result.exit_code == 0
    assert "It touches no file of the archive." in result.output and "No problems." in result.output


def test_a_revision_that_is_not_there_is_misuse(root: Path) -> None:
    for name in ("nowhere", "--output=x"):
        result = run(root, "review", "--", name)
        assert result.exit_code == 2 and name in result.output


def test_a_new_annotation_is_shown_in_its_passage_with_the_claim_that_turns(root: Path) -> None:
    put(root, "annotations/two-banks/denied.yml", DENIED)
    shown = run(root, "review", "main").output
    assert "New: annotations/two\\-banks/denied.yml" in shown
    assert "**There were not more than 12 boats**" in shown
    assert "single\\-origin → **contested**" in shown


def test_a_text_that_changed_under_a_note_is_told_with_old_and_new_side_by_side(root: Path) -> None:
    article = (root / ARTICLE).read_text(encoding="utf-8")
    put(root, ARTICLE, article.replace("fifteen boats sank", "fifty boats sank"))
    run(root, "review", "main", "--html", str(root / "preview.html"))
    page = (root / "preview.html").read_text(encoding="utf-8")
    assert "The text changed under this note: it was reworded (a number word: fifteen / fifty)." in page
    assert "about fifty boats sank" in page and '<mark class="single-origin">fifteen boats</mark>' in page


def test_problems_on_the_lines_that_were_touched_come_first_and_ten_are_told(root: Path) -> None:
    for number in range(14):
        put(root, f"annotations/two-banks/old-{number}.yml", 'target:\n  exact: "no such words"\nnote: x\n')
    git(root, "add", "-A")
    git(root, "commit", "-qm", "broken on main")
    git(root, "checkout", "-qb", "work")
    put(root, "annotations/two-banks/zz.yml", 'target:\n  exact: "sixteen boats"\nnote: x\n')
    result = run(root, "review", "main", "--format", "github", "--summary", str(root / "summary.md"))
    lines = result.output.splitlines()
    assert result.exit_code == 1 and len(lines) == 10
    assert lines[0].startswith("::error file=annotations/two-banks/zz.yml,line=2,")
    told = (root / "summary.md").read_text(encoding="utf-8")
    assert "## Problems: 15" in told and "14 are in files that this change does not touch" in told
    assert told.index("zz.yml:2") < told.index("old\\-0.yml:2")


def test_the_workflow_asks_for_nothing_and_writes_nothing() -> None:
    """Read-only, without secrets, and never on the side of the one who is asked to merge."""
    text = WORKFLOW.read_text(encoding="utf-8")
    held = yaml.safe_load(text)
    assert held["permissions"] == {"contents": "read"} and list(held[True]) == ["pull_request"]
    assert "secrets." not in text and "pull_request_target" not in text
    assert "${{" not in "".join(step.get("run", "") for step in held["jobs"]["review"]["steps"])


def test_the_steps_of_the_workflow_review_a_prepared_branch(root: Path, tmp_path: Path, browser: Browser) -> None:
    """The shell steps are taken from the workflow's file and run on the merge of a branch, as GitHub checks it out."""
    git(root, "checkout", "-qb", "work")
    put(root, "annotations/two-banks/denied.yml", DENIED)
    put(root, "annotations/two-banks/wrong.yml", 'target:\n  exact: "sixteen boats"\nnote: x\n')
    article = (root / ARTICLE).read_text(encoding="utf-8")
    put(root, ARTICLE, article.replace("fifteen boats sank", "fifty boats sank"))
    git(root, "add", "-A")
    git(root, "commit", "-qm", "work")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "work")
    put(root, ".venv/bin/python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (root / ".venv/bin/python").chmod(0o755)
    (root / "Makefile").write_text(".venv/.ready-serve:\n\t@touch $@\n", encoding="utf-8")
    told = tmp_path / "summary.md"
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(told), "PYTHONPATH": str(PROJECT)}
    steps = [
        step["run"] for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["review"]["steps"] if "run" in step
    ]
    ran = [
        subprocess.run(
            ["bash", "-e", "-c", step], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        for step in steps
    ]
    assert [each.returncode for each in ran] == [0, 1], ran[-1].stderr
    annotations = ran[-1].stdout.splitlines()
    assert [re.match(r"::error file=([^,]*)", line)[1] for line in annotations] == [  # type: ignore[index]
        "annotations/two-banks/wrong.yml", "annotations/two-banks/boats.yml",
    ]  # fmt: skip
    written = told.read_text(encoding="utf-8")
    for expected in (
        "**There were not more than 12 boats**",
        "The text changed under it",
        "about fifty boats sank",
        "→",
    ):
        assert expected in written
    assert "<script" not in written and "](" not in written.replace("\\]\\(", "")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    page.goto((root / "preview.html").as_uri())
    assert asked == [(root / "preview.html").as_uri()]
    assert page.locator("mark").all_inner_texts().count("There were not more than 12 boats") == 1
    assert page.locator("script, img, link, iframe, a[href^='javascript']").count() == 0
    assert page.get_by_text("The text changed under this note").count() == 1
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


@given(HOSTILE, HOSTILE)
def test_whatever_a_note_holds_acts_neither_in_the_summary_nor_in_the_preview(note: str, title: str) -> None:
    held = {path: text.encode() for path, text in FILES.items()}
    path = "annotations/two-banks/x.yml"
    claim = f"---\ntitle: {yaml.dump(title, default_style=chr(34), width=9999).strip()}\nstatement: S.\n---\n"
    text = f"target:\n  exact: fifteen boats\nnote: {yaml.dump(note, default_style=chr(34), width=9999).strip()}\n"
    new = {**held, path: text.encode(), "content/claims/x.md": claim.encode()}
    review = compare(held, new)
    told, page = summary(review), preview(review, "T")
    assert not re.search(r"(?<!\\)<|(?<![\\])\]\(|(?<!\\)!\[", told.replace("&lt;", ""))
    assert not re.search(
        r"<(?:script|img|iframe|object|svg|form)|\son\w+=|href=\"(?!https?:|mailto:)", page.split("</style>")[1]
    )

"""Every kind of page is valid HTML: the Nu checker finds no error of ours.

The checker is a 27 MB Java program, so that a newcomer is not asked for it: CI fetches it (.ci/run) and skips nothing.
Elsewhere, put its vnu.jar into .cache/ or name it in VNU_JAR.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import KINDS
from sites import BRIDGE, PROJECT, Built

JAR = Path(os.environ.get("VNU_JAR", PROJECT / ".cache" / "vnu.jar"))
# Each is a piece of an error as the checker words it, with why it is not ours to mend.
NOT_OURS = {
    "Attribute “autocomplete” is only allowed when the input type is": "Material's switches for drawer and search",
    "Bad value “” for attribute “tabindex” on element “label”": "Material's navigation, for a section that is open",
    'for="__toc"': "Material's list of contents, on a page outside its navigation",
    "Attribute “name” not allowed on element “details”": "in the standard since 2023; the packed checker is of 2020",
    "Expecting source-expression but found \"'wasm-unsafe-eval'\"": "in CSP 3 since 2021, likewise",
}


@pytest.fixture(scope="module")
def check() -> Callable[[list[Path]], list[str]]:
    """Runs the checker over pages and gives its errors."""
    if not (shutil.which("java") and JAR.is_file()):
        if os.environ.get("CI") == "true":
            pytest.fail("the Nu HTML checker is missing, and CI skips no page: see .ci/run")
        pytest.skip("the Nu HTML checker is not installed: see the top of this file")

    def run(paths: list[Path]) -> list[str]:
        command = [
            "java",
            "-jar",
            str(JAR),
            "--format",
            "json",
            "--exit-zero-always",
            "--errors-only",
            *map(str, paths),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
        found = json.loads(done.stderr)["messages"]
        return [
            f"{each['url']}:{each.get('lastLine')}: {each['message']}  {each.get('extract', '')!r}" for each in found
        ]

    return run


def ours(errors: list[str]) -> list[str]:
    return [error for error in errors if not any(piece in error for piece in NOT_OURS)]


def test_the_checker_finds_no_error_of_ours(check: Callable[[list[Path]], list[str]], site: Path) -> None:
    pages = [site / (path if path.endswith(".html") else f"{path}index.html") for path in KINDS.values()]
    assert ours(check(pages)) == []


def test_nor_in_a_page_of_many_scripts(check: Callable[[list[Path]], list[str]], built: Built) -> None:
    articles = sorted(built(BRIDGE).glob("articles/*/index.html"))
    assert articles and ours(check(articles)) == []

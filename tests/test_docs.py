"""Documentation that cannot lie: the reference is what the code says, and what the README shows is what happens."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from archive_builder.cli import main
from archive_builder.model import WRITTEN_BY_THE_FILE, ClaimStatus, Kind, Stance
from archive_builder.pages.home import BLOCKS
from archive_builder.pages.views import STATUS_WORDS
from archive_builder.problems import CODES, Code
from archive_builder.schema import FOLDER, SCHEMAS, schema_text

PROJECT = Path(__file__).parent.parent
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)")
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/formats.md",
    "docs/commands.md",
    "docs/adding.md",
]


def text(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", PROJECT / "docs" / "reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["formats.md", "problems.md", "commands.md", "security.md"])
def test_the_reference_is_what_the_code_says(name: str) -> None:
    assert text(f"docs/{name}") == reference().REFERENCE[name](), "run: python docs/reference.py"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schemas_are_those_of_the_models(name: str) -> None:
    written = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert written == schema_text(SCHEMAS[name]), "run: python -m archive_builder.schema"


def test_every_key_of_every_file_is_described() -> None:
    formats = text("docs/formats.md")
    for kind in SCHEMAS.values():
        for name, field in kind.model_fields.items():
            assert name in WRITTEN_BY_THE_FILE or (field.description and f"| `{name}` |" in formats), (kind, name)


def test_every_problem_is_described() -> None:
    problems = text("docs/problems.md")
    assert set(CODES) == set(Code)
    assert all(f"| `{code}` |" in problems for code in Code)


def test_every_command_and_option_is_described_and_has_help() -> None:
    commands = text("docs/commands.md")
    readme = text("README.md")
    for name, command in main.commands.items():
        assert command.help and f"archive-builder {name}" in commands and f"archive-builder {name}" in readme, name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, (name, option.name)
                assert all(each in commands for each in option.opts), (name, option.opts)


def test_the_help_pages_tell_every_status_kind_stance_key_and_place() -> None:
    reading = text("content/about/reading.md")
    assert set(STATUS_WORDS) == set(ClaimStatus)
    assert all(f"| {words} |" in reading for words in STATUS_WORDS.values())
    assert all(f"| {kind} |" in reading for kind in Kind)
    contributing = text("content/about/contributing.md")
    assert all(f"`{stance}`" in contributing for stance in Stance)
    keys = SCHEMAS["annotation"].model_fields
    assert all(f"`{key}" in contributing for key in keys if key not in WRITTEN_BY_THE_FILE)
    assert all(f"`{name}`" in text("docs/formats.md") for name in BLOCKS)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_the_documentation_leads_to_a_file(page: str) -> None:
    for target in LINK.findall(text(page)):
        if not re.match(r"[a-z]+:", target):
            assert (PROJECT / page).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "content/about/contributing.md"])
def test_what_the_console_blocks_show_is_what_happens(page: str, tmp_path: Path) -> None:
    """Each command runs in a copy of the archive; what is shown below it is what it prints. Make's own are known."""
    for name in ("content", "annotations", "archive_builder"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    (tmp_path / "article.txt").write_text("Bridge falls\n\nThe bridge fell.\n\nNobody was hurt, the mayor said.\n")
    targets = re.findall(r"^([a-z]+):.*##", text("Makefile"), re.MULTILINE)
    shown = [block.strip().split("\n") for block in CONSOLE.findall(text(page))]
    assert shown
    for command, *printed in shown:
        words = command.removeprefix("$ ")
        if words.startswith("make "):
            assert words.split()[1] in targets
            continue
        done = run(words, tmp_path)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        assert done.stdout.splitlines()[: len(printed)] == printed


def run(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, "-m", "archive_builder", *words.split()[1:]]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        script,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )

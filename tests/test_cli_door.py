"""Every command explains itself, ends with 0, 1 or 2, and never in a traceback."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from harbour import run, world

from archive_builder.cli import main

COMMANDS = sorted(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_every_option_is_explained(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"Example:\n    archive-builder {name}" in result.output or f"archive-builder {name}" in result.output
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_the_version_is_told() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0 and result.output.startswith("archive-builder, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing-like-it"],
        ["check", "--format", "xml"],
        ["check", "--archive", "/nowhere/at/all"],
        ["check", "no/such/file.md"],
        ["add"],
        ["add", "--id", "../evil", "x.txt"],
        ["add", "--id", "x", "a.txt", "b.txt"],
        ["add", "--published", "yesterday", "a.txt"],
        ["annotate", "two-bank", "x", "--note", "x"],
        ["annotate", "two-banks", "x", "--note", "x", "--name", "../evil"],
        ["display", "some", "two-banks"],
        ["display", "full", "nothing"],
        ["repin", "nothing"],
        ["weave", "--out", "."],
    ],
)
def test_misuse_ends_with_2(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world(tmp_path))
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output


def test_outside_an_archive_it_is_said_what_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert "an archive has a folder content/ or a file mkdocs.yml" in result.output


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [
        (OSError(28, "No space left on device", "x.md"), 1, "x.md: no space left on device\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (ValueError("two\nlines"), 1, "archive-builder failed: ValueError: two lines\n"),
    ],
)
def test_whatever_happens_ends_in_a_line(
    fault: BaseException, status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(root: Path) -> None:
        raise fault

    monkeypatch.setattr("archive_builder.store.scan", fail)
    result = run(world(tmp_path), "check")
    assert result.exit_code == status
    assert told in result.output and "Traceback" not in result.output

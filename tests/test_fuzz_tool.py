"""The fuzzer's targets hold for what a fuzzer begins with, so that what it finds is a finding."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parent.parent / "tools" / "fuzz.py"
TARGETS = (
    "yaml", "front-matter", "markdown", "projection", "selector", "html", "mhtml", "warc", "text", "annotations",
)  # fmt: skip
SEEDS = (
    b"", b"\0", b"\xff\xfe", b"a\0a\0\0", b"title: T\n---\nSeen (*it*).", b"target: {exact: a}\nnote: b", b"[{}]",
    b"# Boats\n\nThe *boats* are gone.", b"<article><h1>Boats</h1><p>They are gone.</article>", b"WARC/1.0\r\n\r\n",
    b"content-type: multipart/related; boundary=a\r\n\r\n--a\r\n\r\nx\r\n--a--",
)  # fmt: skip


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = spec_from_file_location("fuzz", TOOL)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_answers_or_refuses(target: str, fuzz: ModuleType) -> None:
    assert set(TARGETS) == set(fuzz.TARGETS)
    for seed in SEEDS:
        fuzz.timed(fuzz.TARGETS[target])(seed)

"""The house stays in order: who may import whom, who may print, who may touch the disk, how a module begins."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

PACKAGE = "archive_builder"
HOUSE = Path(__file__).parent.parent / PACKAGE
MODULES = {
    path.relative_to(HOUSE).with_suffix("").as_posix().removesuffix("/__init__"): ast.parse(path.read_text("utf-8"))
    for path in sorted(HOUSE.rglob("*.py"))
}

ROWS = (
    # know nothing of us
    "dates quantities problems canonical wording sentences aligning editing changes addresses plain framing ordering",
    "policy rendering weighing differing rights processes",  # what a page may run; Markdown, as one library renders it
    "model projection",  # the nouns, and what a reader sees
    "documents ingest imports blocks standing schema anchoring rendered checkout pagefind journal",  # one noun each
    "texts",  # what becomes of an article's own words
    "reanchoring",  # a passage from one text to another
    "reading",
    "heaviness misses repinning restating weaving quoting",  # what is made of them
    "archive articles deriving",  # everything joined
    "store revisions coverage mentions exports annotating",  # the only disk; what is told of an archive
    "pages searching",
    "reviewing indexing linking",  # what a change does, as pages show it; what is found, put where it is found
    "cli plugin",  # two outlets
    "__init__ __main__",  # the door
)
"""From the bottom up: a module imports only from rows below its own; a package is one module to the others."""
ROW = {name: number for number, row in enumerate(ROWS) for name in row.split()}

DOORS = ("cli", "plugin", "__main__")
# Pagefind is a program of its own, and writes the index itself; what processes hand on is too much for memory.
OWN_FILES = ("pagefind", "indexing", "processes")
ON_DISK = (*DOORS, *OWN_FILES, "store", "schema", "checkout", "revisions", "linking", "journal")
DISK = frozenset(
    "open read_text write_text read_bytes write_bytes mkdir unlink rmdir iterdir glob rglob rename exists".split()
)
DISK_MODULES = frozenset("os shutil subprocess tempfile io".split())
LINES = 300
LONGER = {
    "model": (450, "every key of every file, with the description that editors show, is read as one"),
}


def top(module: str) -> str:
    return module.partition("/")[0]


def imported(tree: ast.Module) -> list[str]:
    """The modules a tree imports, in full."""
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def called(tree: ast.Module) -> set[str]:
    """The names of what a tree calls, as functions or methods."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        call.id if isinstance(call, ast.Name) else call.attr
        for call in calls
        if isinstance(call, ast.Name | ast.Attribute)
    }


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_rows_below(module: str) -> None:
    """Siblings never import one another; within a package its modules may."""
    assert top(module or "__init__") in ROW, f"give {module} a row in ROWS"
    ours = [name.split(".")[1] for name in imported(MODULES[module]) if name.startswith(f"{PACKAGE}.")]
    wrong = [name for name in ours if name != top(module) and ROW[name] >= ROW[top(module)]]
    assert not wrong, f"{module} imports {', '.join(wrong)}"


@pytest.mark.parametrize("module", MODULES)
def test_only_the_doors_speak_and_only_some_touch_the_disk(module: str) -> None:
    """Only the plugin imports MkDocs, only the command line prints, only the store reads and writes."""
    tree, name = MODULES[module], top(module)
    others = set(imported(tree))
    own_data = {"read_text"} if {"importlib", "importlib.resources"} & others else set()
    assert name == "plugin" or not any(each.partition(".")[0] == "mkdocs" for each in others)
    assert name in DOORS or not {"print", "echo", "secho"} & called(tree)
    assert name in DOORS or "click" not in others
    assert name in ON_DISK or not ((DISK - own_data) & called(tree) | DISK_MODULES & others)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_opens_with_what_it_promises(module: str) -> None:
    """A docstring, then ``__all__`` of public names that are there; short enough to be read at once."""
    tree = MODULES[module]
    assert ast.get_docstring(tree)
    longest, _ = LONGER.get(module, (LINES, ""))
    path = HOUSE / module / "__init__.py" if (HOUSE / module).is_dir() else HOUSE / f"{module}.py"
    assert len(path.read_text("utf-8").splitlines()) <= longest
    assert not {"utils", "util", "helpers", "common", "base", "manager", "misc"} & set(module.split("/"))
    if module not in ("__main__", "plugin"):
        loaded = importlib.import_module(".".join([PACKAGE, *module.replace("__init__", "").split("/")]).rstrip("."))
        assert all(hasattr(loaded, name) for name in loaded.__all__)


def test_the_public_names_are_sorted_and_public() -> None:
    """``__all__`` names nothing private."""
    for module, tree in MODULES.items():
        for node in tree.body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id == "__all__"
            ):
                names = ast.literal_eval(node.value)
                assert not [name for name in names if name.startswith("_") and name != "__version__"], module
                assert len(names) == len(set(names)), module

"""An interruption at any moment leaves the old file or the new one, whole; two builds at once leave two whole sites."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from harbour import FILES, FULL_TEXT, git, run, world
from mkdocs.config.defaults import MkDocsConfig
from test_site import BRIDGE, QUIET, differences

from archive_builder.plugin.placing import Place
from archive_builder.store import load, write_atomically

KILLS = 25
LONGEST = 120  # seconds for a command
WRITERS = """
import os, sys
from pathlib import Path
from archive_builder.store import write_atomically
path = Path(sys.argv[1])
while sys.stdin.readline():
    if os.fork():
        os.wait()
        print("killed", flush=True)
        continue
    print(os.getpid(), flush=True)
    n = 0
    while True:
        n += 1
        write_atomically(path, f"{n % 10}\\n" * 50_000)
"""
"""For each line it is given it starts a process that writes without end, and tells its number and its end."""


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    """What is left beside it begins with a dot, is read by nobody, and hinders no later write."""
    path, moments = tmp_path / "note.yml", random.Random(6)
    write_atomically(path, "0\n" * 50_000)
    command = [sys.executable, "-c", WRITERS, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as writers:
        assert writers.stdin is not None and writers.stdout is not None
        for _ in range(KILLS):
            writers.stdin.write("another\n")
            number = int(writers.stdout.readline())
            time.sleep(moments.uniform(0, 0.05))
            os.kill(number, signal.SIGKILL)
            assert writers.stdout.readline() == "killed\n"
            lines = path.read_text().splitlines()
            assert len(lines) == 50_000 and len(set(lines)) == 1
    assert all(left.name.startswith(".") for left in tmp_path.iterdir() if left != path)
    write_atomically(path, "done\n")
    assert path.read_text() == "done\n"


STEPS = ("open", "fsync", "lstat", "replace", "rename", "chmod", "mkdir", "unlink", "rmdir")
NEWER = FULL_TEXT.replace("There were not", "There were indeed not").replace("on Tuesday", "on Friday")
SELECTED = {"type": "TextQuoteSelector", "exact": "Nobody slept."}
ELSEWHERE = [
    {"id": f"https://e.example/{at}", "type": "Annotation", "target": {"selector": SELECTED}, "body": []}
    for at in range(3)
]
ADDED = ("--outlet", "Herald", "--id", "added", "--display", "full", "--rights", "CC0")


def to_repin(root: Path) -> tuple[str, ...]:
    """The article's text has changed around two passages, one reworded."""
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    path = root / "content/articles/two-banks.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("fifteen boats", "fifteen, boats").replace("Nobody slept", "“Nobody” slept"))
    return "repin", "--write"


def to_import(root: Path) -> tuple[str, ...]:
    (root / "in.json").write_text(json.dumps(ELSEWHERE), encoding="utf-8")
    return "import", str(root / "in.json"), "two-banks", "--note", "Seen."


def to_add(root: Path) -> tuple[str, ...]:
    (root / "capture.txt").write_text("Boats lost\n\n" + NEWER, encoding="utf-8")
    return "add", str(root / "capture.txt"), *ADDED


def to_revise(root: Path) -> tuple[str, ...]:
    (root / "earlier.txt").write_text("Boats lost\n\n" + FULL_TEXT, encoding="utf-8")
    run(root, "add", str(root / "earlier.txt"), *ADDED)
    run(root, "annotate", "added", "not more than 12 boats", "--name", "denied", "--note", "Seen.")
    return *to_add(root), "--revise"


def to_display(root: Path) -> tuple[str, ...]:
    return "display", "quotations", "two-banks"


def to_annotate(root: Path) -> tuple[str, ...]:
    return "annotate", "two-banks", "Nobody slept.", "--name", "slept", "--note", "Seen."


def to_review(root: Path) -> tuple[str, ...]:
    to_repin(root)
    (root / "preview.html").write_text("before", encoding="utf-8")
    return "review", "HEAD", "--html", str(root / "preview.html"), "--summary", str(root / "summary.md")


def to_weave(root: Path) -> tuple[str, ...]:
    run(root, "weave", "--out", str(root / "woven"))
    return "weave", "--out", str(root / "woven")


COMMANDS = (to_annotate, to_add, to_revise, to_repin, to_import, to_display, to_review)


def forked() -> int:
    """A child that ends in any case, even if some lock was held by another thread when it was forked."""
    child = os.fork()
    if not child:
        signal.alarm(LONGEST)
    return child


def ends_itself(step: int, root: Path, words: tuple[str, ...], steps: tuple[str, ...]) -> bool:
    """Call the command in a process that kills itself before its step on the disk of this number; whether it got there.

    It is a real process and a real SIGKILL: nothing is caught, nothing tidied.
    """
    child = forked()
    if not child:
        left = [step]

        def counted(call: Callable[..., Any]) -> Callable[..., Any]:
            def called(*given: Any, **named: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*given, **named)

            return called

        try:
            for name in steps:
                setattr(os, name, counted(getattr(os, name)))
            run(root, *words)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def held(root: Path) -> dict[str, bytes]:
    """Each file that anyone would read, by its path."""
    paths = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return {str(path): (root / path).read_bytes() for path in paths if not any(p.startswith(".") for p in path.parts)}


def once_done(root: Path, words: tuple[str, ...], parent: Path) -> dict[str, bytes]:
    """What a copy of the archive holds after the command."""
    done = Path(shutil.copytree(root, parent / "done", symlinks=True))
    run(done, *moved(words, root, done))
    return held(done)


def moved(words: tuple[str, ...], root: Path, to: Path) -> tuple[str, ...]:
    return tuple(word.replace(str(root), str(to)) for word in words)


def killed(root: Path, words: tuple[str, ...], parent: Path, steps: tuple[str, ...] = STEPS) -> Iterator[Path]:
    """Copies of the archive in which the command was killed, one for each step."""
    for step in count():
        copy = Path(shutil.copytree(root, parent / f"killed-{step}", symlinks=True))
        if not ends_itself(step, copy, moved(words, root, copy), steps):
            return
        yield copy
        shutil.rmtree(copy)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that kills itself is forked")
@pytest.mark.parametrize("prepare", COMMANDS)
def test_a_command_killed_at_any_step_leaves_the_old_archive_or_the_new(
    prepare: Callable[[Path], tuple[str, ...]], tmp_path: Path
) -> None:
    """At every single thing it does to the disk; the same command run again ends as if nothing had happened."""
    root = world(tmp_path / "first", FILES)
    words = prepare(root)
    old, new = held(root), once_done(root, words, tmp_path)
    assert new != old
    times = 0
    for copy in killed(root, words, tmp_path):
        times += 1
        left = held(copy)
        assert set(old) <= set(left) <= set(new)
        assert [path for path, data in left.items() if data not in (old.get(path), new.get(path))] == []
        load(copy)
        assert prepare is to_review or held(copy) in (old, new)  # whoever reads finishes what was begun
        run(copy, *moved(words, root, copy))
        assert held(copy) == new
    assert times > 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that kills itself is forked")
def test_a_woven_tree_is_put_in_its_place_whole(tmp_path: Path) -> None:
    """Killed before it renames anything, between and after: the tree is the old one, not there, or the new one."""
    root = world(tmp_path / "first", FILES)
    words = to_weave(root)
    path = root / "content/articles/two-banks.md"
    path.write_text(path.read_text().replace("Two banks", "Three banks"))
    before, new = held(root), once_done(root, words, tmp_path)
    untouched = {path: data for path, data in before.items() if not path.startswith("woven")}
    assert new != before
    found = [held(copy) for copy in killed(root, words, tmp_path, ("rename", "rmdir"))]
    assert found[:2] == [before, untouched] and found[2:] == [new] * len(found[2:]) != []


def test_annotate_killed_at_any_moment_leaves_an_archive_that_is_sound(tmp_path: Path) -> None:
    """Without the annotation or with it; never with half of one."""
    root, moments = Path(shutil.copytree(BRIDGE, tmp_path / "bridge")), random.Random(7)
    before = load(root)
    note = root / "annotations" / "gazette-bridge-falls" / "killed.yml"
    quote = next(key for key in before.anchors if key.startswith("gazette-bridge-falls/"))
    target = before.annotations[quote].target
    assert target is not None
    words = ["annotate", "gazette-bridge-falls", target.exact, "--name", "killed", "--note", "A note."]
    for _ in range(6):
        note.unlink(missing_ok=True)
        with subprocess.Popen(
            [sys.executable, "-m", "archive_builder", *words],
            cwd=root,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as command:
            time.sleep(moments.uniform(0.1, 0.8))
            command.kill()
        assert load(root).problems == before.problems


def building(root: Path, site: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=root, env={**os.environ, **QUIET}, **quiet)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive and its site."""
    folder = tmp_path_factory.mktemp("bridge")
    root = Path(shutil.copytree(BRIDGE, folder / "bridge"))
    assert building(root, folder / "site").wait(timeout=300) == 0
    return root, folder / "site"


def test_two_builds_at_once_leave_one_whole_site(bridge: tuple[Path, Path], tmp_path: Path) -> None:
    """In the same place, over a site that is there; and nothing beside it."""
    root, whole = bridge
    site = Path(shutil.copytree(whole, tmp_path / "site"))
    (site / "of-yesterday.html").write_text("gone tomorrow")
    running = [building(root, site) for _ in range(2)]
    assert [build.wait(timeout=300) for build in running] == [0, 0]
    assert differences(whole, site) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new(bridge: tuple[Path, Path], tmp_path: Path) -> None:
    root, whole = bridge
    moments = random.Random(8)
    old = tmp_path / "old"
    old.mkdir()
    (old / "index.html").write_text("yesterday")
    for number in range(5):
        site = Path(shutil.copytree(old, tmp_path / f"site-{number}"))
        build = building(root, site)
        time.sleep(moments.uniform(0.5, 6))
        build.kill()
        build.wait()
        assert differences(old, site) == [] or differences(whole, site) == []
    assert building(root, site).wait(timeout=300) == 0
    assert differences(whole, site) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that kills itself is forked")
def test_a_site_is_put_in_its_place_whole(tmp_path: Path) -> None:
    """Killed before each of the two renamings; what stood there is found beside it, and the next build is as ever."""
    for step, left in ((0, "old"), (1, None), (2, "new")):
        folder = tmp_path / str(step)
        (folder / "site").mkdir(parents=True)
        (folder / "site" / "index.html").write_text("old")
        child = forked()
        if not child:
            try:
                _put(folder / "site", step)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        page = folder / "site" / "index.html"
        assert (page.read_text() if page.is_file() else None) == left
        _put(folder / "site", 9)
        assert page.read_text() == "new"


def _put(site: Path, step: int) -> None:
    """Build a site of one page, killed at this step of putting it in its place."""
    config = MkDocsConfig()
    config.site_dir = str(site)
    place = Place()
    place.begin(config)
    Path(config.site_dir).mkdir()
    (Path(config.site_dir) / "index.html").write_text("new")
    left, rename = [step], os.rename

    def counted(*given: Any) -> None:
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        rename(*given)

    os.rename = counted  # type: ignore[assignment]
    try:
        place.done(config)
    finally:
        os.rename = rename
    assert config.site_dir == str(site)

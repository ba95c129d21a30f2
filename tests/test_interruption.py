"""An interruption at any moment leaves the old file or the new one, whole; two builds at once leave two whole sites."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_site import BRIDGE, QUIET, differences

from archive_builder.store import load, write_atomically

KILLS = 25
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


@pytest.mark.parametrize("builds", [2])
def test_two_builds_at_once_leave_two_whole_sites(builds: int, tmp_path: Path) -> None:
    root = Path(shutil.copytree(BRIDGE, tmp_path / "bridge"))
    sites = [tmp_path / f"site-{number}" for number in range(builds)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site)],
            cwd=root,
            env={**os.environ, **QUIET},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for site in sites
    ]
    assert [build.wait(timeout=300) for build in running] == [0] * builds
    assert differences(*sites) == []

"""Two processes share work, and bring what one alone would have brought, whatever becomes of the other."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import pytest
from test_site import mkdocs

from archive_builder.archive import assemble
from archive_builder.processes import Shared, beside, sharing
from archive_builder.projection import Prose
from archive_builder.store import load_both
from bench.invented import Invented
from bench.sites import OURS, write_sites

KEYS = range(500)
LINUX = sys.platform.startswith("linux")
CORES = os.sched_getaffinity(0) if LINUX else {0}

pytestmark = pytest.mark.skipif(not LINUX, reason="processes are forked on Linux alone")

Share = Callable[..., Shared[int, tuple[int, int]]]


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has, and whichever threads other tests left."""
    monkeypatch.setattr(sharing, "can_fork", lambda: True)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})


@pytest.fixture
def shared() -> Iterator[Share]:
    """Shares work, and ends it after the test."""
    with ExitStack() as begun:
        yield lambda work, keys=KEYS: begun.enter_context(Shared(lambda key: (work(key), os.getpid()), keys))


def wait_for_the_end(work: Shared[int, tuple[int, int]]) -> None:
    assert work._other is not None
    work._other._process.join(60)
    assert not work._other._process.is_alive()


@pytest.mark.parametrize("order", [KEYS, KEYS[::-1], [*KEYS[250:], *KEYS[:250]]], ids=["on", "back", "from the middle"])
def test_every_result_is_there_in_whatever_order_it_is_asked_for(order: Sequence[int], shared: Share) -> None:
    work = shared(lambda key: sum(range(key * 100)))
    assert [work[key][0] for key in order] == [sum(range(key * 100)) for key in order]


def test_the_other_process_begins_at_the_end_and_this_one_does_what_it_asks_for_first(shared: Share) -> None:
    """The other waits at its first key until this one has asked for all but that."""
    (begun, begins), (done, ready) = os.pipe(), os.pipe()

    def work(key: int) -> int:
        return os.write(begins, b"!") + len(os.read(done, 1)) if key == KEYS[-1] else key

    both = shared(work)
    os.read(begun, 1)
    first = {both[key][1] for key in KEYS[:-1]}
    os.write(ready, b"!")
    assert first == {os.getpid()}
    assert both[KEYS[-1]][1] != os.getpid()


def test_what_was_worked_out_waits_however_much_it_is(shared: Share) -> None:
    """More results than a pipe holds, and some larger than it."""
    keys = range(100_000)
    work = shared(lambda key: key, keys)
    wait_for_the_end(work)
    by = [work[key] for key in keys]
    assert [result for result, _ in by] == [*keys]
    assert os.getpid() not in {process for _, process in by}
    large = shared(lambda key: "x" * 200_000)
    assert all(large[key][0] == "x" * 200_000 for key in KEYS)


@pytest.mark.parametrize("last", [0, 250, 499])
def test_a_process_that_is_killed_leaves_its_work_to_this_one(last: int, shared: Share) -> None:
    """As where memory runs out."""
    here = os.getpid()

    def work(key: int) -> int:
        if key == last and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return key

    killed = shared(work)
    wait_for_the_end(killed)
    assert [killed[key][0] for key in KEYS] == [*KEYS]


def test_what_fails_there_fails_here_where_it_is_asked_for(shared: Share) -> None:
    work = shared(lambda key: 1 // (key - 300))
    assert work[299][0] == -1
    with pytest.raises(ZeroDivisionError):
        work[300]
    assert work[301][0] == 1


def test_a_disk_that_is_full_only_costs_time(shared: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "TemporaryFile", lambda: open("/dev/full", "w+b", buffering=0))  # noqa: SIM115, PTH123
    full = shared(lambda key: key)
    wait_for_the_end(full)
    assert [full[key] for key in KEYS] == [(key, os.getpid()) for key in KEYS]

    def none() -> None:
        raise OSError

    monkeypatch.setattr(sharing, "TemporaryFile", none)
    assert shared(lambda key: key)[499] == (499, os.getpid())


def test_few_results_and_a_single_core_and_a_process_that_cannot_be_copied_share_nothing(
    shared: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shared(lambda key: key, range(sharing.FEW))._other is None
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})
    assert shared(lambda key: key)._other is None
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    monkeypatch.setattr(sharing, "can_fork", lambda: False)
    assert shared(lambda key: key)._other is None


def test_no_copy_is_made_of_a_process_with_threads() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not beside.can_fork()
    finally:
        done.set()
        other.join()


def test_an_end_leaves_no_process_and_no_file() -> None:
    opened = len([*Path("/proc/self/fd").iterdir()])
    with Shared(lambda key: threading.Event().wait(), KEYS) as work:
        assert work._other is not None
        process = work._other._process.pid
    assert process and not Path(f"/proc/{process}").exists()
    assert len([*Path("/proc/self/fd").iterdir()]) == opened


def test_an_archive_of_two_processes_is_that_of_one_and_holds_each_text_once(tmp_path: Path) -> None:
    write_sites(tmp_path, Invented(sharing.FEW + 6))
    library, archive = load_both(tmp_path / OURS)
    alone = assemble(library)
    for id, prose in archive.proses.items():
        assert prose.source is archive.articles[id].body
        assert as_values(prose) == as_values(alone.proses[id])
    assert (archive.anchors, archive.problems) == (alone.anchors, alone.problems)
    assert archive.articles == alone.articles


def as_values(prose: Prose) -> dict[str, object]:
    assert prose.dyed is not None
    return {**asdict(prose), "pieces": [*prose.pieces], "dyed": (prose.dyed.html, prose.dyed.spans)}


def test_a_site_of_two_processes_is_that_of_one_byte_for_byte(tmp_path: Path) -> None:
    """On one core nothing is shared."""
    write_sites(tmp_path, Invented(sharing.FEW + 6))
    sites = []
    for cores in (CORES, {min(CORES)}):
        out = tmp_path / f"site-{len(sites)}"
        os.sched_setaffinity(0, cores)
        try:
            built = mkdocs(tmp_path / OURS, "build", "--strict", "-q", "-d", str(out))
        finally:
            os.sched_setaffinity(0, CORES)
        assert (built.returncode, built.stderr) == (0, "")
        sites.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert sites[0] == sites[1]
    assert len(sites[0]) > 400

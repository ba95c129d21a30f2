"""Two commands on one archive at once: one of them is told, and neither writes over what the other wrote."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from click.testing import Result
from harbour import FILES, FULL_TEXT, run, world
from test_interruption import ends_itself, forked, held, to_repin, to_revise

from archive_builder import journal
from archive_builder.store import load

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the other command is forked")

FULL = ("--display", "full", "--rights", "CC0", "--outlet", "Herald", "--id", "added")
SLEPT = ("annotate", "two-banks", "Nobody slept.", "--name", "slept")
MEANWHILE = "another command changed it meanwhile"


class Other:
    """A command in a process of its own, stopped where it begins to write."""

    def __init__(self, root: Path, words: tuple[str, ...], stop: Callable[[Callable[[], None]], None]) -> None:
        (self.told, tells), (waits, self.go_on) = os.pipe(), os.pipe()
        self.said = root.parent / "said"
        self.child = forked()
        if not self.child:
            code = 99
            try:
                os.close(self.go_on)
                stop(lambda: (os.write(tells, b"."), os.read(waits, 1))[0] and None)
                result: Result = run(root, *words)
                self.said.write_text(result.output)
                code = result.exit_code
            finally:
                os._exit(code)
        os.close(waits)
        os.close(tells)
        assert os.read(self.told, 1) == b".", "it ended before it was to write"

    def ended(self) -> tuple[int, str]:
        """Let it go on; its exit code and what it said."""
        os.close(self.go_on)
        code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        os.close(self.told)
        return code, self.said.read_text()


def before_it_writes(wait: Callable[[], None]) -> None:
    locked = journal._locked

    @contextmanager
    def late(root: Path, *, alone: bool) -> Iterator[None]:
        if alone:
            wait()
        with locked(root, alone=alone):
            yield

    journal._locked = late


def amid_its_renamings(wait: Callable[[], None]) -> None:
    replace, left = Path.replace, [2]  # the journal's own is the first

    def late(path: Path, to: Path) -> Path:
        if not left[0]:
            wait()
        left[0] -= 1
        return replace(path, to)

    Path.replace = late  # type: ignore[assignment, method-assign]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return world(tmp_path / "archive", FILES)


def capture(root: Path, name: str, text: str) -> str:
    path = root.parent / name
    path.write_text(f"Boats {name} lost\n\n{text}", encoding="utf-8")
    return str(path)


def test_of_two_captures_added_under_one_id_the_second_is_refused(root: Path) -> None:
    other = Other(root, ("add", capture(root, "one.txt", FULL_TEXT), *FULL), before_it_writes)
    assert run(root, "add", capture(root, "two.txt", FULL_TEXT), *FULL).exit_code == 0
    before = held(root)
    code, said = other.ended()
    assert code == 1 and MEANWHILE in said and "content/articles/added.md" in said, said
    assert held(root) == before and load(root).problems == ()


def test_of_two_annotations_of_one_name_the_second_is_refused(root: Path) -> None:
    other = Other(root, (*SLEPT, "--note", "One."), before_it_writes)
    assert run(root, *SLEPT, "--note", "Two.").exit_code == 0
    code, said = other.ended()
    assert code == 1 and MEANWHILE in said
    assert load(root).annotations["two-banks/slept"].note.strip() == "Two."


def test_annotations_of_several_names_made_at_once_are_all_there(root: Path) -> None:
    other = Other(root, (*SLEPT, "--note", "One."), before_it_writes)
    assert run(root, *SLEPT[:-1], "awake", "--note", "Two.").exit_code == 0
    assert other.ended()[0] == 0
    assert {"two-banks/slept", "two-banks/awake"} <= set(load(root).annotations)


def test_six_at_once_of_one_name_make_one(root: Path) -> None:
    """None waits for another on purpose, and exactly one of them is done."""
    children = []
    for number in range(6):
        child = forked()
        if not child:
            code = 99
            try:
                code = run(root, *SLEPT, "--note", f"{number}.").exit_code
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert sorted(codes) == [0, 1, 1, 1, 1, 1]
    assert load(root).annotations["two-banks/slept"].note.strip() == f"{codes.index(0)}."


def test_what_repin_would_write_over_is_not_what_was_written_meanwhile(root: Path) -> None:
    """A person edits one of the notes while ``repin`` is at work: none of the others is half of a step."""
    words = to_repin(root)
    other = Other(root, words, before_it_writes)
    edited = sorted((root / "annotations/two-banks").glob("*.yml"))
    for path in edited:
        path.write_text(path.read_text() + "\n# Seen by a person.\n")
    before = held(root)
    code, said = other.ended()
    assert code == 1 and MEANWHILE in said
    assert held(root) == before


def test_a_note_made_while_its_article_was_revised_stops_the_revision(root: Path) -> None:
    """It was made on the earlier text, and the revision would not have carried it along."""
    words = to_revise(root)
    other = Other(root, words, before_it_writes)
    assert run(root, "annotate", "added", "There were not", "--name", "new", "--note", "Seen.").exit_code == 0
    before = held(root)
    code, said = other.ended()
    assert code == 1 and MEANWHILE in said
    assert held(root) == before
    assert run(root, *words).exit_code == 0


def test_a_note_made_on_a_text_that_was_revised_meanwhile_is_refused(root: Path) -> None:
    words = to_revise(root)
    note = ("annotate", "added", "There were not", "--name", "new", "--note", "Seen.")
    other = Other(root, note, before_it_writes)
    assert run(root, *words).exit_code == 0
    code, said = other.ended()
    assert code == 1 and MEANWHILE in said and "content/articles/added.md" in said


def test_who_reads_while_files_are_renamed_waits_and_reads_the_new_archive(root: Path) -> None:
    """As a build does, or ``check``."""
    words = to_revise(root)
    done = Path(shutil.copytree(root, root.parent / "done"))
    assert run(done, *(word.replace(str(root), str(done)) for word in words)).exit_code == 0
    other = Other(root, words, amid_its_renamings)
    read: list[object] = []
    reader = Thread(target=lambda: read.append(load(root).articles))
    reader.start()
    reader.join(0.5)
    assert read == []
    assert other.ended()[0] == 0
    reader.join()
    assert read == [load(done).articles]


def test_a_journal_that_came_with_a_checkout_is_told_and_finishes_nothing(root: Path) -> None:
    """It is about other files than those that stand there, whatever it says."""
    words = to_revise(root)
    for step in range(200):
        copy = Path(shutil.copytree(root, root.parent / f"killed-{step}"))
        assert ends_itself(step, copy, tuple(word.replace(str(root), str(copy)) for word in words), ("replace",))
        if (copy / journal.JOURNAL).is_file():
            break
    checkout = Path(shutil.copytree(copy, root.parent / "checkout"))
    before = held(checkout)
    (problem,) = (each for each in load(checkout).problems if each.place.path == journal.JOURNAL)
    assert problem.code == "file-unreadable" and held(checkout) == before
    assert load(copy).problems == () and held(copy) != before


@pytest.mark.parametrize(
    "said",
    ["", "[", "[[]]", '[["content/articles/two-banks.md", "x", 1]]', '[["../x", ".x.01234567.tmp", 1]]', "[" * 99_999],
)
def test_a_journal_that_is_none_is_told(root: Path, said: str) -> None:
    (root / journal.JOURNAL).write_text(said)
    before = held(root)
    assert [problem.place.path for problem in load(root).problems] == [journal.JOURNAL]
    assert held(root) == before

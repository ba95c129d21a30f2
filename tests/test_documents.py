"""YAML and front matter are read so that nothing changes, every value knows its place, and every fault is told."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from texts import JUNK, MARKDOWN

from archive_builder.archive import assemble
from archive_builder.documents import Document, Faulty, parse_document, parse_record, parse_yaml
from archive_builder.model import Annotation, Article
from archive_builder.problems import Code
from archive_builder.reading import read_files

HEADS = st.sampled_from(("", "title: A\n", "a: 1\nb:\n  - c\n", "# only a comment\n", "x: |\n  text\n\n"))
KEYS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
SCALARS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"))
YAML_SIGNS = st.text(alphabet="ab:-[]{},&*!|>'\"#%@`?~ \n\t0é\u00a0", max_size=60)
PATHS = st.sampled_from(
    (
        "content/articles/a.md", "content/claims/a.md", "content/index.md", "content/articles/index.md", "x.md", "",
        "annotations/a/b.yml", "annotations/a/b.yaml", "annotations/a.yml", "annotations/A/../b.yml",
        "content/outlets/o.md", "content/articles/../../etc.md", "content//a.md", "annotations/a/b/c.yml",
        "content/entities/Ünï.md",
        "annotations/",
    )
)  # fmt: skip


def record_of(text: str) -> Annotation:
    return parse_record(Annotation, "note", parse_yaml(text, "annotations/gate/note.yml"))


@given(HEADS, st.one_of(MARKDOWN, JUNK))
def test_a_document_is_dumped_as_it_was_parsed(head: str, body: str) -> None:
    """``dump(parse(x)) == x``, whatever stands below the front matter."""
    text = f"---\n{head}---\n{body}"
    document = parse_document(text, "content/articles/a.md")
    assert document.dump() == text
    assert (document.head, document.body) == (head, body)
    assert text.split("\n")[document.body_line - 1 :] == body.split("\n")


@given(JUNK)
def test_any_text_is_a_document_or_faulty(text: str) -> None:
    """Whatever a file holds, it is parsed, and dumps to itself, or its fault is told; nothing else is raised."""
    try:
        document = parse_document(text, "content/articles/a.md")
    except Faulty as fault:
        assert fault.problems
    else:
        assert document.dump() == text


@given(st.one_of(st.text(), YAML_SIGNS, JUNK))
def test_any_text_is_yaml_or_faulty(text: str) -> None:
    """Whatever a file holds, it is keys and values, or its fault is told at a line it has; nothing else is raised."""
    try:
        tree = parse_yaml(text, "x.yml")
    except Faulty as fault:
        assert all(1 <= problem.place.line <= len(text.splitlines()) + 1 for problem in fault.problems)
    else:
        assert isinstance(tree.value, dict)


@given(
    st.dictionaries(
        PATHS, st.one_of(st.binary(max_size=200), st.text().map(str.encode), JUNK.map(str.encode)), max_size=4
    )
)
def test_any_files_are_read_and_joined(files: dict[str, bytes]) -> None:
    """An archive of arbitrary bytes is an archive with problems; nothing is raised, and each problem names a file."""
    archive = assemble(read_files(files))
    assert all(problem.place.path in files and str(problem) for problem in archive.problems)


@given(st.dictionaries(KEYS, st.one_of(SCALARS, st.lists(SCALARS), st.dictionaries(KEYS, SCALARS)), min_size=1))
def test_what_yaml_writes_is_read_as_text(value: dict[str, Any]) -> None:
    """Texts that any writer of YAML wrote come back letter by letter."""
    written = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_style='"')
    assert parse_yaml(written, "x.yml").value == value


@pytest.mark.parametrize(
    "text", "NO no yes on off true 2018-08 2018-07-29 1e3 0x1F 012 1_000 1:30 .5 .inf = << 3.10".split()
)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    """``NO`` is Norway, ``2018-08`` a month and ``3.10`` ends in a nought: nothing is guessed."""
    assert parse_yaml(f"key: {text}", "x.yml").value == {"key": text}


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_an_unquoted_nothing_is_absent(text: str) -> None:
    """An empty value, ``~`` and ``null`` are absent; in quotes each is a text."""
    assert parse_yaml(f"key: {text}", "x.yml").value == {"key": None}
    assert parse_yaml(f'key: "{text}"', "x.yml").value == {"key": text}


def test_every_value_knows_its_line_and_column() -> None:
    """Line and column count from 1 in the file, below the front matter's fence too."""
    tree = parse_yaml("a: one\nb:\n  - two\n  - c: three\n    d: |\n      four\n", "x.md", first_line=2)
    places = {keys: (tree.place(keys).line, tree.place(keys).column) for keys in [("a",), ("b", 0), ("b", 1, "c")]}
    assert places == {("a",): (2, 4), ("b", 0): (4, 5), ("b", 1, "c"): (5, 8)}
    assert tree.place(("b", 1, "d")).line == 6
    assert tree.place(("b", 1, "zz", 4)) == tree.place(("b", 1))
    assert str(tree.place(("a",))) == "x.md:2:4"


@given(st.dictionaries(KEYS, st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=8), st.integers(1, 50))
def test_the_place_of_a_value_is_where_it_stands(value: dict[str, str], first: int) -> None:
    """At the line and column told, the text has the value."""
    lines = [f"{key}: x{text}" for key, text in value.items()]
    tree = parse_yaml("\n".join(lines), "x.yml", first_line=first)
    for key, text in value.items():
        place = tree.place((key,))
        assert lines[place.line - first][place.column - 1 :] == f"x{text}"


@pytest.mark.parametrize(
    "text, code, line, column",
    [
        ("a: 1\na: 2\n", Code.YAML_DUPLICATE_KEY, 2, 1),
        ("a:\n  b: 1\n  b: 2\n", Code.YAML_DUPLICATE_KEY, 3, 3),
        ("a: &x 1\n", Code.YAML_NOT_PLAIN, 1, 4),
        ("a: *x\n", Code.YAML_NOT_PLAIN, 1, 4),
        ("a: !!python/object:os.system x\n", Code.YAML_NOT_PLAIN, 1, 4),
        ("? [a, b]\n: 1\n", Code.YAML_NOT_PLAIN, 1, 3),
        ("a: 1\n---\nb: 2\n", Code.YAML_NOT_PLAIN, 2, 1),
        ("a: " + "[" * 60 + "]" * 60, Code.YAML_NOT_PLAIN, 1, 24),
        ("- a\n", Code.YAML_BROKEN, 1, 1),
        ("only words\n", Code.YAML_BROKEN, 1, 1),
        ("# a comment\n", Code.YAML_BROKEN, 1, 1),
        ("a: b: c\n", Code.YAML_BROKEN, 1, 5),
        ('a: "b\n', Code.YAML_BROKEN, 2, 1),
        ("a: 1\n\tb: 2\n", Code.YAML_BROKEN, 2, 1),
        ("a: \x07\n", Code.YAML_BROKEN, 1, 4),
        ("ключ: значение\nещё: слово\x07\n", Code.YAML_BROKEN, 2, 11),
    ],
)
def test_what_no_record_needs_is_refused_where_it_stands(text: str, code: Code, line: int, column: int) -> None:
    """Duplicate keys, anchors, aliases, tags, second documents and bottomless nesting are problems with their place."""
    with pytest.raises(Faulty) as raised:
        parse_yaml(text, "x.yml")
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    """A few lines that would expand to billions are refused at the first of them."""
    text = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(9))
    with pytest.raises(Faulty, match="anchor or alias"):
        parse_yaml(text, "x.yml")


def test_every_fault_of_a_record_is_told_at_once() -> None:
    """A person who wrote three keys wrong is told so once, not in three rounds."""
    with pytest.raises(Faulty) as raised:
        record_of("target: {exact: x}\nnoet: words\nclaim: Guards\nstance: says\ncreated: 2018-13\nnote: n\n")
    told = {(problem.code, problem.place.line) for problem in raised.value.problems}
    assert told == {(Code.KEY_UNKNOWN, 2), (Code.VALUE_WRONG, 3), (Code.VALUE_WRONG, 4), (Code.DATE_WRONG, 5)}


@pytest.mark.parametrize("key", ["id", "path", "body"])
def test_what_the_file_says_itself_is_not_a_key(key: str) -> None:
    """A file cannot give itself another id, path or body."""
    with pytest.raises(Faulty) as raised:
        record_of(f"{key}: x\nkind: context\ntarget: {{exact: x}}\nnote: n\n")
    assert [problem.code for problem in raised.value.problems] == [Code.KEY_UNKNOWN]


def test_one_value_may_stand_for_a_list_of_one() -> None:
    """``attribution: x`` is ``attribution: [x]``, and an absent value is its default."""
    record = record_of("target: {exact: x}\nattribution: someone\nevidence:\nnote: n\n")
    assert (record.attribution, record.evidence, record.key) == (("someone",), (), "gate/note")


def test_the_line_of_the_body_is_that_of_the_file() -> None:
    """A document without body ends below its fence."""
    assert Document("title: A\n", "text\n").body_line == 4
    article = parse_record(Article, "a", parse_yaml("title: A\noutlet: o\n", "a.md"), "text")
    assert article.body == "text"


def test_the_places_of_a_file_with_many_faults_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for each of ten thousand faults would take an hour."""
    compose, composed = yaml.compose, []
    monkeypatch.setattr(yaml, "compose", lambda *given: composed.append(given) or compose(*given))
    unknown = "".join(f"zq{number}: a\n" for number in range(500)).encode()
    lines = [problem.place.line for problem in read_files({"annotations/a/b.yml": unknown}).problems]
    assert {*range(1, 501)} <= {*lines}
    assert len(composed) == 1

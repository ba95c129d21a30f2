"""What search knows of an archive: records of its own values, names in every spelling, the same index each time."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_site import QUIET, await_text, free_port, mkdocs

from archive_builder.archive import Archive
from archive_builder.indexing import FOLDER, Index, chunking, learning, make_index, making
from archive_builder.indexing.learning import words_of
from archive_builder.mentions import mentions
from archive_builder.ordering import SIGNATURE, Unreadable, decode
from archive_builder.pagefind import Pagefind, PagefindError, program
from archive_builder.processes import beside
from archive_builder.searching import Kind, Part, Record, bare, fold, names, parts, records, unsigned, written_page
from archive_builder.searching.spelling import hidden_word
from archive_builder.searching.text import plain
from archive_builder.store import load

World = Callable[..., Archive]
Told = TypeVar("Told")
PROJECT = Path(__file__).parent.parent
BRIDGE = Path(__file__).parent / "bridge"


def address(kind: str, id: str, fragment: str = "") -> str:
    return f"{kind}/{id}/" + (f"#{fragment}" if fragment else "")


def told(archive: Archive) -> tuple[Record, ...]:
    page = written_page("about/", "---\ntitle: About us\n---\n\n# Other\n\nWe read *much*.\n")
    return tuple(records(archive, mentions(archive), [page], address, "en"))


def the(archive: Archive, url: str) -> Record:
    return next(record for record in told(archive) if record.url == url)


def test_everything_that_can_be_found_has_one_record() -> None:
    archive = load(BRIDGE)
    urls = [record.url for record in told(archive)]
    assert len(urls) == len(set(urls))
    assert sum(map(len, (archive.articles, archive.claims, archive.events, archive.entities, archive.outlets))) + len(
        archive.annotations
    ) + 1 == len(urls)


def test_a_passage_stands_in_its_sentence_and_knows_its_claim(world: World) -> None:
    says = "claim: guards-killed\nstance: asserts\nvalue: '15'\nnote: See *there*.\n"
    note = f"target: {{exact: killed 15 border guards}}\n{says}"
    record = the(world({"annotations/gate/a.yml": note}), "articles/gate/#mark-a")
    assert record.content == "The militants ⟦killed 15 border guards⟧ near Ishkobod. ¶ See there."
    assert record.meta["title"] == "How many guards were killed?" and record.meta["value"] == "15"
    assert record.filters["status"] == ("single-origin",) and record.filters["stance"] == ("asserts",)
    assert record.filters["outlet"] == ("The Gazette",) and record.filters["type"] == ("passage",)


def test_no_sentence_runs_across_what_is_left_out(world: World) -> None:
    article = "---\ntitle: T\noutlet: gazette\n---\nFirst words here. […] The guards died. […] Last words.\n"
    files = {"content/articles/cut.md": article, "annotations/cut/a.yml": "target: {exact: guards died}\nnote: N.\n"}
    assert the(world(files), "articles/cut/#mark-a").content == "The ⟦guards died⟧. ¶ N."


def test_the_text_of_an_article_that_is_only_linked_to_is_not_searched(world: World) -> None:
    article = "---\ntitle: T\noutlet: gazette\ndisplay: link-only\nsummary: Ours.\n---\nSecret words.\n"
    record = the(world({"content/articles/linked.md": article}), "articles/linked/")
    assert "Secret" not in record.content and "Ours" in record.content


def test_a_record_bears_the_names_that_stand_in_it(world: World) -> None:
    place = "---\nname: Ishqobod\ntype: place\naliases: [Ishkobod, Ишкобод]\n---\n"
    archive = world({"content/entities/post.md": place})
    assert hidden_word("post") in the(archive, "articles/gate/").meta["names"].split()
    assert the(archive, "articles/gate/").filters["place"] == ("Ishqobod",)
    assert the(archive, "entities/post/").meta["self"] == hidden_word("post")
    assert "names" not in the(archive, "articles/night/").meta


def test_signs_of_ours_in_a_text_are_not_taken_for_ours(world: World) -> None:
    article = "---\ntitle: T\noutlet: gazette\ndisplay: full\nrights: CC0\n---\nA ⟦b⟧ c ¶ d.\n"
    assert not set("⟦⟧¶") & set(the(world({"content/articles/odd.md": article}), "articles/odd/").content)


def test_a_written_page_is_told_without_its_markup() -> None:
    record = the(load(BRIDGE), "about/")
    assert (record.kind, record.meta["title"], record.content) == (Kind.PAGE, "About us", "We read much.")


@pytest.mark.parametrize("sign", [" ", "[", "<", "# ", "`", "1", "title: "])
def test_no_page_hangs_the_build(sign: str) -> None:
    """Two hundred thousand of one sign are read in a moment, or this test does not end."""
    assert isinstance(plain(sign * 100_000), str)
    page = written_page("x/", f"---\ntitle: {sign * 100_000}x\n---\n\n# {sign * 100_000}x\n")
    assert page.title.endswith("x") or page.title


def test_a_name_is_known_as_written_in_latin_and_in_cyrillic(world: World) -> None:
    files = {"content/entities/z.md": "---\nname: Қалъаи Зол\ntype: place\naliases: [Shakhrinav, Chō‘qand]\n---\n"}
    folded = {name.folded for name in names([world(files).entities["z"]])}
    assert folded >= {"калъаи зол", "qalai zol", "shakhrinav", "шахринав", "choqand", "чоканд"}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("۱۲۳ نفر", "123 نفر"),
        ("٤٥", "45"),
        ("كتاب عربي", "کتاب عربی"),
        ("دست\u200cکم", "دستکم"),
        ("محـــمد", "محمد"),
        ("مُحَمَّد", "محمد"),
        ("ёлка", "елка"),
        ("Ғафуров Қӯрғонтеппа Ҳисор Ҷумҳурӣ", "гафуров кургонтеппа хисор чумхури"),
        ("Straße, Łódź, Iğdır, Đà Nẵng", "strasse lodz igdir da nang"),
        ("O´Brien’s", "obriens"),
    ],
)
def test_what_is_written_is_found_by_what_is_easily_typed(written: str, typed: str) -> None:
    assert fold(written) == typed == fold(typed)
    assert fold(bare(written)) == typed


def test_russian_endings_are_left_to_their_language() -> None:
    """A word with its short i is stemmed as one; without it, it is another."""
    assert fold("НОВЫЙ") == fold("новыи\u0306") == "новый"


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text.upper().lower()) or not text.isascii()


@given(st.lists(st.from_regex(r"[a-z]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True), unique=True, max_size=60))
def test_hidden_words_are_letters_nobody_types_and_one_for_each(ids: list[str]) -> None:
    words = {hidden_word(id) for id in ids}
    assert len(words) == len(ids)
    assert all(word.isalpha() and not word.isascii() and len(word) == 10 for word in words)


def record(url: str, kind: Kind, language: str, year: str = "") -> Record:
    return Record(kind, url, language, f"Words of {url}", {"title": url}, {"type": (str(kind),)}, year)


def test_every_language_and_group_is_an_index_and_many_passages_are_several_the_newest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive_builder.searching.parting.MOST", {"passages": 2})
    passages = [record(f"p{year}", Kind.PASSAGE, "en-GB", str(year)) for year in (2001, 2003, 2002)]
    made = parts(
        [record("a", Kind.ARTICLE, "ru"), *passages, record("w", Kind.PAGE, "en"), record("e", Kind.EVENT, "en")]
    )
    assert [part.key for part in made] == ["ru-x-a0", "en-x-p0", "en-x-p1", "en-x-c0", "en-x-w0"]
    assert [held.url for held in made[1].records] == ["p2003", "p2002"]
    assert made[1].years == ("2002", "2003")


def write(folder: Path, archive: Archive) -> Path:
    folder.mkdir()
    make_index(folder, parts(told(archive)), names([*archive.entities.values(), *archive.outlets.values()]))
    return folder


def test_two_indexes_of_one_archive_are_the_same_bytes(tmp_path: Path) -> None:
    """Pagefind keeps filters in no order; twelve values of one leave no room for chance."""
    archive = load(PROJECT)
    one, other = (write(tmp_path / name, archive) for name in ("one", "other"))
    held = [
        sorted((path.relative_to(tree), path.read_bytes()) for path in tree.rglob("*") if path.is_file())
        for tree in (one, other)
    ]
    assert held[0] == held[1] != []


def test_each_language_has_its_own_rules_and_no_program_is_there_twice(tmp_path: Path) -> None:
    folder = write(tmp_path / "index", load(BRIDGE))
    manifest = json.loads((folder / "archive.json").read_text())
    rules = {part["key"].partition("-")[0]: part["rules"] for part in manifest["parts"]}
    assert rules["en"] == "en" and set(rules.values()) > {"en"}
    for rule in rules.values():
        assert (folder / f"wasm.{rule}.pagefind").is_file()
    assert not list(folder.glob("*ui*")) and len(list(folder.glob("wasm.*"))) <= len(set(rules.values())) + 1


def test_short_records_are_kept_together_and_none_is_lost(tmp_path: Path) -> None:
    """Eight in a file, in the order of the archive."""
    archive = load(PROJECT)
    folder = write(tmp_path / "index", archive)
    part = next(
        part for part in json.loads((folder / "archive.json").read_text())["parts"] if part["group"] == "passages"
    )
    files = [folder / "record" / f"{part['key']}-{number}.json" for number in range(-(-len(archive.annotations) // 8))]
    assert part["packed"] == 8 and all(path.is_file() for path in files)
    urls = [held["url"] for path in files for held in json.loads(path.read_text())]
    assert sorted(urls) == sorted(record.url for record in told(archive) if record.kind is Kind.PASSAGE)


def test_a_filter_names_the_records_that_have_its_values(tmp_path: Path) -> None:
    """In every part, by the numbers under which the browser finds them."""
    archive = load(BRIDGE)
    folder = write(tmp_path / "index", archive)
    wanted = {record.url: record.filters for record in told(archive)}
    met: dict[str, dict[str, list[str]]] = {url: {} for url in wanted}
    for part in json.loads((folder / "archive.json").read_text())["parts"]:
        for path in folder.glob(f"filter/{part['key']}_*.pf_filter"):
            name, values = decode(path.read_bytes())
            for value, numbers in values:
                for number in numbers:
                    pack = folder / "record" / f"{part['key']}-{number // part['packed']}.json"
                    url = json.loads(pack.read_text())[number % part["packed"]]["url"]
                    met[url].setdefault(name, []).append(value)
    assert met == {url: {name: sorted(values) for name, values in filters.items()} for url, filters in wanted.items()}


def test_words_stand_in_small_files_to_which_the_contents_lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each word stands in one of them alone, with all that is told of it."""
    whole = write(tmp_path / "whole", load(PROJECT))
    monkeypatch.setattr(chunking, "ENOUGH", 1_000)
    small = write(tmp_path / "small", load(PROJECT))
    assert told_of_words(whole) == told_of_words(small) != {}
    assert len(list(small.glob("index/*"))) > 3 * len(list(whole.glob("index/*")))
    for path in small.glob("table/*.json"):
        ends = json.loads(path.read_text())["ends"]
        assert all(last < first for last, first in zip(ends[1::2], ends[2::2], strict=False))
        for number, (first, last) in enumerate(zip(ends[::2], ends[1::2], strict=True)):
            file = small / "index" / f"{path.stem}_{number:x}.pf_index"
            own = [word for word, _, _ in decode(file.read_bytes())[0]]
            assert own[0].startswith(first) and own[-1].startswith(last)


def test_words_that_begin_alike_are_in_one_file_unless_they_are_too_many() -> None:
    """The program loads one file for a word that is half typed."""
    words = [(f"{begun}{number:03}", bytes(100)) for begun in ("alik", "also", "other") for number in range(100)]
    words += [("word", bytes(40_000)), ("words", bytes(100))]
    ends, files = chunking.chunks("x", [words])
    assert [(first, last) for first, last, _ in ends] == [
        ("alik000", "ali"),
        ("als", "a"),
        ("o", "o"),
        ("w", "word"),
        ("words", "words"),
    ]
    assert len(files) == 5
    many = [(f"alike{number:04}", bytes(100)) for number in range(1_000)]
    assert max(map(len, chunking._filled(chunking._together([many])))) <= 320


def test_parts_of_articles_share_their_files_and_lose_no_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file for a word, whatever the number of parts; each finds its own records in its piece."""
    monkeypatch.setattr("archive_builder.searching.parting.MOST", {"articles": 2})
    monkeypatch.setattr(chunking, "ENOUGH", 500)
    folder = write(tmp_path / "index", load(PROJECT))
    table = json.loads((folder / "table" / "en-x-a.json").read_text())
    many = len(table["parts"])
    assert many == 3 and len(table["ends"]) > 50
    found: list[dict[str, list[int]]] = [{} for _ in range(many)]
    for number in range(len(table["ends"]) // 2):
        data = gzip.decompress((folder / "index" / f"en-x-a_{number:x}.pf_index").read_bytes())
        at = len(SIGNATURE) + chunking.SIZE * many
        for piece in range(many):
            size = data[len(SIGNATURE) + chunking.SIZE * piece :][: chunking.SIZE]
            end = at + int.from_bytes(size, "big")
            if at < end:
                found[piece].update(steps_of(decode(SIGNATURE + data[at:end])[0]))
            at = end
        assert at == len(data)
    alone = [told_of_words(folder)[f"en-x-a{piece}-exact"] for piece in range(many)]
    assert found == [steps_of((word, *rest) for word, rest in words.items()) for words in alone]


def steps_of(words: Iterable[Any]) -> dict[str, list[int]]:
    """Of each word the steps from record to record, in the texts as they are and as they are otherwise written."""
    return {
        word: [step for held in (own, *(each for _, each in forms)) for step, *_ in held] for word, own, forms in words
    }


def test_a_program_of_an_unknown_form_is_refused() -> None:
    """We export what it keeps to itself, by its name."""
    with pytest.raises(Unreadable):
        learning._opened(b"var Index=class{};")
    assert learning._opened(b"var PagefindInstance=class{};").endswith(b";export{PagefindInstance};")


def told_of_words(folder: Path) -> dict[str, dict[str, object]]:
    """Of every part every word with all that is told of it."""
    told: dict[str, dict[str, object]] = {}
    for path in folder.glob("index/*[0-9]*_*.pf_index"):
        own = told.setdefault(path.name.partition("_")[0], {})
        for word, *rest in decode(path.read_bytes())[0]:
            assert word not in own
            own[word] = rest
    return told


def by_pagefind_alone(held: Sequence[Part], folder: Path) -> dict[str, object]:
    """What Pagefind writes of these parts, told every record; besides the words, the table of contents of each."""
    with Pagefind(program()) as pagefind:
        number = pagefind.new_index()
        for part in held:
            for place, each in enumerate(part.records):
                meta = {name: " ".join(words_of(value)) for name, value in each.meta.items()}
                content = " ".join(words_of(unsigned(each.content)))
                pagefind.add(number, url=f"{part.key}/{place}", content=content, language=part.key, meta=meta)
        files = pagefind.files(number)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return contents(folder)


def contents(folder: Path) -> dict[str, object]:
    """Of every part its version, the length of each record, and the fields."""
    tables = {path.name.split(".")[1].partition("_")[0]: decode(path.read_bytes()) for path in folder.glob("*.pf_meta")}
    return {key: (version, [each for _, each in pages], rest) for key, (version, pages, _, _, *rest) in tables.items()}


ODD = [
    "The-cat 300-km cloud/cannon,page.find WKWebView O'Brien's don't 12,345 caT 5. x_y_z ___z a–b -- ! 😀 1.5 U.S.",
    "Новый НОВЫЙ новый и й Йод ий-йи й-й; the the-the-the a-the-b-the the",
    "دست‌کم ۱۲ نفر ___PAGEFIND_WEIGHT___9 ___PAGEFIND_ANCHOR___a:b ___END_PAGEFIND_WEIGHT___ cats",
    "word " * 300 + "words " + "é" * 70_000 + " it’s",
]


@pytest.mark.parametrize("source", ["first archive", "many languages", "odd texts"])
def test_every_word_stands_where_pagefind_itself_would_have_it(source: str, tmp_path: Path) -> None:
    """What its program in the browser reads is what it would have written, told everything and not only the words."""
    if source == "odd texts":
        meta = {"title": "The cat 300-km the-cat", "also": ODD[0], "zeta": ODD[1], "names": "ᚠᚢᚦ", "date": ""}
        own = [Record(Kind.PAGE, f"{number}", "en", text, meta, {}) for number, text in enumerate(ODD)]
        own += [Record(Kind.PAGE, f"ru{number}", "ru", text, {"title": text}, {}) for number, text in enumerate(ODD)]
        held = parts(own)
    else:
        held = parts(told(load(PROJECT if source == "first archive" else BRIDGE)))
    wanted = by_pagefind_alone(held, tmp_path / "theirs")
    (tmp_path / "ours").mkdir()
    make_index(tmp_path / "ours", held, ())
    assert with_every_place(told_of_words(tmp_path / "ours")) == told_of_words(tmp_path / "theirs") != {}
    tables = {path.stem: json.loads(path.read_text()) for path in (tmp_path / "ours" / "table").iterdir()}
    ours = {key: told_of_table(table) for key, table in tables.items()}
    assert with_every_place(ours) == wanted


def told_of_table(table: dict[str, Any]) -> object:
    [part] = table["parts"]
    return table["version"], part["lengths"], [[], part["fields"]]


def with_every_place(parts: Mapping[str, Told]) -> dict[str, Told]:
    """Of those that are written twice only the fuller."""
    return {key.removesuffix("-exact"): own for key, own in parts.items() if f"{key}-exact" not in parts}


def test_the_first_places_of_a_word_in_an_article_weigh_what_all_of_them_do(tmp_path: Path) -> None:
    """So that what is found comes in the same order, though little is loaded."""
    texts = ["cat " * many + "the-cat " * (many // 3) + "dog cat" for many in range(60)]
    held = parts(Record(Kind.ARTICLE, f"{number}", "en", text, {}, {}) for number, text in enumerate(texts))
    make_index(tmp_path, held, ())
    words = told_of_words(tmp_path)
    every, first = words["en-x-a0-exact"], words["en-x-a0"]
    assert every.keys() == first.keys() == {"cat", "dog", "the", "thecat"}
    for word in every:
        for one, other in zip(every[word][0], first[word][0], strict=True):  # type: ignore[index]
            (record, places, beside), (other_record, own_places, other_beside) = one, other
            assert (record, beside) == (other_record, other_beside)
            assert weighed(own_places) == weighed(places) and len(own_places) <= 2 * len(places) // 10 + 6


def weighed(places: Sequence[int]) -> int:
    """What a word weighs in a text: each place as much as is told before it."""
    sum = weight = 0
    for number in places:
        weight = -1 - number if number < 0 else weight
        sum += weight if number >= 0 else 0
    return sum


def cbor(values: str) -> bytes:
    return gzip.compress(SIGNATURE + bytes.fromhex(values))


def test_an_index_of_an_unknown_form_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is told as what it is, and not as a fault of ours."""
    for data in (cbor("f97e00"), gzip.compress(b"else"), cbor("8000")):
        with pytest.raises(Unreadable):
            decode(data)
    files = Pagefind.files
    for ending in (".pf_index", ".pf_meta"):
        for data in (cbor("80"), cbor("86613181810080808080"), cbor("8181820000")):

            def other(self: Pagefind, index: int, ending: str = ending, data: bytes = data) -> dict[str, bytes]:
                return {path: data if path.endswith(ending) else own for path, own in files(self, index).items()}

            monkeypatch.setattr(Pagefind, "files", other)
            with pytest.raises(Unreadable):
                make_index(tmp_path, sources("one")()[0], ())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path


def sources(*urls: str) -> Callable[[], tuple[tuple[Part, ...], tuple[()]]]:
    return lambda: (parts(record(url, Kind.PAGE, "en") for url in urls), ())


def held(site: Path) -> set[str]:
    files = (site / FOLDER / "record").glob("*.json")
    return {record["url"] for path in files for record in json.loads(path.read_text())}


def test_a_build_takes_the_index_when_it_is_done(site: Path) -> None:
    built = Index()
    built.begin(sources("one", "two"), site)
    assert built.finish(site) is None
    assert held(site) == {"one", "two"}
    assert not [path for path in site.iterdir() if path.name != FOLDER]


def test_a_missing_program_is_told_and_leaves_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "program", lambda: site / "nowhere")
    built = Index()
    built.begin(sources("one"), site)
    problem = built.finish(site)
    assert problem is not None and "does not start" in problem
    assert list(site.iterdir()) == []


def test_a_program_that_ends_early_is_told(tmp_path: Path) -> None:
    silent = shutil.which("true")
    assert silent is not None
    with Pagefind(Path(silent)) as pagefind, pytest.raises(PagefindError, match="ended before"):
        pagefind.new_index()


def test_what_the_program_refuses_is_told_in_its_words() -> None:
    with Pagefind(program()) as pagefind, pytest.raises(PagefindError, match="says"):
        pagefind.files(99)


def test_an_index_is_made_in_a_process_of_its_own_and_in_a_thread_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread is taken where a copy of the process would not be whole."""
    processes = []
    for name, own in (("process", True), ("thread", False)):
        monkeypatch.setattr(beside, "can_fork", lambda own=own: own)
        work = beside.Beside(os.getpid, "number")
        processes.append(work.result())
        built = Index()
        built.begin(sources("one", "two"), tmp_path / name)
        assert built.finish(tmp_path / name) is None
    assert processes[0] != os.getpid() == processes[1]
    one, other = (
        sorted((path.relative_to(tmp_path / name), path.read_bytes()) for path in files if path.is_file())
        for name, files in ((name, (tmp_path / name).rglob("*")) for name in ("process", "thread"))
    )
    assert one == other != []


def test_a_process_that_is_killed_is_told_and_leaves_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where memory runs out."""
    monkeypatch.setattr(beside, "can_fork", lambda: True)

    def killed() -> tuple[tuple[Part, ...], tuple[()]]:
        os.kill(os.getpid(), signal.SIGKILL)
        return (), ()

    built = Index()
    built.begin(killed, site)
    problem = built.finish(site)
    assert problem is not None and "ended before its work was done" in problem
    assert list(site.iterdir()) == []


def test_several_saves_in_a_row_are_indexed_once_and_the_last_one_stays(site: Path) -> None:
    """The thread that serves is never held up, and what came between is skipped."""
    from threading import Event

    begun, go, made = Event(), Event(), []

    def slow() -> tuple[tuple[Part, ...], tuple[()]]:
        begun.set()
        assert go.wait(20)
        return sources("first")()

    def source(number: int) -> Callable[[], tuple[tuple[Part, ...], tuple[()]]]:
        def make() -> tuple[tuple[Part, ...], tuple[()]]:
            made.append(number)
            return sources(f"save-{number}")()

        return make

    following, ready = Index(), Event()

    def tell(problem: str | None) -> None:
        assert problem is None
        if made:
            ready.set()

    following.follow(slow, site, tell)
    assert begun.wait(20)
    for number in range(5):
        following.follow(source(number), site, tell)
    assert made == []
    go.set()
    assert ready.wait(20)
    assert made == [4] and held(site) == {"save-4"}


def test_the_index_before_serves_until_the_next_is_ready(site: Path) -> None:
    """MkDocs empties the folder at every build, but for what is hidden."""
    following = Index()
    following.begin(sources("before"), site)
    following.finish(site)
    following.keep(site)
    for path in list(site.iterdir()):
        if not path.name.startswith("."):
            shutil.rmtree(path)
    following.restore(site)
    assert held(site) == {"before"}


@pytest.mark.parametrize("own", [True, False])
def test_nothing_is_left_of_a_build_that_failed(own: bool, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "can_fork", lambda: own)
    failed = Index()
    failed.begin(sources("one"), site)
    failed.abandon()
    assert list(site.iterdir()) == []


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BRIDGE, tmp_path / "bridge"))


def test_materials_own_search_is_left_out_where_it_is_named(bridge: Path) -> None:
    """It says so once, and nothing is indexed twice."""
    assert "- search\n" in (bridge / "mkdocs.yml").read_text()
    done = mkdocs(bridge, "build", "--strict")
    assert done.returncode == 0 and done.stderr.count("is left out: the archive is searched by its own index") == 1
    assert (bridge / "site" / FOLDER / "archive.json").is_file()
    assert not list((bridge / "site").rglob("search_index.json"))


def test_a_build_without_the_program_says_so_and_has_every_page(bridge: Path) -> None:
    hidden = bridge / "hidden" / "pagefind_bin"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError\n")
    done = mkdocs(bridge, "build", PYTHONPATH=f"{hidden.parent}:{PROJECT}")
    assert done.returncode == 0 and "This site cannot be searched: the program pagefind is not installed" in done.stderr
    assert (bridge / "site" / "index.html").is_file() and not (bridge / "site" / FOLDER).exists()


def test_what_is_saved_while_serving_becomes_searchable_after_the_page_is_shown(bridge: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=bridge, env={**os.environ, **QUIET}, stderr=subprocess.DEVNULL) as server:
        try:
            root = f"http://127.0.0.1:{port}"
            await_text(f"{root}/pagefind/archive.json", "tag")
            entity = bridge / "content" / "entities" / "mayor.md"
            entity.write_text(entity.read_text().replace("[the mayor,", "[the mayor, Burgomaster,"))
            await_text(f"{root}/entities/mayor/", "Burgomaster")
            assert any(spelled(root, b"burgomaster") or time.sleep(0.25) for _ in range(240))
        finally:
            server.terminate()


def spelled(root: str, name: bytes) -> bool:
    """Whether the index that is served knows the name; for a moment it may not be there."""
    try:
        manifest = json.loads(urlopen(f"{root}/{FOLDER}/archive.json", timeout=10).read())
        return any(
            name in urlopen(f"{root}/{FOLDER}/names-{number}.json", timeout=10).read()
            for number in range(len(manifest["names"]))
        )
    except OSError:
        return False

"""What the form writes reads back as typed, and is written as the archive's own commands write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from archive_builder.documents import parse_document, parse_record, parse_yaml
from archive_builder.editing import dump_mapping
from archive_builder.model import Annotation, Claim, Measure, is_slug
from archive_builder.quantities import parse_value
from archive_builder.standing import in_words, read_value

pytestmark = pytest.mark.browser

Call = Callable[..., Any]
SETS = "set:"
"""What a call takes for a set of JavaScript's."""

# Python's strings hold lone surrogates as the page's do, but neither the way there nor a file can.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
HOSTILE = [
    "<script>alert(1)</script>\n<img src=x onerror=alert(1)>",
    "---\ntitle: x\n---\n...\n",
    "a: b # c\n- d\n? e\n! f & g * h % i @ j ` k",
    "\ttabs\tand\n\tmore\n",
    "x" * 10_000,
    "я" * 10_000 + "\n",
    "\x00\x01\x07\x1b[31m\x7f\x80\x9f",
    "line\u0085next\u2028third\u2029fourth",
    "ends in blanks   \n   \n   begins so",
    "its last line ends in blanks   \n",
    "\n\nblank lines before and after\n\n\n",
    "~",
    "null",
    "NO",
    "2018-08",
    "'single' \"double\" \\ back",
    "{{ jinja }} {% raw %} ${shell} `tick`",
    "\ufeffmark \ufffe \uffff",
    "|\n  block\n>\n  folded",
    "ends with a backslash \\",
    "first\r\nsecond\rthird",
    " begins with a blank\nand goes on",
]


@pytest.fixture(scope="module")
def call(browser: Browser, mill_address: str) -> Iterator[Call]:
    """Calls a function of one of the form's modules, in the page, once for each of many arguments."""
    context = browser.new_context()
    page: Page = context.new_page()
    page.goto(f"{mill_address}articles/english/")
    script = """async ([base, module, name, calls]) => {
      const held = await import(`${base}assets/annotate/${module}.js`);
      return calls.map((given) => {
        const sets = given.map((each) => String(each).startsWith("set:") ? new Set(JSON.parse(each.slice(4))) : each);
        try { return held[name](...sets); } catch (error) { return { error: error.message }; }
      });
    }"""

    def calls(module: str, name: str, *given: list[Any]) -> list[Any]:
        told: list[Any] = page.evaluate(script, [mill_address, module, name, list(given)])
        return told

    yield calls
    context.close()


def read_back(text: str) -> Any:
    return parse_yaml(text, "annotations/a/b.yml").value


@given(texts=st.lists(TEXTS, min_size=1, max_size=30))
@example(texts=HOSTILE)
def test_any_text_reads_back_as_typed_in_any_place(call: Call, texts: list[str]) -> None:
    """As a value, in a mapping within, in a list in one row, and in a list of mappings."""
    mappings = [
        {"note": text, "target": {"exact": text}, "list": [text, "x"], "evidence": [{"relation": text, "url": text}]}
        for text in texts
    ]
    for mapping, written in zip(mappings, call("yaml", "dumpMapping", *([each] for each in mappings)), strict=True):
        kept = {key: value for key, value in mapping.items() if value}
        expected: dict[str, Any] = kept if mapping["note"] else {"list": ["", "x"]}
        got = read_back(written)
        if not mapping["note"]:
            got = {"list": got["list"]}
        assert got == expected


@given(texts=st.lists(TEXTS, min_size=1, max_size=30))
@example(texts=HOSTILE)
def test_the_page_writes_as_the_command_writes(call: Call, texts: list[str]) -> None:
    """The same bytes for the same mapping: there is one way to write an annotation."""
    mappings = [{"target": {"exact": text}, "claim": text, "attribution": [text, "a"], "note": text} for text in texts]
    written = call("yaml", "dumpMapping", *([mapping] for mapping in mappings))
    # The command leaves the key of an empty mapping standing; the page has none to write.
    pairs = [(got, dump_mapping(each)) for got, each in zip(written, mappings, strict=True) if each["note"]]
    assert all(got == expected for got, expected in pairs), [pair for pair in pairs if pair[0] != pair[1]][:1]


def test_half_a_character_becomes_the_sign_for_one_that_is_lost(browser: Browser, mill_address: str) -> None:
    """No file can hold a lone surrogate; the browser itself writes this sign in its place."""
    page = browser.new_page()
    page.goto(f"{mill_address}articles/english/")
    written = page.evaluate(
        """async (base) => {
      const { dumpMapping } = await import(base + "assets/annotate/yaml.js");
      const half = String.fromCharCode(0xd83d);
      return dumpMapping({ note: `a${half}b`, list: [half], target: { exact: `${half}\\n` } });
    }""",
        mill_address,
    )
    page.close()
    assert read_back(written) == {"note": "a\ufffdb", "list": ["\ufffd"], "target": {"exact": "\ufffd\n"}}


NUMBERS = st.from_regex(
    r"(?:~|>=|<=|>|<)?[ ]?-?[0-9]{1,16}(?:\.[0-9]{1,7})?(?:\.\.-?[0-9]{1,5}(?:\.[0-9]{1,3})?)?", fullmatch=True
)
DATES = st.from_regex(
    r"\[?(?:[0-9]{4}(?:-[01][0-9](?:-[0-3][0-9])?)?[?~%]?|\.\.)?(?:(?:/|\.\.)(?:[0-9]{4}(?:-[01][0-9](?:-[0-3][0-9])?)?[?~%]?|\.\.)?)?\]?",
    fullmatch=True,
)
QUANTITY, DAY = Measure(quantity="sacks", unit="kg"), Measure(quantity="day", unit="date")


def told(value: str, measure: Measure) -> Any:
    try:
        return in_words(read_value(value, measure), measure)
    except ValueError as error:
        return {"error": str(error)}


@given(values=st.lists(NUMBERS | TEXTS, min_size=1, max_size=40))
@example(
    values=["15", "200..300", ">100", ">=10", "<5", "<=4", "~200", "~200..300", "1300.50", "007", "-0", "300..200"]
)
@example(
    values=["2..2.0", "0.000001", "999999999999999", " ~ 5 ", "\u00a05\x1c", ">200..300", "5\n", "5 km", "1,300", ""]
)
def test_a_number_is_read_as_the_build_reads_it(call: Call, values: list[str]) -> None:
    measure = {"quantity": "sacks", "unit": "kg"}
    expected = [told(value, QUANTITY) for value in values]
    assert call("reading", "inWords", *([value, measure] for value in values)) == expected


@given(dates=st.lists(DATES | TEXTS, min_size=1, max_size=40))
@example(
    dates=["2018", "2018-08?", "2019-11-06/2019-11-11", "../2018", "2018/..", "[2019-11-06..2019-11-11]", "[..2018]"]
)
@example(
    dates=[
        "2018-02-29",
        "2020-02-29",
        "0000",
        "2018-13",
        "2019/2018",
        "2018-08~/2018-09",
        "1900-02-29",
        "[]",
        "[2018]",
        "2018-00",
        "2018-05-00",
    ]
)
def test_a_date_is_read_as_the_build_reads_it(call: Call, dates: list[str]) -> None:
    measure = {"quantity": "day", "unit": "date"}
    expected = [told(value, DAY) for value in dates]
    assert call("reading", "inWords", *([value, measure] for value in dates)) == expected


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("200-300", "200..300"), ("200 – 300 km", "200..300"), ("about 200", "~200"), ("1,300", "1300"),
        ("more than 100", ">100"), ("at least 12 people", ">=12"), ("between 200 and 300 km", "200..300"),
        ("1 300 000", "1300000"), ("fewer than 5", "<5"), ("15", ""), ("many", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_value_in_words_is_offered_in_the_form_it_takes(typed: str, offered: str, call: Call) -> None:
    assert call("reading", "suggested", [typed]) == [offered]
    if offered:
        assert parse_value(offered)


SLUGS = st.from_regex(r"[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(lambda text: text.strip())
FILLED = st.fixed_dictionaries(
    {
        "target": st.fixed_dictionaries({"exact": LINES, "prefix": st.just(""), "suffix": st.text(max_size=9)}),
        "claim": SLUGS,
        "newClaim": st.none()
        | st.fixed_dictionaries(
            dict.fromkeys(("title", "statement", "quantity", "unit"), LINES) | {"id": SLUGS, "event": SLUGS}
        ),
        "stance": st.sampled_from(["asserts", "denies", "doubts"]),
        "value": st.sampled_from(["", "15", ">100", "~200..300", "2018-07-29"]),
        "attribution": st.lists(SLUGS, max_size=3),
        "kind": st.sampled_from(["dispute", "error", "context", "language", "translation", "source"]),
        "note": LINES,
        "evidence": st.lists(
            st.fixed_dictionaries(
                {
                    "relation": st.sampled_from(["supports", "disputes", "corrects", "context"]),
                    "witness": st.sampled_from(
                        ["https://a.example/x?y=1&z=ü", "two-banks/boats", "mailto:a@b.example"]
                    ),
                }
            ),
            max_size=2,
        ),
        "by": st.sampled_from(["", "a-reader", "Ана # no"]),
    }
)


@given(filled=FILLED)
def test_what_is_filled_in_makes_records_that_the_reader_takes(call: Call, filled: dict[str, Any]) -> None:
    """An annotation, and before it the new claim where one was begun."""
    about = {"article": "english", "name": "n", "day": "2031-06-01", "known": {"site": {"schema": "../../x.json"}}}
    (files,) = call("record", "files", [filled, about])
    annotation = parse_record(Annotation, "n", parse_yaml(files[-1]["text"], "annotations/english/n.yml"))
    assert files[-1]["path"] == annotation.path and files[-1]["text"].startswith("# yaml-language-server: $schema=")
    assert annotation.target is not None and annotation.target.model_dump() == filled["target"]
    assert annotation.note.removesuffix("\n") == filled["note"].removesuffix("\n")
    assert (annotation.claim, annotation.value) == (
        filled["newClaim"]["id"] if filled["newClaim"] else filled["claim"],
        filled["value"] or None,
    )
    assert list(annotation.attribution) == filled["attribution"]
    assert [each.annotation or each.url for each in annotation.evidence] == [e["witness"] for e in filled["evidence"]]
    if filled["newClaim"]:
        document = parse_document(files[0]["text"], files[0]["path"])
        claim = parse_record(Claim, filled["newClaim"]["id"], parse_yaml(document.head, files[0]["path"]))
        assert claim.title == stripped(filled["newClaim"]["title"]) and claim.measure is not None


BLANKS = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"


def stripped(text: str) -> str:
    """As the page strips it, which takes a byte order mark for a blank and the separators of C0 for none."""
    return text.strip(BLANKS)


@given(filled=FILLED, words=LINES)
def test_the_files_name_can_name_a_file_and_is_like_no_other(
    call: Call, browser: Browser, filled: dict[str, Any], words: str
) -> None:
    """Made of the claim and the stance, else of the passage's words, else of its kind; numbered where it is taken."""
    passage = {**filled, "claim": "", "newClaim": None, "target": {"exact": words}}
    for about in (filled, passage):
        (first,) = call("record", "nameFor", [about, SETS + "[]"])
        (second,) = call("record", "nameFor", [about, f'{SETS}["{first}"]'])
        assert is_slug(first) and len(first) <= 100 and second == f"{first}-2"

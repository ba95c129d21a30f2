"""From a selected passage to a file that passes the check, in a real browser: the form, its ways out, and its manners.

GitHub is replaced by a local page that records the address it was given.
"""

from __future__ import annotations

import gzip
import random
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from browsing import Serve
from harbour import run
from mill import ARTICLES
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sites import Built

from archive_builder.projection import BARRIER
from archive_builder.store import load

pytestmark = pytest.mark.browser

WIDE, PHONE = (1440, 1000), (390, 844)
SELECTIONS = 200
NOTE = "The *Herald* has 900 kg, from the same engineer."

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
AXE_RUN = """async (tags) => (await axe.run("dialog.ab-form", {runOnly: tags})).violations.map(({id, nodes}) =>
  `${id}: ` + nodes.slice(0, 3).map(({html}) => html.slice(0, 140)).join(" | "))"""
SELECT = """([from, to]) => {
  const walker = document.createTreeWalker(document.querySelector(".md-content__inner"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let begun = false;
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest("section, header, details, .ab-annotate, .headerlink, .ab-ref")) continue;
    const low = node.data.indexOf(from);
    if (!begun && low >= 0) { range.setStart(node, low); begun = true; }
    const high = node.data.indexOf(to, begun && node === range.startContainer ? range.startOffset : 0);
    if (!begun || high < 0) continue;
    range.setEnd(node, high + to.length);
    node.parentElement.scrollIntoView({ block: "center" });
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""


class Reader:
    """A reader before the archive, whose GitHub is a local page that records what it is asked."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.asked: list[str] = []
        self.fetched: list[str] = []
        self.failed: list[str] = []
        context.route("https://github.com/**", self._record)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.failed.append(str(error)))
        self.page.on("request", lambda request: self.fetched.append(request.url))

    def _record(self, route: Any) -> None:
        self.asked.append(route.request.url)
        route.fulfill(body="<!doctype html><title>A page for a new file</title>", content_type="text/html")

    def visit(self, name: str = "english") -> Page:
        self.page.goto(f"{self.address}articles/{name}/")
        self.page.wait_for_selector(".ab-annotate", state="attached")
        return self.page

    def select(self, start: str, end: str = "") -> None:
        assert self.page.evaluate(SELECT, [start, end or start])
        expect(self.page.locator(".ab-annotate-here")).to_be_visible()

    def annotate(self, start: str, end: str = "") -> Locator:
        """Select from some words to others, and open the form."""
        self.select(start, end)
        self.page.locator(".ab-annotate-here").click()
        return self.form

    @property
    def form(self) -> Locator:
        form = self.page.locator("dialog.ab-form[open]")
        expect(form).to_be_visible()
        return form

    def note(self, text: str = NOTE) -> None:
        self.form.get_by_label("What should a reader know?").fill(text)

    def choose(self, label: str, typed: str) -> None:
        """Find one in a field by what is typed, with the keys alone."""
        field = self.form.get_by_role("combobox", name=label)
        field.fill(typed)
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("ArrowDown")
        field.press("Enter")

    def leave(self, name: str = "Open as pull request") -> str:
        """Follow a way out; the address that was asked for."""
        with self.context.expect_page() as opened:
            self.form.get_by_role("link", name=name).click()
        opened.value.wait_for_load_state()
        opened.value.close()
        return self.asked[-1]

    def clipboard(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def shown_file(self) -> str:
        return self.form.locator("pre").last.text_content() or ""


Meet = Callable[..., Reader]


@pytest.fixture
def meet(browser: Browser, mill_address: str) -> Iterator[Meet]:
    """Brings a reader; at the end no script has failed."""
    readers: list[Reader] = []

    def come(size: tuple[int, int] = WIDE, address: str = mill_address, **options: Any) -> Reader:
        width, height = size
        allowed = ["clipboard-read", "clipboard-write"]
        context = browser.new_context(
            viewport={"width": width, "height": height}, has_touch=width < 600, permissions=allowed, **options
        )
        readers.append(Reader(context, address))
        return readers[-1]

    yield come
    for reader in readers:
        reader.context.close()
        assert reader.failed == []


def new_file(url: str) -> tuple[str, str]:
    """The path and the text that GitHub's page for a new file is asked to begin with."""
    given = parse_qs(urlsplit(url).query, keep_blank_values=True, strict_parsing=True)
    return given["filename"][0], given.get("value", [""])[0]


@pytest.fixture
def copy(mill_archive: Path, tmp_path: Path) -> Path:
    """The archive, to write into."""
    return Path(shutil.copytree(mill_archive, tmp_path / "archive"))


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="")


def passage_of(root: Path, path: str) -> str:
    archive = load(root)
    key = path.removeprefix("annotations/").removesuffix(".yml")
    anchor = archive.anchors[key]
    return archive.proses[key.partition("/")[0]].text[anchor.start : anchor.end]


def test_a_selection_becomes_a_file_on_github_that_passes_the_check(meet: Meet, copy: Path) -> None:
    """Claim, stance, value, attribution, evidence and all; on this site's own repository and branch."""
    reader = meet()
    reader.visit()
    reader.annotate("200-300 sacks", "1 300 kg")
    reader.note()
    reader.choose("Claim", "flour")
    reader.form.get_by_role("radio", name="says so").check()
    reader.form.get_by_label("Value: flour lost").fill("about 1,300")
    reader.form.get_by_role("button", name="~1300").click()
    expect(reader.form.get_by_text("Reads as: about 1,300 kg")).to_be_visible()
    reader.choose("According to", "начальник")
    reader.choose("According to", "the county")
    reader.form.get_by_role("button", name="Move Ashbrook County nearer").click()
    reader.form.get_by_role("button", name="Add evidence").click()
    reader.form.get_by_role("combobox", name="Evidence 1").fill("https://herald.example/a?b=1&c=2")
    reader.form.get_by_role("button", name="Add evidence").click()
    reader.choose("Evidence 2", "nine")
    reader.form.get_by_label("Your name or handle").fill("a-reader")
    url = reader.leave()
    assert url.startswith("https://github.com/someone/their-mill/new/main?filename=annotations%2Fenglish%2F")
    path, text = new_file(url)
    assert path == "annotations/english/flour-lost-asserts.yml" and text == reader.clipboard() == reader.shown_file()
    put(copy, path, text)
    done = run(copy, "check", "--strict")
    assert done.exit_code == 0, done.output
    annotation = load(copy).annotations["english/flour-lost-asserts"]
    assert passage_of(copy, path) == "200-300 sacks of flour were lost, or about 1 300 kg"
    assert (annotation.value, annotation.attribution, annotation.by) == ("~1300", ("county", "chief"), "a-reader")
    assert [each.annotation or each.url for each in annotation.evidence] == [
        "https://herald.example/a?b=1&c=2",
        "quoted/nine",
    ]
    assert annotation.note.strip() == NOTE


MAKE = """async ([base, spans, id]) => {
  const load = (name) => import(`${base}assets/annotate/${name}.js`);
  const modules = ["text", "passage", "record", "known"].map(load);
  const [{ PageText }, { passagePart }, record, { known }] = await Promise.all(modules);
  const article = document.querySelector(".ab-article-head").parentElement;
  const page = new PageText(article);
  const units = [0];
  for (const sign of page.text) units.push(units.at(-1) + sign.length);
  const held = await known();
  return spans.map(([start, end], number) => {
    const range = page.rangeOf({ start: units[start], end: units[end] });
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const filled = { ...record.blank({ exact: "", prefix: "", suffix: "" }), note: `Note ${number}.` };
    const desk = { filled, page, article, anchor: null, passageFault: "", changed: () => {} };
    passagePart(desk).take(page.spanOf(getSelection().getRangeAt(0)));
    if (desk.passageFault) return { fault: desk.passageFault };
    const about = { article: id, name: `made-${number}`, day: "2031-06-01", known: held };
    const [made] = record.files(filled, about);
    return { ...made, start: units.indexOf(desk.anchor.start), end: units.indexOf(desk.anchor.end) };
  });
}"""


def test_two_hundred_selections_in_each_article_make_files_that_check_and_anchor_there(meet: Meet, copy: Path) -> None:
    """Across emphasis, paragraphs, quotation marks, tables, scripts and emoji: the passage is what was selected."""
    reader = meet()
    made: dict[str, tuple[int, int]] = {}
    proses = load(copy).proses
    for name in ARTICLES:
        text = proses[name].text
        chance = random.Random(f"{name} files")
        spans = []
        while len(spans) < SELECTIONS:
            start = chance.randrange(len(text))
            spans.append([start, min(start + chance.randint(1, chance.choice((5, 40, 200))), len(text))])
        reader.visit(name)
        for (start, end), told in zip(spans, reader.page.evaluate(MAKE, [reader.address, spans, name]), strict=True):
            chosen = text[start:end].strip(f" {BARRIER}")
            if "fault" in told:
                assert BARRIER in chosen or not chosen or "more than once" in told["fault"], (chosen, told)
                continue
            assert chosen in text[told["start"] : told["end"]] and told["start"] <= start + len(text[start:end])
            put(copy, told["path"], told["text"])
            made[told["path"]] = (told["start"], told["end"])
    assert len(made) > SELECTIONS * len(ARTICLES) * 0.7
    done = run(copy, "check", "--strict")
    assert done.exit_code == 0, done.output[:3000]
    anchors = load(copy).anchors
    for path, (start, end) in made.items():
        anchor = anchors[path.removeprefix("annotations/").removesuffix(".yml")]
        assert (anchor.start, anchor.end) == (start, end), path


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>\n</textarea></dialog>",
    "---\nkey: [value, {a: b}]\n...\n&anchor *alias !tag | > % @ `\n\ttab\n",
    "ж" * 3000 + "\n" + "x" * 10_000,
    "bell \x07 next\u0085line \u2028 separator \x1b[0m zero\u200bwidth \U0001f525",
]


@pytest.mark.parametrize("note", HOSTILE, ids=["html", "yaml", "long", "control"])
def test_a_hostile_note_arrives_as_typed_and_runs_nowhere(note: str, meet: Meet, copy: Path) -> None:
    """On the page it is text; in the file it reads back as typed; the archive with it passes its check."""
    reader = meet()
    reader.visit()
    reader.annotate("2.5 metres wide")
    typed = reader.form.get_by_label("What should a reader know?")
    typed.evaluate("(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }", note)
    held = str(typed.input_value())
    text, path = reader.shown_file(), reader.form.locator(".ab-form-path").last.text_content() or ""
    put(copy, path, text)
    assert reader.form.locator("script, img").count() == 0
    archive = load(copy)
    assert [problem for problem in archive.problems if problem.place.path == path] == []
    assert archive.annotations[path.removeprefix("annotations/")[:-4]].note.removesuffix("\n") == held.removesuffix(
        "\n"
    )
    assert passage_of(copy, path) == "2.5 metres wide"


def test_a_text_too_long_for_an_address_is_copied_and_never_sent_cut(meet: Meet) -> None:
    """Six bytes a Cyrillic letter: the page for an empty file opens, and the form says why and what to do."""
    reader = meet()
    reader.visit("russian")
    reader.annotate("Инженеры", "2029 году")
    reader.note("Слова. " * 60)
    expect(reader.form.get_by_text("too long to travel in an address")).to_be_hidden()
    short = reader.leave()
    assert len(short) <= 4500 and new_file(short)[1] == reader.clipboard()
    reader.note("Слова. " * 200)
    expect(reader.form.get_by_text("too long to travel in an address")).to_be_visible()
    long = reader.leave()
    assert new_file(long)[1] == "" and new_file(long)[0].startswith("annotations/russian/")
    assert reader.clipboard() == reader.shown_file() and "Слова. " * 200 in reader.clipboard()
    expect(reader.form.get_by_text("The text is on your clipboard: paste it")).to_be_visible()
    issue = reader.leave("Open an issue")
    assert len(issue) <= 4500 and "&file=" not in issue
    assert all(len(url) <= 4500 for url in reader.asked)


def test_every_address_is_whole_or_empty_at_any_length(meet: Meet) -> None:
    """One letter more at a time around the bound: what is in the address is the file to its last byte, or nothing."""
    reader = meet()
    reader.visit()
    reader.annotate("2.5 metres wide")
    link = reader.form.get_by_role("link", name="Open as pull request")
    found = set()
    for letter, counts in (("ж", range(600, 720, 7)), ("a", range(3900, 4200, 13)), ("🔥", range(300, 360, 5))):
        for count in counts:
            reader.note(letter * count)
            url = link.get_attribute("href") or ""
            _, text = new_file(url)
            assert len(url.encode()) <= 4500 and text in ("", reader.shown_file())
            found.add(bool(text))
    assert found == {True, False}


def test_copy_download_issue_and_letter_carry_the_same_file(meet: Meet, copy: Path) -> None:
    reader = meet()
    reader.visit()
    reader.annotate("loud crack")
    reader.note()
    text = reader.shown_file()
    reader.form.get_by_role("button", name="Copy").click()
    expect(reader.form.get_by_text("Copied.")).to_be_visible()
    assert reader.clipboard() == text
    with reader.page.expect_download() as saved:
        reader.form.get_by_role("button", name="Download").click()
    assert saved.value.suggested_filename == "loud-crack.yml"
    assert Path(saved.value.path()).read_text(encoding="utf-8") == text
    issue = reader.leave("Open an issue")
    given = parse_qs(urlsplit(issue).query)
    assert issue.startswith("https://github.com/someone/their-mill/issues/new?template=annotation.yml")
    assert given["file"] == [text] and given["path"] == ["annotations/english/loud-crack.yml"]
    reader.form.get_by_text("Without an account").click()
    letter = reader.form.get_by_role("link", name="Send by mail").get_attribute("href") or ""
    assert letter.startswith("mailto:editors@mill.example?subject=Annotation")
    body = parse_qs(letter.partition("?")[2])["body"][0].replace("\r\n", "\n")
    assert body == f"# annotations/english/loud-crack.yml\n{text}"
    guide = reader.form.get_by_role("link", name="How that works").get_attribute("href") or ""
    assert guide == f"{reader.address}about/contributing/#without-an-account"


def test_the_issue_form_has_the_fields_that_are_filled_in() -> None:
    """What the address names is what the form of this repository asks for."""
    import yaml

    form = yaml.safe_load((Path(__file__).parent.parent / ".github/ISSUE_TEMPLATE/annotation.yml").read_text("utf-8"))
    assert {"path", "file"} <= {field.get("id") for field in form["body"]}


def test_a_new_claim_is_handed_in_before_its_annotation_and_both_pass(meet: Meet, copy: Path) -> None:
    """Two files, two steps; with the name of the branch, the second goes to the same pull request."""
    reader = meet()
    reader.visit()
    reader.annotate("2.5 metres wide")
    reader.note()
    field = reader.form.get_by_role("combobox", name="Claim")
    field.fill("How wide was the gate?")
    reader.form.get_by_role("option", name="New claim").click()
    reader.form.get_by_label("As a neutral sentence").fill("The gate was that wide.")
    reader.form.get_by_label("What is counted").fill("width")
    reader.form.get_by_label("Unit").fill("m")
    reader.form.get_by_role("radio", name="says so").check()
    reader.form.get_by_label("Value").fill("2.5")
    expect(reader.form.get_by_text("Reads as: 2.5 m")).to_be_visible()
    first = new_file(reader.leave("1. Open the new claim"))
    reader.form.get_by_label("copy the name of your branch").fill("editor-patch-1")
    own = reader.leave("2. Open the annotation")
    assert own.startswith("https://github.com/someone/their-mill/new/editor-patch-1?")
    reader.form.get_by_label("copy the name of your branch").fill("a-reader:patch-1")
    url = reader.leave("2. Open the annotation")
    assert url.startswith("https://github.com/a-reader/their-mill/new/patch-1?")
    second = new_file(url)
    assert first[0] == "content/claims/how-wide-was-the-gate.md"
    for path, text in (first, second):
        put(copy, path, text)
    done = run(copy, "check", "--strict")
    assert done.exit_code == 0, done.output
    claim = load(copy).claims["how-wide-was-the-gate"]
    assert claim.event == "fire" and claim.measure is not None and claim.measure.unit == "m"
    assert passage_of(copy, second[0]) == "2.5 metres wide"


def test_what_an_article_leaves_out_needs_no_passage(meet: Meet, copy: Path) -> None:
    reader = meet()
    reader.visit("persian")
    reader.page.get_by_role("link", name="add an annotation").click()
    reader.note("It does not say whether the mill was closed.")
    expect(reader.form.get_by_text("Still to do: Choose the claim that the article leaves out.")).to_be_visible()
    reader.choose("Claim", "closed")
    path, text = new_file(reader.leave())
    put(copy, path, text)
    assert run(copy, "check", "--strict").exit_code == 0
    annotation = load(copy).annotations["persian/mill-closed-omits"]
    assert annotation.target is None and annotation.stance == "omits"


def test_a_passage_of_an_article_that_is_not_shown_is_taken_as_copied(meet: Meet, copy: Path) -> None:
    """Nothing can be selected there, and nothing checked; the form says so."""
    reader = meet()
    reader.page.goto(f"{reader.address}articles/linked/")
    reader.page.get_by_role("link", name="add an annotation").click()
    expect(reader.form.get_by_role("status").filter(has_text="Copy the passage from the original")).to_be_visible()
    reader.form.get_by_role("textbox", name="Passage").fill("the mill was “never” closed")
    reader.note()
    path, text = new_file(reader.leave())
    put(copy, path, text)
    assert run(copy, "check", "--strict").exit_code == 0
    target = load(copy).annotations[path[12:-4]].target
    assert target is not None and target.exact == "the mill was “never” closed"


def test_edit_leads_to_the_file_of_each_record_on_this_site_s_branch(meet: Meet, mill_archive: Path) -> None:
    """Of an annotation, a claim, an entity and an article: GitHub's editor, on a file that is there."""
    reader = meet()
    edits = {
        "articles/english/": ["annotations/english/hurt.yml", "content/articles/english.md"],
        "claims/people-hurt/": ["content/claims/people-hurt.md"],
        "entities/chief/": ["content/entities/chief.md"],
        "events/fire/": ["content/events/fire.md"],
        "outlets/gazette/": ["content/outlets/gazette.md"],
    }
    for address, paths in edits.items():
        reader.page.goto(reader.address + address)
        for path in paths:
            link = reader.page.locator(f"a[href='https://github.com/someone/their-mill/edit/main/{path}']")
            assert link.count() >= 1, path
            assert (mill_archive / path).is_file()


def test_what_was_typed_is_offered_again_and_a_discarding_is_taken_back(meet: Meet) -> None:
    """After closing, after reloading, after leaving for GitHub; several drafts side by side."""
    reader = meet()
    page = reader.visit()
    reader.annotate("loud crack")
    reader.note("First thoughts")
    reader.choose("Claim", "closed")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.ab-form")).to_have_count(0)
    page.reload()
    drafts = page.get_by_role("region", name="Your drafts")
    expect(drafts).to_contain_text("First thoughts")
    drafts.get_by_role("button", name="Continue").click()
    assert reader.form.get_by_label("What should a reader know?").input_value() == "First thoughts"
    assert reader.form.get_by_role("textbox", name="Passage").input_value() == "loud crack"
    expect(reader.form.get_by_text("Was the mill closed?").first).to_be_visible()
    page.keyboard.press("Escape")
    reader.annotate("none")
    reader.note("Second thoughts")
    page.keyboard.press("Escape")
    expect(drafts).to_contain_text("There are 2 of them.")
    drafts.get_by_role("button", name="Continue").click()
    reader.form.get_by_text("Your other drafts here (1)").click()
    reader.form.get_by_role("button", name="First thoughts").click()
    assert reader.form.get_by_label("What should a reader know?").input_value() == "First thoughts"
    reader.form.get_by_role("button", name="Discard").click()
    expect(drafts).to_contain_text("Discarded.")
    drafts.get_by_role("button", name="Undo").click()
    expect(drafts).to_contain_text("First thoughts")
    drafts.get_by_role("button", name="Continue").click()
    reader.form.get_by_role("radio", name="denies it").check()
    reader.leave()
    page.reload()
    expect(drafts).to_contain_text("You handed in an annotation from here.")
    drafts.get_by_role("button", name="It arrived").click()
    drafts.get_by_role("button", name="Close").click()
    page.reload()
    expect(drafts).to_contain_text("Second thoughts")


def test_two_annotations_from_one_page_never_take_the_same_name(meet: Meet) -> None:
    """The first may not be merged yet: what was handed in from here counts as taken."""
    reader = meet()
    reader.visit()
    names = []
    for passage in ("2.5 metres", "loud crack"):
        reader.annotate(passage)
        reader.note()
        reader.choose("Claim", "closed")
        reader.form.get_by_role("radio", name="denies it").check()
        names.append(new_file(reader.leave())[0])
        reader.page.keyboard.press("Escape")
    assert names == ["annotations/english/mill-closed-denies.yml", "annotations/english/mill-closed-denies-2.yml"]


def test_it_says_at_once_where_a_selection_cannot_anchor_and_what_to_do(meet: Meet) -> None:
    """Across an elision it offers the parts; cut words are made whole; repeated words are told apart."""
    reader = meet()
    reader.visit("quoted")
    reader.annotate("since 1990", "The owners deny")
    expect(reader.form.get_by_role("status").filter(has_text="runs across […]")).to_be_visible()
    expect(reader.form.get_by_text("Still to do: This runs across […]")).to_be_visible()
    reader.form.get_by_role("button", name="The owners deny").click()
    expect(reader.form.get_by_text("It stands in the article once.")).to_be_visible()
    reader.visit()
    reader.annotate("oud crac")
    assert reader.form.get_by_role("textbox", name="Passage").input_value() == "loud crack"
    expect(reader.form.get_by_text("Taken to whole words")).to_be_visible()
    reader.page.keyboard.press("Escape")
    reader.annotate("The fire was out by noon. The chief", "chief")
    reader.form.get_by_role("textbox", name="Passage").fill("fire was out")
    expect(reader.form.get_by_text("told from its like by the words before it")).to_be_visible()
    passage = reader.form.get_by_role("textbox", name="Passage")
    passage.fill("The fire was out by dusk")
    expect(reader.form.get_by_role("status").filter(has_text="These words do not stand")).to_be_visible()
    passage.fill("The fire was out by noo")
    reader.form.get_by_role("button", name="Take it whole").click()
    assert passage.input_value().endswith("by noon")


def test_what_nothing_tells_apart_and_what_is_too_long_is_refused_with_a_way_on(meet: Meet) -> None:
    reader = meet()
    reader.visit("quoted")
    reader.annotate("No comment")
    refused = reader.form.get_by_role("status")
    expect(refused.filter(has_text="more than once, and so does everything around them")).to_be_visible()
    reader.visit("long")
    reader.annotate("On day 3 the", "219 centimetres")
    expect(refused.filter(has_text="at most 5,000 can be quoted. Select less.")).to_be_visible()
    reader.form.get_by_role("textbox", name="Passage").fill("On day 3 the river")
    expect(refused.filter(has_text="It stands in the article once.")).to_be_visible()


def test_a_drag_with_the_mouse_across_emphasis_is_taken_to_whole_words(meet: Meet) -> None:
    """As a hand does it: from within a word to within another, over bold letters, notes and their numbers."""
    reader = meet()
    page = reader.visit()
    paragraph = page.locator(".ab-article-head ~ p").first
    paragraph.scroll_into_view_if_needed()
    start = page.locator("#mark-across").evaluate(
        "mark => { const r = mark.getClientRects()[0]; return [r.x, r.y + 9]; }"
    )
    end = page.locator("#mark-hurt").evaluate(
        "mark => { const r = mark.getClientRects()[0]; return [r.right, r.y + 9]; }"
    )
    page.mouse.move(start[0] + 12, start[1])
    page.mouse.down()
    page.mouse.move(end[0] - 12, end[1], steps=8)
    page.mouse.up()
    page.locator(".ab-annotate-here").click()
    passage = reader.form.get_by_role("textbox", name="Passage").input_value()
    assert passage == "burned on the night of 3 May, said the fire chief, and “at least 12 people"
    expect(reader.form.get_by_text("Taken to whole words")).to_be_visible()


def test_an_unfinished_form_goes_to_the_field_that_is_missing(meet: Meet) -> None:
    reader = meet()
    reader.visit()
    reader.annotate("loud crack")
    reader.choose("Claim", "hurt")
    reader.form.get_by_label("Value: people hurt").fill("many")
    reader.form.get_by_role("link", name="Open as pull request").click()
    field = reader.form.get_by_label("What should a reader know?")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true" and reader.asked == []
    expect(reader.form.get_by_text("Choose what the passage does with the claim.")).to_be_visible()
    expect(reader.form.locator("[data-field=value] .ab-form-fault")).to_contain_text("A value is written 15, 200..300")


def test_with_the_keyboard_alone_from_the_paragraph_to_github_and_back(meet: Meet) -> None:
    """The paragraph's button, the passage shortened by typing, the claim by arrow keys; Escape gives the focus back."""
    reader = meet()
    page = reader.visit()
    sign = page.get_by_role("button", name="Annotate: Witnesses spoke")
    sign.focus()
    page.keyboard.press("Enter")
    expect(reader.form.get_by_label("What should a reader know?")).to_be_focused()
    page.keyboard.type("A crack, and j k ? typed.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(reader.form.get_by_role("textbox", name="Passage")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("a loud crack - and of silence")
    expect(reader.form.get_by_text("It stands in the article once.")).to_be_visible()
    assert 'exact: "a loud crack — and of silence"' in reader.shown_file()
    link = reader.form.get_by_role("link", name="Open as pull request")
    for _ in range(30):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    with reader.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.close()
    assert "a%20loud%20crack" in reader.asked[-1]
    page.keyboard.press("Escape")
    expect(sign).to_be_focused()
    reader.select("half the county")
    page.keyboard.press("a")
    assert reader.form.get_by_role("textbox", name="Passage").input_value() == "half the county"


def test_a_press_beside_the_form_closes_it_but_not_one_that_began_inside(meet: Meet) -> None:
    """Selecting in a field and letting go beside the form loses nothing."""
    reader = meet()
    page = reader.visit()
    reader.annotate("loud crack")
    reader.note()
    box = reader.form.get_by_label("What should a reader know?").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 90, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(200, 500, steps=4)
    page.mouse.up()
    expect(page.locator("dialog.ab-form[open]")).to_be_visible()
    page.mouse.click(200, 500)
    expect(page.locator("dialog.ab-form")).to_have_count(0)
    expect(page.get_by_role("region", name="Your drafts")).to_contain_text("You began an annotation here.")


def test_those_who_hear_the_page_are_told_what_happens(meet: Meet) -> None:
    """The dialog and each field have names; the passage, the reading and what is found are live regions."""
    reader = meet()
    reader.visit()
    form = reader.annotate("loud crack")
    assert form.evaluate("form => document.getElementById(form.getAttribute('aria-labelledby')).textContent")
    unnamed = """form => [...form.querySelectorAll("input, textarea, select")].filter(each =>
      !each.labels.length && !each.getAttribute("aria-label")).map(each => each.outerHTML)"""
    reader.form.get_by_role("button", name="Add evidence").click()
    reader.choose("Claim", "hurt")
    assert form.evaluate(unnamed) == []
    live = form.get_by_role("status")
    expect(live.filter(has_text="It stands in the article once.")).to_have_count(1)
    field = form.get_by_role("combobox", name="According to")
    field.fill("county")
    expect(live.filter(has_text="2 found")).to_have_count(1)
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert active and form.locator(f"#{active}").get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    expect(form).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_axe_finds_nothing_in_the_form(size: tuple[int, int], scheme: str, meet: Meet) -> None:
    """Filled in and faulty, with a list open; nothing is wider than the screen."""
    reader = meet(size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page = reader.visit()
    reader.annotate("loud crack")
    reader.choose("Claim", "hurt")
    reader.form.get_by_label("Value: people hurt").fill("many")
    reader.choose("According to", "chief")
    reader.form.get_by_role("button", name="Add evidence").click()
    reader.form.get_by_role("link", name="Open as pull request").click()
    reader.form.get_by_text("Without an account").click()
    field = reader.form.get_by_role("combobox", name="According to")
    field.fill("c")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.evaluate(AXE)
    assert page.evaluate(AXE_RUN, ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    wide = (
        "form => [...form.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert reader.form.evaluate(wide) == 0


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_axe_finds_nothing_beside_the_control_and_the_offered_drafts(size: tuple[int, int], meet: Meet) -> None:
    reader = meet(size, reduced_motion="reduce", bypass_csp=True)
    page = reader.visit()
    reader.annotate("loud crack")
    reader.note()
    page.keyboard.press("Escape")
    reader.select("half the county")
    expect(page.get_by_role("region", name="Your drafts")).to_be_visible()
    page.evaluate(AXE)
    whole = AXE_RUN.replace('"dialog.ab-form"', "document")
    assert page.evaluate(whole, ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]) == []


def test_on_a_phone_a_selection_by_touch_brings_the_control_to_the_bottom(meet: Meet) -> None:
    """Where the phone's own menu is not; the sheet comes from below, and no keyboard covers it at once."""
    reader = meet(PHONE, is_mobile=True)
    page = reader.visit("persian")
    reader.select("هشدار داده بودند")
    box = page.locator(".ab-annotate-here").bounding_box()
    assert box is not None and box["y"] + box["height"] > PHONE[1] - 80 and box["height"] >= 24
    page.locator(".ab-annotate-here").tap()
    sheet = reader.form.bounding_box()
    assert sheet is not None and sheet["width"] == PHONE[0] and sheet["y"] > 0
    assert page.evaluate("document.activeElement.localName") == "h2"
    passage = reader.form.get_by_role("textbox", name="Passage")
    assert passage.get_attribute("dir") == "rtl" and passage.get_attribute("lang") == "fa"
    assert passage.input_value() == "هشدار داده بودند"


def test_nothing_of_the_form_is_fetched_before_it_is_asked_for(meet: Meet) -> None:
    """The control itself weighs next to nothing."""
    reader = meet()
    page = reader.visit()
    page.wait_for_timeout(300)
    ours = [url for url in reader.fetched if "/assets/annotate/" in url]
    assert ours == []
    control = page.request.get(f"{reader.address}assets/article/annotate.js").body()
    assert len(gzip.compress(control)) < 3_000
    reader.annotate("loud crack")
    ours = [url for url in reader.fetched if "/assets/annotate/" in url]
    assert any(url.endswith("archive.json") for url in ours) and not any(url.endswith("passages.json") for url in ours)
    assert all(url.startswith(reader.address) for url in reader.fetched)


def test_it_works_on_the_next_article_after_instant_navigation(meet: Meet, mill_address: str) -> None:
    """Leaving closes the form and keeps the draft; the control of the page before is gone."""
    reader = meet()
    page = reader.visit()
    page.evaluate("window.stayed = true")
    reader.annotate("loud crack")
    reader.note("Kept")
    page.evaluate("""history.pushState(null, ""); document.querySelector("dialog.ab-form").close();""")
    page.locator(".md-tabs a, .md-nav a").filter(has_text="Articles").first.evaluate("link => link.click()")
    page.wait_for_url("**/articles/")
    page.get_by_role("link", name="The fire, in russian").first.click()
    page.wait_for_url("**/articles/russian/")
    page.wait_for_selector(".ab-annotate", state="attached")
    assert page.evaluate("window.stayed"), "the page was loaded anew: this shows nothing"
    assert page.locator(".ab-annotate-here").count() == 1
    reader.annotate("не менее 12 человек")
    assert reader.form.get_by_role("textbox", name="Passage").input_value() == "не менее 12 человек"
    reader.note()
    assert new_file(reader.leave())[0].startswith("annotations/russian/")


def test_without_scripts_each_paragraph_leads_to_the_guide(meet: Meet) -> None:
    reader = meet(java_script_enabled=False)
    reader.page.goto(f"{reader.address}articles/english/")
    paragraphs = reader.page.locator(".ab-article-head ~ :is(p, blockquote) , .ab-article-head ~ * p").locator(
        "visible=true"
    )
    links = reader.page.locator(".ab-article-head ~ p .ab-guide")
    assert links.count() >= 4 and paragraphs.count() >= 4
    links.first.click()
    reader.page.wait_for_url("**/about/contributing/")


def test_with_scripts_no_such_link_is_there(meet: Meet) -> None:
    page = meet().visit()
    assert page.locator(".ab-guide").count() == 0


def test_where_the_repository_is_not_known_copy_and_download_remain(
    mill_archive: Path, built: Built, serve: Serve, meet: Meet
) -> None:
    """No link leads to a place that is not there, and the form says how to hand the file in."""
    reader = meet(address=serve(built(mill_archive)))
    page = reader.visit()
    reader.annotate("loud crack")
    reader.note()
    assert reader.form.get_by_role("link", name="pull request").count() == 0
    assert reader.form.get_by_role("link", name="Open an issue").count() == 0
    expect(reader.form.get_by_text("hand it to whoever keeps this archive")).to_be_visible()
    reader.form.get_by_role("button", name="Copy").click()
    assert reader.clipboard() == reader.shown_file()
    assert "github.com" not in unquote(page.locator("dialog.ab-form").inner_html())

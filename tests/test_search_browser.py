"""What a reader finds who searches: every entity in every spelling, the passage itself, by keyboard, from anywhere."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Serve
from playwright.sync_api import Browser, Page, Route, expect
from rooms import NARROW, WIDE
from sites import BRIDGE, PROJECT, Built

from archive_builder.indexing import make_index
from archive_builder.mentions import mentions
from archive_builder.pages import Links
from archive_builder.plugin.assets import PACKAGE
from archive_builder.searching import Part, fold, names, parts, records
from archive_builder.store import load

pytestmark = pytest.mark.browser

FIELD, HIT, DIALOG = ".ab-search-input", "dialog.ab-search .ab-hit", "dialog.ab-search"

# As the dialog asks and orders, without its drawing.
FIRST_THREE = """async ([root, queries]) => {
  const { find } = await import(`${root}assets/search/engine.js`);
  const { inOrder } = await import(`${root}assets/search/drawing.js`);
  const told = [];
  for (const query of queries) {
    const found = await find(query, { most: { names: 3, articles: 4, passages: 4, claims: 3, pages: 2 } });
    const items = inOrder(found).flatMap((name) => found.groups[name].items);
    told.push(items.slice(0, 3).map((item) => item.url));
  }
  return told;
}"""
FIND = """async ([root, query, how]) => {
  const { find } = await import(`${root}assets/search/engine.js`);
  const most = { names: 9, articles: 9, passages: 99, claims: 99, pages: 9 };
  const { groups, meant, counts } = await find(query, { most, ...how });
  return { groups, meant, counts };
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.set_default_timeout(15_000)
    yield page
    page.close()


@pytest.fixture
def opened(page: Page, address: str) -> Page:
    """The first page, with search open."""
    page.goto(address)
    page.wait_for_selector(".js")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    expect(page.locator(DIALOG)).to_be_visible()
    return page


def found(page: Page, address: str, query: str, **how: object) -> dict[str, dict[str, object]]:
    if page.url != address:
        page.goto(address)
    return page.evaluate(FIND, [address, query, how])


def test_every_entity_is_among_the_first_three_in_every_spelling(page: Page, address: str) -> None:
    """As written in the archive, and as its Latin and its Cyrillic form are typed."""
    archive = load(PROJECT)
    wanted: list[tuple[str, str]] = []
    for entity in archive.entities.values():
        spellings = (entity.name, *entity.aliases, *(name.folded for name in names([entity])))
        wanted += ((spelling, f"entities/{entity.id}/") for spelling in dict.fromkeys(spellings))
    assert len(wanted) > len(archive.entities) * 3
    page.goto(address)
    shown = page.evaluate(FIRST_THREE, [address, [spelling for spelling, _ in wanted]])
    missing = [(spelling, urls) for (spelling, url), urls in zip(wanted, shown, strict=True) if url not in urls]
    assert missing == []


def test_a_name_finds_the_passages_that_spell_it_otherwise(page: Page, address: str) -> None:
    """Cyrillic typed, Latin found; and nothing false stands in what is quoted."""
    archive = load(PROJECT)
    passages = found(page, address, "Калъаи Зол")["groups"]["passages"]
    urls = {item["url"] for item in passages["items"]}  # type: ignore[index, attr-defined]
    spelled = ("Qalai-e Zal", "Kalai-Zol")
    for key, anchor in archive.anchors.items():
        article, _, name = key.partition("/")
        if any(each in archive.proses[article].text[anchor.start : anchor.end] for each in spelled):
            assert f"articles/{article}/#mark-{name}" in urls
    quoted = ["".join(part["text"] for part in item["quoted"]) for item in passages["items"]]  # type: ignore[index, attr-defined]
    texts = " ".join(prose.text for prose in archive.proses.values())
    assert urls and all(text.strip() in texts for text in quoted if text)


def test_what_an_article_leaves_out_is_told_in_our_words_alone(page: Page, address: str) -> None:
    """There is nothing to quote, and the sign that parts quotation and note is no word of either."""
    passages = found(page, address, "Afghanistan")["groups"]["passages"]["items"]  # type: ignore[index]
    silent = [item for item in passages if "#note-" in item["url"]]  # type: ignore[attr-defined]
    assert silent
    for item in passages:  # type: ignore[attr-defined]
        assert "¶" not in "".join(part["text"] for part in (*item["quoted"], *item["said"]))
    assert not any("".join(part["text"] for part in item["quoted"]).strip() for item in silent)


def test_a_name_is_one_word_of_a_query_like_any_other(page: Page, address: str) -> None:
    """Beside other words a name in another spelling narrows, as it would in the text's own."""
    one = found(page, address, "Kalai-Zol militants")["groups"]["passages"]
    other = found(page, address, "Қалъаи Зол militants")["groups"]["passages"]
    assert {item["url"] for item in one["items"]} == {item["url"] for item in other["items"]} != set()  # type: ignore[index, attr-defined]


@pytest.mark.parametrize("typo", ["Knyazef", "Knyzev", "Kynazev", "Knyazzev", "Snyazev"])
def test_a_name_with_one_wrong_letter_is_offered(typo: str, opened: Page) -> None:
    opened.keyboard.type(typo)
    again = opened.locator(".ab-search-again")
    expect(again).to_have_text("Knyazev")
    again.click()
    expect(opened.locator(HIT).first).to_contain_text("Alexander Knyazev")


def test_marks_and_apostrophes_are_folded(page: Page, address: str) -> None:
    """What is easily typed finds what is correctly spelt."""
    for query in ("Turkiye", "Türkiye", "TÜRKIYE"):
        assert "entities/turkey/" in str(found(page, address, query)["groups"]["names"])
    for query in ("Peoples Liberation Army", "People’s Liberation Army"):
        assert "entities/people-s-liberation-army/" in str(found(page, address, query)["groups"]["names"])


def test_the_browser_folds_as_the_build_does(page: Page, address: str) -> None:
    """Every character that both know, alone and in a word."""
    known = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    typed = [*known, *(f"a{letter}B" for letter in known), "Ҷумҳурӣ и\u0306 O´Brien’s 12,345 دست\u200cکم ۱۲٫۵"]
    page.goto(address)
    shown = page.evaluate(
        "async ([root, texts]) => texts.map((await import(`${root}assets/search/names.js`)).fold)", [address, typed]
    )
    assert [(text, own) for text, own in zip(typed, shown, strict=True) if own != fold(text)] == []


def test_half_a_remembered_quotation_leads_to_the_passage_itself(opened: Page, address: str) -> None:
    opened.keyboard.type("300 km along tajik terr")
    expect(opened.locator(DIALOG)).to_have_attribute("data-query", "300 km along tajik terr")
    quoted = opened.locator(".ab-hit-text", has_text="about 300 km along Tajik territory")
    passage = opened.locator(f"{HIT}[href*='#mark-']").filter(has=quoted).first
    expect(passage.locator(".ab-status")).to_have_text("contested")
    passage.click()
    expect(opened).to_have_url(re.compile("#mark-"))
    expect(opened.locator("mark.ab-mark:target")).to_contain_text("300 km along Tajik territory")


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("инженер предупреждал", "kurier-most"),
        ("دست‌کم نفر", "nama-pol"),
        ("دستکم نفر", "nama-pol"),
        ("Brucke Elmford", "bote-bruecke"),
        ("verletzte Menschen", "bote-bruecke"),
    ],
)
def test_an_article_in_another_language_is_found_from_an_english_page(
    query: str, article: str, page: Page, built: Built, serve: Serve
) -> None:
    """By the rules of its own language, in its own letters, with or without what is not seen between them."""
    root = serve(built(BRIDGE))
    held = found(page, root, query)["groups"]["articles"]["items"]  # type: ignore[index]
    assert [item["url"] for item in held] == [f"articles/{article}/"]


@pytest.mark.parametrize("style", ["directories", "files"])
def test_search_works_below_a_path_and_with_addresses_of_files(
    style: str, tmp_path: Path, page: Page, built: Built, serve: Serve
) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(BRIDGE, archive)
    with (archive / "mkdocs.yml").open("a") as config:
        config.write(f"use_directory_urls: {'true' if style == 'directories' else 'false'}\n")
    shutil.copytree(built(archive), tmp_path / "served" / "deep" / "down")
    root = f"{serve(tmp_path / 'served')}deep/down/"
    page.goto(root)
    page.locator("[data-ab-search]").click()
    expect(page.locator(DIALOG)).to_be_visible()
    page.keyboard.type("rusted bearings")
    expect(page.locator(DIALOG)).to_have_attribute("data-query", "rusted bearings")
    page.locator(f"{HIT}[href*='#mark-']").first.click()
    ending = "gazette-bridge-falls/" if style == "directories" else "gazette-bridge-falls.html"
    expect(page).to_have_url(re.compile(f"/deep/down/articles/{ending}#mark-"))
    expect(page.locator("mark.ab-mark:target")).to_be_visible()


def test_arrows_choose_enter_opens_and_escape_closes(opened: Page, address: str) -> None:
    opened.keyboard.type("Knyazev")
    expect(opened.locator(DIALOG)).to_have_attribute("data-query", "Knyazev")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowUp")
    chosen = opened.locator(f"{HIT}[aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert opened.locator(FIELD).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    opened.keyboard.press("Escape")
    expect(opened.locator(DIALOG)).to_be_hidden()
    opened.keyboard.press("Control+k")
    expect(opened.locator(DIALOG)).to_be_visible()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(f"{address}entities/alexander-knyazev/")
    expect(opened.locator(DIALOG)).to_be_hidden()


def test_what_nobody_waits_for_any_more_is_left(page: Page, address: str) -> None:
    """Who types fast does not wait for the beginnings of what is typed: they are let go, and the last is found."""
    page.goto(address)
    told = page.evaluate(
        """async (root) => {
          const { find } = await import(`${root}assets/search/engine.js`);
          const most = { names: 3, articles: 3, passages: 3, claims: 3, pages: 3 };
          await find("heroin", { most });
          const asked = ["b", "bo", "bor", "border"].map((query) => {
            const controller = new AbortController();
            return { controller, found: find(query, { most, signal: controller.signal }) };
          });
          for (const { controller } of asked.slice(0, -1)) controller.abort();
          const told = await Promise.allSettled(asked.map(({ found }) => found));
          return told.map(({ status, value, reason }) => reason?.name ?? Object.keys(value.groups).length);
        }""",
        address,
    )
    assert told[:-1] == ["AbortError"] * 3 and told[-1] > 0


def test_what_is_found_first_is_shown_at_once_and_stays_where_the_rest_takes_long(page: Page, address: str) -> None:
    """The records of claims come late here: what stands above them is shown before, and is not drawn anew."""

    def late(route: Route) -> None:
        page.wait_for_timeout(1_500)
        route.continue_()

    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.route("**/record/*-x-c0-*", late)
    page.keyboard.press("/")
    page.locator(FIELD).fill("border")
    dialog, groups = page.locator(DIALOG), page.locator("#ab-search-list [role=group]")
    expect(dialog).to_have_attribute("data-begun", "border")
    assert dialog.get_attribute("data-query") != "border" and 0 < groups.count() < 3
    page.keyboard.press("ArrowDown")
    first = page.locator(HIT).first
    first.evaluate("(hit) => (hit.dataset.kept = '')")
    expect(dialog).to_have_attribute("data-query", "border")
    expect(page.locator("#ab-search-claims")).to_be_visible()
    assert first.get_attribute("data-kept") == "" and first.get_attribute("aria-selected") == "true"
    ids = page.locator(HIT).evaluate_all("(hits) => hits.map((hit) => hit.id)")
    assert len(set(ids)) == len(ids) > 3 and page.locator("#ab-search-list").get_attribute("aria-busy") is None


def test_a_word_of_two_letters_waits_while_more_may_come_and_a_pasted_one_does_not(opened: Page) -> None:
    opened.evaluate("""() => {
      window.asked = [];
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message) {
        window.asked.push(...(message.query?.forms ?? []).map(({ begun }) => begun));
        return post.call(this, message);
      };
    }""")
    # By timers of the page itself, which come in their order however slow the machine is.
    opened.evaluate(
        """async (field) => {
          const input = document.querySelector(field);
          for (let typed = 1; typed <= "border".length; typed += 1) {
            input.value = "border".slice(0, typed);
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            await new Promise((next) => setTimeout(next, 80));
          }
        }""",
        FIELD,
    )
    expect(opened.locator(DIALOG)).to_have_attribute("data-query", "border")
    asked = set(opened.evaluate("window.asked"))
    assert "border" in asked and not {"b", "bo"} & asked
    opened.locator(FIELD).fill("bo")
    expect(opened.locator(DIALOG)).to_have_attribute("data-query", "bo")


def test_search_works_again_after_instant_navigation(opened: Page, address: str) -> None:
    opened.keyboard.press("Escape")
    opened.locator(".md-tabs a", has_text="Claims").click()
    expect(opened.locator("h1")).to_have_text("Claims")
    opened.wait_for_load_state("networkidle")
    opened.keyboard.press("/")
    expect(opened.locator(DIALOG)).to_be_visible()
    opened.keyboard.type("Dushanbe")
    expect(opened.locator(DIALOG)).to_have_attribute("data-query", "Dushanbe")
    link = opened.locator(HIT).first
    expect(link).to_contain_text("Dushanbe")
    assert link.get_attribute("href") == f"{address}entities/dushanbe/"


def test_nothing_of_search_is_loaded_before_it_is_asked_for(page: Page, address: str) -> None:
    """Beyond five kilobytes: the style of the field, and the script that waits for a key."""
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.__setitem__(response.url, len(response.body())))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    ours = {url: size for url, size in sizes.items() if "search" in url or "pagefind" in url}
    assert set(ours) == {f"{address}assets/search.js"}
    field = len((PACKAGE / "assets" / "search.css").read_bytes())
    assert sum(ours.values()) + field < 5_000


def test_last_searches_are_kept_on_this_computer_until_they_are_forgotten(opened: Page) -> None:
    opened.keyboard.type("heroin")
    expect(opened.locator(HIT).first).to_be_visible()
    opened.keyboard.press("Enter")
    expect(opened.locator(".ab-seek-results .ab-hit").first).to_be_visible()
    opened.locator("[data-ab-search]").click()
    expect(opened.locator(".ab-search-recent")).to_have_text("heroin")
    opened.locator(".ab-search-clear").click()
    expect(opened.locator(".ab-search-recent")).to_have_count(0)
    assert opened.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ab-search'))") == []


def test_a_search_stands_in_its_address_and_is_narrowed_by_facets(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=guards&status=contested")
    hits = page.locator(".ab-seek-results .ab-hit")
    expect(hits.first).to_be_visible()
    assert page.locator(".ab-seek input[type=search]").input_value() == "guards"
    told = page.locator(".ab-seek-told")
    before = told.text_content()
    box = page.get_by_role("checkbox", name="passage")
    count = int(page.locator(".ab-seek-facets label", has=box).locator("span").last.text_content() or "")
    box.check()
    expect(told).not_to_have_text(before or "")
    expect(told).to_have_text(f"{count} results.")
    expect(page).to_have_url(f"{address}search/?q=guards&type=passage&status=contested")
    expect(hits).to_have_count(count)
    for status in page.locator(".ab-seek-results .ab-status").all():
        assert status.text_content() == "contested"


def test_the_counts_of_facets_are_those_of_what_they_narrow_to(page: Page, address: str) -> None:
    """Also where a name is found in several forms of the query, which find some records twice."""
    for query in ("Knyazev", "Kalai-Zol militants", "border"):
        everything = found(page, address, query, counted=True)
        for facet in ("type", "outlet", "status"):
            for value, count in everything["counts"][facet].items():  # type: ignore[attr-defined]
                narrowed = found(page, address, query, narrowed={facet: [value]})["groups"]
                assert sum(group["count"] for group in narrowed.values()) == count, (query, facet, value)  # type: ignore[misc, index]


def indexed_anew(site: Path, folder: Path) -> Path:
    """A copy of the first archive's site with an index that is made now."""
    archive = load(PROJECT)
    told = records(archive, mentions(archive), [], Links("", True).to, "en")
    copy = Path(shutil.copytree(site, folder))
    shutil.rmtree(copy / "pagefind")
    (copy / "pagefind").mkdir()
    make_index(copy / "pagefind", parts(told), names([*archive.entities.values(), *archive.outlets.values()]))
    return copy


@pytest.fixture
def parted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    site: Path,
    serve: Serve,
) -> str:
    """The first archive as if it were large: thirty passages to a part, and files cut small."""
    monkeypatch.setattr("archive_builder.searching.parting.MOST", {"passages": 30})
    monkeypatch.setattr("archive_builder.indexing.chunking.ENOUGH", 500)
    return serve(indexed_anew(site, tmp_path / "parted"))


def test_older_passages_are_searched_when_they_are_asked_for(parted: str, address: str, page: Page) -> None:
    """The page says which were searched, and each press reaches further, until what is found is all."""
    everything = found(page, address, "border")["groups"]["passages"]["count"]  # type: ignore[index]
    page.goto(f"{parted}search/?q=border")
    hits, more = page.locator(".ab-seek-results .ab-hit"), page.locator(".ab-seek-older button")
    expect(hits.first).to_be_visible()
    expect(page.locator(".ab-seek-older")).to_contain_text("only the newest were searched, those of 20")
    heading = page.locator(".ab-seek-results h2", has_text="Passages")
    counts = []
    while more.count():
        counts.append(int(heading.locator(".ab-count").text_content() or ""))
        more.click()
        expect(heading.locator(".ab-count")).not_to_have_text(str(counts[-1]))
    counts.append(int(heading.locator(".ab-count").text_content() or ""))
    assert len(counts) > 2 and counts == sorted(counts) and counts[-1] == everything


@pytest.fixture
def larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Path, serve: Serve) -> str:
    """The same with two articles to a part; parts of articles share their files."""
    monkeypatch.setattr("archive_builder.searching.parting.MOST", {"articles": 2})
    monkeypatch.setattr("archive_builder.indexing.chunking.ENOUGH", 500)
    return serve(indexed_anew(site, tmp_path / "larger"))


def test_passages_come_before_the_articles_of_several_parts(larger: str, address: str, page: Page) -> None:
    """They are found while articles are still ranked; two workers take turns with these where there is memory."""
    shown = []
    page.goto(address)
    has_room = page.evaluate("navigator.hardwareConcurrency > 1 && (navigator.deviceMemory ?? 8) > 4")
    for root, many in ((larger, 2 if has_room else 1), (address, 1)):
        page.goto(root)
        page.wait_for_selector(".js")
        page.keyboard.press("/")
        page.locator(FIELD).fill("border")
        expect(page.locator(DIALOG)).to_have_attribute("data-query", "border")
        heads = page.locator(f"{DIALOG} .ab-search-group").evaluate_all("(heads) => heads.map((head) => head.id)")
        shown.append([id.removeprefix("ab-search-") for id in heads])
        assert len(page.workers) == many
    assert shown[0][:2] == ["passages", "articles"] and shown[1][:2] == ["articles", "passages"]


@pytest.mark.parametrize("query", ["border", "the", "guar", "Knyazev", "heroin", "тадж", '"on the border"', "bo"])
def test_articles_in_several_parts_are_found_as_in_one(query: str, larger: str, address: str, page: Page) -> None:
    """By whole words, by half of one, by a name, and by what stands in quotation marks; and as many are counted."""
    one, other = (found(page, root, query, counted=True) for root in (larger, address))
    articles = [told["groups"].get("articles", {"count": 0, "items": []}) for told in (one, other)]  # type: ignore[attr-defined]
    urls = [sorted(item["url"] for item in group["items"]) for group in articles]
    assert urls[0] == urls[1] != []
    assert articles[0]["count"] == articles[1]["count"] == one["counts"]["type"]["article"]  # type: ignore[index]


def test_words_that_stand_in_no_new_passage_are_looked_for_in_older_ones(parted: str, page: Page) -> None:
    """Unasked, and not without end."""
    archive = load(PROJECT)
    newest = parts(records(archive, mentions(archive), [], Links("", True).to, "en"))
    first, second = [part for part in newest if part.group == "passages"][:2]
    shown = " ".join(fold(f"{record.content} {record.meta['title']}") for record in first.records).split()
    only = [
        (word, record.url)
        for record in second.records
        for word in fold(record.content).split()
        if len(word) > 8 and not any(other.startswith(word[:5]) for other in shown)
    ]
    word, url = only[0]
    passages = found(page, parted, word)["groups"]["passages"]
    assert url in {item["url"] for item in passages["items"]}  # type: ignore[index, attr-defined]


def test_a_part_that_does_not_hold_a_word_is_not_searched_without_it(parted: str, page: Page) -> None:
    """Of the newest passages two parts are searched here; each is asked only for what stands in it."""
    archive = load(PROJECT)
    held = parts(records(archive, mentions(archive), [], Links("", True).to, "en"))
    one, other = [part for part in held if part.group == "passages"][:2]
    words = [{word for each in part.records for word in fold(each.content).split()} for part in (one, other)]
    alone = sorted(word for word in words[1] if len(word) > 8 and not any(own.startswith(word[:5]) for own in words[0]))
    assert alone
    page.goto(parted)
    for word in alone[:5]:
        find = [parted, f"{word} border", {}]
        for item in page.evaluate(FIND, find)["groups"].get("passages", {"items": []})["items"]:
            told = fold(" ".join(part["text"] for part in (*item["quoted"], *item["said"])) + item["meta"]["title"])
            assert word[:5] in told, (word, item["url"])


def test_facets_count_what_is_found_where_a_part_lacks_a_word(parted: str, page: Page) -> None:
    """Each part is counted for the forms of the query that it is searched for, and for no other."""
    for query in ("heroin Afghanistan", "Knyazev border", "trafficking militants", "Afghanistan territory"):
        everything = found(page, parted, query, counted=True)
        assert everything["groups"], query
        counts: dict[str, int] = everything["counts"]["type"]  # type: ignore[assignment]
        told: dict[str, int] = {}
        for group, held in everything["groups"].items():
            told[group] = held["count"]  # type: ignore[index]
        assert sum(counts.values()) == sum(told.values()), (query, counts, told)


@pytest.mark.parametrize(
    "query", ["border guards", "Knyazev", "guar", "heroin Afghanistan", '"Tajik territory"', "тадж"]
)
def test_an_index_in_small_files_finds_what_one_in_large_files_finds(
    query: str, parted: str, address: str, page: Page
) -> None:
    """Of what is never left out: articles, claims and names."""
    one, other = (found(page, root, query)["groups"] for root in (parted, address))
    for group in ("articles", "claims", "names"):
        urls = [sorted(item["url"] for item in groups.get(group, {"items": []})["items"]) for groups in (one, other)]  # type: ignore[attr-defined]
        assert urls[0] == urls[1]


@pytest.fixture
def unshortened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Path, serve: Serve) -> str:
    """The first archive with every place of every word, and nothing written twice."""
    monkeypatch.setattr(Part, "exact", None)
    return serve(indexed_anew(site, tmp_path / "once"))


def test_articles_rank_by_first_places_as_by_all(unshortened: str, address: str, page: Page) -> None:
    """As many points to a hair, for rare words, common ones, parts of words and words in quotation marks."""
    queries = ["the", "of the border", "Knyazev", "drug-trafficking", "300 km", '"Tajik territory"', '"on the border"']
    for query in queries:
        one, other = (found(page, root, query)["groups"]["articles"]["items"] for root in (unshortened, address))  # type: ignore[index]
        scores = [[(item["url"], round(item["score"], 4)) for item in items] for items in (one, other)]  # type: ignore[attr-defined]
        assert scores[0] == scores[1] != [], query


def test_without_a_script_the_field_says_where_the_indexes_are(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    field = page.locator("[data-ab-search]")
    expect(field).to_contain_text("needs JavaScript: to the indexes")
    field.click()
    expect(page).to_have_url(f"{address}search/")
    for kind in ("articles", "claims", "events", "entities", "outlets"):
        expect(page.locator(f".ab-doors a[href='../{kind}/']")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_dialog_and_the_page_are_accessible(scheme: str, width: int, browser: Browser, address: str) -> None:
    """By axe, while results are shown; on a phone the dialog fills the screen."""
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator("[data-ab-search]").click()
    expect(page.locator(DIALOG)).to_be_visible()
    page.keyboard.type("Knyazev 300 km")
    expect(page.locator(HIT).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert told(page) == []
    if width == NARROW:
        box = page.locator(DIALOG).bounding_box()
        assert box is not None and (box["width"], box["height"]) == (width, 844)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}search/?q=border")
    expect(page.locator(".ab-seek-results .ab-hit").first).to_be_visible()
    assert told(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def told(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{each['id']}: {json.dumps([node['target'] for node in each['nodes']][:9])}" for each in violations]

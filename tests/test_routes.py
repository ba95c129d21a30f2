"""Routes as claimed: each way once, numbered and dashed in its own pattern, with everyone who says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import Serve
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from sites import MATERIAL, Built, Once
from test_accessibility import AXE, RUN, TAGS

from archive_builder.addresses import Addresses
from archive_builder.pages import Site, Views
from archive_builder.pages.arrows import DASHES, MapRoute, dashes
from archive_builder.pages.article import article_page
from archive_builder.pages.claim import claim_page
from archive_builder.pages.event import event_page
from archive_builder.pages.maps import MapPlace, place_map
from tests.conftest import build
from tests.drawing import check_kept, described, parsed, places

QUAY, FORD, MILL = MapPlace("The Quay", 52.1, 7.9), MapPlace("Elmford", 53.0, 9.6), MapPlace("Old Mill", 51.5, 9.9)
ROUTES = (MapRoute(1, (QUAY, FORD, MILL)), MapRoute(2, (FORD, QUAY)), MapRoute(3, (QUAY, FORD)))

CONFIG = f"""\
INHERIT: {MATERIAL}
site_name: Routes
theme:
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle: {{icon: material/weather-night, name: Switch to dark mode}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle: {{icon: material/weather-sunny, name: Switch to light mode}}
"""
PLACE = "---\nname: {}\ntype: place\n{}---\n"
NOTE = "target:\n  exact: {}\nclaim: whence\nstance: {}\nroute: [{}]\n{}note: A note.\n"
HEAD = "outlet: {}\ndisplay: full\nrights: CC0\nevents: attack"
FILES: dict[str, str | bytes | None] = {
    "content/events/attack.md": "---\ntitle: A raid on the mill\nplace: mill\nplaces: [quay]\n---\n",
    "content/claims/whence.md": (
        "---\ntitle: Did they come from the quay?\nstatement: They came from the quay.\nevent: attack\n---\n"
    ),
    "content/claims/guards-killed.md": None,
    "content/entities/quay.md": PLACE.format("The Quay", "coordinates: [52.1, 7.9]\n"),
    "content/entities/ford.md": PLACE.format("Elmford", "coordinates: [53.0, 9.6]\n"),
    "content/entities/mill.md": PLACE.format("Old Mill", "coordinates: [51.5, 9.9]\n"),
    "content/entities/hollow.md": PLACE.format("The Hollow", ""),
    "content/articles/gate.md": f"---\ntitle: The Gate\n{HEAD.format('gazette')}\n---\n"
    "They came from the quay by Elmford to the mill.\n\nNo: they went from Elmford to the quay.\n",
    "content/articles/night.md": f"---\ntitle: The Night\npublished: 2031-05-02\n{HEAD.format('herald')}\n---\n"
    "By way of Elmford they came.\n\nThrough the hollow it was.\n",
    "annotations/gate/by-elmford.yml": NOTE.format("came from the quay by Elmford", "asserts", "quay, ford, mill", ""),
    "annotations/gate/back.yml": NOTE.format("they went from Elmford", "denies", "ford, quay", ""),
    "annotations/night/by-way.yml": NOTE.format(
        "By way of Elmford", "asserts", "quay, ford, mill", "attribution: [spokesman]\n"
    ),
}


def shown(more: dict[str, str | bytes | None] | None = None, problems: int = 0) -> str:
    """What stands on the event's page."""
    views = views_of(more, problems)
    return str(event_page(views.archive.events["attack"], views).head)


def views_of(more: dict[str, str | bytes | None] | None = None, problems: int = 0) -> Views:
    archive = build({**FILES, **(more or {})})
    assert len(archive.problems) == problems, archive.problems
    return Views(archive, Site(True, Addresses(None, None, "main")))


def test_a_map_with_routes_is_drawn_as_it_was_when_somebody_looked_at_it() -> None:
    check_kept("map-routes", str(place_map([QUAY, FORD, MILL], "Where it was.", "map", ROUTES)))


def test_each_route_has_a_pattern_a_number_and_a_head_for_each_leg_and_is_told_in_words() -> None:
    drawing = str(place_map([QUAY, FORD, MILL], "Where it was.", "map", ROUTES))
    patterns = re.findall(r'<path class="ab-route"[^>]*stroke-dasharray="([^"]+)"', drawing)
    assert patterns == [dashes(1), dashes(2), dashes(3)] and len(set(DASHES)) == len(DASHES)
    assert re.findall(r'class="ab-badge".*?<text[^>]*>(\d+)</text>', drawing) == ["1", "2", "3"]
    assert drawing.count('class="ab-head"') == 4
    assert "route 1, The Quay to Elmford to Old Mill; route 2, Elmford to The Quay" in described(drawing)


def test_routes_between_the_same_places_do_not_hide_one_another() -> None:
    """There and back, and there again: three lines."""
    drawing = str(place_map([QUAY, FORD, MILL], "Where it was.", "map", ROUTES))
    lines = re.findall(r'<path class="ab-route" d="M[-\d]+ [-\d]+Q([-\d]+ [-\d]+)', drawing)
    assert len(set(lines)) == 3


def test_a_map_without_routes_has_nothing_of_them() -> None:
    assert not re.search("ab-route|ab-head|ab-badge|claimed", str(place_map([QUAY], "Where it was.", "map")))


@settings(max_examples=15)
@given(
    st.lists(st.builds(MapPlace, st.just("A"), st.floats(-90, 90), st.floats(-180, 180)), min_size=2, max_size=5),
    st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=5), min_size=1, max_size=8),
)
def test_any_routes_on_earth_are_drawn_well_formed_and_inside(spots: list[MapPlace], given: list[list[int]]) -> None:
    chosen = [tuple(spots[at % len(spots)] for at in order) for order in given]
    routes = [MapRoute(number, each) for number, each in enumerate(chosen, start=1)]
    drawing = str(place_map(spots, "Where it was.", "map", routes))
    assert parsed(drawing) is not None and all(-0.01 <= place <= 100.01 for place in places(drawing))


def test_the_page_lists_each_route_once_with_everyone_who_says_so() -> None:
    page = shown()
    first, second = page.split('<li id="route-')[1:]
    assert [first.count('class="ab-quote"'), second.count('class="ab-quote"')] == [2, 1]
    assert "A Spokesman" in first and "The Herald" in first and "2 May 2031" in first
    assert 'href="../../articles/gate/#mark-by-elmford"' in first
    assert re.findall(r">(The Quay|Elmford|Old Mill)</a>", first) == ["The Quay", "Elmford", "Old Mill"]
    assert "denies" in second and "denies" not in first


def test_a_place_of_a_route_is_on_the_map_though_the_event_names_it_not() -> None:
    assert ">Elmford</text>" in shown()


def test_a_route_leads_past_a_place_without_coordinates_and_the_page_says_so() -> None:
    """The warning is told; the line runs through the places that are known."""
    hollow = NOTE.format("Through the hollow", "asserts", "quay, hollow, mill", "")
    page = shown({"annotations/night/hollow.yml": hollow}, problems=1)
    assert page.count('class="ab-badge"') == 3
    assert "no coordinates for them:" in page and page.count(">The Hollow</a>") == 2


def test_a_route_of_one_known_place_is_listed_and_not_drawn() -> None:
    hollow = NOTE.format("Through the hollow", "asserts", "quay, hollow", "")
    page = shown({"annotations/night/hollow.yml": hollow}, problems=1)
    assert page.count('class="ab-badge"') == 2
    assert "not drawn: fewer than two of its places have coordinates" in page


def test_an_event_without_a_route_says_nothing_of_routes() -> None:
    names = [name for name in FILES if name.startswith("annotations/")]
    assert "ab-route" not in shown(dict.fromkeys(names))


def test_a_claim_and_a_note_tell_the_way_that_their_passage_gives() -> None:
    """In words as well as signs; a passage without one says nothing of it."""
    views = views_of({"annotations/night/whence.yml": NOTE.format("Through the hollow", "doubts", "quay", "")}, 1)
    told = r"route told: .*The Quay</a> .*→.*to.* <a.*Elmford</a> .*→.*to.* <a.*Old Mill</a>"
    claim = claim_page(views.archive.standings["whence"], views).head
    assert len(re.findall(told, claim)) == 2
    note = article_page(views.archive.articles["night"], views).tail
    assert len(re.findall(told, note)) == 1 and note.count("route told") == 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_the_routes(
    width: int,
    scheme: str,
    once: Once,
    browser: Browser,
    built: Built,
    serve: Serve,
) -> None:
    """axe-core finds nothing, nothing scrolls sideways, and every number and name stands inside the map."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    address = serve(built(once("routes", archive)))
    for path in ("claims/whence/", "articles/gate/", "events/attack/"):
        page.goto(address + path)
        page.evaluate(AXE)
        assert not page.evaluate(RUN, TAGS)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = """() => {
      const map = document.querySelector("svg.ab-map").getBoundingClientRect();
      return [...document.querySelectorAll(".ab-map text, .ab-map .ab-badge, .ab-map .ab-head")].filter((each) => {
        const box = each.getBoundingClientRect();
        return box.left < map.left || box.right > map.right || box.top < map.top || box.bottom > map.bottom;
      }).map((each) => each.outerHTML);
    }"""
    assert page.evaluate(outside) == []
    page.close()


def archive(root: Path) -> Path:
    """The same archive on disk."""
    from tests.conftest import DEFAULTS

    files = {**DEFAULTS, **FILES, "mkdocs.yml": CONFIG, "content/index.md": "# Routes\n"}
    for path, text in files.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(str(text), encoding="utf-8")
    return root

"""The timeline of an event: what is said to have happened and when, when the articles appeared, and nothing made up."""

from __future__ import annotations

from archive_builder.archive import Archive
from archive_builder.pages.timeline import timeline
from tests.conftest import build
from tests.drawing import check_kept, described, parsed, places, signs

EVENT = "---\ntitle: An attack\ndate: 2019-11-06\n---\n"
CLAIM = (
    "---\ntitle: When was the attack?\nstatement: It was on the day given.\nevent: attack\n"
    "measure:\n  quantity: date of the attack\n  unit: date\n---\n"
)
NOTE = "target:\n  exact: {}\nclaim: when\nstance: {}\nvalue: {}\nnote: A note.\n"


def files(**published: str) -> dict[str, str | bytes | None]:
    made: dict[str, str | bytes | None] = {"content/events/attack.md": EVENT, "content/claims/when.md": CLAIM}
    for outlet, name in (("gazette", "gate"), ("herald", "night")):
        date = f"published: {published[name]}\n" if name in published else ""
        head = f"title: The {name}\noutlet: {outlet}\ndisplay: full\nrights: CC0\nevents: attack\n{date}"
        made[f"content/articles/{name}.md"] = f"---\n{head}---\nIt was in the night.\n"
    made["annotations/gate/when.yml"] = NOTE.format("in the night", "asserts", "2019-11-06")
    made["annotations/night/when.yml"] = NOTE.format("in the night", "denies", "2019-11-05")
    return made


def drawn(archive: Archive) -> str | None:
    assert archive.problems == ()
    articles = [archive.articles["gate"], archive.articles["night"]]
    return timeline(archive.events["attack"], archive.standings.values(), articles, archive)


def test_it_is_drawn_as_it_was_when_somebody_looked_at_it() -> None:
    check_kept("timeline-attack", str(drawn(build(files(gate="2019-11-06/2019-11-11", night="2019-11?")))))


def test_it_tells_in_words_what_it_shows() -> None:
    told = described(str(drawn(build(files(gate="2019-11-06/2019-11-11", night="2019-11-09?")))))
    assert "6 November 2019, as this archive dates it" in told
    assert "6 November 2019, according to The Gazette" in told
    assert "5 November 2019, denied by The Herald" in told
    assert "“The gate” appeared between 6 and 11 November 2019" in told
    assert "“The night” appeared probably 9 November 2019" in told


def test_an_event_an_article_a_claim_and_a_denial_have_signs_of_their_own() -> None:
    timeline = str(drawn(build(files(gate="2019-11-06", night="2019-11-08"))))
    assert signs(timeline) == {"event": 1, "own": 1, "denies": 1, "published": 2}
    assert all(0 <= place <= 100 for place in places(timeline))


def test_centuries_have_room() -> None:
    archive = build(
        {**files(gate="2019", night="2020"), "content/events/attack.md": EVENT.replace("2019-11-06", "1066")}
    )
    assert "1,066" not in str(drawn(archive)) and all(0 <= place <= 100 for place in places(str(drawn(archive))))


def test_what_has_no_date_is_not_drawn() -> None:
    assert "“The gate”" not in described(str(drawn(build(files()))))
    bare = {"content/events/attack.md": "---\ntitle: An attack\n---\n", "content/claims/when.md": None}
    gone = {"annotations/gate/when.yml": None, "annotations/night/when.yml": None}
    assert drawn(build({**files(gate="2019"), **bare, **gone})) is None


def test_the_same_bytes_twice() -> None:
    made = files(gate="2019-11-06", night="2019-11-08")
    assert drawn(build(made)) == drawn(build(dict(reversed(made.items()))))
    assert parsed(str(drawn(build(made)))).get("height")

"""Where a claim stands is derived from who says what; nothing decides who is right."""

from __future__ import annotations

import re

import pytest
from conftest import World

from archive_builder.archive import Archive
from archive_builder.model import Claim, ClaimStatus, Stance
from archive_builder.standing import Standing

CLAIM = "content/claims/guards-killed.md"
HEAD = "---\ntitle: How many?\nstatement: Guards were killed.\nmeasure:\n  quantity: guards killed\n"
ARTICLES = {"gate": "15 border guards", "night": "Seventeen guards"}

SAID = re.compile(r"(?P<article>\w+) (?P<stance>\w+)(?: (?!by)(?P<value>[^ ;]+))?(?: by (?P<attribution>[^;]+))?")


def stated(world: World, said: str, more: str = "") -> Standing:
    """Where the claim stands when the articles say so, like ``gate asserts 15 by spokesman; night omits``."""
    files = {CLAIM: f"{HEAD}{more}---\n"}
    for number, each in enumerate(SAID.finditer(said)):
        article, stance, value, attribution = (part or "" for part in each.groups())
        target = "" if stance == "omits" else f"target: {{exact: {ARTICLES[article]}}}\n"
        given = f"value: '{value}'\n" if value else ""
        files[f"annotations/{article}/a{number}.yml"] = (
            f"{target}claim: guards-killed\nstance: {stance}\n{given}attribution: [{attribution}]\nnote: A note.\n"
        )
    archive: Archive = world(files)
    assert not archive.problems
    return archive.standings["guards-killed"]


CASES = [
    ("nobody speaks", "", "unreported", ""),
    ("silence is not speech", "gate omits; night omits", "unreported", ""),
    ("one outlet asserts", "gate asserts 15", "single-origin", "gazette"),
    ("one outlet asserts, another is silent", "gate asserts; night omits", "single-origin", "gazette"),
    ("two outlets assert", "gate asserts; night asserts", "agreed", "gazette herald"),
    ("two give one value", "gate asserts 15; night asserts 15", "agreed", "gazette herald"),
    ("two values that fit", "gate asserts ~15; night asserts 10..16", "agreed", "gazette herald"),
    ("two values that do not", "gate asserts 15; night asserts 17", "contested", "gazette herald"),
    ("one gives no value", "gate asserts 15; night asserts", "agreed", "gazette herald"),
    ("one asserts, one denies", "gate asserts; night denies", "contested", "gazette herald"),
    ("one asserts, one doubts", "gate asserts; night doubts", "contested", "gazette herald"),
    ("one denies", "gate denies", "unsupported", "gazette"),
    ("two doubt and deny", "gate denies; night doubts", "unsupported", "gazette herald"),
    (
        "two outlets quote one source",
        "gate asserts by ministry; night asserts by ministry",
        "single-origin",
        "ministry",
    ),
    (
        "a spokesman speaks for his ministry",
        "gate asserts by spokesman; night asserts by ministry",
        "single-origin",
        "ministry",
    ),
    ("an outlet quotes an outlet", "gate asserts; night asserts by gazette", "single-origin", "gazette"),
    (
        "the last of a chain is the origin",
        "gate asserts by gazette, herald, spokesman; night asserts by ministry",
        "single-origin",
        "ministry",
    ),
    ("one source, two values", "gate asserts 15 by ministry; night asserts 17 by spokesman", "contested", "ministry"),
    ("an article contradicts its source", "gate asserts by ministry; gate denies", "contested", "gazette ministry"),
]


@pytest.mark.parametrize("said, status, origins", [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_the_status_follows_from_what_is_said(world: World, said: str, status: str, origins: str) -> None:
    """Stances and values decide whether a claim is contested; independent origins, whether it is agreed."""
    found = stated(world, said)
    assert (found.status, found.origins) == (ClaimStatus(status), tuple(origins.split()))
    assert found.status == found.derived and not found.is_overruled
    assert found.reason.endswith(".") and found.reason[0].isupper() | found.reason[0].isdigit()


@pytest.mark.parametrize(
    "said, reason",
    [
        ("", "No annotated passage speaks to it."),
        (
            "gate asserts 15; night asserts 17",
            "Independent origins give values that cannot both be true, such as 15 and 17.",
        ),
        (
            "gate asserts 15 by ministry; night asserts 17 by spokesman",
            "One origin is given with values that cannot both be true: 15 and 17.",
        ),
        ("gate asserts; night denies", "One origin asserts it; one origin denies it."),
        (
            "gate doubts; night denies",
            "No origin asserts it here; one origin denies it and one origin doubts it.",
        ),
        ("gate asserts", "Everything said of it, in one article, comes from one origin."),
        (
            "gate asserts; night asserts",
            "2 independent origins assert it, and nothing annotated here contradicts them.",
        ),
    ],
)
def test_the_reason_is_one_sentence(world: World, said: str, reason: str) -> None:
    """A reader is told why, in words."""
    assert stated(world, said).reason == reason


def test_a_status_is_overruled_only_with_a_reason(world: World) -> None:
    """The file's status and reason are shown; what was derived is not forgotten."""
    said = "gate asserts 15; night asserts 17"
    found = stated(world, said, more="status: agreed\nreason: They count differently.\n")
    assert (found.status, found.derived, found.reason) == ("agreed", "contested", "They count differently.")
    assert found.is_overruled
    with pytest.raises(ValueError, match="status and reason come together"):
        Claim(id="a", path="a", title="a", statement="b", status=ClaimStatus.AGREED)


def test_a_claim_about_when_compares_days(world: World) -> None:
    """Where the unit is ``date``, values are dates: a month fits a day in it."""
    when = HEAD.replace("quantity: guards killed", "quantity: the day\n  unit: date") + "---\n"
    for day, status in (("2019-11-06", "agreed"), ("2019-12-06", "contested")):
        files = {CLAIM: when}
        for article, value in (("gate", "2019-11"), ("night", day)):
            target = f"target: {{exact: {ARTICLES[article]}}}\n"
            said = f"claim: guards-killed\nstance: asserts\nvalue: {value}\nnote: n\n"
            files[f"annotations/{article}/a.yml"] = target + said
        assert world(files).standings["guards-killed"].status == status


def test_the_positions_are_those_of_the_annotations(world: World) -> None:
    """Each annotation of the claim is one position, silence included, with its value read."""
    found = stated(world, "gate asserts ~15 by spokesman; night omits")
    told = [(held.article.id, held.stance, held.origin, str(held.reading or "")) for held in found.positions]
    assert told == [("gate", Stance.ASSERTS, "ministry", "about 15"), ("night", Stance.OMITS, "herald", "")]

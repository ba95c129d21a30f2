"""The cookbook's recipes work: each is a record that the reader takes, and together they pass the check."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from harbour import run

from archive_builder.model import EntityType, Kind, Stance
from archive_builder.standing import in_words, read_value
from archive_builder.store import load

PROJECT = Path(__file__).parent.parent
COOKBOOK = (PROJECT / "content/about/cookbook.md").read_text(encoding="utf-8")
GUIDE = (PROJECT / "content/about/contributing.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"```yaml\n# ((?:annotations|content)/\S+)\n(.*?)```", COOKBOOK, re.DOTALL))


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """The invented archive with every recipe written to the file that its first line names."""
    root = Path(shutil.copytree(PROJECT / "tests" / "bridge", tmp_path / "bridge"))
    for path, text in RECIPES.items():
        (root / path).write_text(f"---\n{text}---\n" if path.endswith(".md") else text, encoding="utf-8")
    return root


def test_every_recipe_is_read_and_anchors(bridge: Path) -> None:
    """The check finds nothing, strictly, in the archive with all of them."""
    assert len(RECIPES) == COOKBOOK.count("```yaml") >= 8
    done = run(bridge, "check", "--strict")
    assert done.exit_code == 0, done.output
    archive = load(bridge)
    keys = {path.removeprefix("annotations/").removesuffix(".yml") for path in RECIPES if path.endswith(".yml")}
    assert keys <= set(archive.annotations)
    assert {key for key in keys if archive.annotations[key].target is not None} <= set(archive.anchors)


def test_the_recipes_show_what_they_are_named_for(bridge: Path) -> None:
    """A count, a denial, a silence, a difference of translation, a chain of attribution."""
    held = load(bridge).annotations
    chosen = [held[path[12:-4]] for path in RECIPES if path.startswith("annotations/")]
    assert {Stance.ASSERTS, Stance.DENIES, Stance.OMITS} <= {each.stance for each in chosen}
    assert {Kind.DISPUTE, Kind.TRANSLATION, Kind.SOURCE, Kind.LANGUAGE} <= {each.kind for each in chosen}
    assert max(len(each.attribution) for each in chosen) > 1
    assert any(each.target and each.target.prefix for each in chosen)
    assert EntityType.PERSON in {entity.type for entity in load(bridge).entities.values()}


def test_the_values_it_teaches_are_read(bridge: Path) -> None:
    """Each value in its table can be read, and in words says what stands beside it."""
    claims = load(bridge).claims
    number, day = claims["people-injured"].measure, claims["when-it-fell"].measure
    table = COOKBOOK[COOKBOOK.index("| the passage says") : COOKBOOK.index("Two values clash")]
    values = re.findall(r'`"([^"]+)"`', table)
    assert len(values) == 10
    for value in values:
        measure = day if re.match(r"\d{4}", value) else number
        assert in_words(read_value(value, measure), measure)


def test_the_guide_shows_pictures_that_are_there_and_its_example_is_a_record() -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\((pictures/[a-z]+\.png)\)", GUIDE)
    assert len(pictures) == 3 and all(len(words) > 20 for words, _ in pictures)
    for _, path in pictures:
        data = (PROJECT / "content/about" / path).read_bytes()
        assert data.startswith(b"\x89PNG") and len(data) < 200_000
    examples = re.findall(r"```yaml\n(target:.*?)```", GUIDE, re.DOTALL)
    assert examples and yaml.safe_load(examples[0])["target"]["exact"]


def test_issue_forms_and_their_neighbours_are_whole() -> None:
    """Every issue form has what GitHub asks of one: a name, a description, fields with ids of their own and labels."""
    folder = PROJECT / ".github" / "ISSUE_TEMPLATE"
    forms = [path for path in sorted(folder.glob("*.yml")) if path.name != "config.yml"]
    assert len(forms) == 4
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert form["name"] and form["description"]
        fields = [field for field in form["body"] if field["type"] != "markdown"]
        assert len({field["id"] for field in fields}) == len(fields)
        assert all(field["type"] in ("input", "textarea") and field["attributes"]["label"] for field in fields)
    owners = (PROJECT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    for line in owners:
        pattern = line.split()[0] if line and not line.startswith("#") else ""
        assert not pattern or list(PROJECT.glob(pattern.strip("/"))), line

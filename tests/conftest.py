"""What every test may use: an archive built in memory from paths and texts, and how hard Hypothesis tries."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, settings

from archive_builder.archive import Archive, assemble
from archive_builder.reading import read_files

# Their fixtures are everyone's: a module that imported one would have a browser or a site of its own.
pytest_plugins = ["sites", "browsing", "rooms", "mill"]

# More would only make the browsers wait for one another.
MOST_WORKERS = 4

SLOW_TO_GENERATE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=SLOW_TO_GENERATE)
settings.register_profile(
    "ci", max_examples=40, deadline=None, derandomize=True, suppress_health_check=SLOW_TO_GENERATE
)
settings.register_profile("many", max_examples=250, deadline=None, suppress_health_check=SLOW_TO_GENERATE)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")

DEFAULTS = {
    "content/outlets/gazette.md": "---\nname: The Gazette\ntype: newspaper\n---\n",
    "content/outlets/herald.md": "---\nname: The Herald\ntype: newspaper\n---\n",
    "content/articles/gate.md": (
        "---\ntitle: The Gate\noutlet: gazette\ndisplay: full\nrights: CC0\n---\n"
        "The militants killed 15 border guards near Ishkobod.\n\nThe ministry denied it.\n"
    ),
    "content/articles/night.md": (
        "---\ntitle: The Night\noutlet: herald\ndisplay: full\nrights: CC0\n---\nSeventeen guards died that night.\n"
    ),
    "content/claims/guards-killed.md": (
        "---\ntitle: How many guards were killed?\nstatement: Guards were killed.\n"
        "measure:\n  quantity: guards killed\n---\n"
    ),
    "content/entities/ministry.md": "---\nname: The Ministry\ntype: organisation\n---\n",
    "content/entities/spokesman.md": "---\nname: A Spokesman\ntype: person\nspeaks_for: ministry\n---\n",
    "content/events/attack.md": "---\ntitle: An attack\n---\n",
}
"""A sound archive of two articles, to which a test adds what it is about."""

World = Callable[..., Archive]


@pytest.fixture
def world() -> World:
    """Build an archive in memory: the sound one, with some files added, replaced, or (None) taken away."""
    return build


def build(files: Mapping[str, str | bytes | None] | None = None) -> Archive:
    given: dict[str, str | bytes | None] = {**DEFAULTS, **(files or {})}
    return assemble(read_files({path: _bytes(text) for path, text in given.items() if text is not None}))


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let CI try a test of the browser again, as Playwright does there: on a busy machine a frame may come late.

    What is broken fails each time, and what was tried again is told at the end.
    """
    if os.environ.get("CI") != "true":
        return
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: before a browser a test often waits."""
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)

"""Renders what is around the content once for all pages that share it.

A theme's templates cost more than the pages we put in them, and between two claims, say, they differ in a handful of
values. So the first page of a kind is rendered with stand-ins for these values, and every page of the kind is that
frame with its own values in their places. Values are safe HTML: a template may show them escaped or as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template
from markupsafe import Markup

__all__ = ["ID", "Frame", "FramedTemplate", "Frames", "stand_in"]

# Stands for the id of a record wherever the theme makes an address of it.
ID = "stands-in-for-an-id"
# Themes look for a heading in the content, and write one where there is none.
CONTENT = "<h1>\ue000content\ue001</h1>"
STAND_IN = re.compile(f"<h1>\ue000(content)\ue001</h1>|\ue000([a-z]+)\ue001|{ID}")


def stand_in(name: str) -> Markup:
    """What a value is rendered as in a frame."""
    return Markup(CONTENT if name == "content" else f"\ue000{name}\ue001")


class Frames:
    """The frames of one build, as the texts between values and the names of the values, in turn."""

    def __init__(self, finish: Callable[[str], str] = str) -> None:
        """``finish`` is what is done to a rendered frame, while it has stand-ins for all that is not the theme's."""
        self._finish = finish
        self._held: dict[Hashable, tuple[str, ...]] = {}

    def fill(self, key: Hashable, values: Mapping[str, str], render: Callable[[], str]) -> str:
        """The page with these values; ``render`` makes the frame where there is none yet for ``key``."""
        if key not in self._held:
            self._held[key] = tuple(_cut(self._finish(render())))
        parts = self._held[key]
        return "".join(values[part] if place % 2 else part for place, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Frame:
    """One page to render."""

    frames: Frames
    key: Hashable
    """What decides everything in the page but the values."""
    values: Mapping[str, str]
    """Safe HTML by name; ``id`` is the record's."""
    context: Callable[[], Mapping[str, Any]]
    """What the template is rendered with for a frame."""


class FramedTemplate(Template):
    """A template that renders by frame where its context brings one as ``ab_frame``."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        context = dict(*args, **kwargs)
        frame: Frame | None = context.get("ab_frame")
        if frame is None:
            return super().render(context)
        return frame.frames.fill(frame.key, frame.values, lambda: super(FramedTemplate, self).render(frame.context()))


def _cut(rendered: str) -> list[str]:
    """The rendered frame, parted at its stand-ins."""
    parts: list[str] = []
    position = 0
    for found in STAND_IN.finditer(rendered):
        parts += rendered[position : found.start()], found[1] or found[2] or "id"
        position = found.end()
    return [*parts, rendered[position:]]

"""Reads JSON of either kind, in whatever envelope it comes: one annotation, a list, a page, a collection, API rows.

Nothing that it holds is trusted: what has the wrong shape counts as absent, and nothing is fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import nh3

from archive_builder.imports.incoming import Incoming, Unreadable
from archive_builder.model import Kind

__all__ = ["read_json"]

DEPTH = 8
HTML_TAGS = frozenset(
    "a abbr b blockquote br cite code del em i ins kbd li ol p pre q s small strong sub sup u ul".split()
)
MARKDOWN_SIGN = re.compile(r"[\\`*_\[\]<>#|~]|(?<!\S)[-+](?=\s)|(?<=\d)[.)](?=\s)")
DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
MOTIVATIONS = {"editing": Kind.ERROR, "questioning": Kind.DISPUTE}
ENVELOPES = ("rows", "items", "annotations", "first", "next")
JSON = Mapping[str, Any]


def read_json(data: bytes) -> tuple[Incoming, ...]:
    """Every annotation in the file, in its order; raise Unreadable where it is none of the known kinds."""
    try:
        read = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as fault:
        raise Unreadable(f"it is not JSON: {fault}") from None
    found = tuple(_annotations(read, DEPTH))
    if not found:
        raise Unreadable("it holds no annotations of W3C Web Annotation or Hypothesis")
    return found


def _annotations(value: Any, depth: int) -> Iterator[Incoming]:
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value:
            yield from _annotations(each, depth - 1)
    elif isinstance(value, dict):
        if _is_hypothesis(value):
            yield _hypothesis(value)
        elif "target" in value:
            yield _web_annotation(value)
        else:
            for key in ENVELOPES:
                yield from _annotations(value.get(key), depth - 1)


def _is_hypothesis(value: JSON) -> bool:
    return "uri" in value and ("text" in value or "tags" in value or "user" in value)


def _hypothesis(value: JSON) -> Incoming:
    targets = _many(value.get("target"))
    selectors = [each for target in targets if isinstance(target, dict) for each in _many(target.get("selector"))]
    references = [each for each in _many(value.get("references")) if isinstance(each, str)]
    return Incoming(
        id=_text(value, "id") or _digest(value),
        source="hypothesis",
        about=_text(value, "uri"),
        **_selected(selectors),
        note=_text(value, "text").strip(),
        tags=tuple(each for each in _many(value.get("tags")) if isinstance(each, str)),
        by=_text(value, "user").removeprefix("acct:").partition("@")[0],
        created=_day(_text(value, "created")),
        parent=references[0] if references else "",
    )


def _web_annotation(value: JSON) -> Incoming:
    targets = _many(value.get("target"))
    target = targets[0] if targets else ""
    about = _named(target.get("source") or target.get("id")) if isinstance(target, dict) else _named(target)
    bodies = [*_many(value.get("body")), *_many(value.get("bodyValue"))]
    motivations = [each for each in _many(value.get("motivation")) if isinstance(each, str)]
    replied = about if "replying" in motivations else ""
    return Incoming(
        id=_text(value, "id") or _text(value, "@id") or _digest(value),
        source="web-annotation",
        about=about,
        **_selected(_many(target.get("selector")) if isinstance(target, dict) else []),
        note="\n\n".join(filter(None, (_body(body) for body in bodies if not _is_tag(body)))),
        tags=tuple(_text(body, "value") for body in bodies if isinstance(body, dict) and _is_tag(body)),
        by=_creator(value.get("creator")),
        created=_day(_text(value, "created")),
        parent=replied,
        kind=next((MOTIVATIONS[each] for each in motivations if each in MOTIVATIONS), None),
    )


def _selected(selectors: list[Any]) -> dict[str, Any]:
    """The passage that the selectors name; a selector that refines another narrows it."""
    said: dict[str, Any] = {"exact": ""}
    for selector in selectors:
        if isinstance(selector, dict):
            said |= {key: value for key, value in _one(selector, DEPTH).items() if not said.get(key)}
    return said


def _one(selector: JSON, depth: int) -> dict[str, Any]:
    kind = _text(selector, "type") or _text(selector, "@type")
    said: dict[str, Any] = {}
    if kind.endswith("TextQuoteSelector"):
        said = {key: _text(selector, key) for key in ("exact", "prefix", "suffix")}
    elif kind.endswith("TextPositionSelector"):
        start, end = selector.get("start"), selector.get("end")
        if type(start) is int and type(end) is int and 0 <= start < end:
            said = {"position": (start, end)}
    finer = selector.get("refinedBy")
    if not isinstance(finer, dict) or depth == 0:
        return said
    return _refined(said, _one(finer, depth - 1))


def _refined(outer: dict[str, Any], inner: dict[str, Any]) -> dict[str, Any]:
    """The inner passage, its context taken from the outer one where the outer one has it once."""
    whole = outer.get("exact", "")
    start = -1
    if whole and inner.get("position"):
        start, end = inner["position"]
        inner = {"exact": whole[start:end]}
    elif whole and inner.get("exact") and whole.count(inner["exact"]) == 1:
        start = whole.index(inner["exact"])
    if start < 0:
        return inner or outer
    end = start + len(inner["exact"])
    before, after = outer.get("prefix", "") + whole[:start], whole[end:] + outer.get("suffix", "")
    return {"exact": inner["exact"], "prefix": before, "suffix": after}


def _body(body: Any) -> str:
    """The body's words as Markdown that reads as they were meant."""
    if isinstance(body, str):
        return _as_markdown(body, "text/plain")
    if not isinstance(body, dict) or not isinstance(body.get("value"), str):
        return ""
    return _as_markdown(body["value"], _text(body, "format") or "text/plain")


def _as_markdown(text: str, kind: str) -> str:
    if "html" in kind:
        return nh3.clean(text, tags=set(HTML_TAGS), attributes={"a": {"href", "title"}}, link_rel=None).strip()
    return text.strip() if "markdown" in kind else MARKDOWN_SIGN.sub(r"\\\g<0>", text).strip()


def _is_tag(body: Any) -> bool:
    return isinstance(body, dict) and "tagging" in _many(body.get("purpose"))


def _creator(value: Any) -> str:
    creator = next(iter(_many(value)), "")
    if isinstance(creator, dict):
        creator = _text(creator, "nickname") or _text(creator, "name") or _text(creator, "id")
    tail = str(creator).rstrip("/").rpartition("/")[2] if "://" in str(creator) else str(creator)
    return " ".join(tail.removeprefix("acct:").split())


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _named(value: Any) -> str:
    return value if isinstance(value, str) else _text(value, "id") if isinstance(value, dict) else ""


def _text(value: JSON, key: str) -> str:
    held = value.get(key)
    held = held[0] if isinstance(held, list) and held else held
    return held if isinstance(held, str) else ""


def _day(text: str) -> str:
    day = DAY.match(text)
    return day[0] if day else ""


def _digest(value: JSON) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()

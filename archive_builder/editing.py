"""Writes YAML the way a person would, and changes single values of it without touching another byte.

We replace the stretch of text that a value takes rather than load and dump the file, because then comments, quotes,
order and line breaks stay by construction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import yaml

__all__ = ["append_item", "changed", "drop_key", "dump_mapping", "set_value"]

# What stands unquoted: ids, dates and addresses that no YAML reader takes for anything else.
PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9_./-]*|sha256:[0-9a-f]+|https?://[^\s,\[\]{}#]*[\w/]|\d{4}(?:-\d\d)+(?:/[\d-]+)?"
)
RESERVED = frozenset("null true false yes no on off y n".split())
# Characters that YAML does not allow, or that it reads as line breaks.
UNPRINTABLE = re.compile("[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
INDENT = "  "
BYTE_ORDER_MARK = "\ufeff".encode()


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """The file with its text changed; its byte order mark and its line ends stay as they are."""
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    text = data.decode("utf-8-sig")
    is_windows = "\r\n" in text
    new = change(text.replace("\r\n", "\n").replace("\r", "\n"))
    return mark + (new.replace("\n", "\r\n") if is_windows else new).encode()


def dump_mapping(mapping: Mapping[str, object], indent: str = "") -> str:
    """The mapping as block YAML; keys without a value are left out."""
    return "".join(_entry(key, value, indent) for key, value in mapping.items() if value not in (None, "", (), {}, []))


def set_value(text: str, keys: Sequence[str], value: str | int | Sequence[str]) -> str:
    """The YAML with the value under ``keys`` replaced, or added as the last of its mapping."""
    mapping = _mapping_at(text, keys[:-1])
    shown = _shown(value)
    for key, held in mapping.value:
        if key.value == keys[-1]:
            start, end = held.start_mark.index, held.end_mark.index
            written = text[start:end]
            before = " " if text[start - 1 : start] == ":" else ""
            return f"{text[:start]}{before}{shown}{written[len(written.rstrip()) :]}{text[end:]}"
    return _added(text, mapping, f"{keys[-1]}: {shown}")


def append_item(text: str, key: str, item: Mapping[str, object]) -> str:
    """The YAML with a mapping added as the last of the list under ``key``, which is made where it is not there."""
    mapping = _mapping_at(text, ())
    held = next((held for name, held in mapping.value if name.value == key), None)
    if mapping.flow_style or (held is not None and not (isinstance(held, yaml.SequenceNode) and held.value)):
        raise ValueError(f"{key} is not a list in lines of its own")
    place = mapping.value[-1][1] if held is None else held
    indent = " " * place.start_mark.column if held is not None else INDENT
    if held is not None and held.flow_style:
        raise ValueError(f"{key} is not a list in lines of its own")
    while isinstance(place, yaml.CollectionNode) and not place.flow_style:
        last = place.value[-1]
        place = last[1] if isinstance(last, tuple) else last
    end = _line_end(text, place.end_mark.index)
    head = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
    lines = dump_mapping(item, f"{indent}  ")
    opening = "" if held is not None else f"{key}:\n"
    return f"{head}{opening}{indent}- {lines[len(indent) + 2 :]}{text[end:]}"


def drop_key(text: str, keys: Sequence[str]) -> str:
    """The YAML without the key; unchanged where it is not there."""
    mapping = _mapping_at(text, keys[:-1])
    entries = [(key.start_mark.index, held.end_mark.index) for key, held in mapping.value]
    names = [key.value for key, _ in mapping.value]
    if keys[-1] not in names:
        return text
    index = names.index(keys[-1])
    start, end = entries[index]
    if not mapping.flow_style:
        return text[: text.rfind("\n", 0, start) + 1] + text[_line_end(text, end) :]
    if index:
        return text[: entries[index - 1][1]] + text[end:]
    return text[:start] + text[entries[1][0] if len(entries) > 1 else end :]


def _entry(key: str, value: object, indent: str) -> str:
    if isinstance(value, Mapping):
        return f"{indent}{key}:\n{dump_mapping(value, indent + INDENT)}"
    if isinstance(value, list | tuple):
        return f"{indent}{key}: {_shown(value)}\n"
    if isinstance(value, int):
        return f"{indent}{key}: {value}\n"
    text = str(value)
    return f"{indent}{key}: {_block(text, indent) if _fits_a_block(text) else _scalar(text)}\n"


def _shown(value: str | int | Sequence[object]) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return _scalar(value)
    return str(value) if isinstance(value, int) else f"[{', '.join(_scalar(str(each)) for each in value)}]"


def _scalar(text: str) -> str:
    if PLAIN.fullmatch(text) and text.lower() not in RESERVED:
        return text
    return UNPRINTABLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\U{ord(match[0]):08X}"


def _fits_a_block(text: str) -> bool:
    """Whether a literal block shows the text: lines, the first of which does not begin with a blank."""
    return "\n" in text and not text[0].isspace() and not UNPRINTABLE.search(text) and not text.endswith("\n\n")


def _block(text: str, indent: str) -> str:
    lines = "\n".join(indent + INDENT + line if line else "" for line in text.rstrip("\n").split("\n"))
    return f"{'|' if text.endswith(chr(10)) else '|-'}\n{lines}"


def _mapping_at(text: str, keys: Sequence[str]) -> yaml.MappingNode:
    # The pure loader: the marks of the fast one count bytes in some versions.
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for name in keys:
        node = next(held for key, held in _entries(node) if key.value == name)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"there is no mapping under {'.'.join(keys)}")
    return node


def _entries(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _added(text: str, mapping: yaml.MappingNode, entry: str) -> str:
    end = mapping.value[-1][1].end_mark.index
    if mapping.flow_style:
        return f"{text[:end]}, {entry}{text[end:]}"
    end = _line_end(text, end)
    line_break = "" if text[:end].endswith("\n") else "\n"
    return f"{text[:end]}{line_break}{' ' * mapping.start_mark.column}{entry}\n{text[end:]}"


def _line_end(text: str, position: int) -> int:
    """The beginning of the line after ``position``, or ``position`` where a line begins."""
    if text[:position].endswith("\n"):
        return position
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1

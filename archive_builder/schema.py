"""Derives the JSON Schemas of an archive's files from the models, so that editors complete and check them.

``python -m archive_builder.schema`` writes them again after a model changed; a test holds the files against the models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from archive_builder.model import WRITTEN_BY_THE_FILE, Annotation, Article, Claim, Entity, Event, Outlet, Record

__all__ = ["SCHEMAS", "schema_text"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path(__file__).parent / "schemas"
SCHEMAS: dict[str, type[Record]] = {
    "annotation": Annotation,
    "article": Article,
    "claim": Claim,
    "entity": Entity,
    "event": Event,
    "outlet": Outlet,
}


def schema_text(kind: type[Record]) -> str:
    """The schema of one kind of file, as JSON."""
    schema = kind.model_json_schema()
    for name in WRITTEN_BY_THE_FILE:
        schema["properties"].pop(name, None)
    schema["required"] = [name for name in schema["required"] if name not in WRITTEN_BY_THE_FILE]
    return json.dumps({"$schema": DIALECT, **_loosened(schema)}, ensure_ascii=False, indent=2) + "\n"


def _loosened(schema: Any) -> Any:
    """The schema as editors meet it: numbers may stand unquoted, and a list of one without its brackets."""
    if isinstance(schema, list):
        return [_loosened(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    loose = {key: _loosened(value) for key, value in schema.items()}
    if loose.get("type") == "string" and "enum" not in loose:
        return {**loose, "type": ["string", "number"]}
    if loose.get("type") == "array" and loose.get("items", {}).get("type") == ["string", "number"]:
        return {"anyOf": [loose, loose["items"]], **{key: loose.pop(key) for key in ("description",) if key in loose}}
    return loose


if __name__ == "__main__":
    for name, kind in SCHEMAS.items():
        (FOLDER / f"{name}.json").write_text(schema_text(kind), encoding="utf-8")

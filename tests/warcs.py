"""Web archives of invented pages, as a crawler would write them."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

__all__ = ["article", "record", "wacz", "warc"]

SENTENCES = (
    "The storm came in the night and took fifteen boats out of the harbour, the harbour master said on Friday morning.",
    "Nothing is known of the crews, although two of them were seen on the mole shortly before the lamps went out.",
    "The mayor was away at the time and has not said when she will be back in the town, or whether she was told.",
)


def article(title: str, filler: int = 0) -> bytes:
    """A page with this title; ``filler`` is how many bytes of comment it carries."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    html = f"<!doctype html><title>{title}</title><body><article><h1>{title}</h1>{paragraphs}</article>"
    return html.encode() + b"<!-- " + b"x" * filler + b" -->"


def record(
    address: str,
    payload: bytes,
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    coding: str = "",
    date: str = "2021-06-05T10:00:00Z",
) -> tuple[str, bytes, list[tuple[str, str]], str, str]:
    """One answer of a server."""
    packed = {"gzip": gzip.compress, "br": brotli.compress}.get(coding, lambda data: data)(payload)
    headers = [("Content-Type", kind), *([("Content-Encoding", coding)] if coding else [])]
    return address, packed, headers, status, date


def warc(records: Iterable[tuple[str, bytes, list[tuple[str, str]], str, str]], *, packed: bool = True) -> bytes:
    """A WARC file of these answers."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("invented.warc.gz", {"software": "by hand"}))
    for address, payload, headers, status, date in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        made = writer.create_warc_record(
            address, "response", payload=BytesIO(payload), http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
        writer.write_record(made)
    return out.getvalue()


def wacz(path: Path, members: Sequence[bytes], pages: Sequence[str] = ()) -> Path:
    """A WACZ file of these WARC files, which names these pages."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for number, member in enumerate(members):
            held.writestr(f"archive/data-{number}.warc.gz", member)
        lines = [{"format": "json-pages-1.0"}, *({"url": url, "title": "x"} for url in pages)]
        held.writestr("pages/pages.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
        held.writestr("datapackage.json", "{}")
    return path

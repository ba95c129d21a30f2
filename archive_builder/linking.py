"""Tells which links of an archive lead nowhere: in the Markdown of its files, and on the disk.

The build tells of them too, but a pull request is checked before anything is built, and on its own lines.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from archive_builder.journal import is_below
from archive_builder.pages.indexes import INDEXES, ORDERS
from archive_builder.problems import Code, Detail, Place, Problem, did_you_mean, quoted
from archive_builder.reading import ANNOTATIONS, CONTENT, FOLDERS
from archive_builder.store import read_other_files

__all__ = ["broken_links", "links_leading_out", "lost_links"]

MADE = frozenset(
    f"{CONTENT}/{kind}/{f'by/{order.slug}/' if order.slug else ''}index.md"
    for kind in INDEXES
    for order in ORDERS[kind]
) | {f"{CONTENT}/search/index.md"}
"""The pages that are no files."""

LONGEST = 2_000  # code points of an address
LINK = re.compile(
    rf"\]\([ \t]*<(?P<held>[^<>\n]{{1,{LONGEST}}})>|\]\([ \t]*(?P<bare>[^\s()<>]{{1,{LONGEST}}})"
    rf"|^[ ]{{0,3}}\[(?!\^)[^\]\n]{{1,200}}\]:[ \t]+<?(?P<named>[^\s<>]{{1,{LONGEST}}})",
    re.MULTILINE,
)
CODE = re.compile(
    r"^(?P<fence>[ ]{0,3}(?:```++|~~~++))[^\n]*\n.*?(?:^(?P=fence)|\Z)|(?<!`)(?P<tick>`++)[^`\n]++(?P=tick)",
    re.M | re.S,
)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\{|$", re.IGNORECASE)
TO_NOTE = re.compile(r"(?:note|mark|ref)-([a-z0-9-]+)")
ARTICLE = re.compile(rf"{CONTENT}/articles/([a-z0-9-]+)\.md")
TO_RECORD = re.compile(rf"(?:\.\./)*(?:{CONTENT}/)?((?:{'|'.join(FOLDERS)})/[a-z0-9-]+\.md)")


def broken_links(root: Path, records: Mapping[str, bytes]) -> Iterator[Problem]:
    """Every link of the archive, with these files of records, that leads nowhere or out of it."""
    yield from links_leading_out(root)
    others = {f"{CONTENT}/{path}": data for path, data in read_other_files(root).items()}
    files = {**records, **others}
    yield from lost_links(files, {*files, *MADE})


def lost_links(files: Mapping[str, bytes], known: Collection[str]) -> Iterator[Problem]:
    """Of Markdown and of annotations, by path from the root, the links to what is not among ``known``."""
    for path, data in files.items():
        if path.endswith((".md", ".yml", ".yaml")):
            text = _without_code(data.decode("utf-8-sig", "replace"))
            for found in LINK.finditer(text):
                name = found.lastgroup or "bare"
                if fault := _fault(path, found[name], known):
                    start = found.start(name)
                    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
                    message, step = fault
                    detail = Detail("written", quoted(found[name]))
                    yield Problem(Code.LINK_BROKEN, Place(path, line, column), message, step, (detail,))


def links_leading_out(root: Path) -> Iterator[Problem]:
    """Each link on the disk, below the folders of the archive, that leads out of it or nowhere."""
    top = os.path.realpath(root)
    for folder in (CONTENT, ANNOTATIONS):
        for at, folders, names in os.walk(Path(top, folder)):
            folders.sort()
            for name in sorted((*folders, *names)):
                full = Path(at, name)
                if full.is_symlink() and (full.is_dir() or not _leads_to_a_file(full, top)):
                    place = Place(full.relative_to(top).as_posix(), 1, 1)
                    message = "this is a link to a folder, out of the archive, or to nothing: it is left out"
                    yield Problem(Code.FILE_LEADS_OUT, place, message, "put the file itself here, or delete the link")


def _leads_to_a_file(full: Path, top: str) -> bool:
    return full.is_file() and is_below(os.path.realpath(full), top)


def _without_code(text: str) -> str:
    """The text with blanks in the place of code, which links nowhere."""
    return CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _fault(path: str, address: str, known: Collection[str]) -> tuple[str, str] | None:
    """What is wrong with a link in the file at ``path``, and what to do; None where it leads to something."""
    if ELSEWHERE.match(address):
        return None
    target = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    if path.startswith(ANNOTATIONS) or TO_RECORD.fullmatch(target):
        record = TO_RECORD.fullmatch(target)
        if record is None:
            return "a note links to a file of the archive only by its kind", "write it like ../claims/distance.md"
        full = f"{CONTENT}/{record[1]}"
    else:
        full = posixpath.normpath(posixpath.join(posixpath.dirname(path), target.lstrip("/")))
    if full in known:
        return _lost_note(full, address.partition("#")[2], known)
    if not full.startswith(f"{CONTENT}/"):
        return "this link leads out of the archive's pages", "link to a file below content/, or write the whole address"
    folder = posixpath.dirname(full)
    near = did_you_mean(full, (each for each in known if posixpath.dirname(each) == folder))
    step = f"did you mean {near}?" if near else "link to the file of a page, like ../claims/distance.md"
    return f"this link leads to {full}, which is not there", step


def _lost_note(full: str, fragment: str, known: Collection[str]) -> tuple[str, str] | None:
    """What is wrong with the place within an article that a link leads to; other places only a build can know."""
    article, note = ARTICLE.fullmatch(full), TO_NOTE.fullmatch(fragment)
    if article is None or note is None:
        return None
    path = f"{ANNOTATIONS}/{article[1]}/{note[1]}.yml"
    if path in known:
        return None
    folder = posixpath.dirname(path)
    near = did_you_mean(path, (each for each in known if posixpath.dirname(each) == folder))
    name = posixpath.basename(near).removesuffix(".yml") if near else ""
    step = (
        f"did you mean #{fragment.partition('-')[0]}-{name}?" if near else "link to the article, or to one of its notes"
    )
    return f"this link leads to the note {path}, which is not there", step

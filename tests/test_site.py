"""What MkDocs makes of an archive: the whole site, the same bytes twice, links that hold, problems that stop nothing.

``bridge/`` is a small invented archive with everything in it: four languages, three display modes, crossing marks.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import markdown
import pytest
from bs4 import BeautifulSoup

from archive_builder.pages import woven_pages
from archive_builder.plugin.assets import PACKAGE, STYLE
from archive_builder.problems import Code
from archive_builder.projection import project
from archive_builder.rendered import check_rendered
from archive_builder.store import load

PROJECT = Path(__file__).parent.parent
ASSETS = PACKAGE / "assets"
BRIDGE = Path(__file__).parent / "bridge"
QUIET = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PROJECT)}
BODY = re.compile(r"<article.*?>(.*?)</article>", re.DOTALL)


def mkdocs(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    kept.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(
        command,
        cwd=root,
        env={**kept, **QUIET, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def build(root: Path, *arguments: str, **environment: str) -> Path:
    done = mkdocs(root, "build", "--strict", *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """A copy of the small archive that a test may change."""
    return Path(shutil.copytree(BRIDGE, tmp_path / "bridge"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive, built once."""
    root = tmp_path_factory.mktemp("built") / "bridge"
    shutil.copytree(BRIDGE, root)
    return build(root)


def text(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def test_a_build_makes_a_page_of_every_record_and_an_index_of_every_kind(site: Path) -> None:
    for folder in ("articles", "claims", "events", "entities", "outlets"):
        assert (site / folder / "index.html").is_file()
        for record in (BRIDGE / "content" / folder).glob("*.md"):
            assert (site / folder / record.stem / "index.html").is_file(), record


def test_the_real_archive_builds_without_a_warning_twice_to_the_same_bytes(tmp_path: Path) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    odd = {"TZ": "Asia/Dushanbe", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    for root, environment in zip(roots, ({}, odd), strict=True):
        root.mkdir()
        for name in ("content", "annotations"):
            shutil.copytree(PROJECT / name, root / name)
        shutil.copy(PROJECT / "mkdocs.yml", root)
        build(root, **environment)
    assert differences(*(root / "site" for root in roots)) == []


def differences(one: Path, other: Path) -> list[str]:
    """The files that are not byte for byte the same in both trees."""
    names = {path.relative_to(tree).as_posix() for tree in (one, other) for path in tree.rglob("*") if path.is_file()}
    _, differing, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return sorted(differing + missing)


class Page(HTMLParser):
    """The ids and the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src") and value is not None:
                self.links.append(value)


def pages(site: Path) -> Mapping[str, Page]:
    found = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8")) for path in found}


def broken_links(site: Path) -> Iterator[str]:
    """Links within the site that lead nowhere, wherever the site is put."""
    all_pages = pages(site)
    for name, page in all_pages.items():
        if name == "404.html":  # served at any depth, so its links are absolute
            continue
        for link in page.links:
            address, fragment = urldefrag(urljoin(f"http://x/deep/down/{name}", link))
            if not address.startswith("http://x/"):
                continue
            target = unquote(address.removeprefix("http://x/deep/down/"))
            target = f"{target}index.html" if target.endswith("/") or not target else target
            if not (site / target).is_file() or (fragment and fragment not in all_pages[target].ids):
                yield f"{name}: {link}"


@pytest.mark.parametrize("style", ["directories", "files"])
def test_every_link_leads_somewhere_under_any_path(style: str, bridge: Path) -> None:
    with (bridge / "mkdocs.yml").open("a") as config:
        config.write(f"use_directory_urls: {'true' if style == 'directories' else 'false'}\n")
    assert list(broken_links(build(bridge))) == []


def test_no_id_stands_twice_in_a_page(site: Path) -> None:
    for name, page in pages(site).items():
        assert len(page.ids) == len(set(page.ids)), name


def test_nothing_is_fetched_from_anyone_else(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        scripts = re.findall(r'<(?:script|img|iframe)\b[^>]*\bsrc="(https?:[^"]*)"', html)
        links = re.findall(r'<link\b(?=[^>]*\brel="(?:stylesheet|icon|preload|modulepreload|preconnect)")[^>]*>', html)
        fetched = [*scripts, *(link for link in links if re.search(r'href="https?:', link))]
        assert fetched == [], path


def test_every_style_is_in_the_one_file_that_a_page_asks_for(site: Path) -> None:
    """But those of the form and of the dialog, which they fetch themselves."""
    asked = re.findall(r'<link rel="stylesheet" href="[./]*(assets/[a-z-]+\.css)">', (site / "index.html").read_text())
    assert asked == [STYLE]
    served = (site / STYLE).read_text()
    files = {path.relative_to(ASSETS).as_posix(): path.read_text() for path in ASSETS.rglob("*.css")}
    left_out = {name for name, text in files.items() if text not in served}
    assert left_out == {"annotate/annotate.css", "search/search.css"}


def test_passages_that_overlap_and_cross_markup_are_each_marked(site: Path) -> None:
    page = text(site, "articles/gazette-bridge-falls")
    for name in ("evening", "injured", "warned", "cars", "none", "unpublished"):
        assert page.count(f'id="mark-{name}"') == page.count(f'id="note-{name}"') == 1
        assert f'href="#note-{name}"' in page and f'href="#ref-{name}"' in page
    assert "<code>counter 7</code>" in page  # nothing is woven into code


def test_a_woven_tree_builds_to_the_same_bodies_without_the_plugin(bridge: Path, site: Path) -> None:
    written = {"index.md": (bridge / "content" / "index.md").read_bytes()}
    for path, page in woven_pages(load(bridge), written):
        target = bridge / "woven" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")
    config = (bridge / "mkdocs.yml").read_text().replace("  - archive-builder\n", "")
    (bridge / "mkdocs.yml").write_text(config.replace("docs_dir: content", "docs_dir: woven"))
    plain = build(bridge)
    compared = [name for name in pages(site) if name not in ("404.html", "search/index.html")]
    assert compared and all((plain / name).is_file() for name in compared)
    for name in compared:
        assert body(plain / name) == body(site / name), name


def body(path: Path) -> str:
    match = BODY.search(path.read_text(encoding="utf-8"))
    assert match is not None
    return re.sub(r">\s+<", "><", " ".join(match[1].split()))


def test_a_broken_annotation_is_told_with_its_line_and_leaves_the_rest_standing(bridge: Path) -> None:
    broken = bridge / "annotations" / "gazette-bridge-falls" / "evening.yml"
    broken.write_text(broken.read_text().replace("1 May", "2 May"))
    done = mkdocs(bridge, "build")
    assert done.returncode == 0
    assert "annotations/gazette-bridge-falls/evening.yml:2:10: quote-drifted" in done.stderr
    assert "a number: 2 / 1" in done.stderr
    page = text(bridge / "site", "articles/gazette-bridge-falls")
    assert 'id="mark-injured"' in page and 'id="mark-evening"' not in page
    assert mkdocs(bridge, "build", "--strict").returncode == 1


def test_a_broken_article_leaves_out_its_page_and_nothing_else(bridge: Path) -> None:
    article = bridge / "content" / "articles" / "kurier-most.md"
    article.write_text(article.read_text().replace("outlet: kurier", "outlet: [kurier"))
    done = mkdocs(bridge, "build")
    assert done.returncode == 0
    assert "content/articles/kurier-most.md:" in done.stderr and "yaml-broken" in done.stderr
    assert not (bridge / "site" / "articles" / "kurier-most").exists()
    assert (bridge / "site" / "articles" / "nama-pol" / "index.html").is_file()


def test_an_article_reads_alike_whatever_extensions_the_site_has(bridge: Path) -> None:
    config = (bridge / "mkdocs.yml").read_text()
    (bridge / "mkdocs.yml").write_text(config.replace("  - tables\n", "  - tables\n  - pymdownx.smartsymbols\n"))
    article = bridge / "content" / "articles" / "nama-pol.md"
    article.write_text(article.read_text() + "\nA sign (c) that the extension *would* replace.\n")
    assert "A sign (c) that the extension <em>would</em> replace." in text(build(bridge), "articles/nama-pol")


def test_a_letter_that_the_renderer_loses_is_kept_and_where_it_is_not_told(bridge: Path) -> None:
    """Words are rendered as one sign, and so whole; a page that was rendered letter by letter is held against them."""
    text_ = "*( *x* k_abt *x*"
    article = bridge / "content" / "articles" / "nama-pol.md"
    article.write_text(f"{article.read_text()}\n{text_}\n")
    assert "k_abt" in text(build(bridge), "articles/nama-pol")
    problem = check_rendered("content/articles/x.md", project(text_), markdown.markdown(text_))
    assert problem is not None and problem.code is Code.TEXT_DIFFERS


def test_pages_are_the_same_whether_their_frame_is_rendered_once_or_for_each(bridge: Path, site: Path) -> None:
    """A theme with a folder of its own is rendered page by page: an empty one changes no byte."""
    (bridge / "overrides").mkdir()
    config = (bridge / "mkdocs.yml").read_text()
    (bridge / "mkdocs.yml").write_text(config.replace("  font: false\n", "  font: false\n  custom_dir: overrides\n"))
    assert differences(build(bridge), site) == []


def test_a_page_in_the_navigation_is_rendered_on_its_own(bridge: Path) -> None:
    config = (bridge / "mkdocs.yml").read_text()
    (bridge / "mkdocs.yml").write_text(config + "  - One claim: claims/people-injured.md\n")
    page = text(build(bridge), "claims/people-injured")
    assert '<a href="./" class="md-nav__link md-nav__link--active">' in page


def test_a_page_in_the_navigation_has_the_title_it_is_given_there_else_its_record_s_own(bridge: Path) -> None:
    """On every page alike, whichever is rendered first."""
    config = (bridge / "mkdocs.yml").read_text()
    more = "  - Some:\n      - One claim: claims/people-injured.md\n      - articles/kurier-most.md\n"
    (bridge / "mkdocs.yml").write_text(config + more)
    site = build(bridge)
    title = load(bridge).articles["kurier-most"].title
    for path in (".", "articles/bote-bruecke", "claims/people-injured"):
        soup = BeautifulSoup(text(site, path), "html.parser")
        shown = [link.get_text(strip=True) for link in soup.select(".md-nav--primary a.md-nav__link")]
        assert {"One claim", title} <= set(shown) and not soup.select(".md-status")
    told = BeautifulSoup(text(site, "claims/people-injured"), "html.parser")
    assert told.title is not None and told.title.text.startswith(load(bridge).claims["people-injured"].title)


def test_a_heading_of_an_article_takes_no_address_of_what_stands_around_it(bridge: Path) -> None:
    article = bridge / "content" / "articles" / "gazette-bridge-falls.md"
    headings = ("Notes", "Claims", "Cite", "Top", "Note injured", "Mark injured", "Elsewhere")
    article.write_text(article.read_text() + "".join(f"\n## {each}\n\nText.\n" for each in headings))
    soup = BeautifulSoup(text(build(bridge), "articles/gazette-bridge-falls"), "html.parser")
    ids = [each["id"] for each in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert soup.select_one("#notes").get_text() == "Notes" and soup.select_one("li#note-injured")  # type: ignore[union-attr]
    assert soup.select_one("h2#notes_1") and soup.select_one("h2#mark-injured_1") and soup.select_one("h2#elsewhere")


def test_a_title_cannot_act_in_any_page(bridge: Path) -> None:
    for path in sorted((bridge / "content").glob("*/*.md")):
        name = re.sub(
            r"^(title|name): .*$", r"\1: '<script>alert(1)</script>\" onload=\"x'", path.read_text(), flags=re.M
        )
        path.write_text(name)
    for page in build(bridge).rglob("*.html"):
        found = BeautifulSoup(page.read_text(), "html.parser")
        assert not found.select("[onload]") and "alert(1)" not in "".join(map(str, found.select("script:not([type])")))


def test_a_fork_has_its_own_links_without_editing_anything(bridge: Path) -> None:
    workflow = {"GITHUB_REPOSITORY": "someone/their-archive", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "trunk"}
    page = text(build(bridge, **workflow), "articles/gazette-bridge-falls")
    edit = "https://github.com/someone/their-archive/edit/trunk/"
    assert f"{edit}annotations/gazette-bridge-falls/evening.yml" in page
    assert f"{edit}content/articles/gazette-bridge-falls.md" in page
    assert "https://someone.github.io/their-archive/articles/gazette-bridge-falls/" in page


def test_a_build_says_where_the_site_stands(bridge: Path) -> None:
    """It is built beside its place, which is what MkDocs names."""
    assert f"The site stands in {bridge / 'site'}\n" in mkdocs(bridge, "build").stderr


def test_a_repository_that_is_written_down_is_edited_where_the_archive_stands_in_it(bridge: Path) -> None:
    config = (bridge / "mkdocs.yml").read_text()
    features = "theme:\n  features: [content.action.edit]\n"
    written = f"repo_url: https://github.com/someone/theirs\n{config.replace('theme:', features, 1)}"
    for more, way in (("", "edit/main/content"), ("edit_uri: blob/old/text/\n", "blob/old/text")):
        (bridge / "mkdocs.yml").write_text(more + written)
        page = text(build(bridge), "claims/people-injured")
        assert f'<a href="https://github.com/someone/theirs/{way}/claims/people-injured.md" title="Edit' in page


def test_without_an_address_the_links_that_need_one_are_left_out(site: Path) -> None:
    page = text(site, "articles/gazette-bridge-falls")
    assert "/edit/" not in page and "github.com" not in page


def test_serving_shows_a_change_as_soon_as_a_file_is_saved(bridge: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=bridge, env={**os.environ, **QUIET}, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}/articles/gazette-bridge-falls/"
            await_text(address, "One witness, the mayor")
            note = bridge / "annotations" / "gazette-bridge-falls" / "evening.yml"
            note.write_text(note.read_text().replace("One witness, the mayor", "A single witness"))
            await_text(address, "A single witness")
            claim = bridge / "content" / "claims" / "when-it-fell.md"
            claim.write_text(claim.read_text().replace("When did it fall?", "On which day did it fall?"))
            await_text(address, "On which day did it fall?")
            article = bridge / "content" / "articles" / "gazette-bridge-falls.md"
            article.write_text(article.read_text().replace("a loud crack", "a very loud crack"))
            await_text(address, "a very loud crack")
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_text(address: str, expected: str, seconds: int = 60) -> None:
    """Ask again, a bounded number of times, until the page says it."""
    seen = ""
    for _ in range(seconds * 4):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                seen = answer.read().decode()
        except OSError:
            seen = ""
        if expected in seen:
            return
        time.sleep(0.25)
    raise AssertionError(f"{expected!r} did not come within {seconds} s")

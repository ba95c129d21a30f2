"""The MkDocs plugin: each hook hands on to the archive; nothing is decided here.

Made pages are virtual files, so that a build writes nothing but the site and ``mkdocs serve`` never reloads for ever.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from archive_builder.addresses import addresses
from archive_builder.checkout import last_commit, origin
from archive_builder.model import Display
from archive_builder.pages import Page, Site, Views, filled, makers
from archive_builder.reading import ANNOTATIONS, FOLDERS
from archive_builder.rendered import check_rendered
from archive_builder.store import load

__all__ = ["ArchiveBuilderPlugin"]

PACKAGE = Path(__file__).parent
STYLES = ("assets/archive-builder.css",)

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')

log = logging.getLogger("mkdocs.plugins.archive_builder")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: an archive says everything in its files."""


class ArchiveBuilderPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Turns an archive of records into pages while MkDocs builds or serves."""

    def __init__(self) -> None:
        self.views: Views
        self.makers: Mapping[str, Callable[[], Page]] = {}
        self.made: dict[str, Page] = {}
        self.root = Path()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(last_commit(self.root)))
        found = addresses(config.site_url, config.repo_url, os.environ, *origin(self.root))
        config.site_url = found.site
        config.repo_url = found.repository
        if found.is_github and found.repository:
            config.repo_name = config.repo_name or found.repository.removeprefix("https://github.com/")
            config.edit_uri = config.edit_uri or f"edit/{found.branch}/{Path(config.docs_dir).name}/"
        self.site = Site(config.use_directory_urls, found)
        config.extra_css = [*STYLES, *config.extra_css]
        annotations = self.root / ANNOTATIONS
        if annotations.is_dir() and str(annotations) not in config.watch:
            config.watch.append(str(annotations))
        return config

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        archive = load(self.root)
        for problem in archive.problems:
            log.warning("%s", problem)
        self.views = Views(archive, self.site)
        self.makers = makers(self.views)
        for file in list(files):
            if _is_record(file.src_uri) and file.src_uri not in self.makers:
                files.remove(file)
        for path in self.makers:
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        for asset in STYLES:
            files.append(File.generated(config, asset, abs_src_path=str(PACKAGE / asset)))
        return files

    def on_page_read_source(self, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        make = self.makers.get(page.file.src_uri)
        if make is None:
            return None
        self.made[page.file.src_uri] = made = make()
        return made.markdown

    def on_page_markdown(self, markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        made = self.made.get(page.file.src_uri)
        if made is None:
            return filled(markdown, page.file.src_uri, self.views)
        page.meta = made.front_matter
        return markdown

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        made = self.made.pop(page.file.src_uri, None)
        if made is None:
            return html
        self._check_article(page.file.src_uri, html)
        page.toc.items += (AnchorLink(unescape(title), id, 1) for id, title in HEADING.findall(made.head + made.tail))
        return "\n".join(filter(None, (made.head, html, made.tail)))

    def _check_article(self, path: str, html: str) -> None:
        kind, _, name = path.removesuffix(".md").partition("/")
        article = self.views.archive.articles.get(name) if kind == "articles" else None
        if article is None or article.display is Display.LINK_ONLY:
            return
        problem = check_rendered(article, self.views.archive.proses[name], html)
        if problem is not None:
            log.warning("%s", problem)


def _is_record(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder in FOLDERS and name.endswith(".md") and name != "index.md"

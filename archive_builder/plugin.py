"""The MkDocs plugin: each hook hands on to the archive; nothing is decided here.

Made pages are virtual files, so that a build writes nothing but the site and ``mkdocs serve`` never reloads for ever.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import unescape
from pathlib import Path
from typing import cast

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils.templates import TemplateContext

from archive_builder.addresses import addresses
from archive_builder.checkout import history, last_commit, origin
from archive_builder.indexing import Index, Sources
from archive_builder.model import Display
from archive_builder.pages import Links, Page, Publication, Site, Views, doors, filled, head_of, makers, texts
from archive_builder.reading import ANNOTATIONS, FOLDERS
from archive_builder.rendered import check_rendered
from archive_builder.searching import Written, names, parts, records, written_page
from archive_builder.store import load

__all__ = ["ArchiveBuilderPlugin"]

PACKAGE = Path(__file__).parent
THEME = PACKAGE / "templates" / "theme"
MATERIALS_ICON = "assets/images/favicon.png"
STYLES = tuple(f"assets/{name}.css" for name in "theme archive-builder tables article figures search print".split())
SCRIPTS = ("assets/article.js", "assets/search.js", "assets/tables.js", "assets/theme.js")
ICONS = ("assets/favicon.svg", "assets/favicon.png")
# What the scripts import: told here because a build copies nothing that it was not told of.
MODULES = tuple(f"assets/article/{name}.js" for name in "annotate copy filter inplace keys margin notes print".split())
# What search loads once it is asked for.
SEARCHED = (
    *(f"assets/search/{name}.js" for name in "dialog drawing engine excerpt names page recent worker".split()),
    "assets/search/search.css",
)
SEARCH_PAGE = "search/index.html"
STOCK_SEARCH = ("material/search", "search")

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')

log = logging.getLogger("mkdocs.plugins.archive_builder")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: an archive says everything in its files."""


class MadePage(MkDocsPage):
    """A page that is made of records: where it has no Markdown, no Markdown is rendered."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        if self.markdown:
            return super().render(config, files)
        self.content, self.toc, self.present_anchor_ids = "", get_toc([]), set()
        return None


class ArchiveBuilderPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Turns an archive of records into pages while MkDocs builds or serves."""

    def __init__(self) -> None:
        self.views: Views
        self.makers: Mapping[str, Callable[[], Page]] = {}
        self.texts: Mapping[str, Callable[[], str]] = {}
        self.root = Path()
        self.index = Index()
        self.serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(last_commit(self.root)))
        found = addresses(config.site_url, config.repo_url, os.environ, *origin(self.root))
        config.site_url = found.site
        config.repo_url = found.repository
        if found.is_github and found.repository:
            config.repo_name = config.repo_name or found.repository.removeprefix("https://github.com/")
            config.edit_uri = config.edit_uri or f"edit/{found.branch}/{Path(config.docs_dir).name}/"
        self.site = Site(config.use_directory_urls, found, partial(history, self.root))
        if config.theme.name == "material":
            # After the archive's own overrides, before Material.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
            if config.theme["favicon"] == MATERIALS_ICON:
                config.theme["favicon"] = ICONS[-1]
            config.theme.static_templates.add(SEARCH_PAGE)
            _drop_stock_search(config)
        config.extra_css = [*STYLES, *config.extra_css]
        config.extra_javascript = [*map(_module, SCRIPTS), *config.extra_javascript]
        annotations = self.root / ANNOTATIONS
        if annotations.is_dir() and str(annotations) not in config.watch:
            config.watch.append(str(annotations))
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        if self.serving:
            self.index.keep(Path(config.site_dir))

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        archive = load(self.root)
        for problem in archive.problems:
            log.warning("%s", problem)
        self.views = Views(archive, self.site)
        self.makers = makers(self.views)
        self.texts = texts(self.views)
        for file in list(files):
            if _is_record(file.src_uri) and file.src_uri not in self.makers:
                files.remove(file)
        self._begin_search(files, config)
        for path in self.makers:
            written = files.get_file_from_path(path)
            file = written or File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if written is None:
                files.append(file)
            if _is_record(path):
                MadePage(None, file, config)
        for asset in (*STYLES, *SCRIPTS, *MODULES, *SEARCHED, *ICONS):
            files.append(File.generated(config, asset, abs_src_path=str(PACKAGE / asset)))
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        env.globals["ab_doors"] = doors(self.site)

    def on_page_read_source(self, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        path = page.file.src_uri
        return self.texts.get(path, str)() if path in self.makers else None

    def on_page_markdown(self, markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        return markdown if page.file.src_uri in self.makers else filled(markdown, page.file.src_uri, self.views)

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        self._check_article(page.file.src_uri, html)
        return html

    def on_page_context(
        self, context: TemplateContext, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Make the page only now, so that one stands in memory at a time."""
        make = self.makers.get(page.file.src_uri)
        if make is not None:
            made = make()
            page.meta = made.front_matter
            page.toc.items += (AnchorLink(unescape(name), id, 1) for id, name in HEADING.findall(made.head + made.tail))
            page.content = "\n".join(filter(None, (made.head, page.content, made.tail)))
        archive = Publication(config.site_name, config.site_description, str(config.theme["language"]), self.site)
        title = None if page.is_homepage else str(page.title)
        head = head_of(page.meta, page.file.src_uri, title, page.canonical_url, archive)
        return cast(TemplateContext, {**context, "ab": head})

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        if page.file.src_uri in self.makers:
            page.content = ""
        return output

    def on_post_build(self, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        if not self.serving:
            _tell_search(self.index.finish(site))
        elif config.theme.name == "material":
            self.index.restore(site)
            self.index.follow(self.sources, site, _tell_search)

    def on_build_error(self, error: Exception) -> None:
        self.index.abandon()

    def _begin_search(self, files: Files, config: MkDocsConfig) -> None:
        """Have the archive indexed beside the rendering; while it is served, after it."""
        pages = [each for each in files.documentation_pages() if each.src_uri not in self.makers]
        written = [written_page(each.url, each.content_string) for each in pages if not _is_record(each.src_uri)]
        self.sources = _sources(self.views, written, str(config.theme["language"] or "en"))
        if not self.serving and config.theme.name == "material":
            self.index.begin(self.sources, Path(config.site_dir))

    def _check_article(self, path: str, html: str) -> None:
        kind, _, name = path.removesuffix(".md").partition("/")
        article = self.views.archive.articles.get(name) if kind == "articles" else None
        if article is None or article.display is Display.LINK_ONLY:
            return
        problem = check_rendered(article, self.views.archive.proses[name], html)
        if problem is not None:
            log.warning("%s", problem)


def _sources(views: Views, written: Sequence[Written], language: str) -> Sources:
    """What search knows of the archive, worked out when it is asked for."""
    archive, links = views.archive, Links("", views.site.directory_urls)
    return lambda: (
        parts(records(archive, views.mentions, written, links.to, language)),
        names([*archive.entities.values(), *archive.outlets.values()]),
    )


def _drop_stock_search(config: MkDocsConfig) -> None:
    """Leave Material's own search out where it is named: the archive has another, and nothing is indexed twice."""
    for name in STOCK_SEARCH:
        plugin = config.plugins.pop(name, None)
        if plugin is not None:
            log.info("The plugin '%s' is left out: the archive is searched by its own index.", name)
            for event, methods in config.plugins.events.items():
                kept = [method for method in methods if getattr(method, "__self__", None) is not plugin]
                config.plugins.events[event] = kept


def _tell_search(problem: str | None) -> None:
    if problem is not None:
        log.warning("This site cannot be searched: %s", problem)


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def _is_record(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder in FOLDERS and name.endswith(".md") and name.rpartition("/")[2] != "index.md"

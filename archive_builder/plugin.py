"""The MkDocs plugin: each hook hands on to the archive; nothing is decided here.

Made pages are virtual files, so that a build writes nothing but the site and ``mkdocs serve`` never reloads for ever.
"""

from __future__ import annotations

import gc
import logging
import os
import re
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from html import unescape
from pathlib import Path
from typing import cast

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc
from mkdocs.utils.templates import TemplateContext

from archive_builder.addresses import addresses
from archive_builder.annotating import form_data, guided
from archive_builder.archive import Archive
from archive_builder.checkout import history, last_commit, origin
from archive_builder.framing import ID, Frame, FramedTemplate, Frames, stand_in
from archive_builder.pages import Head, Page, Publication, Site, Views, doors, filled, head_of, makers, with_ids
from archive_builder.reading import ANNOTATIONS, FOLDERS
from archive_builder.rendered import check_rendered
from archive_builder.search import searched
from archive_builder.store import load
from archive_builder.weaving import unweave

__all__ = ["ArchiveBuilderPlugin"]

PACKAGE = Path(__file__).parent
THEME = PACKAGE / "templates" / "theme"
MATERIALS_ICON = "assets/images/favicon.png"
OF_ARTICLES = "text opening legend passages margin inplace annotate beside cite print"
STYLES = (
    *(f"assets/{name}.css" for name in "theme archive-builder tables".split()),
    *(f"assets/article/{name}.css" for name in OF_ARTICLES.split()),
    *(f"assets/{name}.css" for name in "figures print".split()),
)
SCRIPTS = ("assets/article.js", "assets/tables.js", "assets/theme.js")
ICONS = ("assets/favicon.svg", "assets/favicon.png")
# What the scripts import: told here because a build copies nothing that it was not told of.
MODULES = tuple(f"assets/article/{name}.js" for name in "annotate copy filter inplace keys margin notes print".split())
# What the form in the page is made of, fetched when it is first asked for.
FORM = tuple(
    path.relative_to(PACKAGE).as_posix() for path in sorted((PACKAGE / "assets" / "annotate").glob("*.[cj]s*"))
)
GUIDE = "about/contributing.md"

KNOWN_PLUGINS = {"archive-builder", "search", "material/search"}
HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')

log = logging.getLogger("mkdocs.plugins.archive_builder")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: an archive says everything in its files."""


class MadePage(MkDocsPage):
    """A page that is made of records, and has no Markdown for MkDocs to render."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content, self.toc = "", get_toc([])


class ArchiveBuilderPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Turns an archive of records into pages while MkDocs builds or serves."""

    def __init__(self) -> None:
        self.views: Views
        self.makers: Mapping[str, Callable[[], Page]] = {}
        self.whole = ""
        self.guide: str | None = None
        self.root = Path()
        self.in_navigation: set[str] = set()
        self.frames = Frames()
        self.framed = False
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
        config.extra_css = [*STYLES, *config.extra_css]
        config.extra_javascript = [*map(_module, SCRIPTS), *config.extra_javascript]
        annotations = self.root / ANNOTATIONS
        if annotations.is_dir() and str(annotations) not in config.watch:
            config.watch.append(str(annotations))
        return config

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        archive = self._load()
        for problem in archive.problems:
            log.warning("%s", problem)
        self.views = Views(archive, self.site)
        self.makers = makers(self.views)
        for file in list(files):
            if _is_record(file.src_uri) and file.src_uri not in self.makers:
                files.remove(file)
        for path in self.makers:
            written = files.get_file_from_path(path)
            file = written or File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            if written is None:
                files.append(file)
            if _is_record(path):
                MadePage(None, file, config)
        for asset in (*STYLES, *SCRIPTS, *MODULES, *FORM, *ICONS):
            files.append(File.generated(config, asset, abs_src_path=str(PACKAGE / asset)))
        self._add_form_data(files, config)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        self.in_navigation = {page.file.src_uri for page in nav.pages}

    def _add_form_data(self, files: Files, config: MkDocsConfig) -> None:
        """What the form in the page reads, and the schemas, which editors of files outside this repository read."""
        written = files.get_file_from_path(GUIDE)
        self.guide = written.url if written else None
        made = form_data(
            self.views.archive,
            self.site.addresses,
            schema=(self.root / "archive_builder" / "schemas").is_dir(),
            guide=self.guide,
            contact=config.extra.get("contact"),
        )
        for path, text in made.items():
            files.append(File.generated(config, path, content=text))
        for schema in sorted((PACKAGE / "schemas").glob("*.json")):
            files.append(File.generated(config, f"schemas/{schema.name}", abs_src_path=str(schema)))

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        env.globals["ab_doors"] = doors(self.site)
        env.template_class = FramedTemplate
        self.frames = Frames()
        # Whoever else has a hand in the pages may make them differ in more than we know of.
        self.framed = not config.theme.custom_dir and not config.hooks and set(config.plugins) <= KNOWN_PLUGINS

    def on_page_read_source(self, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        return "" if page.file.src_uri in self.makers else None

    def on_page_markdown(self, markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        return markdown if page.file.src_uri in self.makers else filled(markdown, page.file.src_uri, self.views)

    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Make the page only now, so that one stands in memory at a time, and show search its own words alone."""
        make = self.makers.get(page.file.src_uri)
        if make is not None:
            made = make()
            text = self._text(made, config) if made.text else ""
            # Themes show some of it as it is.
            safe = {"title": escape(made.title), "description": escape(made.description)}
            page.meta = {**made.front_matter, **safe}
            page.toc = _contents(made)
            shown = guided(text, self.views.links(made.path).root + self.guide) if text and self.guide else text
            self.whole = "\n".join(filter(None, (made.head, shown, made.tail)))
            page.content = unweave(text) + self._searched(page.file.src_uri)
        return context

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        path = page.file.src_uri
        if path in self.makers:
            page.content = self.whole
        archive = Publication(config.site_name, config.site_description, str(config.theme["language"]), self.site)
        title = None if page.is_homepage else str(page.title)
        head = head_of(page.meta, path, title, page.canonical_url, archive)
        context = cast(TemplateContext, {**context, "ab": head.html()})
        if isinstance(page, MadePage) and self.framed and path not in self.in_navigation:
            frame = Frame(self.frames, _frame_key(page), _values(page, head), lambda: _in_frame(context, page))
            context = cast(TemplateContext, {**context, "ab_frame": frame})
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        if page.file.src_uri in self.makers:
            page.content = ""
        return output

    def _load(self) -> Archive:
        """The archive. Nothing of it is garbage while the site is built: the collector need not look at it."""
        gc.disable()
        try:
            archive = load(self.root)
            if not self.serving:
                gc.freeze()
        finally:
            gc.enable()
        return archive

    def _text(self, made: Page, config: MkDocsConfig) -> str:
        """The HTML of an article's text, alike whatever Markdown extensions the site has."""
        assert made.text is not None
        html = made.text.html
        problem = check_rendered(made.source or made.path, made.text.prose, html)
        if problem is not None:
            log.warning("%s", problem)
        return with_ids(html, config.mdx_configs.get("toc") or {})

    def _searched(self, path: str) -> str:
        if not _is_record(path):
            return ""
        kind, _, id = path.removesuffix(".md").partition("/")
        return "".join(
            (f'<h2 id="{anchor}">{title}</h2>' if anchor else "") + f"<p>{escape(words)}</p>"
            for anchor, title, words in searched(self.views.archive, kind, id)
        )


def _contents(made: Page) -> TableOfContents:
    """The headings of a made page, below the one at its top."""
    top = AnchorLink(made.title, "top", 1)
    top.children += (AnchorLink(unescape(name), id, 2) for id, name in HEADING.findall(made.head + made.tail))
    return TableOfContents([top])


def _frame_key(page: MadePage) -> Hashable:
    """What a theme makes of a page that is not one of its values."""
    own = page.meta
    contents = tuple((link.title, link.id) for link in page.toc.items[0].children)
    told = (own["kind"], own.get("language"), own.get("direction"), *own.get("hide", ()), bool(own["description"]))
    return told, contents


def _values(page: MadePage, head: Head) -> Mapping[str, str]:
    return {
        "id": page.file.name,
        "title": page.meta["title"],
        "description": page.meta["description"],
        "head": head.html(),
        "content": page.content or "",
    }


def _in_frame(context: TemplateContext, page: MadePage) -> TemplateContext:
    """The context of a page with stand-ins for its values."""
    config = context["config"]
    folder = page.file.src_uri.rpartition("/")[0]
    file = File(f"{folder}/{ID}.md", config.docs_dir, config.site_dir, config.use_directory_urls)
    shown = MadePage(None, file, config)
    shown.meta = {**page.meta, "title": stand_in("title"), "description": stand_in("description")}
    shown.content, shown.toc, shown.active = stand_in("content"), page.toc, True
    return cast(TemplateContext, {**context, "page": shown, "ab": stand_in("head")})


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def _is_record(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder in FOLDERS and name.endswith(".md") and name.rpartition("/")[2] != "index.md"

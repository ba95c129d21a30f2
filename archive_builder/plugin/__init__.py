"""The MkDocs plugin: each hook hands on to the archive; nothing is decided here.

Made pages are virtual files, so that a build writes nothing but the site and ``mkdocs serve`` never reloads for ever.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from functools import partial
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
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from archive_builder.addresses import addresses
from archive_builder.annotating import form_data, guided
from archive_builder.archive import Archive
from archive_builder.checkout import history, last_commit, origin
from archive_builder.framing import FramedTemplate, Frames
from archive_builder.indexing import Index
from archive_builder.pages import Page, Publication, Site, Views, doors, filled, head_of, makers, titles, with_ids
from archive_builder.plugin.assets import ICONS, MODULES, ON_DEMAND, PACKAGE, SCRIPTS, STYLE, THEME, style
from archive_builder.plugin.collecting import Collector
from archive_builder.plugin.guarding import Guard, leading_out
from archive_builder.plugin.made import MadePage, framed, name_in, take
from archive_builder.plugin.placing import Place
from archive_builder.plugin.searched import SEARCH_PAGE, drop_stock_search, sources, tell
from archive_builder.reading import ANNOTATIONS, FOLDERS
from archive_builder.rendered import check_rendered
from archive_builder.searching import written_page
from archive_builder.store import load

__all__ = ["ArchiveBuilderPlugin"]

MATERIALS_ICON = "assets/images/favicon.png"
GUIDE = "about/contributing.md"
KNOWN_PLUGINS = {"archive-builder"}

log = logging.getLogger("mkdocs.plugins.archive_builder")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: an archive says everything in its files."""


class ArchiveBuilderPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Turns an archive of records into pages while MkDocs builds or serves."""

    def __init__(self) -> None:
        self.views: Views
        self.makers: Mapping[str, Callable[[], Page]] = {}
        self.guide: str | None = None
        self.root = Path()
        self.in_navigation: set[str] = set()
        self.frames = Frames()
        self.framed = False
        self.serving = False
        self.index = Index()
        self.guard = Guard()
        self.place = Place()
        self.collector = Collector()
        self.dirty = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"
        self.dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(last_commit(self.root)))
        found = addresses(config.site_url, config.repo_url, os.environ, *origin(self.root))
        config.site_url = found.site
        config.repo_url = found.repository
        if found.is_github and found.repository:
            config.repo_name = config.repo_name or found.repository.removeprefix("https://github.com/")
            # What MkDocs makes up for a repository that it is told of, docs/ on master, is seldom there.
            if not any("edit_uri" in written for written in config.user_configs):
                config.edit_uri = f"edit/{found.branch}/{Path(config.docs_dir).name}/"
        self.site = Site(config.use_directory_urls, found, partial(history, self.root))
        if config.theme.name == "material":
            # After the archive's own overrides, before Material.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
            if config.theme["favicon"] == MATERIALS_ICON:
                config.theme["favicon"] = ICONS[-1]
            config.theme.static_templates.add(SEARCH_PAGE)
            drop_stock_search(config)
        config.extra_css = [STYLE, *config.extra_css]
        config.extra_javascript = [*map(_module, SCRIPTS), *config.extra_javascript]
        self.guard = Guard.of(config, serving=self.serving)
        annotations = self.root / ANNOTATIONS
        if annotations.is_dir() and str(annotations) not in config.watch:
            config.watch.append(str(annotations))
        if not self.serving and not self.dirty:
            self.place.begin(config)
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        if self.serving:
            self.index.keep(Path(config.site_dir))

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        for file in leading_out(files, Path(config.docs_dir)):
            files.remove(file)
        archive = self._load()
        for problem in archive.problems:
            log.warning("%s", problem)
        self.views = Views(archive, self.site)
        self.makers = makers(self.views)
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
        files.append(File.generated(config, STYLE, content=style()))
        for asset in (*SCRIPTS, *MODULES, *ON_DEMAND, *ICONS):
            files.append(File.generated(config, asset, abs_src_path=str(PACKAGE / asset)))
        self._add_form_data(files, config)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        self.in_navigation = {page.file.src_uri for page in nav.pages}
        name_in(nav, titles(self.views.archive), config.nav)

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
        self.frames = Frames(self.guard.page)
        # Whoever else has a hand in the pages may make them differ in more than we know of.
        self.framed = not config.theme.custom_dir and not config.hooks and set(config.plugins) <= KNOWN_PLUGINS

    def on_page_read_source(self, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        return "" if page.file.src_uri in self.makers else None

    def on_page_markdown(self, markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        return markdown if page.file.src_uri in self.makers else filled(markdown, page.file.src_uri, self.views)

    def on_page_context(
        self, context: TemplateContext, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Make the page only now, so that one stands in memory at a time."""
        path = page.file.src_uri
        if (make := self.makers.get(path)) is not None:
            made = make()
            take(page, made, self._text(made, config) if made.text else "")
        archive = Publication(config.site_name, config.site_description, str(config.theme["language"]), self.site)
        title = None if page.is_homepage else str(page.title)
        head = head_of(page.meta, path, title, page.canonical_url, archive).html()
        context = cast(TemplateContext, {**context, "ab": head})
        if isinstance(page, MadePage) and self.framed and path not in self.in_navigation:
            self.guard.framed.add(path)
            return framed(page, head, context, self.frames)
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Guard the page as the other plugins leave it."""
        path = page.file.src_uri
        if path not in self.makers:
            self.guard.tell(path, page.content or "")
        else:
            # Nobody asks for these again, and every page is held to the end of the build.
            page.content, page.toc = "", get_toc([])
            page.meta.pop("linked_data", None)
        self.collector.count_page()
        return output if path in self.guard.framed else self.guard.page(output)

    @event_priority(-100)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        return self.guard.page(output_content) if template_name.endswith(".html") else output_content

    def _load(self) -> Archive:
        self.collector.hold()
        try:
            return load(self.root)
        finally:
            if self.serving:
                self.collector.let_go()
            else:
                self.collector.settle()

    def _text(self, made: Page, config: MkDocsConfig) -> str:
        """The HTML of an article's text, alike whatever Markdown extensions the site has."""
        assert made.text is not None
        html = made.text.html
        problem = check_rendered(made.source or made.path, made.text.prose, html)
        if problem is not None:
            log.warning("%s", problem)
        html = with_ids(html, config.mdx_configs.get("toc") or {}, made.head + made.tail)
        return guided(html, self.views.links(made.path).root + self.guide) if self.guide else html

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Finish the index, and put the site in its place when all others have done with it."""
        self.collector.let_go()
        site = Path(config.site_dir)
        if not self.serving:
            tell(self.index.finish(site))
            self.place.done(config)
            log.info("The site stands in %s", config.site_dir)
        elif config.theme.name == "material":
            self.index.restore(site)
            self.index.follow(self.sources, site, tell)

    def on_build_error(self, error: Exception) -> None:
        self.collector.let_go()
        self.index.abandon()
        self.place.abandon()

    def _begin_search(self, files: Files, config: MkDocsConfig) -> None:
        """Have the archive indexed beside the rendering; while it is served, after it."""
        pages = [each for each in files.documentation_pages() if each.src_uri not in self.makers]
        written = [written_page(each.url, each.content_string) for each in pages if not _is_record(each.src_uri)]
        self.sources = sources(self.views, written, str(config.theme["language"] or "en"))
        if not self.serving and config.theme.name == "material":
            self.index.begin(self.sources, Path(config.site_dir))


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def _is_record(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder in FOLDERS and name.endswith(".md") and name.rpartition("/")[2] != "index.md"

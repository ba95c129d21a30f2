"""What MkDocs holds of a page that is made of records, and the frame its theme renders around it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from html import unescape
from typing import cast

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc
from mkdocs.utils.templates import TemplateContext

from archive_builder.framing import ID, Frame, Frames, stand_in
from archive_builder.pages import Page

__all__ = ["MadePage", "framed", "name_in", "take"]

HEADING = '<h2 id="'


class MadePage(MkDocsPage):
    """A page that is made of records, and has no Markdown for MkDocs to render."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content, self.toc = "", get_toc([])


def name_in(nav: Navigation, titles: Mapping[str, str], given: object) -> None:
    """Give each made page in the navigation its title there: what ``given``, the site's own, says, or its record.

    MkDocs would take the file's name until the page is rendered, and pass over what the site says.
    """
    named = dict(_named(given))
    for page in nav.pages:
        path = page.file.src_uri
        if isinstance(page, MadePage) and path in titles:
            page.title = named.get(path) or escape(titles[path])


def _named(given: object) -> Iterator[tuple[str, str]]:
    """The paths that have a title in a navigation as mkdocs.yml writes it."""
    for item in given if isinstance(given, list) else ():
        for title, target in item.items() if isinstance(item, dict) else ():
            if isinstance(target, str):
                yield target.lstrip("/"), title
            else:
                yield from _named(target)


def take(page: MkDocsPage, made: Page, text: str) -> None:
    """Let the page be what was made, with the HTML of its text."""
    # Themes show some of it as it is.
    safe = {"title": escape(made.title), "description": escape(made.description)}
    page.meta = {**made.front_matter, **safe}
    page.content = "\n".join(filter(None, (made.head, text, made.tail)))
    top = AnchorLink(made.title, "top", 1)
    top.children += (AnchorLink(unescape(name), id, 2) for id, name in _headings(made.head + made.tail))
    page.toc = TableOfContents([top])


def _headings(html: str) -> Iterator[tuple[str, str]]:
    """The id and the words of each heading of ours; a pattern would take ten times as long to look for them."""
    for part in html.split(HEADING)[1:]:
        id, _, rest = part.partition('">')
        yield id, rest.partition("</h2>")[0]


def framed(page: MadePage, head: Markup, context: TemplateContext, frames: Frames) -> TemplateContext:
    """The context with which the page is rendered by its frame."""
    own = page.meta
    contents = tuple((link.title, link.id) for link in page.toc.items[0].children)
    told = (own["kind"], own.get("language"), own.get("direction"), *own.get("hide", ()), bool(own["description"]))
    key: Hashable = (told, contents)
    values: Mapping[str, str] = {
        "id": page.file.name,
        "title": own["title"],
        "description": own["description"],
        "head": head,
        "content": page.content or "",
    }
    frame = Frame(frames, key, values, lambda: _stand_in(page, context))
    return cast(TemplateContext, {**context, "ab_frame": frame})


def _stand_in(page: MadePage, context: TemplateContext) -> TemplateContext:
    """The context with a page that has stand-ins for its values."""
    config = context["config"]
    folder = page.file.src_uri.rpartition("/")[0]
    file = File(f"{folder}/{ID}.md", config.docs_dir, config.site_dir, config.use_directory_urls)
    shown = MadePage(None, file, config)
    shown.meta = {**page.meta, "title": stand_in("title"), "description": stand_in("description")}
    shown.content, shown.toc, shown.active = stand_in("content"), page.toc, True
    return cast(TemplateContext, {**context, "page": shown, "ab": stand_in("head")})

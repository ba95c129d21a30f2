"""Fills in templates.

Jinja asks anew at every value whether what it names is an attribute or an item, whether what it calls wants to know the
template, and makes text of its own kind of all that is shown. Pages ask it a hundred times each. So our templates are
compiled to the plain Python that they look like: ``a.b`` is the attribute, ``a.b(c)`` the call, and text is escaped
unless it is marked as safe. What a template includes is pasted into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from archive_builder.pages import fragments

__all__ = ["environment", "environment_of", "render"]

BLANK_LINES = re.compile(r"\n\s*\n")
ACTS = re.compile(r"[&<>\"']")
INCLUDED = re.compile(r'^{% include "([a-z_.]+)" %}\n', re.MULTILINE)


def render(template: str, **values: object) -> str:
    """The template filled in, without blank lines."""
    return BLANK_LINES.sub("\n", _template(template).render(values)).strip()


class _Plainly(CodeGenerator):
    """Writes the Python of a template: what Jinja itself would show, said more shortly."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A method is called as it is; Jinja's own things, as ``loop``, may want to know more."""
        if not isinstance(node.node, nodes.Getattr):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.shown(")


class _Templates(Environment):
    code_generator_class = _Plainly

    @staticmethod
    def shown(value: object) -> str:
        """The value as HTML."""
        if (type(value) is str and not ACTS.search(value)) or type(value) is Markup:
            return value
        return escape(value)


class _Pasting(PackageLoader):
    """Finds templates with what they include in its place: a template by itself has a world of its own made for it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        text, path, is_fresh = super().get_source(environment, template)
        return (
            INCLUDED.sub(lambda found: self.get_source(environment, found[1])[0].removesuffix("\n"), text),
            path,
            is_fresh,
        )


def environment_of(folder: str) -> Environment:
    """Where the templates in a folder below ``templates/`` lie, read as all of ours are."""
    return _Templates(
        loader=_Pasting("archive_builder", f"templates/{folder}"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )


@cache
def _template(name: str) -> Template:
    """Asked for by every page, while Jinja asks each time whether it is the one it holds."""
    found = environment().get_template(f"{name}.html")
    # Looked through at each rendering, which of a chain of dictionaries takes as long as to fill in a small template.
    found.globals = dict(found.globals)
    return found


@cache
def environment() -> Environment:
    """The templates of pages, and what they know."""
    found = environment_of("pages")
    found.globals["ab"] = fragments
    return found

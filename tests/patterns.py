"""The regular expressions of the package, and texts made of each that would keep it busy if anything would.

None of them is listed by hand. Those that a module holds are found in it, those that it makes in a call are found in
its syntax tree. How one is asked (at every place of a text or only at its beginning) is read there, too.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import archive_builder

__all__ = ["PATTERNS", "Asked", "attacks", "times"]

AT_THE_BEGINNING = ("match", "fullmatch")
EVERYWHERE = ("search", "finditer", "findall", "sub", "subn", "split")
LONG = 50  # a bounded repetition of more is as good as one without a bound
ATOMS, PAIRED = 40, 6
BREAKERS = ("", "\x01", "\n")
OF_CATEGORY = {
    signs.CATEGORY_DIGIT: "1",
    signs.CATEGORY_NOT_DIGIT: "a",
    signs.CATEGORY_SPACE: " \n",
    signs.CATEGORY_NOT_SPACE: "a.",
    signs.CATEGORY_WORD: "a1_",
    signs.CATEGORY_NOT_WORD: " -",
}
CANDIDATES = "a1A -.\n,*_[]()<>\"'#é"

Tree = Any
Pattern = re.Pattern[str] | re.Pattern[bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """A pattern, and whether it is ever looked for at every place of a text."""

    name: str
    pattern: Pattern
    everywhere: bool

    def ask(self, text: str) -> None:
        given: Any = text.encode("utf-8", "surrogatepass") if isinstance(self.pattern.pattern, bytes) else text
        if self.everywhere:
            for _ in self.pattern.finditer(given):
                pass
        else:
            self.pattern.match(given)
            self.pattern.fullmatch(given)


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(archive_builder.__path__, "archive_builder."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def held(value: object) -> Iterator[Pattern]:
    """The patterns in a value, however deep in tuples and mappings."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for each in (*value.keys(), *value.values()):
            yield from held(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from held(each)


def how(tree: ast.AST) -> dict[str, set[str]]:
    """By name, what a module does with it: the methods it calls; ``given`` where it hands it on."""
    found: dict[str, set[str]] = {}
    asked: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.setdefault(node.value.id, set()).add(node.attr)
            asked.add(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in asked:
            found.setdefault(node.id, set()).add("given")
    return found


def made(module: ModuleType, tree: ast.AST) -> Iterator[Asked]:
    """The patterns that a module makes within a call of ``re``; its own names may stand in them and no others."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in (*AT_THE_BEGINNING, *EVERYWHERE)
        ):
            named = {each.arg: each.value for each in node.keywords}
            written = eval(compile(ast.Expression(node.args[0]), "", "eval"), dict(vars(module)))
            flags = eval(compile(ast.Expression(named["flags"]), "", "eval"), vars(module)) if "flags" in named else 0
            name = f"{module.__name__.partition('.')[2]}:{ast.unparse(node.args[0])[:60]}"
            yield Asked(name, re.compile(written, flags), node.func.attr in EVERYWHERE)


def everyone() -> dict[tuple[str | bytes, int], Asked]:
    found: dict[tuple[str | bytes, int], Asked] = {}
    trees = {module: ast.parse((module.__loader__ or module).get_source(module.__name__)) for module in modules()}  # type: ignore[attr-defined, union-attr]
    uses = {module: how(tree) for module, tree in trees.items()}
    for module, tree in trees.items():
        of_module = list(made(module, tree))
        for name, value in vars(module).items():
            for pattern in held(value):
                users = [each for other, each in uses.items() if vars(other).get(name) is value]
                calls = set().union(*(each.get(name, set()) for each in users)) - {"pattern"}
                only_begun = bool(calls) and calls <= set(AT_THE_BEGINNING)
                title = f"{module.__name__.partition('.')[2]}.{name}"
                of_module.append(Asked(title, pattern, not only_begun))
        for asked in of_module:
            key = asked.pattern.pattern, asked.pattern.flags
            before = found.get(key)
            if before is None or (asked.everywhere and not before.everywhere):
                found[key] = asked
    return found


PATTERNS = sorted(everyone().values(), key=lambda asked: (asked.name, str(asked.pattern.pattern)))


def atoms_of(tree: Tree) -> list[str]:
    """A few characters of each class and each literal in a tree."""
    found: dict[str, None] = {}
    for code, given in tree:
        if code is signs.LITERAL:
            found[chr(given)] = None
        elif code is signs.NOT_LITERAL:
            found[next(each for each in CANDIDATES if ord(each) != given)] = None
        elif code is signs.ANY:
            found["a"] = None
        elif code is signs.IN:
            found |= dict.fromkeys(members(given))
        else:
            for inner in within(code, given):
                found |= dict.fromkeys(atoms_of(inner))
    return list(found)


def members(given: Tree) -> list[str]:
    if given[0][0] is signs.NEGATE:
        out = set(members(given[1:]))
        return [each for each in CANDIDATES if each not in out][:3]
    found: list[str] = []
    for code, value in given:
        if code is signs.LITERAL:
            found.append(chr(value))
        elif code is signs.RANGE:
            found.append(chr(value[0]))
        elif code is signs.CATEGORY:
            found += OF_CATEGORY.get(value, "a")
    return found


def within(code: Tree, given: Tree) -> list[Tree]:
    """The trees below a node."""
    if code in (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT):
        return [given[2]]
    if code is signs.SUBPATTERN:
        return [given[3]]
    if code is signs.ATOMIC_GROUP:
        return [given]
    if code is signs.BRANCH:
        return list(given[1])
    if code in (signs.ASSERT, signs.ASSERT_NOT):
        return [given[1]]
    if code is signs.GROUPREF_EXISTS:
        return [each for each in given[1:] if each is not None]
    return []


def sample(tree: Tree) -> str:
    """A short text that the tree matches, as far as that can be told without trying."""
    parts: list[str] = []
    for code, given in tree:
        if code in (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT):
            parts.append(sample(given[2]) * max(given[0], min(int(given[1]), 1)))
        elif code in (signs.ASSERT, signs.ASSERT_NOT, signs.AT, signs.GROUPREF):
            continue
        elif code in (signs.LITERAL, signs.NOT_LITERAL, signs.ANY, signs.IN):
            parts += atoms_of([(code, given)])[:1]
        else:
            parts += [sample(inner) for inner in within(code, given)[:1]]
    return "".join(parts)


def repeated(tree: Tree, before: str = "") -> Iterator[tuple[str, Tree]]:
    """Each part that may be repeated without end, with a text that comes before it."""
    for index, (code, given) in enumerate(tree):
        ahead = before + sample(tree[:index])
        if code in (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT) and int(given[1]) >= LONG:
            yield ahead, given[2]
        for inner in within(code, given):
            yield from repeated(inner, ahead)


def attacks(pattern: Pattern) -> list[tuple[str, str, str]]:
    """What is put before, what is repeated, and what is put behind, so that a match is long begun and does not end."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(written, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    units: dict[tuple[str, str], None] = {}
    for ahead, inner in repeated(tree):
        for unit in (sample(inner), *atoms_of(inner)[:6]):
            units |= {(ahead, unit): None, ("", ahead + unit): None}
    atoms = atoms_of(tree)[:ATOMS]
    units |= dict.fromkeys(("", atom) for atom in atoms)
    pairs = [("", first + second, BREAKERS[1]) for first, second in product(atoms[:PAIRED], repeat=2)]
    return [*((ahead, unit, behind) for ahead, unit in units if unit for behind in BREAKERS), *pairs]


def times() -> Iterator[int]:
    """How often a unit is repeated: in small steps at first, for what doubles with each."""
    yield from (8, 12, 16, 20, 24, 28, 32, 48, 64, 256, 1_000, 8_000)

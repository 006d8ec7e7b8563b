"""Where things are in the repository, and what its source says, read without importing it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "antiphon"
TESTS = ROOT / "tests"
HOUSE = TESTS / "house"
DOCS = ROOT / "docs"


@dataclass(frozen=True)
class Module:
    """One source file of the package: its place (`engine/kernel.py`) and its text."""

    place: str
    text: str

    @property
    def package(self) -> str:
        """The first part of the place: `engine`, `protocols`, `__init__`."""
        return self.place.removesuffix(".py").split("/")[0]

    @property
    def stem(self) -> str:
        """The last part of the place: `kernel`."""
        return self.place.removesuffix(".py").split("/")[-1]

    @property
    def name(self) -> str:
        """The name it is imported by; an `__init__` has the name of its package."""
        parts = self.place.removesuffix(".py").split("/")
        return ".".join(["antiphon", *(part for part in parts if part != "__init__")])

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, filename=self.place)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function of the file, methods and inner functions included."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and name of every import, wherever it stands in the file.

        A string that is exactly the name of one of our modules counts: lazy imports look so.
        `from . import x` gives a name that starts with a dot.
        """
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                source = "." * node.level + (node.module or "")
                for alias in node.names:
                    name = f"{source}.{alias.name}"
                    yield node.lineno, name if name in NAMES else source
            elif isinstance(node, ast.Constant) and node.value in NAMES - {"antiphon"}:
                yield node.lineno, str(node.value)


MODULES = tuple(
    Module(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
)
NAMES = frozenset(module.name for module in MODULES)

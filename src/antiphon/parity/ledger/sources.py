"""Where the places that a ledger names are: files of the package, and tests of the source tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path


def is_there(root: Path, place: str) -> bool:
    """Whether ``file`` is below ``root``, and what is named in ``file::symbol`` is defined in it;
    a symbol in a class is ``Class.method``, as it is ``Class::test`` of a test.
    """
    file, *symbols = place.split("::")
    path = root / file
    if Path(file).is_absolute() or ".." in Path(file).parts or not path.is_file():
        return False
    return not symbols or ".".join(symbols) in _symbols(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _symbols(text: str) -> frozenset[str]:
    """Every name that a file defines at its top, and in the classes there."""
    return frozenset(_defined(ast.parse(text).body))


def _defined(body: list[ast.stmt], of: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{of}{node.name}"
        elif isinstance(node, ast.ClassDef):
            yield f"{of}{node.name}"
            yield from _defined(node.body, f"{of}{node.name}.")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (f"{of}{each.id}" for each in targets if isinstance(each, ast.Name))

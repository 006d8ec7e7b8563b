"""Sizes: small files and small functions, by budget."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import MODULES, ROOT, TESTS, Module

FILE_CAP = 400
MODEL_FILE_CAP = 220
FUNCTION_CAP = 60

# One fused loop, for speed: it is read beside the model's rules, function for function.
EXEMPT = {"engine/kernel.py"}

# Files and functions (`place::function`) that are over their cap, each with the length it may
# have. Nothing may be added here, and a number may only go down.
ALLOWED: dict[str, int] = {}

TEST_FILES = tuple(
    Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    for path in sorted(TESTS.rglob("*.py"))
)


def lengths(module: Module) -> Iterator[tuple[str, int, int]]:
    """What is measured in a file: its name, its length, its cap."""
    cap = MODEL_FILE_CAP if module.package == "model" else FILE_CAP
    yield module.place, len(module.text.splitlines()), cap
    for function in module.functions():
        yield f"{module.place}::{function.name}", length(function), FUNCTION_CAP


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the `def` to the last line of the body."""
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def complaints(module: Module, allowed: dict[str, int]) -> Iterator[str]:
    """What is too long in a file, and what need no longer be on the list."""
    for name, lines, cap in lengths(module):
        if lines > max(cap, allowed.get(name, 0)):
            yield f"{name}: {lines} lines, at most {cap}: split it by subject"
        elif name in allowed and lines < allowed[name]:
            yield f"{name}: now {lines} lines: lower its number in ALLOWED, or remove it"


@pytest.mark.parametrize("module", [*MODULES, *TEST_FILES], ids=lambda module: module.place)
def test_sizes(module: Module) -> None:
    """Every file and every function keeps to its budget."""
    if module.place not in EXEMPT:
        found = list(complaints(module, ALLOWED))
        assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("place", "text", "allowed", "count"),
    [
        ("engine/x.py", "\n" * 400, {}, 0),
        ("engine/x.py", "\n" * 401, {}, 1),
        ("model/x.py", "\n" * 221, {}, 1),
        ("engine/x.py", "def f():\n" + "    1\n" * 60, {}, 1),
        ("engine/x.py", "\n" * 401, {"engine/x.py": 401}, 0),
        ("engine/x.py", "\n" * 401, {"engine/x.py": 402}, 1),
        ("engine/x.py", "", {"engine/x.py": 402}, 1),
    ],
)
def test_rejects(place: str, text: str, allowed: dict[str, int], count: int) -> None:
    """A cap is a cap, and a number on the list that is no longer needed is named."""
    assert len(list(complaints(Module(place, text), allowed))) == count

"""Exports: a small surface, pinned, each name with one home."""

import ast
from importlib import import_module
from importlib.util import find_spec

import pytest

from tests.house.tree import MODULES, Module

# What `from antiphon import *` gives. To change the surface, change it here too, and say why in
# CHANGELOG.md.
PINNED: tuple[str, ...] = (
    "AntiphonError",
    "Ask",
    "Blob",
    "Bool",
    "Bug",
    "Conversation",
    "Diagnostic",
    "Endpoint",
    "Nat",
    "Prod",
    "ProgramError",
    "Protocol",
    "Refusal",
    "Span",
    "Str",
    "Unit",
    "load",
    "protocol",
)
CAP = 24
# These may define a function with the name of a public one: a verb, or the other choir's rule.
ECHOES = {"model", "parity", "cli"}


def public(name: str) -> tuple[str, ...]:
    """The `__all__` of a module as it is at run time; empty where there is none."""
    return tuple(getattr(import_module(name), "__all__", ())) if find_spec(name) else ()


def definitions(module: Module) -> set[str]:
    """The classes, functions and constants that a file defines at its top."""
    found: set[str] = set()
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(target.id for target in targets if isinstance(target, ast.Name))
    return found


def test_surface_is_pinned() -> None:
    """The root exports exactly the pinned names, sorted, and few of them."""
    assert public("antiphon") == PINNED, "update PINNED in tests/house/test_exports.py"
    assert list(PINNED) == sorted(set(PINNED)), "sort antiphon.__all__"
    assert len(PINNED) <= CAP, f"antiphon exports more than {CAP} names: take one out"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.place)
def test_exported_names_exist(module: Module) -> None:
    """Every name in the `__all__` of a module is an attribute of it."""
    if "__all__" in definitions(module):
        loaded = import_module(module.name)
        missing = [name for name in public(module.name) if not hasattr(loaded, name)]
        assert not missing, f"{module.place}: __all__ names {missing}, which do not exist"


def test_public_names_have_one_home() -> None:
    """A public name is defined in one module; the model and the verbs may echo it."""
    for name in PINNED:
        homes = [m.place for m in MODULES if m.package not in ECHOES and name in definitions(m)]
        assert len(homes) == 1, f"{name} is defined in {homes or 'no module'}: keep one"

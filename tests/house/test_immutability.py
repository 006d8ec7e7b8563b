"""Records that both machines share do not change: every dataclass is frozen and slotted."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import MODULES, Module

PACKAGES = {"values", "theory", "bytecode", "machine", "model"}
RECORDS = [module for module in MODULES if module.package in PACKAGES]


def complaints(module: Module) -> Iterator[str]:
    """Every dataclass of a file that could be changed, or carries a dictionary."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and any(map(is_loose, node.decorator_list)):
            yield (
                f"{module.place}:{node.lineno}: {node.name}: "
                "write @dataclass(frozen=True, slots=True)"
            )


def is_loose(decorator: ast.expr) -> bool:
    """Whether this is `dataclass` without both keywords."""
    call = decorator if isinstance(decorator, ast.Call) else None
    name = ast.unparse(call.func if call else decorator).split(".")[-1]
    given = {ast.unparse(keyword) for keyword in call.keywords} if call else set[str]()
    return name == "dataclass" and not given >= {"frozen=True", "slots=True"}


@pytest.mark.parametrize("module", RECORDS, ids=lambda module: module.place)
def test_records_are_frozen(module: Module) -> None:
    """No dataclass of the shared packages or of the model can be changed after it is made."""
    found = list(complaints(module))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("decorator", "count"),
    [
        ("dataclass", 1),
        ("dataclasses.dataclass(frozen=True)", 1),
        ("dataclass(frozen=True, slots=False)", 1),
        ("dataclass(slots=True, frozen=True)", 0),
        ("final", 0),
    ],
)
def test_rejects(decorator: str, count: int) -> None:
    """Both keywords must be there, in any order."""
    module = Module("model/x.py", f"@{decorator}\nclass C: ...")
    assert len(list(complaints(module))) == count

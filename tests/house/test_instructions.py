"""Each row of the instruction table has its rule in the model, and its function in the engine."""

import ast
import re

import pytest

from antiphon.bytecode.table import TABLE, Instruction
from tests.house.tree import MODULES, Module

ROWS = [row for row in TABLE if row.name != "fetch"]
NAMES = [row.name for row in ROWS]


def functions(*places: str) -> dict[str, str]:
    """The functions and methods of these files in order, each with its docstring.

    A name that would hide one of Python's ends in an underscore, which does not count.
    """
    files = [module for module in MODULES if module.place in places]
    assert len(files) == len(places), f"one of {', '.join(places)} is not there"
    return {
        function.name.rstrip("_"): ast.get_docstring(function) or ""
        for module in files
        for function in sorted(module.functions(), key=lambda function: function.lineno)
    }


def faults(docstring: str) -> list[str]:
    """What the section `Faults:` of a docstring lists; nothing for `none`."""
    found = re.search(r"^Faults: (.*?)\.$", docstring, flags=re.DOTALL | re.MULTILINE)
    assert found, "a rule's docstring ends with its section `Faults:`"
    listed = re.split(r",\s+", found[1])
    return [] if listed == ["none"] else listed


def rules() -> dict[str, str]:
    """The functions of the model's rules."""
    return functions(*(m.place for m in MODULES if is_rule(m)))


def is_rule(module: Module) -> bool:
    """Whether a file holds rules of the model."""
    return module.place.startswith("model/rules/") and module.stem != "__init__"


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_rule_names_its_faults(row: Instruction) -> None:
    """The section `Faults:` of a rule lists the row's waits and faults, in the table's order."""
    docstring = rules().get(row.name)
    assert docstring is not None, f"write a rule {row.name!r} in src/antiphon/model/rules"
    outcomes = [f"{out.code}.{out.clause}" for out in row.outcomes if out.kind != "ok"]
    assert faults(docstring) == outcomes, f"{row.name}: let `Faults:` follow the table"


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_rule_has_its_sections(row: Instruction) -> None:
    """A rule says what must hold, what changes, what is seen and how it faults, in this order."""
    sections = re.findall(r"^(Premise|Change|Observes|Faults): ", rules()[row.name], re.MULTILINE)
    assert sections == ["Premise", "Change", "Observes", "Faults"]


def test_engine_mirrors_the_table() -> None:
    """The kernel has a function for each instruction, in the order of the table."""
    kernel = [name for name in functions("engine/kernel.py") if name in NAMES]
    assert kernel == NAMES, f"let the kernel have the functions {NAMES}, in this order"


@pytest.mark.parametrize(
    ("docstring", "listed"),
    [
        ("Send.\n\nFaults: a.b, c.d,\ne.f.", ["a.b", "c.d", "e.f"]),
        ("Jump.\n\nFaults: none.", []),
    ],
)
def test_reads_a_section(docstring: str, listed: list[str]) -> None:
    """The list may run over several lines."""
    assert faults(docstring) == listed

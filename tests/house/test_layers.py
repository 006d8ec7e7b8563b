"""Layers: who may import whom, hidden imports included, and no knots."""

import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.layers import MAY_IMPORT, THIRD_PARTY
from tests.house.tree import MODULES, NAMES, Module


def complaints(module: Module) -> Iterator[str]:
    """Every import of a module that the table in layers.py does not allow."""
    if module.package not in MAY_IMPORT:
        yield f"{module.place}: give {module.package!r} a row in tests/house/layers.py"
        return
    allowed = {"errors", module.package, *MAY_IMPORT[module.package].split()}
    for line, name in module.imports():
        where = f"{module.place}:{line}: imports {name}"
        top, *rest = name.split(".")
        if not top:
            yield f"{where}: write it from the root, antiphon.<package>.<module>"
        elif top == "antiphon":
            if f"{module.name}.".startswith(f"{name}."):
                yield f"{where}: import the module that defines what you need, not a parent"
            elif rest[0] not in allowed:
                yield f"{where}: {module.package!r} may import only {', '.join(sorted(allowed))}"
        elif top not in sys.stdlib_module_names and not module.place.startswith(
            THIRD_PARTY.get(top, ())
        ):
            yield f"{where}: this package may not stand on {top!r}"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.place)
def test_imports_follow_the_table(module: Module) -> None:
    """Every import of a module, deferred and typing-only ones included, is in the table."""
    found = list(complaints(module))
    assert not found, "\n".join(found)


def test_no_knots() -> None:
    """The import graph of modules has no cycle."""
    graph = {m.name: {name for _, name in m.imports() if name in NAMES} for m in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("cut one import of this knot: " + " <- ".join(error.args[1]))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("novel/x.py", ""),
        ("engine/x.py", "def f():\n    import antiphon.model.step"),
        ("model/x.py", "if TYPE_CHECKING:\n    from antiphon.engine.kernel import step"),
        ("protocols.py", "from antiphon.parity.lockstep import run"),
        ("values/sort.py", "from antiphon.values import Value"),
        ("cli/x.py", "import antiphon"),
        ("values/sort.py", "from .value import Value"),
        ("model/x.py", "import msgspec"),
        ("engine/x.py", "import rich.text"),
        ("values/x.py", "import_module('antiphon.theory.unfold')"),
    ],
)
def test_rejects(place: str, text: str) -> None:
    """Each kind of import that must not be is named, once."""
    assert len(list(complaints(Module(place, text)))) == 1

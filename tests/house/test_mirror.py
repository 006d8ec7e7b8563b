"""The mirror: each module has its unit test, and each unit test its module."""

import ast

from tests.house.tree import MODULES, TESTS, Module

UNIT = TESTS / "unit"


def only_gathers(module: Module) -> bool:
    """Whether a file has nothing to test: it only imports, and names what it exports."""
    return all(
        isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        for node in module.tree.body
    )


def mirror(place: str) -> str:
    """The unit test of a module: `engine/kernel.py` has `engine/test_kernel.py`."""
    folder, slash, file = place.rpartition("/")
    return f"{folder}{slash}test_{file}"


def test_modules_have_unit_tests() -> None:
    """Every module with a definition of its own has a unit test in the same place."""
    missing = [
        f"src/antiphon/{module.place}: write tests/unit/{mirror(module.place)}"
        for module in MODULES
        if not module.stem.startswith("__")
        and not only_gathers(module)
        and not (UNIT / mirror(module.place)).is_file()
    ]
    assert not missing, "\n".join(missing)


def test_unit_tests_have_modules() -> None:
    """Every unit test is the test of a module; what spans modules belongs to another room."""
    wanted = {mirror(module.place) for module in MODULES}
    found = {path.relative_to(UNIT).as_posix() for path in UNIT.rglob("test_*.py")}
    astray = [
        f"tests/unit/{place}: tests no module: rename it, or move it to another room"
        for place in sorted(found - wanted)
    ]
    assert not astray, "\n".join(astray)


def test_what_needs_no_unit_test() -> None:
    """A file that only gathers names needs no unit test; a definition or a constant does."""
    assert only_gathers(Module("x.py", '"""Doc."""\nfrom a import b\n__all__ = ["b"]'))
    assert not only_gathers(Module("x.py", "from a import b\nc = 1"))
    assert not only_gathers(Module("x.py", "def f(): ..."))

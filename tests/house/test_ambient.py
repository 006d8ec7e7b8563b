"""Nothing ambient: time, chance, threads and the environment come in only at the edge."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest

from tests.house.tree import MODULES, Module

HOST = ("effects/host.py", "cli/*")
ALLOWED = {
    "time": (*HOST, "parity/*", "bench/measure.py"),
    "random": HOST,
    "secrets": HOST,
    "uuid": HOST,
    "threading": HOST,
    "multiprocessing": (),
    "concurrent": (*HOST, "parity/*", "waves/workers.py"),
    "asyncio": (*HOST, "bench/twins.py", "conformance/outside.py"),
    "socket": HOST,
    "os.environ": ("cli/*", "engine/build.py", "evidence/shipped.py"),
    "exec": ("parity/mutants*.py", "parity/mutants/*.py"),
    "eval": (),
    "pickle": (),
}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv"}


def uses(module: Module) -> Iterator[tuple[int, str]]:
    """Line and name of every ambient thing a file uses, allowed or not."""
    for line, name in module.imports():
        yield line, name.split(".")[0]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and node.id in {"exec", "eval"}:
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in ENVIRONMENT:
            yield node.lineno, "os.environ"
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from ((node.lineno, "os.environ") for _ in names & ENVIRONMENT)


def complaints(module: Module) -> Iterator[str]:
    """Every use of an ambient thing where it does not belong."""
    for line, name in uses(module):
        places = ALLOWED.get(name, ("*",))
        if not any(fnmatch(module.place, place) for place in places):
            yield (
                f"{module.place}:{line}: {name} belongs only in "
                f"{', '.join(places) or 'no file'}: take what it gives as an argument"
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.place)
def test_nothing_ambient(module: Module) -> None:
    """A module below the edge takes time, chance and the environment as arguments."""
    found = list(complaints(module))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("place", "text", "count"),
    [
        ("model/x.py", "def f():\n    from time import monotonic", 1),
        ("effects/host.py", "import time", 0),
        ("engine/x.py", "import os\nos.environ['A']", 1),
        ("engine/x.py", "from os import getenv", 1),
        ("engine/build.py", "import os\nos.environ.get('A')", 0),
        ("model/x.py", "import os.path", 0),
        ("cli/x.py", "exec('1')", 1),
        ("parity/mutants.py", "exec('1')", 0),
        ("parity/x.py", "import pickle", 1),
    ],
)
def test_rejects(place: str, text: str, count: int) -> None:
    """Each way to reach for the surroundings is found, except at the edge."""
    assert len(list(complaints(Module(place, text)))) == count

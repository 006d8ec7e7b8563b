"""Places that a ledger names."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.parity.ledger.sources import is_there

TEXT = """
LIMIT: int = 3
a = 1
class One:
    b = 2
    def method(self): ...
    class Inner: ...
async def waits(): ...
if a:
    hidden = 1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one file."""
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "x.py").write_text(TEXT)
    (tmp_path / "y.py").write_text("")
    return tmp_path / "inside"


@pytest.mark.parametrize(
    "place", ["x.py", *(f"x.py::{n}" for n in ("LIMIT", "a", "One", "One.b", "waits", "One.Inner"))]
)
def test_is_there(root: Path, place: str) -> None:
    """A file, and whatever it defines at its top or in a class."""
    assert is_there(root, place)
    assert is_there(root, "x.py::One::method")


@pytest.mark.parametrize(
    "place",
    ["y.py", "../y.py", "../inside/x.py", "x", "x.py::b", "x.py::hidden", "x.py::method", ""],
)
def test_is_not_there(root: Path, place: str) -> None:
    """Nothing outside the folder, and nothing that is in no such place."""
    assert not is_there(root, place)
    assert not is_there(root, str(root / "x.py"))

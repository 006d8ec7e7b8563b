"""The digest of the semantic sources."""

from __future__ import annotations

from pathlib import Path

import pytest

import antiphon
from antiphon.evidence.sources import PACKAGES, digest_of, sources_digest

FILES = (("model/step.py", b"a\nb\n"), ("engine/kernel.py", b"c\n"))


def test_order_and_line_ends() -> None:
    """The order of the files and the ends of their lines mean nothing."""
    assert digest_of(FILES) == digest_of(reversed(FILES))
    assert digest_of([("model/step.py", b"a\r\nb\r\n"), FILES[1]]) == digest_of(FILES)


@pytest.mark.parametrize(
    "files",
    [
        (("model/step.py", b"a\nB\n"), FILES[1]),
        (("model/stop.py", b"a\nb\n"), FILES[1]),
        FILES[:1],
        (*FILES, ("model/more.py", b"")),
    ],
)
def test_anything_else(files: tuple[tuple[str, bytes], ...]) -> None:
    """A byte, a name, a file more or less make another digest."""
    assert digest_of(files) != digest_of(FILES)


def test_what_is_read() -> None:
    """Every file of the packages that say what a step does, and no other."""
    root = Path(antiphon.__file__).parent
    files = [
        (str(file.relative_to(root)).replace("\\", "/"), file.read_bytes())
        for package in PACKAGES
        for file in root.glob(f"{package}/**/*.py")
        if "_kernel_compiled" not in file.name
    ]
    names = [name for name, _ in files]
    assert {"model/step.py", "model/rules/control.py", "engine/kernel.py"} <= set(names)
    assert "bytecode/table.py" in names
    assert sources_digest() == digest_of(files)

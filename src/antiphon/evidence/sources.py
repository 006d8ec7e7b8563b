"""The semantic sources: the files that say what a machine does, known by one digest."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from antiphon.values.canonical import digest

PACKAGES: Final = ("bytecode", "engine", "machine", "model", "replay", "scheduler", "waves")
"""The packages of which every file counts. ``values`` and ``theory`` have no rules of a step."""

_ROOT: Final = Path(__file__).parents[1]


@cache
def sources_digest() -> str:
    """The digest of the sources that are installed here; read once per process."""
    return digest_of(
        (file.relative_to(_ROOT).as_posix(), file.read_bytes())
        for package in PACKAGES
        for file in (_ROOT / package).rglob("*.py")
        if not file.name.startswith("_kernel_compiled")
    )


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """The digest of named files, whatever their order and the ends of their lines."""
    return digest(
        "antiphon.sources.1",
        sorted((name, sha256(data.replace(b"\r\n", b"\n")).hexdigest()) for name, data in files),
    )

"""The engine with little room: every table is full at once, every limit is near.

What happens when a table grows, a chunk of the trace is full, values are swept from the side table
or a run is longer than one call of the kernel, happens here within a few steps. Only numbers are
changed, each where it stands in the source, so it must be the same machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, cast

from antiphon.engine.machine import Engine
from antiphon.parity.mutants_load import load_patched, source_of

CRAMPS: Final = (
    ("engine/words.py", "FEWEST_TO_SWEEP: Final = 4096", "FEWEST_TO_SWEEP: Final = 1"),
    ("engine/machine.py", "STRETCH: Final = 2**20", "STRETCH: Final = 3"),
)
"""In each file this text becomes that one."""

PURE_CRAMPS: Final = (
    *CRAMPS,
    ("engine/kernel.py", "CHUNK = 4096", "CHUNK = 8"),
    ("engine/kernel.py", "have + have // 4 + 64", "have + 1"),
)
"""The same where the kernel is not compiled, so that its own numbers can be changed."""


@cache
def cramped_engine(build: str) -> type[Engine]:
    """The healthy engine with little room, for one of its builds."""
    return cramp({}, build)


def cramp(texts: Mapping[str, str], build: str) -> type[Engine]:
    """The engine with little room in which the files ``texts`` read so, the others as they are."""
    patched = dict(texts)
    for file, old, new in CRAMPS if build == "compiled" else PURE_CRAMPS:
        patched[file] = patched.get(file, source_of(file)).replace(old, new)
    module = load_patched("antiphon.engine", "antiphon.engine.machine", patched)
    return cast("type[Engine]", module.Engine)

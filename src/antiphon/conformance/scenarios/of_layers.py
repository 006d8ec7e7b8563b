"""Scenarios of guard layers: who is woken when one is free, and who has it then."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import Acquire, Halt, Jump, Receive, Release
from antiphon.bytecode.program import RoleProgram
from antiphon.conformance.scenarios.scenario import (
    Scenario,
    chain,
    image,
    load_image,
    pick,
    role,
    scenario,
)
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT


def _holder(name: str) -> RoleProgram:
    """It has the layer for a while."""
    return role(name, END, Acquire("l", 1), Release("l", 1), Halt(), registers=2)


OF_LAYERS: Final[tuple[Scenario, ...]] = (
    scenario(
        "a-layer-is-handed-on",
        "all who wait for a layer are woken, in ascending order; the first who is picked has it, "
        "and the other waits again",
        image(_holder("A"), _holder("B"), _holder("C")),
        *(load_image(), pick(2, UNIT), pick(1), pick(0), pick(2)),
        *(pick(1, UNIT), pick(0), pick(1), pick(0, UNIT)),
    ),
    scenario(
        "another-layer",
        "who waits for a layer is not woken when another is free; each grant has its number",
        image(
            role(
                "A",
                END,
                Acquire("l", 1),
                Acquire("m", 2),
                Release("m", 2),
                Release("l", 1),
                registers=3,
            ),
            _holder("B"),
        ),
        *(load_image(), pick(0, UNIT), pick(0, UNIT), pick(1), pick(0), pick(0), pick(1, UNIT)),
    ),
    scenario(
        "layers-of-one-who-faults",
        "the layers of one who faults are free, in order of their names, and all whom the fault "
        "wakes become ready together, in ascending order",
        image(
            role("A", END, Acquire("b", 1), Halt(), registers=2),
            role("B", chain("D?a"), Receive(0, 1), registers=2),
            role("C", END, Acquire("a", 1), Halt(), registers=2),
            role("D", chain("B!a"), Acquire("b", 1), Acquire("a", 1), Jump(-1), registers=2),
        ),
        *(load_image(), pick(3, UNIT), pick(3, UNIT), pick(2), pick(1), pick(0), pick(3), pick(3)),
        *(pick(2, UNIT), pick(0, UNIT)),
    ),
)

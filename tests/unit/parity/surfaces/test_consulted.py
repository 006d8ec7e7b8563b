"""What the engine looks at of what it is set up with."""

from __future__ import annotations

from collections import defaultdict

import pytest

from antiphon.engine import gates
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeContracts
from antiphon.parity.surfaces import consulted
from antiphon.parity.surfaces.registry import SURFACES, Sight, compare


def test_notes_what_is_looked_at() -> None:
    """A field counts when it is read, by a method of the record too; all else does not."""
    seen: defaultdict[str, list[object]] = defaultdict(list)
    config = consulted.Consulted(Config(), seen)
    config.require_sessions(0, 1)
    assert (config.capacity, config.__class__) == (64, consulted.Consulted)
    assert dict(seen) == {"max_sessions": [None], "capacity": [64]}


def test_a_field_that_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is missed in the engine, and only that."""

    def nothing(_: RuntimeContracts) -> tuple[()]:
        return ()

    monkeypatch.setattr(gates, "runtime_capability_snapshot", nothing)
    (one,) = (each for each in SURFACES if each.name == "RuntimeContracts")
    fingerprints = compare(Sight((), "pure"), (one,))[0].fingerprints
    assert fingerprints == ("RuntimeContracts:missing_field_in_engine:capability_inventory",)

"""The gates of both sides, asked everything."""

from __future__ import annotations

from types import ModuleType

import pytest

from antiphon.engine import gates
from antiphon.machine.contracts import Lack, RuntimeAdmissionResult, RuntimeGateResult
from antiphon.machine.determinism import DeterminismMode
from antiphon.parity import gate_lane


def test_alike() -> None:
    """Both sides answer alike, and every answer that there is was given."""
    report = gate_lane.run()
    assert report.differing == ()
    assert min(n for name, n in report.asked.items() if name != "program_needs") > 500
    for kind in (RuntimeAdmissionResult, RuntimeGateResult, Lack, DeterminismMode):
        assert report.answers[kind] == {each.name for each in kind}


def nothing(*_: object) -> None:
    """What answers nothing."""


@pytest.mark.parametrize("name", ["requires_vm_runtime_contracts", "runtime_capability_snapshot"])
def test_a_difference_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The function that answers otherwise is named, once."""
    broken = ModuleType("broken")
    vars(broken).update(vars(gates) | {name: nothing})
    few = [question for number, question in enumerate(gate_lane.questions()) if number % 40 < 8]
    monkeypatch.setattr(gate_lane, "questions", lambda: iter(few))
    assert gate_lane.run(engine=broken).differing == (name,)

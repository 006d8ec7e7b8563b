"""What follows from measurements."""

from __future__ import annotations

import pytest

from antiphon.bench.measure import Measurement, Name
from antiphon.bench.suite import Figure, available, figures
from antiphon.engine import build


def row(workload: str, engine: Name, pace: float) -> Measurement:
    """So many steps in a second, half of them messages."""
    return Measurement(workload, engine, int(pace), 1.0, pace / 2)


def test_ratios() -> None:
    """How many times the time per step; what was not measured has no figure."""
    found = figures([row("ring-3", "compiled", 30e6), row("ring-200", "compiled", 15e6)])
    assert found == [Figure("time per step, 200 roles to 3", 2.0, at_most=1.5)]
    assert found[0].holds is False


def test_messages() -> None:
    """Messages are compared with messages, and a good figure holds."""
    found = figures([row("branching", "compiled", 26e6), row("branching", "asyncio", 2e6)])
    assert [(one.value, one.holds) for one in found] == [(26.0, True), (13.0, True)]


def test_sizes() -> None:
    """Bytes, microseconds and milliseconds are told, with what is asked."""
    live = Measurement("live-1000000", "compiled", 1, 1.0, 1.0, 10**6, bytes_per_session=701.0)
    trace = Measurement("trace", "compiled", 1, 1.0, 0.0, bytes_per_event=23.9)
    handler = Measurement("handler", "compiled", 1, 1.0, 5e6)
    ring = Measurement("ring-200", "compiled", 1, 1.0, 1.0, load_seconds=0.03)
    found = {one.name: (one.value, one.holds) for one in figures([live, trace, handler, ring])}
    assert found == {
        "handler: microseconds per message": (pytest.approx(0.2), True),
        "milliseconds to load 200 roles": (30.0, False),
        "live-1000000: bytes per session": (701.0, False),
        "bytes per event": (23.9, True),
    }


def test_without_compiled_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no compiled build the rest is measured."""
    monkeypatch.setattr(build, "_COMPILED_MODULE", "antiphon.engine._not_there")
    assert available() == ["model", "pure"]


def test_nothing_asked() -> None:
    """A figure of which nothing is asked neither holds nor fails."""
    assert Figure("x", 1.0).holds is None

"""What a measurement says; never how long anything took."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from antiphon.bench import measure as module
from antiphon.bench.measure import (
    Measurement,
    measure,
    measure_events,
    measure_live,
    measure_twin,
    one_more,
    timed,
)
from antiphon.bench.workloads import Workload, exchange, ping_pong, unasked


def test_messages() -> None:
    """Two steps out of eight send: the others receive, wait, or jump."""
    found = measure(Workload("x", unasked(ping_pong()), 3), "pure", 0.001)
    assert found is not None
    assert found.messages == pytest.approx(found.steps / 4, rel=0.05)
    assert found.messages_per_second == pytest.approx(found.messages / found.seconds)
    assert found.steps_per_second == pytest.approx(found.steps / found.seconds)


def test_churn() -> None:
    """Sessions are opened again when all have ended, so that there are steps enough."""
    found = measure(Workload("x", unasked(exchange()), 2, churn=True), "model", 0.001)
    assert found is not None
    assert found.steps >= 256


def test_model_is_spared() -> None:
    """What would take it too long is not asked of it."""
    assert measure(Workload("x", ping_pong(), 1_001), "model", 0.001) is None


def test_twin() -> None:
    """A step of asyncio is a put or a get."""
    found = measure_twin(Workload("x", ping_pong(), 3, twin="ping-pong"), "asyncio", 0.001)
    assert found.steps == 2 * found.messages


def test_bytes() -> None:
    """A session takes what it takes however many there are; an event takes three words."""
    few, many = (measure_live(unasked(ping_pong()), "pure", n) for n in (1_000, 2_000))
    assert few.bytes_per_session == pytest.approx(many.bytes_per_session, rel=0.3)
    found = measure_events(unasked(ping_pong()), "pure", 40_000)
    assert found.bytes_per_event == pytest.approx(24, rel=0.2)


def test_median(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three runs after the warm-up the middle one counts."""
    clock: Iterator[float] = iter((0.0, 1.0, 0.0, 9.0, 0.0, 2.0, 0.0, 4.0))
    monkeypatch.setattr(module, "process_time", lambda: next(clock))
    assert timed(lambda steps: steps, 10, 1.0) == (10, 4.0)


def test_json() -> None:
    """What was not measured is not there."""
    found = Measurement("x", "pure", 10, 2.0, 3.0).to_json()
    assert found == {
        "workload": "x",
        "engine": "pure",
        "steps": 10,
        "seconds": 2.0,
        "steps_per_second": 5.0,
        "messages_per_second": 1.5,
        "sessions": 1,
    }
    assert Measurement("x", "pure", 1, 1.0, 0.0, load_seconds=3.0).to_json()["load_seconds"] == 3.0


def test_function_of_the_user() -> None:
    """It stays among small numbers, so that every message is alike."""
    assert (one_more(None), one_more(0), one_more(999_999)) == (0, 1, 0)

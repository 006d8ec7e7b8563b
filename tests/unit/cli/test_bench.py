"""The shape of what ``antiphon bench`` says; never how long anything took."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from antiphon.bench.measure import Measurement
from antiphon.bench.suite import available
from antiphon.bench.workloads import workloads
from antiphon.cli import bench
from tests.cli.command import call


@pytest.fixture
def frozen() -> Iterator[None]:
    """What the other tests left in memory is not collected anew before every measurement."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("frozen")
def test_quick(capsys: pytest.CaptureFixture[str]) -> None:
    """Every machine that is here at every workload, and what a user would write instead."""
    rows = call(capsys, "bench", "--quick", "--json").json
    for row in rows:
        assert {"workload", "engine", "steps", "seconds", "steps_per_second"} <= row.keys()
        assert row["steps_per_second"] == pytest.approx(row["steps"] / row["seconds"])
    found = {(row["workload"], row["engine"]) for row in rows}
    for workload in workloads(quick=True):
        twins = ["asyncio", "asyncio-trace"] if workload.twin else []
        for engine in (*available(), *twins):
            assert (workload.name, engine) in found
    assert any("bytes_per_session" in row for row in rows)
    assert any("bytes_per_event" in row for row in rows)


def test_text(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A table, then what follows from it."""

    def measured(*, quick: bool) -> Iterator[Measurement]:
        assert not quick
        yield Measurement("branching", "compiled", 30_000_000, 1.0, 100.0)

    monkeypatch.setattr(bench, "run", measured)
    answer = call(capsys, "bench")
    assert answer.code == 0
    assert "30,000,000" in answer.out
    assert "branching, compiled: million steps per second" in answer.out

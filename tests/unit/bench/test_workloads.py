"""What is measured runs, on both machines alike, and goes on or ends as it says."""

from __future__ import annotations

import pytest

from antiphon.bench.measure import advance, open_many
from antiphon.bench.workloads import Workload, linear, ring, unasked, workloads
from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.config import Config
from antiphon.machine.event import Faulted
from antiphon.model.machine import Model


@pytest.mark.parametrize("workload", workloads(quick=True), ids=lambda workload: workload.name)
def test_both_machines(workload: Workload) -> None:
    """The same events on both machines, and no fault among them."""
    engine, model = Engine(Config(), DefaultHost()), Model(Config(), DefaultHost())
    for machine in (engine, model):
        open_many(machine, workload.image, 2)
        done = advance(machine, 200)
        assert (done < 200) == workload.churn
    assert tuple(engine.events()) == tuple(model.events())
    assert not any(isinstance(event, Faulted) for event in engine.events())


@pytest.mark.parametrize("workload", workloads(quick=True), ids=lambda workload: workload.name)
def test_nobody_is_asked(workload: Workload) -> None:
    """But where a handler is measured."""
    asked: list[Ask] = []

    def host(ask: Ask) -> Answer:
        asked.append(ask)
        return DefaultHost()(ask)

    engine = Engine(Config(), host)
    engine.load(workload.image)
    advance(engine, 100)
    assert bool(asked) == workload.handled


def test_names() -> None:
    """Every workload of the whole run has its name for itself, and a quick run has no others."""
    whole = [workload.name for workload in workloads()]
    assert len(set(whole)) == len(whole)
    assert {"ping-pong-100000", "ring-200", "linear-2000", "disjoint-96", "churn"} <= set(whole)
    assert {workload.name for workload in workloads(quick=True)} <= set(whole)


def test_sizes() -> None:
    """So many roles, so many messages."""
    assert len(ring(60).programs) == 60
    first, second = unasked(linear(10)).programs
    assert len(first.code) == len(second.code) == 11

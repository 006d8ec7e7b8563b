"""The engine with the model beside it."""

from __future__ import annotations

import pytest

from antiphon.cli.shadow import Shadowed
from antiphon.effects.host import DefaultHost, SeededHost
from antiphon.errors import Bug
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.protocols import protocol
from tests.cli.command import TRIP


def test_every_step_is_compared() -> None:
    """One comparison of states for the start and for each step, one for each event."""
    trip = protocol(TRIP)
    both = Shadowed(Config(), DefaultHost)
    both.load(trip.image)
    steps, events = 0, 1
    while both.state.ready:
        events += len(both.step(both.state.ready[0]))
        steps += 1
    assert (steps, both.states, both.events) == (trip.run().steps, steps + 1, events)
    assert both.engine.snapshot() == both.model.snapshot()


def test_a_difference_is_a_bug() -> None:
    """Machines that are told different things part, and that is noticed at once."""
    hosts: list[Host] = [SeededHost(1), SeededHost(2)]
    both = Shadowed(Config(), hosts.pop)
    both.load(protocol(TRIP).image)

    def run() -> None:
        while both.state.ready:
            both.step(both.state.ready[0])

    with pytest.raises(Bug, match="the engine"):
        run()

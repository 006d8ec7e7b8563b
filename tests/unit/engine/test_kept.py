"""A trace of which not everything is kept, in memory that does not grow."""

from __future__ import annotations

from typing import Any

import pytest

from antiphon.bytecode.instruction import Halt, Invoke, Jump, Spawn, Yield
from antiphon.engine.kernel import CHUNK
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Event
from antiphon.theory.local_type import END
from antiphon.values.value import Nat, Str
from tests.unit.engine.images import alone, answers_with, handshake, ping_pong

ONE = answers_with(Nat(1))
SPAWNING = alone(END, Spawn(2, (), 1), Yield(), Jump(0), Halt())
"""One who has children for ever; each is done at once."""
SHORT = handshake()
CHURN = alone(END, Spawn(3, (), 1), Invoke("act", (), 1), Halt(), Halt())


class Texts:
    """A host that never gives the same twice."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _: Ask) -> Answer:
        """Another one."""
        self.count += 1
        return Str(f"text {self.count}")


def machine(build: str, **given: Any) -> Engine:
    """A machine with a host of its own."""
    return Engine(Config(), Texts(), build=build, request=unadmitted(), **given)


def churned(engine: Engine, sessions: int) -> Engine:
    """Session after session, each of which ends, with a child and a text."""
    for _ in range(sessions):
        engine.load(CHURN)
        engine.run("cooperative")
        engine.load(SHORT)
        engine.run("cooperative")
    return engine


@pytest.mark.parametrize("tail", [1, 100, 5000])
def test_a_tail_has_the_last_events(build: str, tail: int) -> None:
    """They are those of a machine that keeps all, and the state is the same."""
    whole, some = churned(machine(build), 600), churned(machine(build, tail=tail), 600)
    assert len(whole.events()) > 5000
    assert list(some.events()) == list(whole.events()[-tail:])
    assert some.events()[-1] == whole.events()[-1]
    assert some.snapshot() == whole.snapshot()


def test_a_sink_is_given_every_event_once(build: str) -> None:
    """In order, in a run and in single steps; afterwards the machine has none."""
    found: list[Event] = []
    some, whole = machine(build, sink=found.extend), machine(build)
    for engine in (some, whole):
        churned(engine, 600)
        engine.load_many(ping_pong(), 2)
        for coroutine in (*engine.enabled(), 10**6):
            engine.step(Pick(coroutine))
    assert found == list(whole.events())
    assert list(some.events()) == []


def test_memory_does_not_grow(build: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither events nor notes, nor values, nor who was whose child pile up."""
    monkeypatch.setattr("antiphon.engine.kept.FEWEST_TO_DROP", 64)
    monkeypatch.setattr("antiphon.engine.words.FEWEST_TO_SWEEP", 64)
    monkeypatch.setattr("antiphon.engine.machine.SPILL", 1024)
    engine = machine(build, tail=10)
    churned(engine, 1000)
    engine.load(SPAWNING)
    engine.run("cooperative", 20_000)
    chunks, _, notes, _, kin = engine._kernel.recorded()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    assert len(chunks) <= 2
    assert len(notes) <= 2 * CHUNK
    assert len(kin) <= 2 * CHUNK
    assert engine.sizes["objects"] < CHUNK
    assert engine._kept.loads.size < 2 * CHUNK  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def test_a_sink_that_fails_stops_the_run() -> None:
    """What it raises is raised; the machine has taken its steps."""

    def full(_: object) -> None:
        raise Refusal("unwritable-file", "no room")

    engine = machine("pure", sink=full)
    with pytest.raises(Refusal, match="no room"):
        engine.load(ping_pong())

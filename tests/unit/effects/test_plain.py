"""Functions of plain values: asked by the model, called by the engine, to the same effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from antiphon.bench.suite import available
from antiphon.effects.plain import PlainHost
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Ask, Position, Refused
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Faulted, Sent
from antiphon.model.machine import Model
from antiphon.protocols import protocol
from antiphon.scheduler.drive import drive
from antiphon.values.sort import NAT
from antiphon.values.value import UNIT, Bool, Nat, Str, Value

Functions = Mapping[str, Callable[[Any], object]]
TALK = protocol(
    "global protocol Talk(role A, role B) { rec L { n(nat) from A to B; t(string) from B to A;"
    " p(bool, nat) from A to B; u() from B to A; continue L; } }"
)


def fails(_: object) -> object:
    """A function that raises."""
    raise ZeroDivisionError


def interrupts(_: object) -> object:
    """A function that the user interrupts."""
    raise KeyboardInterrupt


class Odd:
    """An object that raises when one asks what it is."""

    @property
    def __class__(self) -> type:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Raises."""
        raise SystemError


@pytest.fixture(params=[name for name in available() if name != "model"])
def build(request: pytest.FixtureRequest) -> str:
    """Each build of the kernel."""
    return str(request.param)


def grow(last: tuple[bool, int] | int | None) -> int:
    """A larger number from turn to turn."""
    return 2**59 if last is None else 7


CASES: dict[str, Functions] = {
    "small": {"n": lambda last: 1 if last is None else 2, "t": lambda last: f"{last}!"},
    "large": {"n": grow, "t": lambda last: str(last * 4)},
    "larger": {"n": lambda _: 2**60, "t": str},
    "pairs": {"p": lambda last: (len(last) > 1, len(last)), "u": lambda _: None},
    "negative": {"n": lambda _: -1},
    "bool": {"n": lambda _: True},
    "wrong": {"t": lambda last: last},
    "raises": {"p": fails},
    "odd": {"p": lambda _: Odd()},
    "none": {},
    "other": {"x": fails},
}


@pytest.mark.parametrize("functions", CASES.values(), ids=CASES)
def test_both_machines(functions: Functions, build: str) -> None:
    """The same events; the engine goes on to call what the model goes on to ask."""
    model = Model(Config(), PlainHost(functions))
    engine = Engine(Config(), PlainHost(functions), build=build)
    for machine in (model, engine):
        machine.load(TALK.image)
        machine.load(TALK.image)
    drive(model, "cooperative", 100)
    engine.run("cooperative", 100)
    assert tuple(engine.events()) == tuple(model.events())
    assert engine.snapshot() == model.snapshot()


def test_answers(build: str) -> None:
    """What they make is what is sent."""
    engine = Engine(Config(), PlainHost(CASES["small"]), build=build)
    engine.load(TALK.image)
    engine.run("cooperative", 40)
    sent = [event.value for event in engine.events() if isinstance(event, Sent)]
    assert sent[:6] == [Nat(1), Str("1!"), sent[2], UNIT, Nat(1), Str("1!")]


def test_few_registers(build: str) -> None:
    """Whoever has no register for what it received has received nothing."""
    seen: list[object] = []

    def make(last: object) -> int:
        seen.append(last)
        return 1

    body = "n(nat) from A to B; n(nat) from A to B;"
    image = protocol(f"global protocol P(role A, role B) {{ {body} }}").image
    first, second = image.programs
    small = replace(image, programs=(replace(first, registers=1), second))
    engine = Engine(Config(), PlainHost({"n": make}), build=build)
    engine.load(small)
    engine.run("cooperative", 40)
    assert seen == [None, None]


def test_interrupt(build: str) -> None:
    """An interrupt leaves the machine as it was before the step, and free to go on."""
    functions: dict[str, Callable[[object], object]] = {"n": lambda _: 1}
    host = PlainHost(functions)
    engine = Engine(Config(), host, build=build)
    engine.load(TALK.image)
    engine.run("cooperative", 10)
    stop = Engine(Config(), PlainHost({"n": interrupts}), build=build)
    stop.load(TALK.image)
    for _ in range(2):
        before = stop.snapshot()
        with pytest.raises(KeyboardInterrupt):
            stop.step(Pick(0))
        assert stop.snapshot() == before
    with pytest.raises(KeyboardInterrupt):
        PlainHost({"n": interrupts})(ask(UNIT))


def test_machine_is_busy_meanwhile(build: str) -> None:
    """A function may look at the machine, not move it."""
    refused: list[str] = []
    engine: Engine

    def make(_: object) -> int:
        try:
            engine.load(TALK.image)
        except Exception as error:  # noqa: BLE001
            refused.append(str(error))
        return 1

    engine = Engine(Config(), PlainHost({"n": make}), build=build)
    engine.load(TALK.image)
    engine.run("cooperative", 40)
    assert len(refused) > 1
    assert len(engine.snapshot().sessions) == 1


def ask(last: Value) -> Ask:
    """A question for a natural."""
    return Ask("payload", Position(0, "A", 0, 0), "B", ("n",), NAT, "", (), (UNIT, last))


def test_questions() -> None:
    """As a host of questions it says why it refuses."""
    assert PlainHost({"n": lambda last: last})(ask(Nat(3))) == Nat(3)
    assert PlainHost({})(ask(Nat(3))) == Nat(0)
    assert PlainHost({"n": fails})(ask(UNIT)) == Refused("ZeroDivisionError: ")
    refused = PlainHost({"n": lambda last: last})(ask(Bool(True)))
    assert refused == Refused("ValueError: nat is wanted, not bool")


def test_through_a_protocol() -> None:
    """A protocol runs with it as with any handler."""
    seen = TALK.run(PlainHost({"t": fails}), max_steps=50)
    assert any(isinstance(event, Faulted) for event in seen.events)

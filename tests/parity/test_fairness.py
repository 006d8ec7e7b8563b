"""How fair each policy is, on both machines: its bound is reached and never passed, or refuted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antiphon.bytecode.instruction import Instruction, Jump, Send, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.interface import POLICIES, Machine
from antiphon.model.machine import Model
from antiphon.model.schedule import bound, is_fair
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, output
from antiphon.values.sort import UNIT
from tests.parity.machines import BUILDS

STEPS = 200
REFUTED = ("priority", "token-weighted")
MACHINES = ("model", *BUILDS)


def silent(_: Ask) -> Answer:
    """A host that is not asked."""
    raise AssertionError


def image(count: int, *, speaks: bool) -> Image:
    """``A`` goes first; all others, and ``A`` after one message to ``B`` if it speaks, go on for
    ever without waiting for anybody.
    """
    idle: tuple[Instruction, ...] = (Yield(), Jump(0))
    says = RoleProgram("A", output("B", [("a", UNIT, END)]), (Send(0, 1), Yield(), Jump(1)), 2)
    rest = [RoleProgram(role, END, idle, 1) for role in "ABCDE"[:count]]
    return Image("fair", (says, *rest[1:]) if speaks else tuple(rest))


def advances(name: str, config: Config, loaded: Image) -> tuple[Machine, Callable[[str], object]]:
    """A machine with this image, and one step of it under a policy."""
    if name == "model":
        model = Model(config, silent, request=unadmitted())
        model.load(loaded, unverified=True)
        return model, lambda policy: drive(model, policy, 1)
    engine = Engine(config, silent, build=name, request=unadmitted())
    engine.load(loaded, unverified=True)
    return engine, lambda policy: engine.run(policy, 1)


def longest(name: str, policy: str, config: Config, loaded: Image) -> int:
    """The longest that anybody has waited in so many steps."""
    machine, advance = advances(name, config, loaded)
    found = 0
    for _ in range(STEPS):
        advance(policy)
        state = machine.snapshot()
        found = max(found, state.clock - min(state.since))
    return found


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize("policy", sorted({*POLICIES} - {*REFUTED}))
def test_a_bound_is_reached(policy: str, count: int, machine: str) -> None:
    """There is a run in which one waits for just as many picks of others as the bound says."""
    *others, last = "ABCDE"[:count]
    config = Config(priorities=((last, -2), *((role, 3) for role in others)))
    most = bound(Model(config, silent, request=unadmitted()).state, policy, count)
    found = longest(machine, policy, config, image(count, speaks=policy == "progress-aware"))
    assert found == most


def test_bounds() -> None:
    """The bounds in numbers, for three coroutines."""
    state = Model(Config(priorities=(("A", 3), ("B", -2))), silent, request=unadmitted()).state
    bounds = {policy: bound(state, policy, 3) for policy in POLICIES}
    assert bounds == {
        "cooperative": 2,
        "round-robin": 2,
        "priority": None,
        "aging": 7,
        "token-weighted": None,
        "progress-aware": 18,
    }


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("policy", REFUTED)
def test_a_bound_is_refuted(policy: str, machine: str) -> None:
    """The smallest counter-example: two coroutines, one of which is never picked again."""
    config = Config(priorities=(("B", 1),)) if policy == "priority" else Config()
    found = longest(machine, policy, config, image(2, speaks=policy == "token-weighted"))
    assert found >= STEPS - 1


def test_one_alone_is_always_picked() -> None:
    """With one coroutine there is no counter-example for any policy."""
    assert {longest("model", policy, Config(), image(1, speaks=False)) for policy in POLICIES} == {
        0
    }


def test_the_law_notices() -> None:
    """A state in which somebody has waited too long is not fair, one tick before it is."""
    model = Model(Config(), silent, request=unadmitted())
    model.load(image(2, speaks=False), unverified=True)
    drive(model, lambda ready, _: min(ready), 1)
    assert all(is_fair(model.state, policy, 2) for policy in POLICIES)
    drive(model, lambda ready, _: min(ready), 1)
    unfair = {policy for policy in POLICIES if not is_fair(model.state, policy, 2)}
    assert unfair == {"cooperative", "round-robin", "aging"}

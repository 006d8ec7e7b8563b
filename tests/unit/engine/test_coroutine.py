"""The tokens of progress: the engine's, and the model's, through one conversation."""

from __future__ import annotations

from antiphon.bytecode.instruction import HOST, Halt, Receive, Send
from antiphon.engine.machine import Engine
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.token import ProgressToken
from antiphon.model.machine import Model
from antiphon.values.value import Endpoint, Nat
from tests.unit.engine.images import duo, receives, sends

TWICE = duo(
    sends("B", "m", then=sends("B", "m")),
    (Send(0, HOST), Send(0, HOST), Halt()),
    receives("A", "m", then=receives("A", "m")),
    (Receive(0, 1), Receive(0, 1), Halt()),
)


def test_one_for_each_message(build: str) -> None:
    """A token for each message that waits, by session; what is received spends one."""
    engine = Engine(Config(), lambda _: Nat(1), build=build)
    model = Model(Config(), lambda _: Nat(1))
    counts: list[int] = []
    for machine in (engine, model):
        machine.load(TWICE)
        machine.load(TWICE)
    for coroutine in (0, 2, 0, 1, 3):
        for machine in (engine, model):
            machine.step(Pick(coroutine))
        tokens = engine.progress_tokens()
        assert tokens == model.progress_tokens()
        counts.append(len(tokens))
    assert counts == [1, 2, 3, 2, 1]
    assert tokens == (ProgressToken(0, Endpoint(0, "B")),)

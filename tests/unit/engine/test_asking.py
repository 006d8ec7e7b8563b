"""Questions and answers: every field of every kind of question, every kind of answer."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import HOST, Halt, Invoke, Send, Set
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Ask, Chosen, Pending, Position, Refused
from antiphon.machine.config import Config
from antiphon.machine.outcome import Outcome
from antiphon.theory.local_type import END
from antiphon.values.sort import NAT
from antiphon.values.value import UNIT, Endpoint, Nat, Prod, Str
from tests.unit.engine.images import Script, alone, decided, sends


def test_choice_and_payload(build: str) -> None:
    """A choice names all labels, a payload the one that was chosen; positions count answers."""
    host = Script(Chosen("more"), Nat(4))
    engine = Engine(Config(), host, build=build)
    engine.load_many(decided(), 2)
    engine.run("cooperative")
    own = (Endpoint(1, "A"), UNIT, UNIT)
    assert [ask for ask in host.asks if ask.position.session == 1] == [
        Ask("choice", Position(1, "A", 0, 0), "B", ("more", "stop", "text"), None, "", (), own)
    ]


def test_payload_after_choice(build: str) -> None:
    """The payload's question stands at the narrowed state."""
    host = Script(Chosen("more"), Nat(4))
    engine = Engine(Config(), host, build=build)
    engine.load(decided())
    assert engine.run("cooperative").outcome is Outcome.DONE
    own = (Endpoint(0, "A"), UNIT, UNIT)
    assert host.asks[1] == Ask("payload", Position(0, "A", 1, 1), "B", ("more",), NAT, "", (), own)


def test_invoke(build: str) -> None:
    """An action gets its arguments in order; the registers are those before the answer."""
    host = Script(Prod(Nat(1), Nat(2)), Nat(3))
    engine = Engine(Config(), host, build=build)
    code = (Set(2, Str("x")), Invoke("first", (2, 0, 2), 1), Invoke("second", (), 2), Send(0, HOST))
    engine.load(alone(sends("B", "m"), *code), unverified=True)
    engine.run("cooperative")
    own, text = Endpoint(0, "A"), Str("x")
    pair = Prod(Nat(1), Nat(2))
    assert host.asks == [
        Ask(
            "invoke",
            Position(0, "A", 0, 0),
            "",
            (),
            None,
            "first",
            (text, own, text),
            (own, UNIT, text),
        ),
        Ask("invoke", Position(0, "A", 0, 1), "", (), None, "second", (), (own, pair, text)),
        Ask("payload", Position(0, "A", 0, 2), "B", ("m",), NAT, "", (), (own, pair, Nat(3))),
    ]


@pytest.mark.parametrize("answer", [None, 3, "more", Chosen("more"), object()])
def test_answers_of_the_wrong_kind(build: str, answer: object) -> None:
    """What is no value is the fault ``answer`` wherever a value was asked for."""
    for code in (Invoke("act", (), 1), Send(0, HOST)):
        engine = Engine(Config(), Script(answer), build=build)
        engine.load(alone(sends("B", "m"), code), unverified=True)
        engine.run("cooperative")
        (view,) = engine.snapshot().coroutines
        assert view.fault is not None
        assert view.fault.clause == "answer"


@pytest.mark.parametrize(
    ("answer", "status", "answers"),
    [(Pending(), "blocked", 0), (Refused("no"), "faulted", 0), (Endpoint(9, "Z"), "done", 1)],
)
def test_answers_used(build: str, answer: object, status: str, answers: int) -> None:
    """Only an answer that is used is counted; an invoke takes any value."""
    engine = Engine(Config(), Script(answer), build=build)
    engine.load(alone(END, Invoke("act", (), 1), Halt()), unverified=True)
    for _ in range(2):
        ready = engine.enabled()
        if ready:
            engine.run("cooperative", 1)
            assert engine.snapshot().sessions[0:1] == engine.snapshot().sessions
        if engine.snapshot().sessions:
            assert engine.snapshot().sessions[0].endpoints[0].answers == answers
            assert engine.snapshot().coroutines[0].status in (status, "ready")

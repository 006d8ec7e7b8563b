"""Machines of the treaty that are told and answer in JSON."""

import io
import json
from typing import NoReturn

import pytest

from antiphon.conformance.inside import Broken, Inside, serve
from antiphon.conformance.vectors import Vector, shipped
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.config import Config

VECTOR = next(v for v in shipped() if v.id == "receive.ok.commit#1")


def answers(vector: Vector) -> list[object]:
    """What the engine answers."""
    subject = Inside(Engine)
    return [subject.ask(vector.message(step)) for step in vector.steps]


def test_answers() -> None:
    """They are those of the vector."""
    assert answers(VECTOR) == [step.then for step in VECTOR.steps]


def test_new_forgets() -> None:
    """One subject for many vectors."""
    subject = Inside(Engine)
    for _ in range(2):
        for step in VECTOR.steps:
            assert subject.ask(VECTOR.message(step)) == step.then


def test_no_answer_is_a_refusal() -> None:
    """A question to which the vector has no answer."""
    subject = Inside(Engine)
    for step in VECTOR.steps[:2]:
        subject.ask(VECTOR.message(step))
    answer = subject.ask({"do": "step", "choice": ["pick", 0]})
    assert isinstance(answer, dict)
    assert answer["row"] == "send.invoke-fault.refused"


@pytest.mark.parametrize(
    "message",
    [
        {"do": "step", "choice": ["pick", 0]},
        {"do": "new", "version": 2, "config": {}},
        {"do": "new", "version": 1, "config": {"capacity": 0}},
    ],
)
def test_what_is_no_message(message: dict[str, object]) -> None:
    """It is said, and nothing raised but that."""
    with pytest.raises(Broken) as caught:
        Inside(Engine).ask(message)
    assert caught.value.code == "machine-crashed"


@pytest.mark.parametrize("choice", [["go", 1], ["pick", -1], ["pick"]])
def test_what_is_no_choice(choice: list[object]) -> None:
    """The same."""
    subject = Inside(Engine)
    subject.ask(VECTOR.message(VECTOR.steps[0]))
    with pytest.raises(Broken):
        subject.ask({"do": "step", "choice": choice})


def test_a_factory_that_raises() -> None:
    """Is a machine that crashes, or refuses."""

    def broken(config: Config, host: Host) -> NoReturn:
        raise ZeroDivisionError(str((config, host))[:3])

    with pytest.raises(Broken, match="ZeroDivisionError"):
        Inside(broken).ask(VECTOR.message(VECTOR.steps[0]))


def test_serve() -> None:
    """Line by line; what cannot be done is an error."""
    lines = [json.dumps(VECTOR.message(step)) for step in VECTOR.steps]
    out = io.StringIO()
    serve(Engine, ["{", '{"do": "step", "choice": []}', *lines], out)
    garbage, early, *given = map(json.loads, out.getvalue().splitlines())
    assert garbage.keys() == early.keys() == {"error"}
    assert given == [step.then for step in VECTOR.steps]

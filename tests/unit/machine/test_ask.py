"""Questions to the host."""

from typing import Any

import pytest

from antiphon.effects.host import DefaultHost
from antiphon.effects.plain import PlainHost
from antiphon.machine.ask import (
    Answer,
    Ask,
    Chosen,
    Pending,
    Position,
    Refused,
    makers_of,
)
from antiphon.values.value import UNIT, Endpoint, Nat, Value

HERE = Position(0, "A", 1, 2)


def test_positions_are_keys() -> None:
    """Equal positions are one key, and each of the four parts tells positions apart."""
    others = [Position(1, "A", 1, 2), Position(0, "B", 1, 2), Position(0, "A", 2, 2)]
    assert {HERE, Position(0, "A", 1, 2)} == {HERE}
    assert len({HERE, *others, Position(0, "A", 1, 3)}) == 5


def test_a_host_is_any_callable() -> None:
    """A plain function is a host."""

    def host(ask: Ask) -> Answer:
        return Chosen(ask.labels[0]) if ask.kind == "choice" else Nat(ask.position.iteration)

    ask = Ask("choice", HERE, "B", ("yes", "no"), None, "", (), ())
    assert host(ask) == Chosen("yes")
    assert host(Ask("payload", HERE, "B", ("yes",), None, "", (), ())) == Nat(2)


def test_answers_that_are_no_values_are_told_apart() -> None:
    """A label, no answer yet and a refusal differ from each other."""
    assert len({Chosen("a"), Pending(), Refused("a")}) == 3
    assert Refused("a") != Refused("b")


@pytest.mark.parametrize(
    ("registers", "last"),
    [
        ((), UNIT),
        ((Endpoint(0, "A"),), UNIT),
        ((Endpoint(0, "A"), Nat(7)), Nat(7)),
        ((Endpoint(0, "A"), Nat(7), Nat(8)), Nat(7)),
    ],
    ids=["none", "no such register", "received", "more"],
)
def test_what_was_received_last(registers: tuple[Value, ...], last: Value) -> None:
    """It is in the register that the compiler keeps it in, if there is one."""
    assert Ask("payload", HERE, "B", ("yes",), None, "", (), registers).last == last


@pytest.mark.parametrize("label", [None, 3, ["a"], "\ud800"], ids=ascii)
def test_rejects_labels_that_are_no_text(label: Any) -> None:
    """A machine looks labels up; it is never given anything else."""
    with pytest.raises(ValueError, match="text"):
        Chosen(label)


def test_makers() -> None:
    """A host has makers if it says so, and with the right thing."""
    plain = PlainHost({})
    assert makers_of(plain) is plain.makers
    assert makers_of(DefaultHost()) is None

    class Wrong(DefaultHost):
        makers = "none"

    assert makers_of(Wrong()) is None

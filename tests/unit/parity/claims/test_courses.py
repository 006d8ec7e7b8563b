"""Courses: the cases of lockstep on the model alone."""

from itertools import pairwise

from antiphon.machine.ask import Ask
from antiphon.machine.choice import Pick
from antiphon.parity.claims.courses import (
    Memory,
    course,
    fingerprint,
    numbers,
    repeated,
    tally,
)
from antiphon.parity.claims.ground import HEALTHY
from antiphon.values.value import Nat


def test_memory() -> None:
    """The answers come again after a rewind, without asking."""
    asked: list[Ask] = []

    def host(ask: Ask) -> Nat:
        asked.append(ask)
        return Nat(len(asked))

    memory = Memory(host)
    question = Ask("payload", None, "B", ("a",), None, "", (), ())  # pyright: ignore[reportArgumentType]
    given = [memory(question), memory(question)]
    memory.rewind()
    assert [memory(question), memory(question)] == given == [Nat(1), Nat(2)]
    assert len(asked) == 2


def test_course() -> None:
    """Each choice starts where the one before ended."""
    acts = list(course(0, HEALTHY))
    assert any(isinstance(act.choice, Pick) for act in acts)
    assert all(one.result.state is two.before for one, two in pairwise(acts))


def test_numbers() -> None:
    """Larger profiles have more cases, and no crowds."""
    assert len([*numbers("quick")]) == 99
    assert 99 not in {*numbers("full")}


def test_tally() -> None:
    """Steps were looked at, some of them with endpoints on the move."""
    found = tally("quick", HEALTHY)
    assert found.steps > 500
    assert found.moving >= found.moving_cases > 0
    assert not found.wrong


def test_repeated() -> None:
    """A step twice is the same step."""
    count, wrong = repeated(3, HEALTHY)
    assert count > 0
    assert wrong == ""


def test_fingerprint() -> None:
    """It is the same each time."""
    assert fingerprint("quick", HEALTHY) == fingerprint("quick", HEALTHY)

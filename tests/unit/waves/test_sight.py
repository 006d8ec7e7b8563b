"""What a planner sees: of an engine the same as of a snapshot."""

from antiphon.bytecode.instruction import Acquire, Halt, Set, Transfer
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.failure import Pause
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint, Nat
from antiphon.waves.sight import Whole, ground
from tests.unit.waves.stage import TALK, machine

GIVES = (Set(1, Nat(1)), Transfer(0, 1), Halt())
IMAGE = Image(
    "p",
    (
        RoleProgram("A", END, GIVES, 3),
        RoleProgram("B", END, (Acquire("l", 1), Halt()), 3),
        RoleProgram("C", END, (Acquire("l", 1), Halt()), 3),
    ),
)


def test_alike() -> None:
    """Every part, in a state with a layer that is held, one who waits, one who was given a part."""
    waves, _ = machine(IMAGE, TALK, config=Config(failures=(Pause(1, "A", 0, 9),)))
    for number in (0, 0, 1, 2, 3):
        waves.step(Pick(number))
    sight = waves.sight()
    whole = Whole(waves.snapshot(), waves.config, waves.programs)
    for name in ("clock", "ready", "ids", "deadline"):
        assert getattr(sight, name) == getattr(whole, name)
    for number in range(7):
        assert sight.session(number) == whole.session(number)
        assert sight.coroutine(number) == whole.coroutine(number)
        assert sight.owned(number) == whole.owned(number)
    assert sight.deadline == 13
    assert sight.owned(1) == (Endpoint(0, "A"), Endpoint(0, "B"))
    assert sight.guard("l") == whole.guard("l") is not None
    assert sight.guard("m") is whole.guard("m") is None
    assert sight.waiting_for("l") == whole.waiting_for("l") == (2,)
    cells = frozenset({("session", 0), ("coroutine", 1), ("layer", "l"), ("session", 9)})
    assert ground(sight, cells) == ground(whole, cells) != ground(whole, frozenset())


def test_no_deadline() -> None:
    """Where nothing fails nobody waits for a tick, and nobody looks."""
    assert machine(TALK)[0].sight().deadline is None

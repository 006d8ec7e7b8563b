"""The records of the model: changed copies, and tokens that follow the queue."""

from dataclasses import replace

from antiphon.machine.config import Config
from antiphon.machine.token import ProgressToken
from antiphon.model.machine import Model
from antiphon.model.state import (
    Coroutine,
    EndpointState,
    Message,
    Session,
    progress_tokens,
)
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Endpoint, Nat
from tests.unit.model.bench import Part, image

IMAGE = image(Part(), Part())
SIDES = {"A": EndpointState(END, 0), "B": EndpointState(END, 1)}
SESSION = Session(0, IMAGE, (0, 1), "active", SIDES)


def test_with_queue() -> None:
    """The receiver has as many tokens as messages; the old session has none."""
    message = Message("hi", Nat(1))
    one = SESSION.with_queue("A", "B", (message,))
    two = one.with_queue("A", "B", (message, message)).with_queue("C", "B", (message,))
    assert one.endpoints["B"].tokens == 1
    assert two.endpoints["B"].tokens == 3
    assert two.with_queue("A", "B", ()).endpoints["B"].tokens == 1
    assert SESSION.queue("A", "B") == ()
    assert SESSION.endpoints["B"].tokens == 0


def test_progress_tokens() -> None:
    """One token for each message, in the order of sessions, then of the image's roles."""
    message = Message("hi", Nat(1))
    one = SESSION.with_queue("A", "B", (message, message)).with_queue("B", "A", (message,))
    machine = Model(Config(), lambda _: UNIT)
    assert machine.progress_tokens() == ()
    machine.state = replace(machine.state, sessions=machine.state.sessions.put(0, one))
    ends = [Endpoint(0, role) for role in ("A", "B", "B")]
    assert machine.progress_tokens() == tuple(ProgressToken(0, end) for end in ends)
    assert progress_tokens(machine.state) == machine.progress_tokens()


def test_with_queue_to_nobody() -> None:
    """A queue to a role that is not there gives nobody a token."""
    changed = SESSION.with_queue("A", "Z", (Message("hi", UNIT),))
    assert changed.queue("A", "Z") == (("hi", UNIT, 0),)
    assert changed.endpoints == SIDES


def test_with_endpoint() -> None:
    """Only that endpoint is another one."""
    changed = SESSION.with_endpoint("A", EndpointState(END, None))
    assert changed.endpoints == {"A": EndpointState(END, None), "B": SIDES["B"]}


def test_with_register() -> None:
    """Only that register holds another value."""
    me = Coroutine(0, 0, IMAGE.programs[0], (UNIT, UNIT, UNIT))
    assert me.with_register(1, Nat(1)).registers == (UNIT, Nat(1), UNIT)
    assert me.with_register(2, Nat(1)).registers == (UNIT, UNIT, Nat(1))
    assert me.registers == (UNIT, UNIT, UNIT)

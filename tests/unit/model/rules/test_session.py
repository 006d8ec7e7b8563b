"""``open`` and ``close`` on the model: every row, with what begins and ends."""

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Close,
    Halt,
    Instruction,
    Move,
    Open,
    Receive,
    Send,
    Set,
    Yield,
)
from antiphon.errors import Refusal
from antiphon.machine.config import Config
from antiphon.machine.event import Closed, Ended, Opened
from antiphon.machine.snapshot import EndpointView
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Endpoint, Nat
from tests.unit.model.bench import HEARS, ONE, ONE_HEARD, SENDS, Bench, Part, image, part

INNER = Open("Inner", (("A", ONE, 1), ("B", ONE_HEARD, 2)))


def opening(*code: Instruction) -> Part:
    """A part without a conversation that opens a session first."""
    return part(END, INNER, *code)


def test_open() -> None:
    """The session is active, its endpoints are the opener's, and nobody new runs."""
    bench = Bench(opening())
    assert bench.step(0) == "open.ok.commit"
    inner = bench.session(1)
    assert (inner.status, inner.queues) == ("active", ())
    assert inner.endpoints == (EndpointView("A", 0, 0, 0, 0), EndpointView("B", 0, 0, 0, 0))
    assert bench.coroutine(0).registers == (Endpoint(0, "A"), Endpoint(1, "A"), Endpoint(1, "B"))
    assert bench.last_event() == Opened(0, 1, ("A", "B"), 0)
    assert bench.model.enabled() == (1, 0)
    assert bench.model.load(image(Part(), Part())) == 2


def test_what_is_opened_can_be_used() -> None:
    """By one coroutine that says and hears everything; both sessions end with it, in order."""
    code = (Set(0, Nat(5)), Send(1, 0), Receive(2, 0), Halt())
    bench = Bench(opening(*code))
    assert bench.steps(1, 0, 0, 0, 0) == "receive.ok.commit"
    assert bench.coroutine(0).registers[0] == Nat(5)
    assert bench.step(0) == "halt.ok.commit"
    ended = [event for event in bench.model.events() if isinstance(event, Ended)]
    assert ended == [Ended(5, 0, 0), Ended(5, 1, 0)]
    assert bench.model.snapshot().sessions == ()


def test_one_register_for_two_roles() -> None:
    """The last one is what it holds; both endpoints are owned."""
    bench = Bench(part(END, Open("P", (("A", END, 1), ("B", END, 1))), Halt()))
    bench.steps(1, 0)
    assert bench.coroutine(0).registers[1] == Endpoint(1, "B")
    assert bench.step(0) == "halt.ok.commit"
    assert bench.model.snapshot().sessions == ()


def test_open_without_a_register() -> None:
    """Every register that is named must be there."""
    bench = Bench(part(END, Open("P", (("A", END, 1), ("B", END, 3)))))
    assert bench.stops(0) == "open.out-of-registers.operand"
    assert bench.model.snapshot().next_session == 1


def test_open_beyond_the_limit() -> None:
    """Sessions that are active count; those that have ended do not."""
    bench = Bench(opening(Close(1), INNER, INNER), config=Config(max_sessions=2))
    assert bench.steps(0, 0, 0) == "open.ok.commit"
    assert bench.stops(0) == "open.session-limit.limit"
    assert bench.model.load(image(Part(), Part())) == 3
    bench = Bench(opening(), config=Config(max_sessions=1))
    with pytest.raises(Refusal) as refused:
        bench.model.load(image(Part(), Part()))
    assert refused.value.code == "session-limit"
    assert bench.model.snapshot().next_session == 1


def test_close() -> None:
    """The session is gone at once, with its messages; its endpoints are nobody's."""
    bench = Bench(opening(Set(0, Nat(5)), Send(1, 0), Close(2), Halt()))
    assert bench.steps(0, 0, 0, 0) == "close.ok.commit"
    assert [one.id for one in bench.model.snapshot().sessions] == [0]
    assert bench.last_event() == Closed(3, 1, 0, 1)
    assert bench.model.snapshot().counters.sessions_closed == 1
    assert bench.steps(1, 0) == "halt.ok.commit"
    assert bench.model.snapshot().sessions == ()


def test_who_waited_finds_it_closed() -> None:
    """A peer that waits for a message is ready again, behind the one who closed."""
    bench = Bench(part(ONE, Close(0), Halt()), HEARS)
    bench.stops(1)
    bench.step(0)
    assert bench.model.enabled() == (0, 1)
    assert bench.stops(1) == "receive.channel-closed.session"
    assert bench.step(0) == "halt.ok.commit"
    assert bench.model.snapshot().sessions == ()
    assert [one.id for one in bench.model.snapshot().coroutines] == [1]


def test_who_waits_for_the_host_goes_on_waiting() -> None:
    """It is not asked for nothing: it finds out when the host has answered."""
    bench = Bench(SENDS, part(ONE_HEARD, Close(0), Halt()), answers=[Nat(1)])
    bench.step(1)
    assert bench.stops(0) == "send.channel-closed.session"


def test_close_twice() -> None:
    """What is closed is no session any more."""
    bench = Bench(opening(Move(0, 1), Close(1), Close(0)))
    bench.steps(0, 0, 0)
    assert bench.stops(0) == "close.close-fault.session"


def test_close_of_what_is_not_owned() -> None:
    """The guards for the operands, in the order of the table."""
    bench = Bench(part(ONE, Close(9)))
    assert bench.stops(0) == "close.out-of-registers.operand"
    bench = Bench(part(ONE, Close(1)))
    assert bench.stops(0) == "close.type-violation.endpoint"
    bench = Bench(part(ONE, Set(1, Endpoint(0, "B")), Close(1)))
    bench.step(0)
    assert bench.stops(0) == "close.close-fault.owner"
    assert bench.session(0).status == "faulted"
    bench = Bench(part(ONE, Set(1, UNIT), Yield(), Close(0)), part(END, Send(0, HOST)))
    bench.stops(1)
    assert bench.steps(0, 0) == "yield.ok.commit"
    assert bench.stops(0) == "close.close-fault.session"

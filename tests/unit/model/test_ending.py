"""What ends with a session: the endpoints in its messages, and their sessions (S16)."""

from antiphon.bytecode.instruction import Close, Halt, Instruction, Open, Receive, Send, Set
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.event import Closed, Dropped, Ended, Faulted, Sent, SessionFaulted
from antiphon.machine.snapshot import EndpointView
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import delegation
from antiphon.values.value import UNIT, Nat
from tests.unit.model.bench import HEARS, ONE, ONE_HEARD, SENDS, Bench, Part, part

GIVEN = delegation("Inner", "B")
GIVES = output("B", (("give", GIVEN, END),))
TAKES = input_("A", (("give", GIVEN, END),))
TWICE = output("B", (("give", GIVEN, GIVES),))
INNER = Open("Inner", (("A", ONE, 1), ("B", ONE_HEARD, 2)))


def giving(*code: Instruction) -> Part:
    """A part that opens a session and sends an endpoint of it."""
    return part(GIVES, INNER, Send(0, 2), *code)


def test_an_endpoint_is_nobodys_on_its_way() -> None:
    """It is in flight; who receives it owns it, and uses it."""
    bench = Bench(giving(), part(TAKES, Receive(0, 1), Receive(1, 2)))
    assert bench.steps(0, 0) == "send.ok.commit"
    assert bench.session(1).endpoints[1] == EndpointView("B", 0, None, 0, 0, in_flight=True)
    assert bench.step(1) == "receive.ok.commit"
    assert bench.session(1).endpoints[1] == EndpointView("B", 0, 1, 0, 0)
    assert bench.stops(1) == "receive.receive-wait.empty"


def test_close_loses_what_is_on_its_way() -> None:
    """The session of an endpoint in a message of a session that is closed fails."""
    bench = Bench(giving(Close(0)))
    assert bench.steps(0, 0, 0) == "close.ok.commit"
    assert bench.model.events()[-2:] == (Closed(2, 0, 0, 1), SessionFaulted(2, 1, 0))
    assert bench.session(1).status == "faulted"
    assert bench.session(1).endpoints[1] == EndpointView("B", 0, None, 0, 0)


def test_a_fault_loses_what_is_on_its_way() -> None:
    """After the sessions that the faulted coroutine owned endpoints of, in their order."""
    bench = Bench(giving(), part(TAKES, Halt()))
    assert bench.steps(0, 0, 1) == "halt.type-violation.unfinished"
    kinds = [type(event) for event in bench.model.events()[-3:]]
    assert kinds == [Faulted, SessionFaulted, SessionFaulted]
    assert [one.status for one in bench.model.snapshot().sessions] == ["faulted", "faulted"]


def test_the_end_loses_what_nobody_took() -> None:
    """A session may be over with a message left in it: what that carried is lost."""
    bench = Bench(giving(Halt()), Part())
    bench.steps(1, 0, 0)
    assert bench.session(1).status == "active"
    assert bench.step(0) == "halt.type-violation.unfinished"
    bench = Bench(part(GIVES, INNER, Send(0, 2), Set(2, Nat(1)), Send(1, 2), Halt()), Part())
    bench.steps(1, 0, 0, 0, 0)
    assert bench.step(0) == "halt.ok.commit"
    assert bench.model.events()[-2:] == (Ended(5, 0, 0), SessionFaulted(5, 1, 0))


def test_a_dropped_message_loses_what_it_carried() -> None:
    """The session of an endpoint that finds no room fails at once; the sender goes on."""
    buffers = (("A", "B", Buffer("fifo", "drop", 1)),)
    bench = Bench(
        part(TWICE, INNER, Send(0, 2), INNER, Send(0, 2), Set(1, UNIT)),
        config=Config(buffers=buffers),
    )
    assert bench.steps(0, 0, 0, 0) == "send.ok.commit"
    kinds = [type(event) for event in bench.model.events()[-3:]]
    assert kinds == [Sent, Dropped, SessionFaulted]
    assert [one.status for one in bench.model.snapshot().sessions] == [
        "active",
        "active",
        "faulted",
    ]
    assert bench.step(0) == "set.ok.commit"


def test_an_overwritten_message_loses_what_it_carried() -> None:
    """The one that was there before goes; the new one is on its way."""
    buffers = (("A", "B", Buffer("latest")),)
    bench = Bench(part(TWICE, INNER, Send(0, 2), INNER, Send(0, 2)), config=Config(buffers=buffers))
    bench.steps(0, 0, 0, 0)
    assert [one.status for one in bench.model.snapshot().sessions] == [
        "active",
        "faulted",
        "active",
    ]
    assert bench.session(2).endpoints[1].in_flight


def test_what_is_lost_takes_more_with_it() -> None:
    """An endpoint in a message of a session that is itself lost is lost too, and so on."""
    deep = Open("Deep", (("A", ONE, 1), ("B", ONE_HEARD, 2)))
    carries = output("B", (("give", delegation("Deep", "B"), END),))
    middle = Open("Inner", (("A", carries, 3), ("B", ONE_HEARD, 4)))
    code = (middle, deep, Send(3, 2), Send(0, 4), Close(0))
    bench = Bench(part(GIVES, *code, registers=5))
    assert bench.steps(0, 0, 0, 0, 0) == "close.ok.commit"
    assert bench.model.events()[-3:] == (
        Closed(4, 0, 0, 1),
        SessionFaulted(4, 1, 0),
        SessionFaulted(4, 2, 0),
    )


def test_what_arrives_of_a_session_that_is_gone() -> None:
    """It may be received: it is a value like any, and cannot be used."""
    code = (INNER, Send(0, 2), Close(1))
    bench = Bench(part(GIVES, *code), part(TAKES, Receive(0, 1), Receive(1, 2)))
    assert bench.steps(0, 0, 0, 1) == "receive.ok.commit"
    assert bench.stops(1) == "receive.channel-closed.session"


def test_other_sessions_are_not_touched() -> None:
    """A session whose endpoints are elsewhere goes on."""
    bench = Bench(SENDS, HEARS, answers=[Nat(1)])
    bench.model.load(bench.model.state.sessions[0].image, unverified=True)
    bench.stops(1)
    bench.step(0)
    assert bench.steps(1, 1, 0) == "halt.ok.commit"
    assert [one.id for one in bench.model.snapshot().sessions] == [1]


def test_what_is_lost_may_be_gone() -> None:
    """The session of an endpoint in a message was closed before the message was lost."""
    bench = Bench(giving(Close(1), Close(0)))
    assert bench.steps(0, 0, 0, 0) == "close.ok.commit"
    assert bench.model.events()[-2:] == (Closed(2, 1, 0, 1), Closed(3, 0, 0, 1))
    assert bench.model.snapshot().sessions == ()

"""``send`` and ``receive`` on the model: every row, with the values that it leaves."""

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Halt,
    Instruction,
    Offer,
    Open,
    Receive,
    Send,
    Set,
    Spawn,
)
from antiphon.machine.ask import Answer, Ask, Chosen, Pending, Position, Refused
from antiphon.machine.config import Config
from antiphon.machine.digest import output_digest
from antiphon.machine.event import Faulted, OutputDenied, Received, Sent
from antiphon.machine.output_condition import AllowAll, PredicateAllowList
from antiphon.machine.snapshot import Block, EndpointView
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import BOOL, NAT, Sort, delegation
from antiphon.values.value import UNIT, Bool, Endpoint, Nat
from tests.unit.model.bench import (
    HEARS,
    ONE,
    ONE_HEARD,
    SENDS,
    TWO,
    TWO_HEARD,
    Bench,
    Part,
    part,
)

STREAM = output("B", (("x", NAT, output("B", (("y", NAT, END),))),))


def test_send_from_the_host() -> None:
    """The message is queued, the receiver has a token, the type advances, an answer is used."""
    bench = Bench(SENDS, HEARS, answers=[Nat(5)])
    assert bench.step(0) == "send.ok.commit"
    assert bench.queue() == (("hi", Nat(5)),)
    assert bench.side("A") == EndpointView("A", 1, 0, 0, 1)
    assert bench.side("B") == EndpointView("B", 0, 1, 1, 0)
    assert bench.coroutine(0).pc == 1
    assert bench.last_event() == Sent(0, 0, 0, "A", "B", "hi", Nat(5))
    (asked,) = bench.asked
    registers = (Endpoint(0, "A"), UNIT, UNIT)
    position = Position(0, "A", 0, 0)
    assert asked == Ask("payload", position, "B", ("hi",), NAT, "", (), registers)


def test_send_from_a_register() -> None:
    """A register's value is sent without asking the host, and uses no answer."""
    bench = Bench(part(ONE, Set(1, Nat(9)), Send(0, 1), Halt()), HEARS)
    assert bench.steps(0, 0) == "send.ok.commit"
    assert bench.queue() == (("hi", Nat(9)),)
    assert bench.side("A").answers == 0
    assert bench.asked == []


def test_send_wakes_a_waiting_receiver() -> None:
    """The receiver becomes ready inside the step, behind the sender."""
    bench = Bench(SENDS, HEARS, answers=[Nat(5)])
    assert bench.stops(1) == "receive.receive-wait.empty"
    assert bench.step(0) == "send.ok.commit"
    assert bench.model.enabled() == (0, 1)
    assert bench.coroutine(1).block is None
    assert bench.coroutine(1).status == "ready"


def test_send_wakes_nobody_who_waits_elsewhere() -> None:
    """A receiver that waits on another queue goes on waiting."""
    bench = Bench(SENDS, part(input_("C", (("hi", NAT, END),)), Receive(0, 1)), answers=[Nat(5)])
    assert bench.stops(1) == "receive.receive-wait.empty"
    assert bench.step(0) == "send.ok.commit"
    assert bench.model.enabled() == (0,)
    assert bench.coroutine(1).block == Block("receive-wait", 0, "C", "B")


def test_send_to_a_role_that_is_not_there() -> None:
    """The message is queued all the same; nobody has a token for it."""
    bench = Bench(part(output("Z", (("hi", NAT, END),)), Send(0, HOST)), answers=[Nat(5)])
    assert bench.step(0) == "send.ok.commit"
    assert bench.queue("A", "Z") == (("hi", Nat(5)),)
    assert bench.side("B").tokens == 0


def test_send_waits_for_room() -> None:
    """At capacity 1 the second message waits, before the host is asked, and names its edge."""
    sender = part(STREAM, Send(0, HOST), Send(0, HOST), Halt())
    hearer = part(input_("A", (("x", NAT, input_("A", (("y", NAT, END),))),)), Receive(0, 1))
    bench = Bench(sender, hearer, answers=[Nat(1), Nat(2)], capacity=1)
    bench.step(0)
    assert bench.stops(0) == "send.send-wait.room"
    assert len(bench.asked) == 1
    assert bench.coroutine(0).block == Block("send-wait", 0, "A", "B")
    assert bench.step(1) == "receive.ok.commit"
    assert bench.model.enabled() == (1, 0)
    assert bench.step(0) == "send.ok.commit"


def test_send_fits_exactly() -> None:
    """A queue holds exactly ``capacity`` messages."""
    bench = Bench(part(STREAM, Send(0, HOST), Send(0, HOST)), answers=[Nat(1)] * 2, capacity=2)
    assert bench.steps(0, 0) == "send.ok.commit"
    assert bench.queue() == (("x", Nat(1)), ("y", Nat(1)))


def test_send_waits_for_the_host() -> None:
    """A pending answer uses nothing up; after a wake the same position is asked again."""
    bench = Bench(SENDS, HEARS, answers=[Pending(), Nat(1)])
    assert bench.stops(0) == "send.host-wait.pending"
    assert bench.coroutine(0).block == Block("host-wait", 0)
    assert bench.side("A").answers == 0
    bench.wake(0)
    assert bench.model.enabled() == (1, 0)
    assert bench.step(0) == "send.ok.commit"
    assert bench.asked[0] == bench.asked[1]


FAULTS = {
    "send.out-of-registers.operand": part(ONE, Send(3, HOST)),
    "send.type-violation.endpoint": part(ONE, Send(1, HOST)),
    "send.channel-closed.session": part(ONE, Set(0, Endpoint(7, "A")), Send(0, HOST)),
    "send.channel-closed.owner": part(ONE, Set(0, Endpoint(0, "B")), Send(0, HOST)),
    "send.type-violation.head": part(ONE_HEARD, Send(0, HOST)),
    "send.type-violation.label": part(TWO, Send(0, HOST)),
    "send.type-violation.sort": part(ONE, Set(1, Bool(True)), Send(0, 1)),
    "receive.out-of-registers.operand": part(ONE_HEARD, Receive(0, -1)),
    "receive.type-violation.endpoint": part(ONE_HEARD, Receive(2, 1)),
    "receive.channel-closed.session": part(ONE_HEARD, Set(0, Endpoint(7, "A")), Receive(0, 1)),
    "receive.channel-closed.owner": part(ONE_HEARD, Set(0, Endpoint(0, "B")), Receive(0, 1)),
    "receive.type-violation.head": part(ONE, Receive(0, 1)),
    "receive.type-violation.label": part(TWO_HEARD, Receive(0, 1)),
}


@pytest.mark.parametrize(("row", "first"), FAULTS.items())
def test_faults_before_anything_happens(row: str, first: Part) -> None:
    """Each guard about the program faults, in its row, and the host is not asked."""
    bench = Bench(first)
    for _ in first.code[1:]:
        bench.step(0)
    assert bench.stops(0) == row
    assert bench.asked == []
    assert bench.session().status == "faulted"


@pytest.mark.parametrize("role", ["A", "C"])
def test_faults_for_a_role_or_session_that_is_not_there(role: str) -> None:
    """A session that never was and a role that it does not have are closed."""
    session = 0 if role == "C" else 1
    bench = Bench(part(ONE, Set(0, Endpoint(session, role)), Send(0, HOST)))
    bench.step(0)
    assert bench.stops(0) == "send.channel-closed.session"


def test_faults_after_the_session_failed() -> None:
    """An endpoint of a faulted session is closed for its owner too."""
    bench = Bench(part(ONE, Halt()), HEARS)
    assert bench.stops(0) == "halt.type-violation.unfinished"
    assert bench.stops(1) == "receive.channel-closed.session"


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("send.invoke-fault.refused", Refused("no")),
        ("send.invoke-fault.answer", Bool(True)),
        ("send.invoke-fault.answer", Chosen("hi")),
        ("send.invoke-fault.answer", UNIT),
    ],
)
def test_faults_by_the_host(row: str, answer: Bool | Chosen | Refused) -> None:
    """A refusal, a label and a value of another sort fault, and no message is sent."""
    bench = Bench(SENDS, HEARS, answers=[answer])
    assert bench.stops(0) == row
    assert bench.queue() == ()
    assert bench.side("A").answers == 0


def test_receive() -> None:
    """The oldest message is taken, with its token; its value is in the register."""
    hearer = part(input_("A", (("x", NAT, input_("A", (("y", NAT, END),))),)), Receive(0, 2))
    bench = Bench(part(STREAM, Send(0, HOST), Send(0, HOST)), hearer, answers=[Nat(2**64), Nat(1)])
    bench.steps(0, 0)
    assert bench.side("B").tokens == 2
    assert bench.step(1) == "receive.ok.commit"
    assert bench.coroutine(1).registers == (Endpoint(0, "B"), UNIT, Nat(2**64))
    assert bench.coroutine(1).pc == 1
    assert bench.side("B") == EndpointView("B", 1, 1, 1, 0)
    assert bench.queue() == (("y", Nat(1)),)
    assert bench.last_event() == Received(2, 0, 1, "A", "B", "x", Nat(2**64))


def test_receive_overwrites_its_own_endpoint() -> None:
    """A destination may be the channel: the value replaces the endpoint."""
    bench = Bench(SENDS, part(ONE_HEARD, Receive(0, 0), Halt()), answers=[Nat(3)])
    assert bench.steps(0, 1) == "receive.ok.commit"
    assert bench.coroutine(1).registers[0] == Nat(3)
    assert bench.step(1) == "halt.ok.commit"


def test_receive_waits() -> None:
    """An empty queue is a wait that names the edge."""
    bench = Bench(SENDS, HEARS)
    assert bench.stops(1) == "receive.receive-wait.empty"
    assert bench.coroutine(1).block == Block("receive-wait", 0, "A", "B")


def test_faults_on_an_unexpected_label() -> None:
    """A message with another label than the type's faults and stays in no queue."""
    bench = Bench(SENDS, part(input_("A", (("ho", NAT, END),)), Receive(0, 1)), answers=[Nat(1)])
    bench.step(0)
    assert bench.stops(1) == "receive.unknown-label.message"
    assert bench.queue() == ()


def test_faults_on_an_unexpected_sort() -> None:
    """A message whose value has not the label's sort faults."""
    bench = Bench(SENDS, part(input_("A", (("hi", BOOL, END),)), Receive(0, 1)), answers=[Nat(1)])
    bench.step(0)
    assert bench.stops(1) == "receive.type-violation.message-sort"
    assert bench.coroutine(1).registers[1] == UNIT


OWN = delegation("p", "A")


def handing(sort: Sort, *code: Instruction) -> Bench:
    """A bench whose role A sends an endpoint of this sort first, and owns B's end of session 1."""
    inner = Open("In", (("A", END, 1), ("B", ONE, 2)))
    bench = Bench(part(output("B", (("give", sort, END),)), inner, *code))
    bench.step(0)
    return bench


def test_an_endpoint_is_sent_by_who_owns_it() -> None:
    """Not by another coroutine, not twice, and not on itself."""
    bench = handing(delegation("In", "B"), Spawn(3, (2,), 1), Send(0, 2), Halt())
    bench.step(0)
    assert bench.stops(0) == "send.transfer-fault.carried"
    bench = handing(OWN, Send(0, 0))
    assert bench.stops(0) == "send.transfer-fault.carried"
    bench = handing(delegation("In", "B"), Offer(0, "give", 2))
    assert bench.step(0) == "offer.ok.commit"


@pytest.mark.parametrize(
    ("sort", "answer", "row"),
    [
        (delegation("In", "B"), Endpoint(1, "B"), "send.ok.commit"),
        (delegation("In", "B"), Endpoint(1, "A"), "send.invoke-fault.answer"),
        (delegation("In", "B"), Nat(1), "send.invoke-fault.answer"),
        (OWN, Endpoint(0, "A"), "send.invoke-fault.answer"),
        (delegation("p", "B"), Endpoint(0, "B"), "send.invoke-fault.answer"),
    ],
)
def test_the_host_may_choose_an_endpoint(sort: Sort, answer: Answer, row: str) -> None:
    """Of those that the asking coroutine may send."""
    inner = Open("In", (("A", END, 1), ("B", ONE, 2)))
    bench = Bench(part(output("B", (("give", sort, END),)), inner, Send(0, HOST)), answers=[answer])
    assert bench.steps(0, 0) == row


def test_an_endpoint_of_another_sort_is_not_taken() -> None:
    """Where the types of the two sides differ, the receiver's decides."""
    gives = part(output("B", (("give", delegation("In", "B"), END),)))
    takes = part(input_("A", (("give", delegation("In", "A"), END),)), Receive(0, 1))
    inner = Open("In", (("A", END, 1), ("B", ONE, 2)))
    bench = Bench(part(gives.type, inner, Send(0, 2)), takes)
    bench.steps(0, 0)
    assert bench.stops(1) == "receive.type-violation.message-sort"


@pytest.mark.parametrize("code", [Send(0, HOST), Offer(0, "hi", HOST)])
def test_an_output_that_is_let_pass_says_so(code: Send | Offer) -> None:
    """The event is flagged, and it is counted; without a condition neither happens."""
    allowed = Config(outputs=PredicateAllowList(("hi",)))
    for config, checked in ((allowed, True), (Config(outputs=AllowAll()), True), (None, False)):
        bench = Bench(part(ONE, code), HEARS, answers=[Nat(5)], config=config)
        bench.step(0)
        assert bench.last_event() == Sent(0, 0, 0, "A", "B", "hi", Nat(5), checked)
        assert bench.model.snapshot().counters.outputs_passed == checked


@pytest.mark.parametrize("code", [Send(0, HOST), Offer(0, "hi", HOST)])
def test_faults_on_an_output_that_is_denied(code: Send | Offer) -> None:
    """Asked last but for the host; nothing of it is there but the event before the fault."""
    config = Config(outputs=PredicateAllowList(("ho",)))
    bench = Bench(part(ONE, code), HEARS, answers=[Nat(5)], config=config)
    row = bench.stops(0)
    assert row == f"{type(code).__name__.lower()}.output-condition-fault.denied"
    assert bench.side("A") == EndpointView("A", 0, 0, 0, 0)
    assert bench.queue() == ()
    counters = bench.model.snapshot().counters
    assert (counters.outputs_passed, counters.outputs_denied) == (0, 1)
    denied, faulted, _ = bench.model.events()[-3:]
    digest = output_digest(Sent(0, 0, 0, "A", "B", "hi", Nat(5)))
    assert denied == OutputDenied(0, 0, 0, "A", "hi", digest)
    assert isinstance(faulted, Faulted)

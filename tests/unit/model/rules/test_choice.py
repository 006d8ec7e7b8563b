"""``offer``, ``choose`` and ``select`` on the model: every row, with the values that it leaves."""

import pytest

from antiphon.bytecode.instruction import HOST, Choose, Halt, Offer, Select, Set
from antiphon.machine.ask import Answer, Ask, Chosen, Pending, Position, Refused
from antiphon.machine.event import Received, Selected, Sent
from antiphon.machine.snapshot import Block, EndpointView
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import BOOL, NAT, UNIT
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Bool, Endpoint, Nat
from tests.unit.model.bench import HEARS, ONE, ONE_HEARD, TWO, TWO_HEARD, Bench, Part, part

TABLE = (("yes", 3), ("no", 1))
OFFERS = part(TWO, Offer(0, "yes", HOST), Halt())
CHOOSES = part(TWO_HEARD, Choose(0, 1, TABLE), Halt(), Halt(), Halt())
SELECTS = part(TWO, Select(0, TABLE), Offer(0, "no", HOST), Halt(), Offer(0, "yes", HOST), Halt())


def test_offer() -> None:
    """One label of the choice is queued with its value, and the type goes on under it."""
    bench = Bench(OFFERS, CHOOSES, answers=[Nat(4)])
    assert bench.step(0) == "offer.ok.commit"
    assert bench.queue() == (("yes", Nat(4)),)
    assert bench.side("A") == EndpointView("A", 2, 0, 0, 1)
    assert bench.side("B") == EndpointView("B", 0, 1, 1, 0)
    assert bench.coroutine(0).pc == 1
    assert bench.last_event() == Sent(0, 0, 0, "A", "B", "yes", Nat(4))
    registers = (Endpoint(0, "A"), NOTHING, NOTHING)
    position = Position(0, "A", 0, 0)
    assert bench.asked == [Ask("payload", position, "B", ("yes",), NAT, "", (), registers)]


def test_offer_from_a_register() -> None:
    """A register's value uses no answer."""
    bench = Bench(part(TWO, Offer(0, "no", 1), Halt()), CHOOSES)
    assert bench.step(0) == "offer.ok.commit"
    assert bench.queue() == (("no", NOTHING),)
    assert bench.side("A").answers == 0


def test_offer_wakes_a_waiting_chooser() -> None:
    """A coroutine that waits in ``choose`` becomes ready inside the step."""
    bench = Bench(OFFERS, CHOOSES, answers=[Nat(4)])
    assert bench.stops(1) == "choose.receive-wait.empty"
    assert bench.step(0) == "offer.ok.commit"
    assert bench.model.enabled() == (0, 1)


def test_offer_waits_for_room() -> None:
    """At capacity 1 the second message waits."""
    twice = output("B", (("yes", NAT, TWO), ("no", UNIT, END)))
    sender = part(twice, Offer(0, "yes", HOST), Offer(0, "yes", HOST))
    bench = Bench(sender, answers=[Nat(1)], capacity=1)
    bench.step(0)
    assert bench.stops(0) == "offer.send-wait.room"
    assert bench.coroutine(0).block == Block("send-wait", 0, "A", "B")


def test_choose() -> None:
    """The label decides where the code goes on; the value is in the register."""
    bench = Bench(OFFERS, CHOOSES, answers=[Nat(4)])
    assert bench.steps(0, 1) == "choose.ok.commit"
    assert bench.coroutine(1).pc == 3
    assert bench.coroutine(1).registers == (Endpoint(0, "B"), Nat(4), NOTHING)
    assert bench.side("B") == EndpointView("B", 1, 1, 0, 0)
    assert bench.queue() == ()
    assert bench.last_event() == Received(1, 0, 1, "A", "B", "yes", Nat(4))


def test_choose_wakes_a_waiting_sender() -> None:
    """Taking a message makes room, and its sender ready."""
    twice = output("B", (("no", UNIT, TWO),))
    heard = input_("A", (("no", UNIT, TWO_HEARD),))
    bench = Bench(
        part(twice, Offer(0, "no", 1), Offer(0, "no", 1)),
        part(heard, Choose(0, 1, TABLE)),
        capacity=1,
    )
    assert bench.steps(0, 0) == "offer.send-wait.room"
    assert bench.step(1) == "choose.ok.commit"
    assert bench.model.enabled() == (1, 0)
    assert bench.coroutine(1).pc == 1


def test_select() -> None:
    """The host's label narrows the type and decides where the code goes on; nothing is sent."""
    bench = Bench(SELECTS, CHOOSES, answers=[Chosen("yes"), Nat(1)])
    assert bench.step(0) == "select.ok.commit"
    assert bench.side("A") == EndpointView("A", 1, 0, 0, 1)
    assert bench.coroutine(0).pc == 3
    assert bench.queue() == ()
    assert bench.last_event() == Selected(0, 0, 0, "A", "yes")
    registers = (Endpoint(0, "A"), NOTHING, NOTHING)
    labels = ("yes", "no")
    position = Position(0, "A", 0, 0)
    assert bench.asked == [Ask("choice", position, "B", labels, None, "", (), registers)]
    assert bench.step(0) == "offer.ok.commit"
    assert bench.asked[1].position == Position(0, "A", 1, 1)


def test_select_wakes_nobody() -> None:
    """Deciding is not sending: a waiting receiver goes on waiting."""
    bench = Bench(SELECTS, CHOOSES, answers=[Chosen("no")])
    bench.stops(1)
    assert bench.step(0) == "select.ok.commit"
    assert bench.coroutine(0).pc == 1
    assert bench.model.enabled() == (0,)


def test_select_of_a_label_left_over() -> None:
    """A type with one label may be decided too; the state stays the same."""
    bench = Bench(part(ONE, Select(0, (("hi", 1),)), Halt()), answers=[Chosen("hi")])
    assert bench.step(0) == "select.ok.commit"
    assert bench.side("A") == EndpointView("A", 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("row", "first"),
    [("offer.host-wait.pending", OFFERS), ("select.host-wait.pending", SELECTS)],
)
def test_waits_for_the_host(row: str, first: Part) -> None:
    """A pending answer uses nothing up and leaves the type as it was."""
    bench = Bench(first, answers=[Pending()])
    assert bench.stops(0) == row
    assert bench.coroutine(0).block == Block("host-wait", 0)
    assert bench.side("A") == EndpointView("A", 0, 0, 0, 0)


FAULTS = {
    "offer.out-of-registers.operand": part(TWO, Offer(0, "yes", -2)),
    "offer.type-violation.endpoint": part(TWO, Offer(1, "yes", HOST)),
    "offer.channel-closed.session": part(TWO, Set(0, Endpoint(1, "A")), Offer(0, "yes", HOST)),
    "offer.channel-closed.owner": part(TWO, Set(0, Endpoint(0, "B")), Offer(0, "yes", HOST)),
    "offer.type-violation.head": part(END, Offer(0, "yes", HOST)),
    "offer.unknown-label.label": part(TWO, Offer(0, "maybe", HOST)),
    "offer.type-violation.sort": part(TWO, Offer(0, "yes", 1)),
    "choose.out-of-registers.operand": part(TWO_HEARD, Choose(-1, 1, TABLE)),
    "choose.type-violation.endpoint": part(TWO_HEARD, Choose(1, 1, TABLE)),
    "choose.channel-closed.session": part(TWO_HEARD, Set(0, Endpoint(1, "A")), Choose(0, 1, TABLE)),
    "choose.channel-closed.owner": part(TWO_HEARD, Set(0, Endpoint(0, "B")), Choose(0, 1, TABLE)),
    "choose.type-violation.head": part(TWO, Choose(0, 1, TABLE)),
    "select.out-of-registers.operand": part(TWO, Select(3, TABLE)),
    "select.type-violation.endpoint": part(TWO, Select(2, TABLE)),
    "select.channel-closed.session": part(TWO, Set(0, Endpoint(1, "A")), Select(0, TABLE)),
    "select.channel-closed.owner": part(TWO, Set(0, Endpoint(0, "B")), Select(0, TABLE)),
    "select.type-violation.head": part(ONE_HEARD, Select(0, TABLE)),
}


@pytest.mark.parametrize(("row", "first"), FAULTS.items())
def test_faults_before_anything_happens(row: str, first: Part) -> None:
    """Each guard about the program faults, in its row, and the host is not asked."""
    bench = Bench(first)
    for _ in first.code[1:]:
        bench.step(0)
    assert bench.stops(0) == row
    assert bench.asked == []


@pytest.mark.parametrize(
    ("row", "first", "answer"),
    [
        ("offer.invoke-fault.refused", OFFERS, Refused("no")),
        ("offer.invoke-fault.answer", OFFERS, Chosen("yes")),
        ("offer.invoke-fault.answer", OFFERS, Bool(True)),
        ("select.invoke-fault.refused", SELECTS, Refused("no")),
        ("select.invoke-fault.answer", SELECTS, Nat(1)),
        ("select.unknown-label.label", SELECTS, Chosen("maybe")),
        ("select.unknown-label.table", part(TWO, Select(0, (("yes", 1),))), Chosen("no")),
    ],
)
def test_faults_by_the_host(row: str, first: Part, answer: Answer) -> None:
    """A refusal and an answer that does not fit fault, and use no answer up."""
    bench = Bench(first, answers=[answer])
    assert bench.stops(0) == row
    assert bench.side("A") == EndpointView("A", 0, 0, 0, 0)
    assert bench.session().status == "faulted"


@pytest.mark.parametrize(
    ("row", "second"),
    [
        (
            "choose.unknown-label.message",
            part(input_("A", (("maybe", NAT, END),)), Choose(0, 1, TABLE)),
        ),
        (
            "choose.type-violation.message-sort",
            part(input_("A", (("yes", BOOL, END),)), Choose(0, 1, TABLE)),
        ),
        ("choose.unknown-label.table", part(TWO_HEARD, Choose(0, 1, (("no", 1),)))),
    ],
)
def test_faults_by_the_message(row: str, second: Part) -> None:
    """A message that the type or the table does not expect faults, and writes no register."""
    bench = Bench(OFFERS, second, answers=[Nat(4)])
    bench.step(0)
    assert bench.stops(1) == row
    assert bench.coroutine(1).registers[1] == NOTHING


def test_choose_where_one_label_is_left() -> None:
    """``choose`` also receives where ``receive`` would do."""
    bench = Bench(part(ONE, Offer(0, "hi", HOST)), HEARS, answers=[Nat(1)])
    assert bench.steps(0, 1) == "receive.ok.commit"


def test_the_first_of_two_addresses_counts() -> None:
    """A table that has a label twice, which the verifier refuses, jumps to the first address."""
    bench = Bench(part(TWO, Select(0, (("yes", 2), ("yes", 1)))), answers=[Chosen("yes")])
    assert bench.step(0) == "select.ok.commit"
    assert bench.coroutine(0).pc == 2

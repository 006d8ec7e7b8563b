"""For every row of the instruction table an image, a host and a configuration that reach it."""

from __future__ import annotations

from collections.abc import Callable

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Acquire,
    Check,
    Choose,
    Close,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Offer,
    Open,
    Receive,
    Release,
    Select,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import LEVELS_MAX
from antiphon.machine.ask import Chosen, Host, Pending, Refused
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash, Delay, Partition, Pause
from antiphon.machine.output_condition import DenyAll, PredicateAllowList
from antiphon.theory.local_type import END, LocalType, input_
from antiphon.values.sort import BOOL, NAT, delegation
from antiphon.values.value import UNIT, Bool, Endpoint, Nat, Str
from tests.unit.engine.images import (
    CHOICE,
    DUAL,
    Script,
    alone,
    answers_with,
    duo,
    receives,
    sends,
)

Case = tuple[Image, Host]
ONE, GRANT = answers_with(Nat(1)), answers_with(UNIT)
TWO_INPUTS = input_("B", [("more", NAT, END), ("stop", BOOL, END)])


def chan_cases(name: str, make: Callable[[int], Instruction], wrong: LocalType) -> dict[str, Case]:
    """The guards that every instruction with a channel begins with."""
    foreign, peer = Set(1, Endpoint(77, "A")), Set(1, Endpoint(0, "B"))
    return {
        f"{name}.out-of-registers.operand": (alone(END, make(9)), ONE),
        f"{name}.type-violation.endpoint": (alone(END, make(1)), ONE),
        f"{name}.channel-closed.session": (alone(END, foreign, make(1)), ONE),
        f"{name}.channel-closed.owner": (duo(END, (peer, make(1))), ONE),
        f"{name}.type-violation.head": (alone(wrong, make(0)), ONE),
    }


def answer_cases(
    name: str, local: LocalType, instruction: Instruction, wrong: object
) -> dict[str, Case]:
    """What the host may answer but what was asked for."""
    image = alone(local, instruction)
    return {
        f"{name}.host-wait.pending": (image, Script(Pending())),
        f"{name}.invoke-fault.refused": (image, Script(Refused(""))),
        f"{name}.invoke-fault.answer": (image, Script(wrong)),
    }


def fact_cases(name: str, make: Callable[[int, int], Instruction]) -> dict[str, Case]:
    """The guards that the two instructions about facts share."""
    foreign, peer = Set(1, Endpoint(77, "A")), Set(1, Endpoint(0, "B"))
    return {
        f"{name}.out-of-registers.operand": (alone(END, make(9, 1)), ONE),
        f"{name}.type-violation.endpoint": (alone(END, make(1, 1)), ONE),
        f"{name}.channel-closed.session": (alone(END, foreign, make(1, 1)), ONE),
        f"{name}.channel-closed.owner": (duo(END, (peer, make(1, 1))), ONE),
        f"{name}.type-violation.fact": (alone(SEND, make(0, 0)), ONE),
    }


SEND = sends("B", "m")
OWN = delegation("alone", "A")
RECEIVE = receives("B", "m")


def incoming(label: str, local: LocalType, *code: Instruction) -> Case:
    """B sends a number that A may not expect."""
    other = sends("A", label)
    return duo(local, (Yield(), Yield(), *code), other, (Send(0, HOST), Halt())), ONE


def mismatched(local: LocalType, *code: Instruction) -> Case:
    """B sends under A's label, but a value of another sort."""
    other = sends("A", "more", BOOL)
    image = duo(local, (Yield(), Yield(), *code), other, (Set(1, Bool(True)), Send(0, 1), Halt()))
    return image, ONE


FORK = (Set(1, Nat(7)), Fork(1))
GUEST = delegation("q", "X")


def handed(*code: Instruction) -> Case:
    """B opens a session and sends A an endpoint of it; A is in a fork."""
    other = (Open("q", (("X", END, 1),)), Send(0, 1), Halt())
    hears = input_("B", [("m", GUEST, END)])
    return duo(hears, (*FORK, *code), sends("A", "m", GUEST), other), ONE


MORE = (("more", 1), ("stop", 1), ("text", 1))
LATE_SEND = (duo(SEND, (Yield(), Set(1, Nat(1)), Send(0, 1))), ONE)
LATE_OFFER = (duo(CHOICE, (Yield(), Set(1, Nat(1)), Offer(0, "more", 1))), ONE)
CASES: dict[str, Case] = {
    **chan_cases("send", lambda chan: Send(chan, 1), RECEIVE),
    "send.type-violation.label": (alone(CHOICE, Send(0, 1)), ONE),
    "send.type-violation.sort": (alone(SEND, Send(0, 1)), ONE),
    "send.transfer-fault.carried": (alone(sends("B", "m", OWN), Send(0, 0)), ONE),
    "send.send-wait.room": (
        alone(sends("B", "m", then=SEND), Set(1, Nat(1)), Send(0, 1), Send(0, 1)),
        ONE,
    ),
    **answer_cases("send", SEND, Send(0, HOST), Str("no number")),
    "send.ok.commit": (alone(SEND, Send(0, HOST)), ONE),
    **chan_cases("receive", lambda chan: Receive(chan, 1), SEND),
    "receive.type-violation.label": (alone(TWO_INPUTS, Receive(0, 1)), ONE),
    "receive.receive-wait.empty": (alone(RECEIVE, Receive(0, 1)), ONE),
    "receive.unknown-label.message": incoming("other", RECEIVE, Receive(0, 1)),
    "receive.type-violation.message-sort": mismatched(receives("B", "more"), Receive(0, 1)),
    "receive.ok.commit": incoming("m", RECEIVE, Receive(0, 1), Halt()),
    **chan_cases("offer", lambda chan: Offer(chan, "more", 1), RECEIVE),
    "offer.unknown-label.label": (alone(CHOICE, Offer(0, "nothing", HOST)), ONE),
    "offer.type-violation.sort": (alone(CHOICE, Offer(0, "more", 1)), ONE),
    "offer.transfer-fault.carried": (alone(sends("B", "m", OWN), Offer(0, "m", 0)), ONE),
    "offer.send-wait.room": (
        alone(sends("B", "m", then=CHOICE), Send(0, HOST), Offer(0, "more", HOST)),
        ONE,
    ),
    **answer_cases("offer", CHOICE, Offer(0, "more", HOST), Str("no number")),
    "offer.ok.commit": (alone(CHOICE, Offer(0, "more", HOST)), ONE),
    **chan_cases("choose", lambda chan: Choose(chan, 1, MORE), SEND),
    "choose.receive-wait.empty": (alone(DUAL, Choose(0, 1, MORE)), ONE),
    "choose.unknown-label.message": incoming("other", TWO_INPUTS, Choose(0, 1, MORE)),
    "choose.type-violation.message-sort": mismatched(TWO_INPUTS, Choose(0, 1, MORE)),
    "choose.unknown-label.table": incoming("more", TWO_INPUTS, Choose(0, 1, MORE[1:])),
    "choose.ok.commit": incoming("more", TWO_INPUTS, Choose(0, 1, (("more", 3),)), Halt()),
    **chan_cases("select", lambda chan: Select(chan, MORE), RECEIVE),
    **answer_cases("select", CHOICE, Select(0, MORE), Nat(1)),
    "select.unknown-label.label": (alone(CHOICE, Select(0, MORE)), Script(Chosen("nothing"))),
    "select.unknown-label.table": (alone(CHOICE, Select(0, MORE[1:])), Script(Chosen("more"))),
    "select.ok.commit": (alone(CHOICE, Select(0, MORE)), Script(Chosen("more"))),
    "open.out-of-registers.operand": (alone(END, Open("q", (("X", END, 3),))), ONE),
    "open.session-limit.limit": (alone(END, Open("q", (("X", END, 1),))), ONE),
    "open.ok.commit": (alone(END, Open("q", (("X", END, 1),)), Yield()), ONE),
    "close.out-of-registers.operand": (alone(SEND, Close(9)), ONE),
    "close.type-violation.endpoint": (alone(SEND, Close(1)), ONE),
    "close.close-fault.session": (alone(SEND, Set(1, Endpoint(77, "A")), Close(1)), ONE),
    "close.close-fault.owner": (duo(SEND, (Set(1, Endpoint(0, "B")), Close(1))), ONE),
    "close.ok.commit": (alone(SEND, Close(0), Halt()), ONE),
    "invoke.out-of-registers.operand": (alone(END, Invoke("act", (0, 3), 1)), ONE),
    **answer_cases("invoke", END, Invoke("act", (0, 1), 1), Chosen("more")),
    "invoke.ok.commit": (alone(END, Invoke("act", (0, 1), 1)), ONE),
    "transfer.out-of-registers.operand": (alone(SEND, Transfer(0, 9)), ONE),
    "transfer.type-violation.endpoint": (alone(SEND, Transfer(1, 0)), ONE),
    "transfer.channel-closed.session": (
        alone(SEND, Set(1, Endpoint(77, "A")), Transfer(1, 0)),
        ONE,
    ),
    "transfer.transfer-fault.owner": (duo(SEND, (Set(1, Endpoint(0, "B")), Transfer(1, 0))), ONE),
    "transfer.type-violation.number": (alone(SEND, Set(1, Str("B")), Transfer(0, 1)), ONE),
    "transfer.transfer-fault.target": (alone(SEND, Set(1, Nat(2**70)), Transfer(0, 1)), ONE),
    "transfer.ok.commit": (alone(SEND, Set(1, Nat(0)), Transfer(0, 1)), ONE),
    "spawn.out-of-registers.operand": (alone(SEND, Spawn(0, (0, 1, 1, 1), 1)), ONE),
    "spawn.transfer-fault.owner": (alone(SEND, Spawn(0, (0, 0), 1)), ONE),
    "spawn.coroutine-limit.limit": (alone(SEND, Spawn(0, (), 1)), ONE),
    "spawn.ok.commit": (alone(SEND, Spawn(1, (), 1), Yield()), ONE),
    "send.output-condition-fault.denied": (alone(SEND, Send(0, HOST)), ONE),
    "offer.output-condition-fault.denied": (alone(CHOICE, Offer(0, "more", HOST)), ONE),
    "acquire.out-of-registers.operand": (alone(END, Acquire("m", 9)), GRANT),
    "acquire.acquire-wait.held": (
        duo(SEND, (Acquire("m", 1), Yield()), END, (Acquire("m", 1),)),
        GRANT,
    ),
    "acquire.acquire-fault.holder": (alone(END, *(Acquire("m", 1),) * 2), GRANT),
    **answer_cases("acquire", END, Acquire("m", 1), Chosen("more")),
    "acquire.ok.commit": (alone(END, Acquire("m", 1), Yield()), GRANT),
    "release.out-of-registers.operand": (alone(END, Release("m", 9)), GRANT),
    "release.acquire-fault.holder": (alone(END, Release("m", 1)), GRANT),
    "release.acquire-fault.evidence": (alone(END, Acquire("m", 1), Release("m", 0)), GRANT),
    "release.ok.commit": (alone(END, Acquire("m", 1), Release("m", 1), Yield()), GRANT),
    **fact_cases("tag", lambda chan, fact: Tag(chan, fact, 2)),
    "tag.ok.commit": (alone(SEND, Set(1, Str("f")), Tag(0, 1, 1), Yield()), ONE),
    **fact_cases("check", lambda chan, fact: Check(chan, fact, fact, 2)),
    "check.type-violation.target": (alone(SEND, Set(1, Str("f")), Check(0, 1, 0, 2)), ONE),
    "check.ok.commit": (alone(SEND, Set(1, Str("f")), Check(0, 1, 1, 1), Yield()), ONE),
    "halt.acquire-fault.held": (alone(END, Acquire("m", 1), Halt()), GRANT),
    "send.speculation-fault.forbidden": (alone(sends("B", "m", OWN), *FORK, Send(0, HOST)), ONE),
    "receive.speculation-fault.forbidden": handed(Receive(0, 1)),
    "offer.speculation-fault.forbidden": (
        alone(sends("B", "m", OWN), *FORK, Offer(0, "m", 0)),
        ONE,
    ),
    "choose.speculation-fault.forbidden": handed(Choose(0, 1, (("m", 0),))),
    "open.speculation-fault.forbidden": (alone(END, *FORK, Open("q", (("X", END, 1),))), ONE),
    "close.speculation-fault.forbidden": (alone(END, *FORK, Close(1)), ONE),
    "invoke.speculation-fault.forbidden": (alone(END, *FORK, Invoke("act", (), 1)), ONE),
    "acquire.speculation-fault.forbidden": (alone(END, *FORK, Acquire("m", 1)), ONE),
    "release.speculation-fault.forbidden": (alone(END, *FORK, Release("m", 1)), ONE),
    "transfer.speculation-fault.forbidden": (alone(SEND, *FORK, Transfer(0, 1)), ONE),
    "spawn.speculation-fault.forbidden": (alone(SEND, *FORK, Spawn(0, (), 1)), ONE),
    "fork.out-of-registers.operand": (alone(END, Fork(3)), ONE),
    "fork.type-violation.ghost": (alone(END, Fork(1)), ONE),
    "fork.speculation-fault.depth": (alone(END, *FORK, *(Fork(1),) * LEVELS_MAX), ONE),
    "fork.ok.commit": (alone(END, *FORK), ONE),
    "join.speculation-fault.none": (alone(END, Join()), ONE),
    "join.ok.commit": (alone(END, *FORK, Join()), ONE),
    "abort.speculation-fault.none": (alone(END, Abort()), ONE),
    "abort.ok.commit": (alone(END, *FORK, Abort()), ONE),
    "halt.speculation-fault.forbidden": (alone(END, *FORK, Halt()), ONE),
    "set.out-of-registers.operand": (alone(END, Set(3, UNIT)), ONE),
    "set.ok.commit": (alone(END, Set(2, UNIT)), ONE),
    "move.out-of-registers.operand": (alone(END, Move(1, HOST)), ONE),
    "move.ok.commit": (alone(END, Move(1, 0)), ONE),
    "jump.ok.commit": (alone(END, Jump(0)), ONE),
    "yield.ok.commit": (alone(END, Yield()), ONE),
    "halt.type-violation.unfinished": (alone(SEND, Halt()), ONE),
    "halt.ok.commit": (alone(END, Halt()), ONE),
    "fetch.pc-out-of-range.address": (alone(END, Jump(-1)), ONE),
    "send.buffer-full.overflow": (
        alone(sends("B", "m", then=SEND), Set(1, Nat(1)), Send(0, 1), Send(0, 1)),
        ONE,
    ),
    "offer.buffer-full.overflow": (
        alone(sends("B", "m", then=CHOICE), Send(0, HOST), Offer(0, "more", HOST)),
        ONE,
    ),
    "fetch.out-of-credits.budget": (alone(END, Yield(), Yield(), Halt()), ONE),
    "fetch.crash.crashed": (alone(END, Yield(), Halt()), ONE),
    "fetch.pause-wait.paused": (alone(END, Yield(), Halt()), ONE),
    "send.channel-closed.crashed": LATE_SEND,
    "send.send-wait.link": LATE_SEND,
    "offer.channel-closed.crashed": LATE_OFFER,
    "offer.send-wait.link": LATE_OFFER,
    "receive.channel-closed.crashed": incoming("m", RECEIVE, Receive(0, 1), Halt()),
    "receive.receive-wait.delayed": incoming("m", RECEIVE, Receive(0, 1), Halt()),
    "choose.channel-closed.crashed": incoming("more", TWO_INPUTS, Choose(0, 1, MORE), Halt()),
    "choose.receive-wait.delayed": incoming("more", TWO_INPUTS, Choose(0, 1, MORE), Halt()),
}
FAILING = (("A", "B", Buffer(full="error", capacity=1)),)
SETTINGS = {
    "send.output-condition-fault.denied": Config(outputs=DenyAll()),
    "offer.output-condition-fault.denied": Config(outputs=PredicateAllowList(("stop",))),
    "open.session-limit.limit": Config(1, max_sessions=1),
    "spawn.coroutine-limit.limit": Config(1, max_coroutines=1),
    "send.buffer-full.overflow": Config(buffers=FAILING),
    "offer.buffer-full.overflow": Config(buffers=FAILING),
    "fetch.out-of-credits.budget": Config(budget=2),
    "fetch.crash.crashed": Config(failures=(Crash(0, "A", 0),)),
    "fetch.pause-wait.paused": Config(failures=(Pause(0, "A", 0, 9),)),
    "send.channel-closed.crashed": Config(failures=(Crash(0, "B", 0),)),
    "send.send-wait.link": Config(failures=(Partition(0, "A", "B", 0),)),
    "offer.channel-closed.crashed": Config(failures=(Crash(0, "B", 0),)),
    "offer.send-wait.link": Config(failures=(Partition(0, "A", "B", 0),)),
    "receive.channel-closed.crashed": Config(failures=(Crash(0, "B", 0),)),
    "receive.receive-wait.delayed": Config(failures=(Delay(0, "B", "A", 0, 50),)),
    "choose.channel-closed.crashed": Config(failures=(Crash(0, "B", 0),)),
    "choose.receive-wait.delayed": Config(failures=(Delay(0, "B", "A", 0, 50),)),
}
"""What a row's machine is set up with, if it is not queues for one message."""

"""The kernel: every row of the instruction table, and what a step leaves behind."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Choose,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Spawn,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import LEVELS_MAX, ROW_NUMBER, ROWS, TABLE
from antiphon.engine import kernel
from antiphon.engine.build import kernel_class
from antiphon.engine.machine import OUTCOMES, Engine
from antiphon.machine.ask import Chosen, Host, Pending, Refused
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.event import KINDS, Faulted, SessionFaulted
from antiphon.machine.interface import POLICIES
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, LocalType, input_, rec, var
from antiphon.values.sort import BOOL, NAT
from antiphon.values.value import UNIT, Bool, Endpoint, Nat, Str
from tests.unit.engine.images import (
    CHOICE,
    DUAL,
    Script,
    alone,
    answers_with,
    duo,
    handshake,
    internals,
    ping_pong,
    receives,
    ring,
    rows,
    sends,
)

Case = tuple[Image, Host]
ONE = answers_with(Nat(1))
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


SEND = sends("B", "m")
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
MORE = (("more", 1), ("stop", 1), ("text", 1))
CASES: dict[str, Case] = {
    **chan_cases("send", lambda chan: Send(chan, 1), RECEIVE),
    "send.type-violation.label": (alone(CHOICE, Send(0, 1)), ONE),
    "send.type-violation.sort": (alone(SEND, Send(0, 1)), ONE),
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
    "transfer.speculation-fault.forbidden": (alone(SEND, *FORK, Transfer(0, 1)), ONE),
    "spawn.speculation-fault.forbidden": (alone(SEND, *FORK, Spawn(0, (), 1)), ONE),
    "spawn.ok.commit": (alone(SEND, Spawn(1, (), 1), Yield()), ONE),
    "invoke.speculation-fault.forbidden": (alone(END, *FORK, Invoke("act", (), 1)), ONE),
    "fork.out-of-registers.operand": (alone(END, Fork(3)), ONE),
    "fork.type-violation.ghost": (alone(END, Fork(1)), ONE),
    "fork.speculation-fault.depth": (alone(END, *FORK, *(Fork(1),) * kernel.LEVELS), ONE),
    "fork.ok.commit": (alone(END, *FORK), ONE),
    "join.speculation-fault.none": (alone(END, Join()), ONE),
    "join.ok.commit": (alone(END, *FORK, Join()), ONE),
    "abort.speculation-fault.none": (alone(END, Abort()), ONE),
    "abort.ok.commit": (alone(END, *FORK, Abort()), ONE),
    "set.out-of-registers.operand": (alone(END, Set(3, UNIT)), ONE),
    "set.ok.commit": (alone(END, Set(2, UNIT)), ONE),
    "move.out-of-registers.operand": (alone(END, Move(1, HOST)), ONE),
    "move.ok.commit": (alone(END, Move(1, 0)), ONE),
    "jump.ok.commit": (alone(END, Jump(0)), ONE),
    "yield.ok.commit": (alone(END, Yield()), ONE),
    "halt.type-violation.unfinished": (alone(SEND, Halt()), ONE),
    "halt.speculation-fault.forbidden": (alone(END, *FORK, Halt()), ONE),
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
}
FAILING = (("A", "B", Buffer(full="error", capacity=1)),)
SETTINGS = {
    "spawn.coroutine-limit.limit": Config(1, max_coroutines=1),
    "send.buffer-full.overflow": Config(buffers=FAILING),
    "offer.buffer-full.overflow": Config(buffers=FAILING),
    "fetch.out-of-credits.budget": Config(budget=2),
}
"""What a row's machine is set up with, if it is not queues for one message."""


def test_every_row_has_a_case() -> None:
    """The cases are the rows of the table, in its order."""
    assert set(CASES) == {row.id for row in ROWS}


@pytest.mark.parametrize("row", CASES)
def test_row_is_reached(row: str, build: str) -> None:
    """Each row is reached, and its coroutine is then in the state that the row stands for."""
    image, host = CASES[row]
    engine = Engine(SETTINGS.get(row, Config(1)), host, build=build)
    engine.load(image, unverified=True)
    reached: list[str] = []
    for step in rows(engine):
        reached.append(step)
        if step == row:
            break
    assert reached[-1] == row
    kind = ROWS[ROW_NUMBER[row]].outcome.kind
    snapshot = engine.snapshot()
    picked = [view for view in snapshot.coroutines if view.id == snapshot.last_pick]
    if kind == "wait":
        assert picked[0].status == "blocked"
        assert picked[0].block is not None
        assert picked[0].block.code == row.split(".")[1]
    elif kind == "fault":
        assert picked[0].status == "faulted"
        assert picked[0].fault is not None
        assert picked[0].fault.row == row
        assert snapshot.sessions[0].status == "faulted"
    elif row != "halt.ok.commit":
        assert picked[0].status == "ready"


def test_constants_are_the_table() -> None:
    """The kernel's numbers of rows and instructions are those of the table, name by name."""
    for number, row in enumerate(ROWS):
        name = f"{row.instruction}_{row.outcome.clause}".upper().replace("-", "_")
        assert getattr(kernel, name) == number
    for number, row in enumerate(TABLE):
        assert getattr(kernel, row.name.upper()) == number
    assert tuple(range(len(ROWS))) == kernel.ROWS
    assert kernel.LEVELS == LEVELS_MAX


def test_constants_are_those_of_the_treaty() -> None:
    """The kernel's numbers of events are those of the treaty, name by name."""
    names: dict[type, str] = {Faulted: "FAILED", SessionFaulted: "SESSION_FAILED"}
    for number, kind in enumerate(KINDS):
        assert getattr(kernel, names.get(kind, kind.__name__.upper())) == number


def test_words_and_columns_have_63_bits() -> None:
    """What is packed together fits, and no field reaches into its neighbour or the sign."""
    assert kernel.TAG_BITS + kernel.ROLE_BITS + kernel.SESSION_BITS == 63
    assert kernel.TAG_BITS + kernel.SORT_BITS + kernel.OBJECT_BITS == 63
    assert kernel.KIND_BITS + kernel.CLOCK_BITS == 63
    assert kernel.PAYLOAD_BITS + kernel.COROUTINE_BITS == 63
    assert kernel.TAG == 2**kernel.TAG_BITS - 1 >= kernel.FOREIGN_TAG
    assert kernel.ROLE == 2**kernel.ROLE_BITS - 1
    assert kernel.SORT == 2**kernel.SORT_BITS - 1
    assert len(KINDS) <= 2**kernel.KIND_BITS
    assert len(ROWS) <= 2**kernel.PAYLOAD_BITS


GROUPS = {
    "s_": "s_id",
    "c_": "c_id",
    "e_": "c_id",
    "q_": "q_head",
    "m_": "m_label",
    "n_": "n_up",
    "l_": "l_up",
    "x_": "x_next",
}
"""The tables that grow together, and the one whose length is tested."""


def test_a_growth_that_fails_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever memory runs out, no table is left shorter than the one that is looked at."""
    real: Callable[[list[int], int], list[int]] = cast("Any", kernel).grown
    left = 0

    def grown(old: list[int], size: int) -> list[int]:
        nonlocal left
        left -= 1
        if left == 0:
            raise MemoryError
        return real(old, size)

    monkeypatch.setattr(kernel, "grown", grown)
    image, failures = ping_pong(), 0
    for failing in range(1, 60):
        left = failing
        engine = Engine(Config(), ONE, build="pure", trace=False)
        try:
            engine.load_many(image, 200)
            engine.run("cooperative", 3000)
        except MemoryError:
            failures += 1
        left = 0
        found = internals(engine)
        for name, table in found.items():
            tested = GROUPS.get(name[:2])
            if tested is not None and isinstance(table, list):
                wanted = len(found[tested]) * (64 if name == "n_child" else 1)
                assert len(found[name]) >= wanted, (failing, name)
        engine.load_many(image, 300)
        engine.run("cooperative", 3000)
        engine.snapshot()
    assert failures > 40


def test_an_image_that_fails_half_way_leaves_nothing(build: str) -> None:
    """If a row cannot be taken, the kernel is as if the image had never been there."""
    make = kernel_class(build)
    tables = [make(answer_nothing, list(OUTCOMES), -1, 9, True) for _ in range(2)]
    role, cell, state, branch = (
        (0, 0, 1, 0, 0, 1),
        (kernel.YIELD, 0, 0, 0, 0),
        (kernel.END, 0, 0, 0),
        (-1, 0, 0, 0),
    )
    halt = (kernel.HALT, 0, 0, 0, 0)
    good: tuple[Any, ...] = ((1, 0, 1), [role], [], [cell, halt], [state], [branch], [(-1, 0)])
    for place in (1, 3, 4, 5, 6):
        bad: list[Any] = list(good)
        bad[place] = [*bad[place], None]
        with pytest.raises(TypeError):
            tables[0].install(*bad)
    bad = [(2, 0, 1), *good[1:6], [(-1, None)]]
    with pytest.raises(TypeError):
        tables[0].install(*bad)
    for one in tables:
        assert one.install(*good) == 0
        assert one.open(0, 2) == 0
        assert one.run(kernel.COOPERATIVE, 100) == 4
    assert tables[0].counters() == tables[1].counters()


def answer_nothing(*_: int) -> int:
    """A host that is never asked."""
    raise AssertionError


def test_what_forks_keep_makes_room_again(build: str) -> None:
    """Forks that were closed leave their slots to those that come."""
    code = (*FORK, Send(0, 1), Abort(), *FORK, Send(0, 1), Join(), Jump(0))
    local = rec("X", sends("B", "m", then=var("X")))
    hears = rec("X", receives("A", "m", then=var("X")))
    engine = Engine(Config(), ONE, build=build, trace=False)
    engine.load(duo(local, code, hears, (Receive(0, 1), Jump(0))))
    engine.run("cooperative", 100)
    before = engine.sizes
    engine.run("cooperative", 3000)
    assert engine.sizes == before


def test_functions_stand_in_the_order_of_the_table() -> None:
    """One function per instruction, named like it, in its order."""
    tree = ast.parse(Path(kernel.__file__).read_text(encoding="utf-8"))
    (body,) = [node.body for node in tree.body if isinstance(node, ast.ClassDef)]
    found = [node.name.rstrip("_") for node in body if isinstance(node, ast.FunctionDef)]
    wanted = [row.name for row in TABLE if row.name != "fetch"]
    assert [name for name in found if name in wanted] == wanted


@pytest.mark.parametrize("policy", POLICIES)
def test_picks_in_a_crowd(policy: str, build: str) -> None:
    """Of many, each is picked in its turn: in pieces, in one go, and pick by pick."""
    config = Config(2, (("A", 3), ("R2", -7), ("R4", 3)))
    pieces, whole, single = (Engine(config, ONE, build=build, trace=False) for _ in range(3))
    for engine in (pieces, whole, single):
        for image in (handshake(), ping_pong(), ring(5, 20)):
            engine.load_many(image, 7)
    whole.run(policy, 1500)
    for steps in (1, 2, 500, 997):
        pieces.run(policy, steps)
    drive(single, policy, 1500)
    assert whole.snapshot() == pieces.snapshot() == single.snapshot()


def test_slots_serve_again(build: str) -> None:
    """Opening and ending 100,000 sessions needs the tables of one, and no id twice."""
    engine = Engine(Config(1), ONE, build=build, trace=False)
    image = handshake()
    engine.load(image)
    engine.run("round-robin")
    before = engine.sizes
    count = 100_000 if build == "compiled" else 5_000
    for session in range(1, count):
        assert engine.load(image) == session
        engine.run("round-robin" if session % 2 else "cooperative")
    assert engine.sizes == before
    snapshot = engine.snapshot()
    assert (snapshot.sessions, snapshot.coroutines) == ((), ())
    assert snapshot.counters.sessions_ended == count
    assert snapshot.next_coroutine == 2 * count

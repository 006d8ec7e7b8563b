"""Counts: they add up, know what is missing, and name states by content."""

from collections import Counter
from dataclasses import replace

from antiphon.bytecode.table import ROWS
from antiphon.machine.config import Config
from antiphon.machine.snapshot import (
    Block,
    CoroutineView,
    Counters,
    EndpointView,
    QueueView,
    SessionView,
    Snapshot,
)
from antiphon.parity.counts import (
    FAILING,
    NEEDS,
    ROWS_FROM,
    SHARES,
    SHARES_FROM,
    Counts,
    StateKeys,
    control_key,
    program_key,
)
from antiphon.values.value import UNIT, Nat

COROUTINE = CoroutineView(0, 0, "A", 1, "ready", None, None, (UNIT,), 3)
STATE = Snapshot(4, 1, 1, 0, (0,), (), (COROUTINE,), Counters(0, 0, 0, 0))


def test_add() -> None:
    """Adding counts what both have counted, and each state once."""
    first, second = Counts(), Counts()
    first.reach(["model", "pure"], "send.ok.commit")
    second.reach(["model"], "send.ok.commit")
    first.states |= {1, 2}
    second.states |= {2, 3}
    second.control_states |= {4}
    second.cases.update(("cases", "typed"))
    second.steps_of["driven aging"] = 1
    first.add(second)
    assert first.steps == 2
    assert first.rows == {
        "model": Counter({"send.ok.commit": 2}),
        "pure": Counter({"send.ok.commit": 1}),
    }
    assert first.states == {1, 2, 3}
    assert first.control_states == {4}
    assert first.cases["typed"] == 1
    assert first.steps_of == {"driven aging": 1}


def test_note() -> None:
    """A case is counted under its families, each with its own steps, and under what it was like."""
    counts = Counts()
    for row in ("send.ok.commit", "receive.ok.commit", "offer.ok.commit"):
        counts.reach(["model", "pure"], row)
    counts.note("aging", fails=False)
    assert counts.cases == {"with communication": 1, "with choice": 1}
    assert counts.steps_of == {"driven aging": 3, "with communication": 2, "with choice": 1}
    counts.note("aging", fails=True)
    assert (counts.cases[FAILING], counts.steps_of[FAILING]) == (1, 3)


def test_missed_rows() -> None:
    """A row counts as reached when every machine has reached it."""
    counts = Counts()
    for row in ROWS[1:]:
        counts.reach(["model", "pure"], row.id)
    counts.reach(["model"], ROWS[0].id)
    counts.reach(["pure"], ROWS[0].id)
    assert counts.missed_rows() == ()
    del counts.rows["pure"][ROWS[3].id]
    assert counts.missed_rows() == (ROWS[3].id,)


def test_missed_shares_and_needs() -> None:
    """With cases enough, each share that is not reached and each need is named; else none is."""
    counts = Counts()
    counts.cases.update({"cases": SHARES_FROM - 1, "typed": 100, "mutated": 100})
    assert counts.missed() == ()
    counts.cases["cases"] += 1
    assert len(counts.missed()) == len(SHARES) + len(NEEDS)
    for share in SHARES:
        counts.cases[share.name] = counts.cases[share.of]
    assert counts.missed() == tuple(f"{need}: none" for need in NEEDS)
    counts.cases.update(NEEDS)
    assert counts.missed() == ()


def test_a_share_of_nothing_is_missed() -> None:
    """Where there is no case of the kind, the share is not reached."""
    counts = Counts(cases=Counter({"cases": SHARES_FROM}))
    counts.cases.update(NEEDS)
    assert len(counts.missed()) == len(SHARES)


def test_rows_that_must_be_reached() -> None:
    """With still more cases, every row is wanted of every machine."""
    counts = Counts(cases=Counter({"cases": ROWS_FROM, "typed": 1, "mutated": 1}))
    counts.cases.update(NEEDS)
    counts.cases.update({share.name: counts.cases[share.of] for share in SHARES})
    for row in ROWS[1:]:
        counts.reach(["model"], row.id)
    assert counts.missed() == (f"{ROWS[0].id}: not reached",)


def test_control_key() -> None:
    """Values, ids and clocks do not count; the place, the reason to wait and the labels do."""
    sides = (EndpointView("A", 0, 0, 0, 0), EndpointView("B", 1, 1, 1, 0))
    queue = QueueView("A", "B", (("a", Nat(1)),))
    session = SessionView(0, "p", "active", sides, (queue,))
    key = control_key(session, [COROUTINE], "ab")
    moved = replace(session, id=7, queues=(replace(queue, messages=(("a", Nat(2)),)),))
    assert key == control_key(moved, [replace(COROUTINE, id=5, cost=9)], "ab")
    assert key != control_key(session, [COROUTINE], "cd")
    assert key != control_key(session, [replace(COROUTINE, pc=2)], "ab")
    other = replace(session, queues=(replace(queue, messages=(("b", Nat(1)),)),))
    assert key != control_key(other, [COROUTINE], "ab")
    waits = replace(COROUTINE, status="blocked", block=Block("host-wait", 0))
    assert key != control_key(session, [waits], "ab")


def test_state_key() -> None:
    """Clocks and costs do not count; registers, pcs and the program do. It is always the same."""
    program = program_key(["ab"], Config(1))
    key = StateKeys(program).of(STATE)
    keys = StateKeys(program)
    assert key == keys.of(replace(STATE, clock=9))
    cheap = replace(COROUTINE, cost=9)
    assert key == keys.of(replace(STATE, coroutines=(cheap,)))
    other = replace(COROUTINE, registers=(Nat(1),))
    assert key != keys.of(replace(STATE, coroutines=(other,)))
    assert key == keys.of(STATE)
    assert key != StateKeys(program_key(["ab"], Config(2))).of(STATE)
    assert (program, key) == (16457357455710482342, -8930619133405711004)

"""Counts: they add up, know what is missing, and name states by content."""

from collections import Counter
from dataclasses import replace

from antiphon.bytecode.table import ROWS
from antiphon.machine.snapshot import CoroutineView, Counters, Snapshot
from antiphon.parity.counts import SHARES, SHARES_FROM, Counts, program_key, state_key
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
    second.cases.update(("cases", "typed"))
    first.add(second)
    assert first.steps == 2
    assert first.rows == {
        "model": Counter({"send.ok.commit": 2}),
        "pure": Counter({"send.ok.commit": 1}),
    }
    assert first.states == {1, 2, 3}
    assert first.cases["typed"] == 1


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


def test_missed_shares() -> None:
    """With cases enough, each share that is not reached is named; with fewer none is."""
    counts = Counts()
    counts.cases.update({"cases": SHARES_FROM - 1, "typed": 100, "mutated": 100})
    assert counts.missed_shares() == ()
    counts.cases["cases"] += 1
    assert len(counts.missed_shares()) == len(SHARES)
    for share in SHARES:
        counts.cases[share.name] = counts.cases[share.of]
    assert counts.missed_shares() == ()


def test_state_key() -> None:
    """Clocks and costs do not count; registers, pcs and the program do. It is always the same."""
    program = program_key(["ab"], 1)
    key = state_key(program, STATE)
    assert key == state_key(program, replace(STATE, clock=9))
    cheap = replace(COROUTINE, cost=9)
    assert key == state_key(program, replace(STATE, coroutines=(cheap,)))
    other = replace(COROUTINE, registers=(Nat(1),))
    assert key != state_key(program, replace(STATE, coroutines=(other,)))
    assert key != state_key(program_key(["ab"], 2), STATE)
    assert (program, key) == (16457357455710482342, -8930619133405711004)

"""The monitor: numbers of states, what comes after a label, the sort of a label."""

from antiphon.bytecode.instruction import Halt
from antiphon.model.premise import after, fits, number, sort_of_label, still_fits
from antiphon.theory.local_type import END, output, rec, var
from antiphon.theory.transitions import narrow
from antiphon.values.sort import NAT, UNIT, delegation
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Blob, Endpoint, Nat
from tests.unit.model.bench import HEARS, ONE, SENDS, TWO, TWO_HEARD, Bench, part


def test_numbers() -> None:
    """States count in depth-first preorder, a choice leading to its narrowed forms first."""
    assert number(TWO, TWO) == 0
    assert number(TWO, narrow(TWO, "yes")) == 1
    assert number(TWO, END) == 2
    assert number(TWO, narrow(TWO, "no")) == 3
    assert number(TWO_HEARD, END) == 1


def test_after() -> None:
    """A loop comes back to its unfolded head."""
    loop = rec("X", output("B", (("more", UNIT, var("X")), ("done", NAT, END))))
    start = output("B", (("more", UNIT, loop), ("done", NAT, END)))
    assert after(start, "more") is start
    assert after(start, "done") is END


def test_sort_of_label() -> None:
    """The sort of a branch; nothing for a label that is none."""
    assert sort_of_label(TWO, "yes") is NAT
    assert sort_of_label(TWO_HEARD, "no") is UNIT
    assert sort_of_label(TWO, "maybe") is None


def test_what_fits_where_an_endpoint_is_wanted() -> None:
    """The endpoint of that role, in an active session of that protocol, at its start."""
    bench = Bench(SENDS, HEARS, answers=[Nat(1)])
    mine, theirs = Endpoint(0, "A"), Endpoint(0, "B")
    sort = delegation("p", "A")
    state = bench.model.state
    assert fits(state, mine, sort)
    assert still_fits(state, mine, sort)
    for value in (theirs, Endpoint(1, "A"), Endpoint(0, "C"), Blob("p@A", b""), NOTHING):
        assert not fits(state, value, sort)
    assert not fits(state, mine, delegation("q", "A"))
    assert not still_fits(state, theirs, sort)
    assert not still_fits(state, NOTHING, sort)
    assert not fits(state, mine, NAT)
    bench.step(0)
    state = bench.model.state
    assert not fits(state, mine, sort)
    assert not still_fits(state, mine, sort)
    assert fits(state, theirs, delegation("p", "B"))
    bench.steps(0, 1, 1)
    assert not fits(bench.model.state, mine, sort)
    assert still_fits(bench.model.state, mine, sort)


def test_what_failed_does_not_fit_but_may_arrive() -> None:
    """An endpoint of a session that has failed is not sent any more."""
    bench = Bench(part(ONE, Halt()), HEARS)
    bench.step(0)
    assert not fits(bench.model.state, Endpoint(0, "B"), delegation("p", "B"))
    assert still_fits(bench.model.state, Endpoint(0, "B"), delegation("p", "B"))

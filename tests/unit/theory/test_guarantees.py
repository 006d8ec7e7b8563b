"""What may be promised of a protocol."""

import pytest

from antiphon.errors import ProgramError
from antiphon.theory import boundedness
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.guarantees import Guarantee, guarantees
from antiphon.values.sort import UNIT


def rows(root: GlobalType) -> dict[str, Guarantee]:
    """The table by name."""
    return {one.name: one for one in guarantees(root)}


def test_a_finite_protocol() -> None:
    """A finite projectable protocol has every guarantee."""
    table = rows(message("A", "B", "l", message("A", "B", "m")))
    assert {name: one.verdict for name, one in table.items()} == {
        "deadlock-free": "yes",
        "orphan-free": "yes",
        "bounded A -> B": "yes",
        "terminating": "yes",
    }
    assert table["deadlock-free"].method == "projection"
    assert table["bounded A -> B"].detail == "at most 2 in transit"
    assert table["terminating"].detail == "always: nothing repeats"


def test_what_is_not_projectable_is_not_promised() -> None:
    """Without a projection nothing is said of deadlocks and orphans."""
    table = rows(comm("A", "B", [("l", UNIT, message("C", "D", "x")), ("r", UNIT, END)]))
    for name in ("deadlock-free", "orphan-free"):
        assert table[name].verdict == "unknown"
        assert table[name].detail == "no full-merge projection for C, D: nothing was established"
    assert table["terminating"].verdict == "yes"


def test_a_loop_with_an_exit_may_end() -> None:
    """Whether it ends depends on a choice, which is named."""
    table = rows(rec("X", comm("A", "B", [("more", UNIT, var("X")), ("stop", UNIT, END)])))
    assert table["terminating"].verdict == "unknown"
    assert (
        table["terminating"].detail == "may loop; ends if the choice at A -> B {more, stop} leaves"
    )
    assert table["bounded A -> B"].verdict == "no"
    assert table["bounded A -> B"].detail.startswith("unbounded: A may run ahead")


def test_a_loop_without_an_exit_never_ends() -> None:
    """A protocol without an end does not terminate; an answer bounds its queues."""
    table = rows(rec("X", message("A", "B", "l", message("B", "A", "ok", var("X")))))
    assert table["terminating"].verdict == "no"
    assert table["terminating"].detail == "never: no choice leads to the end"
    assert table["bounded A -> B"].verdict == "yes"
    assert table["bounded A -> B"].detail == "in every loop A hears of what B did"


def test_a_trap_does_not_always_end() -> None:
    """One branch ends, another never does."""
    trap = rec("X", message("A", "B", "m", var("X")))
    table = rows(comm("A", "B", [("l", UNIT, trap), ("r", UNIT, END)]))
    assert table["terminating"].verdict == "no"
    assert (
        table["terminating"].detail == "not always: nothing leads out of the loop with A -> B {m}"
    )


def test_many_exits_are_summed_up() -> None:
    """At most three exits are named."""
    body: GlobalType = var("X")
    for number in range(5):
        body = comm("A", "B", [(f"on{number}", UNIT, body), (f"off{number}", UNIT, END)])
    detail = rows(rec("X", body))["terminating"].detail
    assert detail.count("->") == 3
    assert detail.endswith("or 2 more leaves")


def test_upper_bounds_say_so() -> None:
    """A bound that was not counted exactly is called one."""
    loop = rec("X", comm("A", "B", [("l", UNIT, var("X")), ("r", UNIT, END)]))
    table = rows(message("B", "A", "hello", loop))
    assert table["bounded B -> A"].method == "longest conversation"
    assert table["bounded B -> A"].detail == "not more than 1 in transit"


def test_what_was_not_decided_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that was given up promises nothing."""
    monkeypatch.setattr(boundedness, "LOOP_WORK_MAX", -1)
    choice = comm("B", "A", [("p", UNIT, message("A", "B", "l", var("X"))), ("q", UNIT, var("X"))])
    assert rows(rec("X", choice))["bounded B -> A"].verdict == "unknown"


def test_rejects_ill_formed_types() -> None:
    """Only well-formed types have guarantees."""
    with pytest.raises(ProgramError) as caught:
        guarantees(message("A", "A", "l"))
    assert caught.value.diagnostics[0].code == "self-message"

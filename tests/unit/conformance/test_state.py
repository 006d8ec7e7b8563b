"""Snapshots and questions as JSON."""

from typing import cast

from antiphon.conformance.state import question_to_json, state_to_json
from antiphon.machine.ask import Ask, Position
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block, CoroutineView, Counters, QueueView, Snapshot
from antiphon.values.sort import NAT
from antiphon.values.value import UNIT, Nat

EMPTY = Snapshot(0, 0, 0, None, (), (), (), Counters(0, 0, 0, 0))


def test_what_is_as_by_default_is_left_out() -> None:
    """And what policies remember always."""
    state = state_to_json(Snapshot(3, 0, 0, None, (), (), (), Counters(0, 0, 0, 0, 2), (1,), 5))
    assert state == {
        "clock": 3,
        "next_session": 0,
        "next_coroutine": 0,
        "last_pick": None,
        "ready": [],
        "sessions": [],
        "coroutines": [],
        "counters": {
            "sessions_ended": 0,
            "sessions_faulted": 0,
            "coroutines_done": 0,
            "coroutines_faulted": 0,
            "sessions_closed": 2,
        },
    }
    assert state_to_json(EMPTY)["counters"] != state["counters"]


def test_parts() -> None:
    """Values as everywhere, records as objects, pairs as arrays."""
    block, fault = Block("receive-wait", 0, "A", "B"), Fault("fetch", "crash", "crashed")
    view = CoroutineView(0, 0, "A", 0, "blocked", block, fault, (UNIT, Nat(2**60)), 1)
    (shown,) = list_of(state_to_json(Snapshot(0, 0, 0, None, (), (), (view,), EMPTY.counters)))
    assert shown["block"] == {
        "code": "receive-wait",
        "session": 0,
        "sender": "A",
        "receiver": "B",
    }
    assert shown["fault"] == {"instruction": "fetch", "code": "crash", "clause": "crashed"}
    assert shown["registers"] == ["Unit", {"Nat": hex(2**60)}]
    assert "line" not in shown
    assert QueueView("A", "B", (("a", UNIT),)).visible_at == ()


def list_of(state: dict[str, object]) -> list[dict[str, object]]:
    """The coroutines of a state."""
    found = state["coroutines"]
    assert isinstance(found, list)
    return cast("list[dict[str, object]]", found)


def test_questions() -> None:
    """A line is there only for who asks as itself."""
    ask = Ask("payload", Position(0, "A", 1, 2), "B", ("a",), NAT, "", (), (UNIT,))
    assert question_to_json(ask) == {
        "kind": "payload",
        "session": 0,
        "role": "A",
        "node": 1,
        "iteration": 2,
        "peer": "B",
        "labels": ["a"],
        "sort": "nat",
        "action": "",
        "args": [],
    }
    alone = Ask("invoke", Position(0, "A", 0, 0, (1,)), "", (), None, "go", (UNIT,), ())
    asked = question_to_json(alone)
    assert (asked["line"], asked["sort"], asked["args"]) == ([1], None, ["Unit"])

"""Scenarios of sessions."""

import pytest

from tests.unit.conformance.scenarios.shown import events, ready, rows, states


@pytest.mark.parametrize(
    ("name", "step", "woken"),
    [
        ("a-fault-wakes", 5, [0, 1]),
        ("a-fault-wakes-senders", 4, [0]),
        ("closing-wakes", 5, [3, 0, 1]),
    ],
)
def test_who_is_woken(name: str, step: int, woken: list[int]) -> None:
    """All who wait on a queue of the session, and no other."""
    assert ready(name)[step] == woken


def test_what_ends() -> None:
    """Sessions in ascending order; and numbers are not used again."""
    assert [event["session"] for event in events("several-sessions-end", "Ended")] == [0, 1, 2]
    assert [event["session"] for event in events("the-last-endpoint", "Ended")] == [1, 0, 2]
    last = states("the-last-endpoint")[-1]
    assert [session["id"] for session in last["sessions"]] == [3]
    assert [one["id"] for one in states("home-was-closed")[-1]["coroutines"]] == []


def test_who_is_not_done() -> None:
    """Of no session may anything be left to do."""
    for name in ("at-the-end-elsewhere", "at-the-end-though-faulted"):
        assert rows(name)[-1] == "halt.type-violation.unfinished"


def test_what_is_not_there() -> None:
    """Endpoints of a faulted session, roles, addresses."""
    assert rows("endpoints-of-a-faulted-session")[-1] == "send.channel-closed.session"
    for name in ("send", "receive", "offer", "choose", "select"):
        assert rows(f"no-such-role-{name}")[-1] == f"{name}.channel-closed.session"
    assert rows("no-such-role-close")[-1] == "close.close-fault.session"
    for name in ("before", "long-before", "behind"):
        assert rows(f"no-address-{name}")[-1] == "fetch.pc-out-of-range.address"


def test_the_order_of_entries() -> None:
    """Which is not that of names, and of two in one register the later stays."""
    opened = states("order-of-entries")[2]
    assert [one["role"] for one in opened["sessions"][1]["endpoints"]] == ["Z", "B", "M"]
    assert opened["coroutines"][0]["registers"][1:] == [
        {"Endpoint": {"session": 1, "role": "Z"}},
        {"Endpoint": {"session": 1, "role": "M"}},
    ]

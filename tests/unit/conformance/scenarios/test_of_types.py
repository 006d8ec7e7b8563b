"""Scenarios of local types."""

from tests.unit.conformance.scenarios.shown import rows, states, values


def nodes(name: str, role: int = 0) -> list[int]:
    """In which state the endpoint of a role is, one after the other."""
    seen = states(name)[1:]
    return [state["sessions"][0]["endpoints"][role]["node"] for state in seen]


def test_labels_that_are_there_twice() -> None:
    """The first counts, so that its sort does."""
    assert values("a-label-twice") == [{"Nat": 1}]
    assert values("narrowed-to-the-first", "Sent")[2:] == [{"Nat": 3}, "Unit"]
    assert None not in rows("narrowed-to-the-first")[2:]


def test_recursions() -> None:
    """All that is sent is in its place."""
    for name in ("a-recursion-of-the-same-name", "a-loop-in-a-loop"):
        assert {str(row).partition(".")[2] for row in rows(name)[2:]} == {"ok.commit"}
    back = nodes("a-loop-in-a-loop")
    assert back == [0, 1, 1, 0, 1, 0, 1]


def test_states_alike() -> None:
    """After three labels they have three numbers, and after the fourth that of the first."""
    last = states("states-alike")[-1]["sessions"]
    numbers = [[endpoint["node"] for endpoint in session["endpoints"]] for session in last]
    assert len({*map(tuple, numbers)}) == 3

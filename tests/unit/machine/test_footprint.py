"""Footprints as data: each cell once, in one order, what is written not read as well."""

from antiphon.machine.footprint import ALONE, Footprint, footprint_of, ordered


def test_footprint_of() -> None:
    """What is written counts as read, and is named once."""
    found = footprint_of([("end", 0, "A"), ("session", 1)], [("end", 0, "A"), ("coroutine", 2)])
    assert found == Footprint((("session", 1),), (("coroutine", 2), ("end", 0, "A")))
    assert not found.alone
    assert ALONE.alone


def test_sessions() -> None:
    """Coroutines, layers and ids are of no session."""
    cells = (
        ("coroutine", 7),
        ("layer", "l"),
        ("ids", "nonce"),
        ("edge", 3, "A", "B"),
        ("lossy", 2),
    )
    assert footprint_of(cells[:3], cells[3:]).sessions == {2, 3}


def test_ordered() -> None:
    """Names come before numbers, whatever the order before."""
    cells = (
        ("end", 1, "A"),
        ("end", 0, "B"),
        ("coroutine", 3),
        ("ids", "session"),
        ("end", 0, "A"),
    )
    wanted = (
        ("coroutine", 3),
        ("end", 0, "A"),
        ("end", 0, "B"),
        ("end", 1, "A"),
        ("ids", "session"),
    )
    assert ordered(cells) == ordered(cells[::-1]) == ordered(cells * 2) == wanted

"""Who may own what, as far as events tell."""

from antiphon.machine.event import Halted, Opened, Received, Spawned, Transferred
from antiphon.machine.snapshot import CoroutineView
from antiphon.values.value import UNIT, Endpoint, Nat
from antiphon.waves.holdings import Holdings

X, Y, Z = Endpoint(1, "X"), Endpoint(1, "Y"), Endpoint(0, "A")
CHILD = CoroutineView(2, 0, "A", 0, "ready", None, None, (X, Nat(1), UNIT), 0)


def test_holdings() -> None:
    """Everybody to whom one was ever given may own it, until it halts."""
    found = Holdings()
    found.loaded(0, ("A", "B"), 0)
    assert found.of(0) == (Z,)
    found.note(Opened(0, 1, ("X", "Y"), 0), None)
    found.note(Opened(0, 2, ("X", "Y")), None)
    assert found.of(0) == (Z, X, Y)
    found.note(Transferred(0, 1, 0, "Y", 1), None)
    found.note(Received(0, 0, 1, "A", "B", "hi", Z), None)
    found.note(Received(0, 0, 1, "A", "B", "hi", Nat(1)), None)
    assert found.of(1) == (Z, Endpoint(0, "B"), Y)
    found.note(Spawned(0, 0, 0, "A", 2), CHILD)
    assert found.of(2) == (X,)
    assert found.homes == {0: 0, 1: 0, 2: 0}
    found.note(Halted(0, 0, 1, "B"), None)
    assert found.of(1) == ()

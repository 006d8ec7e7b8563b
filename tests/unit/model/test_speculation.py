"""Forks as values: what they keep, and how two become one."""

from antiphon.bytecode.program import RoleProgram
from antiphon.model.level import Apart, Kept, Level, Message
from antiphon.model.speculation import merged, open_level, without
from antiphon.model.state import Coroutine
from antiphon.theory.local_type import END, output
from antiphon.values.sort import NAT
from antiphon.values.value import UNIT, Nat

SAYS = output("B", (("x", NAT, END),))
ME = Coroutine(0, 0, RoleProgram("A", SAYS, (), 1), (UNIT,))


def apart(session: int, number: int) -> Apart:
    """A message on the edge from A to B."""
    return Apart(session, ("A", "B"), Message("x", Nat(number)))


def level(*sessions: int, number: int = 0) -> Level:
    """A fork that has changed A in these sessions, and sent and received there."""
    messages = tuple(apart(session, number) for session in sessions)
    kept = tuple(Kept(session, "A", SAYS if number else END, ()) for session in sessions)
    return Level(number, 0, (), kept, messages, messages)


def test_open_level() -> None:
    """The newest fork is the last one."""
    me = open_level(open_level(ME, 1, 5), 2, 6)
    assert me.levels == (Level(1, 5, (UNIT,)), Level(2, 6, (UNIT,)))


def test_merged() -> None:
    """The outer fork knows best what was before; messages are in order."""
    found = merged(level(2, number=1), level(1, 2))
    assert found.kept == (Kept(1, "A", END, ()), Kept(2, "A", SAYS, ()))
    assert found.staged == found.taken == (apart(2, 1), apart(1, 0), apart(2, 0))
    assert found.ghost == 1


def test_without() -> None:
    """Of one session nothing is left, in no fork; of others everything."""
    me = Coroutine(0, 0, ME.program, (UNIT,), levels=(level(1, 2), level(2)))
    assert without(me, 2).levels == (level(1), level())

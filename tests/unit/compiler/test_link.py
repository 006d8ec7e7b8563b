"""The third pass: numbers of blocks to addresses."""

from antiphon.bytecode.instruction import Choose, Halt, Jump, Receive, Select, Spawn, Yield
from antiphon.compiler.link import link


def test_sections_follow_each_other() -> None:
    """Every number of a section becomes the address where it starts."""
    sections = (
        (Select(0, (("a", 2), ("b", 1))),),
        (Yield(), Yield(), Jump(3)),
        (Choose(0, 1, (("a", 0), ("b", 3))),),
        (Receive(0, 3), Halt()),
    )
    assert link(sections) == (
        Select(0, (("a", 4), ("b", 1))),
        *(Yield(), Yield(), Jump(5)),
        Choose(0, 1, (("a", 0), ("b", 5))),
        *(Receive(0, 3), Halt()),
    )


def test_children_start_at_addresses() -> None:
    """The section that a child runs becomes an address too."""
    sections = ((Yield(), Spawn(1, (3, 1), 2)), (Halt(),))
    assert link(sections) == (Yield(), Spawn(2, (3, 1), 2), Halt())


def test_nothing_is_nothing() -> None:
    """No sections are no code."""
    assert link(()) == ()

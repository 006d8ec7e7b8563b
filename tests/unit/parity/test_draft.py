"""A program that is changed keeps the meaning of its addresses."""

from antiphon.bytecode.instruction import Choose, Halt, Jump, Select, Spawn, Yield
from antiphon.bytecode.program import RoleProgram
from antiphon.parity.draft import Draft, relocated
from antiphon.theory.local_type import END

CODE = (Jump(2), Spawn(1, (), 0), Halt())


def draft() -> Draft:
    """A draft of a small program."""
    return Draft(RoleProgram("A", END, CODE, 2), 4)


def test_insert() -> None:
    """Addresses beyond the place move along, those up to it stay."""
    changed = draft()
    changed.insert(1, Yield(), Yield())
    assert changed.code == [Jump(4), Yield(), Yield(), Spawn(1, (), 0), Halt()]


def test_append() -> None:
    """What comes to the end moves nothing."""
    changed = draft()
    assert changed.append(Yield(), Halt()) == 3
    assert changed.program() == RoleProgram("A", END, (*CODE, Yield(), Halt()), 4)


def test_every_address_is_relocated() -> None:
    """Jumps, children and tables."""
    for instruction, moved in (
        (Jump(1), Jump(8)),
        (Spawn(1, (0,), 1), Spawn(8, (0,), 1)),
        (Choose(0, 1, (("a", 1),)), Choose(0, 1, (("a", 8),))),
        (Select(0, (("a", 1),)), Select(0, (("a", 8),))),
        (Halt(), Halt()),
    ):
        assert relocated(instruction, lambda address: address + 7) == moved

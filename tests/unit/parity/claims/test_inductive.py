"""Full merge by induction on the syntax."""

from antiphon.parity.claims.inductive import project_inductively
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.local_type import END as DONE
from antiphon.theory.local_type import input_
from antiphon.values.sort import NAT, UNIT


def choice(one: GlobalType, other: GlobalType) -> GlobalType:
    """A tells B a or b."""
    return comm("A", "B", [("a", UNIT, one), ("b", UNIT, other)])


def told(label: str, then: GlobalType = END) -> GlobalType:
    """B tells C."""
    return message("B", "C", label, then, UNIT)


def test_inputs_are_united() -> None:
    """C hears of the choice by the label; plain merge does not see it."""
    root = choice(told("a"), told("b"))
    found = project_inductively(root, "ABC")
    assert found is not None
    assert found["C"] is input_("B", [("a", UNIT, DONE), ("b", UNIT, DONE)])
    assert project_inductively(root, "ABC", plain=True) is None
    assert project_inductively(choice(told("a"), told("a")), "ABC", plain=True) is not None


def test_what_does_not_merge() -> None:
    """Ends, other senders, sorts and recursions that differ."""
    assert project_inductively(choice(told("a"), END), "ABC") is None
    assert project_inductively(choice(told("a"), message("A", "C", "a", END, UNIT)), "ABC") is None
    assert project_inductively(choice(told("a"), message("B", "C", "a", END, NAT)), "ABC") is None
    assert project_inductively(message("A", "B", "a", choice(told("a"), END), UNIT), "ABC") is None


def test_recursion() -> None:
    """Recursions merge if their bodies do; a role that is not in a loop has no part in it."""
    loop = rec("X", message("A", "B", "a", var("X"), UNIT))
    found = project_inductively(loop, "ABC")
    assert found is not None
    assert found["C"] is DONE
    loops = [rec("X", message("B", "C", label, var("X"), UNIT)) for label in "ab"]
    assert project_inductively(choice(*loops), "ABC") is not None
    assert project_inductively(choice(loops[0], rec("X", choice(var("X"), END))), "ABC") is None
    assert project_inductively(rec("X", choice(var("X"), END)), "AB") is not None
    assert project_inductively(rec("X", choice(var("X"), END)), "ABC") is None

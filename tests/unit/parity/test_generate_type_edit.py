"""Edits of local types: still types, and of every kind."""

from antiphon.parity.generate_type_edit import ABSENT, edit_type, starve
from antiphon.parity.source import Source
from antiphon.theory.local_type import END, Input, Output, input_, nodes, output, rec, var
from antiphon.theory.wellformed import check_local
from antiphon.values.sort import BOOL, NAT, UNIT

INNER = input_("B", (("go", UNIT, var("X")), ("stop", NAT, END)))
LOOP = rec("X", output("B", (("a", NAT, INNER), ("b", BOOL, END))))
EDITED = [edit_type(Source(key=f"edit {number}"), LOOP) for number in range(600)]


def test_edits_are_types() -> None:
    """Every edit is closed and contractive, with distinct labels."""
    for changed in EDITED:
        assert check_local(changed) == ()


def test_edits_of_every_kind() -> None:
    """Branches are dropped, renamed, re-sorted and added, peers and directions changed."""
    every = [node for changed in EDITED for node in nodes(changed)]
    choices = [node for node in every if isinstance(node, Output | Input)]
    assert {len(node.branches) for node in choices} == {1, 2, 3}
    assert {node.peer for node in choices} == {"A", "B", "C", ABSENT}
    assert {label for node in choices for label, _, _ in node.branches} > {"a", "b", "zz"}
    assert output("B", (("a", UNIT, INNER), ("b", BOOL, END))) in choices
    assert any(isinstance(n, Output) and n.branches == INNER.branches for n in choices)


def test_an_end_has_nothing_to_edit() -> None:
    """A type without a choice stays as it is."""
    assert edit_type(Source(), END) is END


def test_starved() -> None:
    """One choice is left out, or the type ends where it stood; nothing else changes."""
    starved = {starve(Source(key=f"starve {number}"), LOOP) for number in range(60)}
    kept = [
        tuple(n for n in nodes(changed) if isinstance(n, Output | Input)) for changed in starved
    ]
    assert all(check_local(changed) == () for changed in starved)
    assert () in kept
    assert (INNER,) in kept
    assert LOOP not in starved
    assert starve(Source(), END) is END

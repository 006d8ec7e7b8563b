"""What a type hands over."""

from antiphon.theory import global_type, local_type
from antiphon.theory.delegation import delegations
from antiphon.values.sort import NAT, UNIT, delegation

BACK = delegation("P", "B")
FORTH = delegation("lib.P", "A")


def test_each_is_named_once_as_it_is_met() -> None:
    """Of a global type, and of a local one, through branches and recursions."""
    inner = global_type.message("B", "A", "b", global_type.var("X"), FORTH)
    branches = [("m", BACK, inner), ("n", NAT, inner), ("o", BACK, global_type.END)]
    assert delegations(global_type.rec("X", global_type.comm("A", "B", branches))) == (
        ("P", "B"),
        ("lib.P", "A"),
    )
    hears = local_type.input_("B", [("b", FORTH, local_type.END), ("c", UNIT, local_type.END)])
    assert delegations(local_type.output("B", [("m", BACK, hears)])) == (
        ("P", "B"),
        ("lib.P", "A"),
    )


def test_other_sorts_hand_over_nothing() -> None:
    """Neither a name nor the end."""
    assert delegations(global_type.message("A", "B", "m", sort=NAT)) == ()
    assert delegations(local_type.END) == ()

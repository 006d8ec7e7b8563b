"""Guard layers as a record: grants, holders, evidence."""

from antiphon.model.guards import Grant, Guards
from antiphon.values.value import Nat, Prod, Str


def test_a_layer_is_free_until_it_is_granted() -> None:
    """A name that was never heard is a layer that nobody holds."""
    assert Guards().holder("m") is None
    assert Guards().held_by(0) == ()
    held = Guards().granted("m", 3)
    assert held.holder("m") == 3
    assert held.without("m") == Guards({}, 1)
    assert held.without("n") == held


def test_each_grant_has_a_number_of_its_own() -> None:
    """The same layer granted twice to the same coroutine has other evidence."""
    guards = Guards().granted("m", 3)
    again = guards.without("m").granted("m", 3)
    assert again.grants == {"m": Grant(3, 1)}
    assert guards.evidence("m") == Prod(Nat(0), Prod(Str("m"), Nat(3)))
    assert again.evidence("m") == Prod(Nat(1), Prod(Str("m"), Nat(3)))


def test_what_one_holds_is_listed_by_name() -> None:
    """However they were granted."""
    guards = Guards().granted("n", 1).granted("x", 2).granted("m", 1)
    assert guards.held_by(1) == ("m", "n")

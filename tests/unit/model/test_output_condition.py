"""The output condition in the model."""

from antiphon.machine.output_condition import AllowAll, DenyAll, Disabled, PredicateAllowList
from antiphon.model.output_condition import passes


def test_each_policy() -> None:
    """A list lets pass what stands in it, and nothing else."""
    assert passes(Disabled(), "a")
    assert passes(AllowAll(), "a")
    assert not passes(DenyAll(), "a")
    assert passes(PredicateAllowList(("a", "b")), "a")
    assert not passes(PredicateAllowList(("ab",)), "a")
    assert not passes(PredicateAllowList(()), "")

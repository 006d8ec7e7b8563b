"""What rows are made of."""

from antiphon.bytecode.outcome import Operand, Outcome, fault, ok, wait


def test_each_kind_of_outcome() -> None:
    """One that succeeds has one code and clause; a fault says whether the verifier excludes it."""
    assert ok("done") == Outcome("ok", "ok", "commit", "done")
    assert wait("a", "b", "c") == Outcome("wait", "a", "b", "c")
    assert fault("a", "b", "c") == Outcome("fault", "a", "b", "c")
    assert fault("a", "b", "c", static=True).static


def test_operands_have_names_of_their_own() -> None:
    """What the documentation calls them."""
    assert len({operand.value for operand in Operand}) == len(Operand)

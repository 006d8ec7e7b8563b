"""What a seeded fault says of itself."""

from antiphon.parity.mutant import Mutant


def test_is_of_model() -> None:
    """The file tells which machine is broken."""
    assert Mutant("a", "", "model/step.py", "x", "y").is_of_model
    assert not Mutant("b", "", "engine/kernel.py", "x", "y").is_of_model

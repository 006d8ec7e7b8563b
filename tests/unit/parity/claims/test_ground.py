"""Where a claim finds what it is about."""

from types import ModuleType

from antiphon.parity.claims.ground import HEALTHY, Ground
from antiphon.theory import merge


def test_healthy() -> None:
    """Without more it is what everybody imports."""
    assert HEALTHY.module("theory.merge") is merge


def test_another() -> None:
    """Or else what the loader says."""
    other = ModuleType("other")
    assert Ground(lambda _: other).module("theory.merge") is other

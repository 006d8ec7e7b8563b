"""Run-time values."""

import pytest

from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Unit


def test_equality_is_structure() -> None:
    """Two values are equal exactly when they are built alike, and then hash alike."""
    assert Prod(Nat(2**64), Str("a")) == Prod(Nat(2**64), Str("a"))
    assert hash(Prod(Nat(1), UNIT)) == hash(Prod(Nat(1), Unit()))
    assert Endpoint(1, "A") != Endpoint(1, "B")
    assert Blob("date", b"1") != Blob("time", b"1")


def test_variants_never_mix() -> None:
    """Values of different variants are different, whatever Python says of their contents."""
    values = [UNIT, Nat(1), Bool(True), Str("1"), Prod(UNIT, UNIT), Endpoint(1, ""), Blob("", b"")]
    assert len(set(values)) == len(values)
    assert Nat(1) != Bool(True)


def test_naturals_have_any_size() -> None:
    """Nothing happens at the edges of machine words."""
    for edge in (2**63, 2**64, 10**100):
        assert {Nat(edge - 1).value, Nat(edge).value, Nat(edge + 1).value} == {
            edge - 1,
            edge,
            edge + 1,
        }


def test_rejects_negative_naturals() -> None:
    """A Nat is not negative."""
    with pytest.raises(ValueError, match="not negative"):
        Nat(-1)

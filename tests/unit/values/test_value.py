"""Run-time values."""

from collections.abc import Callable
from enum import IntEnum
from types import new_class
from typing import Any

import pytest

from antiphon.values.value import (
    UNIT,
    VARIANTS,
    Blob,
    Bool,
    Endpoint,
    Nat,
    Prod,
    Str,
    Unit,
    require_text,
)


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


def test_naturals_have_ofsize() -> None:
    """Nothing happens at the edges of machine words."""
    for edge in (2**63, 2**64, 10**100):
        assert {Nat(edge - 1).value, Nat(edge).value, Nat(edge + 1).value} == {
            edge - 1,
            edge,
            edge + 1,
        }


def test_long_naturals_can_be_shown() -> None:
    """However many digits it has, a number is shown: in decimal while that can be read."""
    assert repr(Nat(10**20)) == "Nat(value=100000000000000000000)"
    assert repr(Nat(2**100_000)) == f"Nat(value=0x1{25_000 * '0'})"


def test_rejects_negative_naturals() -> None:
    """A Nat is not negative."""
    with pytest.raises(ValueError, match="not negative"):
        Nat(-1)


class Size(IntEnum):
    """An int that is more than an int."""

    SMALL = 1


class Word(str):
    """A text that may change."""


class Imposter:
    """An object that says it is a value."""

    __class__ = Nat  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]


WRONG: dict[str, tuple[Callable[..., object], tuple[Any, ...]]] = {
    "float": (Nat, (1.5,)),
    "not a number": (Nat, ("1",)),
    "truth as a number": (Nat, (True,)),
    "subclass of int": (Nat, (Size.SMALL,)),
    "number as a truth": (Bool, (1,)),
    "number as a text": (Str, (5,)),
    "bytes as a text": (Str, (b"",)),
    "subclass of str": (Str, (Word("a"),)),
    "lone surrogate": (Str, ("a\ud800",)),
    "pair of surrogates": (Str, ("\ud834\udd1e",)),
    "left part that is no value": (Prod, (1, UNIT)),
    "right part that is no value": (Prod, (UNIT, None)),
    "part that says it is one": (Prod, (Imposter(), UNIT)),
    "session below zero": (Endpoint, (-1, "A")),
    "truth as a session": (Endpoint, (True, "A")),
    "role that is no text": (Endpoint, (0, None)),
    "data that may change": (Blob, ("date", bytearray())),
    "sort that is no text": (Blob, (3, b"")),
}


@pytest.mark.parametrize(("make", "contents"), WRONG.values(), ids=WRONG)
def test_rejects_other_contents(make: Callable[..., object], contents: tuple[Any, ...]) -> None:
    """A value of the wrong content is never made: each is a ValueError."""
    with pytest.raises(ValueError, match=r" is | are | has no "):
        make(*contents)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.__name__)
def test_rejects_subclasses(variant: type) -> None:
    """The union is closed: a subclass could change its mind about being equal."""
    with pytest.raises(TypeError, match="no subclasses"):
        new_class("Other", (variant,))


def test_texts_are_of_characters() -> None:
    """Every character is one, outside the first plane as well; half of a pair is none."""
    require_text("\U0001d11e \x00 \u2028")
    with pytest.raises(ValueError, match=r"'\\udd1e' is one"):
        require_text("a\udd1e")

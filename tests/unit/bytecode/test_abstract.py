"""What is known of a constant."""

import pytest

from antiphon.bytecode.abstract import Abstract, Known, known_of
from antiphon.values.sort import BOOL, NAT, STR, UNIT, named, product
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Value


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (NOTHING, UNIT),
        (Nat(2**70), NAT),
        (Bool(False), BOOL),
        (Str(""), STR),
        (Blob("date", b""), named("date")),
        (Prod(Nat(1), Prod(Str(""), NOTHING)), product(NAT, product(STR, UNIT))),
    ],
    ids=repr,
)
def test_a_constant_has_a_sort(value: Value, known: Abstract) -> None:
    """The one that it would be received as."""
    assert known_of(value) is known


@pytest.mark.parametrize(
    "value",
    [
        Endpoint(0, "A"),
        Prod(Endpoint(0, "A"), Nat(1)),
        Blob("nat", b""),
        Blob("P@A", b""),
        Blob("(nat * nat)", b""),
        Blob("a b", b""),
    ],
    ids=repr,
)
def test_some_constants_have_none(value: Value) -> None:
    """Neither an endpoint, nor bytes that claim a sort that is not a user's."""
    assert known_of(value) is Known.NOTHING

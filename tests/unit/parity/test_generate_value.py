"""Values: of every variant, and what is near to what is asked for."""

from antiphon.parity.generate_global import USER_SORTS
from antiphon.parity.generate_value import (
    FOREIGN,
    NUMBERS,
    TRAITS,
    near_sort,
    near_value,
    traits,
    value,
)
from antiphon.parity.source import Source
from antiphon.values.sort import BOOL, NAT, has_sort, product
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod

ROLES = ("A", "B")
PAIR = product(NAT, BOOL)


def test_values() -> None:
    """Constants are of every variant; naturals stand at the boundaries of words."""
    found = [value(Source(key=f"value {number}"), ROLES) for number in range(2000)]
    assert len({type(each) for each in found}) == 7
    assert {each.value for each in found if isinstance(each, Nat)} == set(NUMBERS)
    assert {2**60 - 1, 2**60, 2**63 - 1, 2**63 + 1, 2**64} <= set(NUMBERS)


def test_near_sorts() -> None:
    """Another sort, never the same; of two user sorts the other, of a pair the swapped one."""
    for number in range(200):
        source = Source(key=f"near {number}")
        assert near_sort(source, NAT) is not NAT
        assert near_sort(source, PAIR) is not PAIR
    assert near_sort(Source(key="user"), USER_SORTS[0]) is USER_SORTS[1]


def test_near_values() -> None:
    """Some have the sort, some only nearly."""
    found = [near_value(Source(key=f"near {number}"), PAIR) for number in range(200)]
    right = sum(has_sort(each, PAIR) for each in found)
    assert 20 < right < 180


def test_traits() -> None:
    """Each trait is seen where it is, also inside of pairs, and nowhere else."""
    plain = (Nat(1), Blob("u", b"x"), Endpoint(0, "A"), Prod(Nat(1), Bool(True)))
    assert list(traits(plain)) == []
    assert list(traits((*plain, Blob("v", b"x")))) == [TRAITS[0]]
    assert list(traits((*plain, Prod(Nat(1), Blob("nat", b""))))) == [TRAITS[1]]
    assert list(traits((*plain, Endpoint(FOREIGN, "A")))) == [TRAITS[2]]
    assert list(traits((*plain, Prod(Bool(True), Nat(1))))) == [TRAITS[3]]

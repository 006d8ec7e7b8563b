"""Payload sorts."""

import copy
import pickle
import tracemalloc

import pytest

from antiphon.values.sort import (
    BOOL,
    CORE,
    NAT,
    STR,
    UNIT,
    Sort,
    delegation,
    has_sort,
    named,
    parse_sort,
    payload,
    product,
)
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

DATE = named("date")
VALUES: tuple[Value, ...] = (
    Unit(),
    Nat(0),
    Bool(False),
    Str(""),
    Blob("date", b""),
    Prod(Nat(0), Str("")),
    Endpoint(0, "A"),
)


def test_equal_sorts_are_one_object() -> None:
    """Sorts are compared by identity, copies and pickles included."""
    assert named("nat") is NAT
    assert product(NAT, STR) is product(NAT, STR)
    assert product(NAT, STR) is not product(STR, NAT)
    assert copy.deepcopy(DATE) is DATE
    assert pickle.loads(pickle.dumps(product(NAT, DATE))) is product(NAT, DATE)


def test_payload_is_one_sort() -> None:
    """No payload is unit, one is itself, several are pairs nested to the right."""
    assert payload(()) is UNIT
    assert payload((NAT,)) is NAT
    assert payload((NAT, STR, BOOL)) is product(NAT, product(STR, BOOL))


@pytest.mark.parametrize("sort", [*CORE, DATE, product(NAT, STR)], ids=repr)
def test_a_value_has_one_sort(sort: Sort) -> None:
    """Of one value for each variant, exactly one has a sort, and an endpoint has none."""
    fitting = [value for value in VALUES if has_sort(value, sort)]
    assert len(fitting) == 1
    assert not has_sort(Endpoint(0, "A"), sort)


def test_a_blob_has_no_core_sort() -> None:
    """A Blob that claims a core sort does not have it."""
    assert not has_sort(Blob("nat", b""), NAT)


@pytest.mark.parametrize(
    "text", ["unit", "date", "a.b_c'", "(nat * string)", "((nat * nat) * (bool * date))", "a.B@C'"]
)
def test_what_prints_parses(text: str) -> None:
    """A sort's name is parsed to that sort."""
    assert parse_sort(text).name == text
    assert parse_sort(repr(parse_sort(text))) is parse_sort(text)


@pytest.mark.parametrize(
    "text",
    ["", " nat", "nat ", "(nat)", "(nat*nat)", "(nat * nat", "nat)", "(a * b * c)", "a b", "()"],
)
def test_rejects_what_is_no_sort(text: str) -> None:
    """Anything that does not print so is not parsed."""
    with pytest.raises(ValueError, match="not a sort"):
        parse_sort(text)


@pytest.mark.parametrize(
    "name", ["", "a b", "a-b", "(nat * nat)", "(nat", "a*", "\ud800"], ids=ascii
)
def test_rejects_what_is_no_name(name: str) -> None:
    """A sort is named so that what it prints as can be parsed."""
    assert product(NAT, NAT).name == "(nat * nat)"
    with pytest.raises(ValueError, match="not the name of a sort"):
        named(name)


def test_a_sort_that_delegates_names_a_protocol_and_a_role() -> None:
    """It is found again by both, and by its text; no other sort has it."""
    sort = delegation("lib.Inner", "B")
    assert sort is delegation("lib.Inner", "B") is parse_sort("lib.Inner@B")
    assert sort is not delegation("lib.Inner", "A")
    assert sort.delegates == ("lib.Inner", "B")
    assert repr(sort) == "lib.Inner@B"
    assert pickle.loads(pickle.dumps(sort)) is sort
    assert all(other.delegates is None for other in (*CORE, DATE, product(NAT, STR)))


def test_no_value_has_a_sort_that_delegates_of_itself() -> None:
    """Neither an endpoint, whose session decides it, nor a Blob that claims it."""
    sort = delegation("Inner", "B")
    assert not has_sort(Endpoint(0, "B"), sort)
    assert not any(has_sort(value, sort) for value in (*VALUES, Blob("Inner@B", b"")))


def test_an_endpoint_is_no_part_of_a_pair() -> None:
    """A message hands over an endpoint alone."""
    with pytest.raises(ValueError, match="no part of a pair"):
        product(NAT, delegation("Inner", "B"))
    with pytest.raises(ValueError, match="no part of a pair"):
        parse_sort("(Inner@B * nat)")


@pytest.mark.parametrize(("protocol", "role"), [("", "B"), ("P", ""), ("P@Q", "B"), ("P", "a b")])
def test_rejects_a_delegation_that_could_not_be_parsed(protocol: str, role: str) -> None:
    """The protocol and the role are names."""
    with pytest.raises(ValueError, match="not a name"):
        delegation(protocol, role)


@pytest.mark.parametrize("text", ["P@", "@R", "P@Q@R", "P @R", "P@(R * R)"])
def test_rejects_what_is_no_delegation(text: str) -> None:
    """One name on each side of the sign."""
    with pytest.raises(ValueError, match="not a"):
        parse_sort(text)


def test_rejects_deep_sorts() -> None:
    """Sorts of more than 256 levels are not parsed."""
    with pytest.raises(ValueError, match="256"):
        parse_sort("(" * 300)


def test_deep_sorts_are_walked_without_recursion() -> None:
    """The sort of two hundred payloads is checked against a value of its depth."""
    sort, value = product(NAT, NAT), Prod(Nat(1), Nat(1))
    for _ in range(200):
        sort, value = product(NAT, sort), Prod(Nat(1), value)
    assert has_sort(value, sort)
    assert not has_sort(Prod(Str(""), value), product(NAT, sort))


def test_pairs_do_not_keep_their_names() -> None:
    """Sorts that nest take memory in proportion, whatever the length of their names."""
    parts = tuple(named(f"{number:04}" * 60) for number in range(64))
    tracemalloc.start()
    whole = payload(parts)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 64 * 1000
    assert parse_sort(whole.name) is whole

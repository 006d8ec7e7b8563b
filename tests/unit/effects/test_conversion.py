"""Values from sorts, and from Python objects."""

from enum import Enum, IntEnum

import pytest

from antiphon.effects.conversion import default_value, from_value, to_value, value_of_sort
from antiphon.values.sort import (
    BOOL,
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
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Value

DATE = named("date")


@pytest.mark.parametrize("name", ["unit", "nat", "bool", "string", "date", "(nat * (date * bool))"])
def test_a_default_has_its_sort(name: str) -> None:
    """Every sort has a default value."""
    assert has_sort(default_value(parse_sort(name)), parse_sort(name))


def test_defaults_are_plain() -> None:
    """Unit, 0, false, the empty text, no bytes, pairs of these."""
    assert default_value(payload((UNIT, NAT, BOOL, STR, DATE))) == Prod(
        NOTHING, Prod(Nat(0), Prod(Bool(False), Prod(Str(""), Blob("date", b""))))
    )


def test_leaves_are_made_from_left_to_right() -> None:
    """The parts of a pair are asked for in reading order."""
    made: list[str] = []

    def leaf(sort: Sort) -> Value:
        made.append(sort.name)
        return NOTHING

    value_of_sort(product(product(NAT, STR), product(BOOL, DATE)), leaf)
    assert made == ["nat", "string", "bool", "date"]


@pytest.mark.parametrize(
    ("given", "sort", "value"),
    [
        (None, UNIT, NOTHING),
        (7, NAT, Nat(7)),
        (True, BOOL, Bool(True)),
        ("x", STR, Str("x")),
        (b"x", DATE, Blob("date", b"x")),
        ((1, "x"), product(NAT, STR), Prod(Nat(1), Str("x"))),
        ([1, "x", None], payload((NAT, STR, UNIT)), Prod(Nat(1), Prod(Str("x"), NOTHING))),
        (((1, 2), 3), product(product(NAT, NAT), NAT), Prod(Prod(Nat(1), Nat(2)), Nat(3))),
        ((Nat(1), "x"), product(NAT, STR), Prod(Nat(1), Str("x"))),
        (Endpoint(0, "A"), NAT, Endpoint(0, "A")),
        (None, None, NOTHING),
        (
            (1, True, "x", b"y"),
            None,
            Prod(Nat(1), Prod(Bool(True), Prod(Str("x"), Blob("bytes", b"y")))),
        ),
    ],
    ids=repr,
)
def test_python_objects_become_values(given: object, sort: Sort | None, value: Value) -> None:
    """What an object means is decided by the sort, and without one by its type."""
    assert to_value(given, sort) == value


@pytest.mark.parametrize(
    ("given", "sort"),
    [
        (None, NAT),
        (b"", delegation("Inner", "B")),
        (-1, NAT),
        (True, NAT),
        (1, BOOL),
        (1.5, NAT),
        ("1", NAT),
        (b"x", STR),
        ("x", DATE),
        (b"x", product(DATE, DATE)),
        ((1,), product(NAT, NAT)),
        ((), None),
        ((1, 2, 3), product(NAT, NAT)),
        ((1, 2), NAT),
        (object(), None),
        ({}, None),
    ],
    ids=lambda item: repr(item)[:20],
)
def test_rejects_what_has_another_sort(given: object, sort: Sort | None) -> None:
    """An object that does not fit is a ValueError that says what was wanted."""
    with pytest.raises(ValueError, match="is wanted, not"):
        to_value(given, sort)


def test_rejects_what_does_not_end() -> None:
    """A list that contains itself is not converted for ever."""
    endless: list[object] = [1]
    endless.append(endless)
    with pytest.raises(ValueError, match="1000"):
        to_value(endless, None)


class Size(IntEnum):
    """An int of a class of its own."""

    SMALL = 1


class Colour(str, Enum):  # noqa: UP042 (StrEnum shows itself as its text)
    """A text of a class that shows itself otherwise."""

    RED = "red"


class Raw(bytes):
    """Bytes of a class of their own."""

    def __bytes__(self) -> bytes:
        return b"other"


def test_subclasses_count_for_what_they_are() -> None:
    """An enumeration of texts or numbers is its text or number, whatever it prints as."""
    assert to_value((Size.SMALL, Colour.RED, Raw(b"x")), None) == Prod(
        Nat(1), Prod(Str("red"), Blob("bytes", b"x"))
    )


def test_rejects_texts_with_surrogates() -> None:
    """Half a character is no text."""
    with pytest.raises(ValueError, match="surrogate"):
        to_value("\ud800", STR)


class Imposter:
    """An object that says it is a value."""

    __class__ = Nat  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]


def test_rejects_what_only_says_that_it_is_a_value() -> None:
    """A value is one by its type."""
    with pytest.raises(ValueError, match="is wanted, not Imposter"):
        to_value(Imposter(), NAT)


@pytest.mark.parametrize(
    "value",
    [
        NOTHING,
        Nat(7),
        Bool(True),
        Str("x"),
        Blob("bytes", b"x"),
        Endpoint(1, "A"),
        Prod(Prod(Nat(1), Str("x")), Prod(NOTHING, Bool(False))),
    ],
)
def test_there_and_back(value: Value) -> None:
    """A value and the Python object for it turn into each other."""
    assert to_value(from_value(value), None) == value


def test_pairs_are_tuples() -> None:
    """A pair is a tuple of two, whatever is in it."""
    assert from_value(Prod(Nat(1), Prod(Str("x"), NOTHING))) == (1, ("x", None))

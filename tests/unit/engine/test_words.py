"""Words: every value there and back, equal values equal words, sorts read off the word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.engine import kernel
from antiphon.engine import words as module
from antiphon.engine.words import Words
from antiphon.errors import Refusal
from antiphon.values.sort import BOOL, NAT, STR, UNIT, Sort, delegation, has_sort, named, product
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

LIMITS = [2**bits + more for bits in (59, 60, 61, 63, 64) for more in (-1, 0, 1)]
NUMBERS = st.one_of(st.integers(0, 2**70), st.sampled_from(LIMITS))
NAMES = st.sampled_from(["A", "B", "nat", "string", "int", "a*b", "P@A"])
SIMPLE = st.one_of(
    st.just(Unit()),
    st.builds(Nat, NUMBERS),
    st.builds(Bool, st.booleans()),
    st.builds(Str, st.text(max_size=3)),
    st.builds(Endpoint, st.one_of(st.integers(0, 3), NUMBERS), NAMES),
    st.builds(Blob, NAMES, st.binary(max_size=2)),
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SIMPLE, lambda inner: st.builds(Prod, inner, inner), max_leaves=4
)
ATOMS: list[Sort] = [UNIT, NAT, BOOL, STR, named("int"), named("A")]
ENDS = [delegation("P", "A"), delegation("A", "B")]
PAIRS = [product(left, right) for left in ATOMS for right in (NAT, product(NAT, STR))]
SORTS = [*ATOMS, *PAIRS, *ENDS]


sort_of: Callable[[int], int] = vars(kernel)["sort_of"]


@given(st.lists(VALUES, max_size=8))
def test_there_and_back(values: list[Value]) -> None:
    """A word stands for its value, whatever else was encoded; words are not negative."""
    words = Words()
    encoded = [words.encode(value) for value in values]
    assert [words.decode(word) for word in encoded] == values
    assert all(0 <= word < 2**63 for word in encoded)
    for value, word in zip(values, encoded, strict=True):
        for other, same in zip(values, encoded, strict=True):
            assert (value == other) == (word == same)


@given(VALUES, st.booleans())
def test_sorts_are_read_off_the_word(value: Value, late: bool) -> None:
    """The kernel's test of a sort is ``has_sort``, whichever of value and sort came first."""
    words = Words()
    early = 0 if late else words.encode(value)
    numbers = [words.sort(sort) for sort in SORTS]
    word = words.encode(value) if late else early
    assert [sort_of(word) == number for number in numbers] == [
        has_sort(value, sort) for sort in SORTS
    ]


@pytest.mark.parametrize("number", LIMITS)
def test_big_numbers(number: int) -> None:
    """Numbers up to 60 bits are in the word, larger ones on the side; both are of sort nat."""
    words = Words()
    word = words.encode(Nat(number))
    assert words.decode(word) == Nat(number)
    assert words.objects == (0 if number < 2**60 else 1)
    assert sort_of(word) == words.sort(NAT)


def test_sweeping() -> None:
    """What no word in use names is dropped; constants and words in use stay."""
    live: set[int] = set()
    words = Words(lambda: live)
    pinned = words.pin(Str("constant"))
    kept = words.encode(Str("kept"))
    live.add(kept)
    for number in range(3 * module.FEWEST_TO_SWEEP):
        assert words.decode(words.encode(Str(f"text {number}"))) == Str(f"text {number}")
    assert words.objects <= module.FEWEST_TO_SWEEP
    assert words.decode(pinned) == Str("constant")
    assert words.decode(kept) == Str("kept")
    assert words.encode(Str("kept")) == kept


def test_role_names_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a machine has seen too many names, no more images load, and endpoints are foreign."""
    monkeypatch.setattr(module, "ROLE_LIMIT", 1)
    words = Words()
    assert words.role("A") == 0
    with pytest.raises(Refusal):
        words.role("B")
    assert words.encode(Endpoint(0, "B")) & module.TAG == module.FOREIGN_TAG
    assert words.encode(Endpoint(0, "A")) & module.TAG == module.ENDPOINT_TAG


def test_objects_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value too many is refused; those that are there stay."""
    monkeypatch.setattr(module, "OBJECT_LIMIT", 2)
    words = Words()
    kept = [words.encode(Str(text)) for text in "ab"]
    for _ in range(2):
        with pytest.raises(Refusal) as caught:
            words.encode(Str("c"))
        assert caught.value.code == "too-many-values"
    assert [words.encode(Str(text)) for text in "ab"] == kept
    assert words.objects == 2


def test_sorts_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sort too many is refused, and so is a value of it."""
    monkeypatch.setattr(module, "SORT_LIMIT", module.FIRST_SORT + 1)
    words = Words()
    assert words.sort(named("int")) == module.FIRST_SORT
    for refused in (lambda: words.sort(named("date")), lambda: words.encode(Blob("date", b""))):
        with pytest.raises(Refusal) as caught:
            refused()
        assert caught.value.code == "too-many-sorts"
    assert words.decode(words.encode(Blob("int", b"7"))) == Blob("int", b"7")


def test_the_largest_of_everything_fits() -> None:
    """The word of the last endpoint and of the last object uses no more than 63 bits."""
    words = Words()
    assert words.encode(Endpoint(module.SESSION_LIMIT - 1, "A")) < 2**63
    assert words.encode(Nat(module.NAT_LIMIT - 1)) < 2**63
    last = (module.OBJECT_LIMIT - 1) << module.SORT_BITS | (module.SORT_LIMIT - 1)
    assert last << module.TAG_BITS | module.FOREIGN_TAG < 2**63

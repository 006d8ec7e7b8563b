"""The persistent map: like a dictionary, and the old one stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.model.persistent import Persistent

KEYS = st.integers(0, 40) | st.integers(1000, 1100) | st.integers(0, 2**20)


@given(st.lists(st.tuples(KEYS, st.none() | st.integers())))
def test_is_a_dictionary(changes: list[tuple[int, int | None]]) -> None:
    """Any puts and drops leave the same items as a dictionary, in ascending order."""
    ours: Persistent[int] = Persistent()
    theirs: dict[int, int] = {}
    for key, value in changes:
        before, known = ours, dict(theirs)
        if value is None:
            ours = ours.drop(key)
            theirs.pop(key, None)
        else:
            ours = ours.put(key, value)
            theirs[key] = value
        assert dict(before.items()) == known
        assert list(ours.items()) == sorted(theirs.items())
        assert ours.find(key) == theirs.get(key)


@pytest.mark.parametrize("key", [-1, 0, 31, 32, 1024, 10**9])
def test_what_is_not_there(key: int) -> None:
    """A missing key is found by nobody, and dropping it changes nothing."""
    empty: Persistent[int] = Persistent()
    assert empty.find(key) is None
    assert empty.drop(key) is empty
    with pytest.raises(KeyError):
        empty[key]


@given(st.dictionaries(st.integers(0, 70), st.integers()), st.lists(st.integers(0, 2000)))
def test_differing(start: dict[int, int], touched: list[int]) -> None:
    """The keys at which the objects are not the same, and no others, either way round."""
    one: Persistent[object] = Persistent()
    for key, value in start.items():
        one = one.put(key, value)
    two = one
    for key in touched:
        two = two.drop(key) if key % 3 == 0 else two.put(key, object())
    wanted = [key for key in sorted({*start, *touched}) if one.find(key) is not two.find(key)]
    assert one.differing(two) == two.differing(one) == wanted
    assert one.differing(one) == []

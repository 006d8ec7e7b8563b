"""Draws: bounded, repeatable, and given back by their list."""

import pytest

from antiphon.parity.source import Source, mix


def test_same_key_same_draws() -> None:
    """A key names one stream, the same in every version."""
    source = Source(key="1.7")
    assert [source.below(100) for _ in range(6)] == [59, 83, 21, 71, 56, 28]
    assert Source(key="1.8").below(10**9) != Source(key="2.7").below(10**9)


def test_what_was_drawn_draws_the_same() -> None:
    """The list of draws makes the same draws again, and 0 after its end."""
    first = Source(key="a")
    drawn = [first.below(bound) for bound in (2, 3, 50, 10**6)]
    again = Source(first.drawn)
    assert [again.below(bound) for bound in (2, 3, 50, 10**6, 9)] == [*drawn, 0]
    assert again.drawn == [*drawn, 0]


def test_given_first_then_the_stream() -> None:
    """Given draws come first, held to their bounds; then the stream goes on."""
    source = Source((7, 99), key="a")
    assert source.below(10) == 7
    assert source.below(10) == 9
    assert source.below(10**9) == Source(key="a").below(10**9)


def test_simple_things_come_from_zero() -> None:
    """With nothing given, the first option is picked and no chance comes true."""
    source = Source()
    assert source.pick("xyz") == "x"
    assert not source.chance(99)
    assert Source((99,)).chance(1)


@pytest.mark.parametrize("bound", [1, 2, 7, 100])
def test_all_values_come_up(bound: int) -> None:
    """Every number below the bound is drawn."""
    source = Source(key="all")
    assert {source.below(bound) for _ in range(bound * 40)} == set(range(bound))


def test_mix_is_one_to_one() -> None:
    """Different numbers have different hashes of 64 bits."""
    hashes = {mix(number) for number in range(10_000)}
    assert len(hashes) == 10_000
    assert max(hashes) < 2**64

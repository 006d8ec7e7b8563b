"""Cases: dealt to the generators in their shares, and fit to be run."""

from antiphon.bytecode.verify import verify
from antiphon.parity.generate import (
    CROWD,
    CROWD_STEPS,
    DRIVES,
    GENERATORS,
    GIANT_STEPS,
    Case,
    case,
    first_draws,
)
from antiphon.parity.generate_crowd import NODE
from antiphon.parity.generate_small import small_types
from antiphon.parity.source import Source

CASES = [case(Source(first_draws(number), key=f"0.{number}")) for number in range(1000)]


def of(generator: str) -> list[Case]:
    """The cases of one generator."""
    return [each for each in CASES if each.generator == generator]


def test_deal() -> None:
    """A fifth is small scope, a seventh hands endpoints over, every hundredth case is a crowd."""
    counts = [len(of(generator)) for generator in GENERATORS]
    assert counts == [200, 200, 250, 10, 100, 140, 100]


def test_small_scope_is_walked_through() -> None:
    """Small cases take one type after the other, and start again at the end."""
    size = len(small_types())
    small = [draws[1] for draws in map(first_draws, range(20 * size)) if draws[0] == 0]
    assert small[: size + 2] == [*range(size), 0, 1]


def test_what_is_not_mutated_is_verified() -> None:
    """Small and typed images pass the verifier and have their protocol."""
    for each in (*of("small"), *of("typed")):
        assert not each.unverified
        for loaded in each.sessions:
            verify(loaded.image)
            assert loaded.protocol is not None


def test_mutated() -> None:
    """Mutated cases are loaded without the verifier; what they lead with has no protocol."""
    for each in of("mutated"):
        assert each.unverified
        assert each.sessions[0].protocol is None


def test_twisted() -> None:
    """Some twisted cases go well: they are verified and have their protocol; others are neither."""
    twisted = of("twisted")
    assert 0.2 < sum(each.unverified for each in twisted) / len(twisted) < 0.8
    for each in twisted:
        assert each.unverified == (each.sessions[0].protocol is None)
        if not each.unverified:
            verify(each.sessions[0].image)
    assert len({each.config.pure_actions for each in twisted}) == 3


def test_variety() -> None:
    """Every way to drive, several sessions, crowds, late sessions, all capacities."""
    assert {each.drive for each in CASES} == set(DRIVES)
    assert {each.config.capacity for each in CASES} == {1, 2, 3, 64}
    plain = [each for each in CASES if each.generator != "crowd"]
    assert {len(each.sessions) for each in plain} == {1, 2, 3, 4, CROWD}
    assert {len(each.late) for each in plain} == {0, 1, 3}
    assert 0.2 < sum(each.behaviour.is_good for each in CASES) / len(CASES) < 0.9
    assert any(len({loaded.image for loaded in each.sessions}) == 2 for each in CASES)


def test_crowds() -> None:
    """Crowds come in waves; one in ten needs more ids than two levels of a tree hold."""
    crowds = of("crowd")
    assert all(len(each.late) in (1, 2, 3) for each in crowds if each.max_steps == CROWD_STEPS)
    giants = [each for each in crowds if each.max_steps == GIANT_STEPS]
    assert len(giants) == 1
    waves = (giants[0].sessions, *giants[0].late)
    assert sum(len(one.image.programs) for wave in waves for one in wave) > NODE * NODE

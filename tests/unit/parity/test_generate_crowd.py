"""Crowds: waves of sessions of several shapes."""

from antiphon.parity.generate_crowd import NODE, crowd, giant, stuck, talk
from antiphon.parity.source import Source


def test_waves() -> None:
    """Several waves of several images, and among many crowds every image that there is."""
    crowds = [crowd(Source(key=f"crowd {number}"), talk()) for number in range(100)]
    assert {len(waves) for waves in crowds} == {2, 3, 4}
    images = {image for waves in crowds for wave in waves for image, _ in wave}
    assert {len(image.programs) for image in images} == {1, 2, 3, 5, 8}
    assert {talk(), stuck()} <= images
    assert max(count for waves in crowds for wave in waves for _, count in wave) == 24


def test_a_giant_needs_three_levels() -> None:
    """Together there are more ids than two levels of nodes hold."""
    for number in range(20):
        waves = giant(Source(key=f"giant {number}"))
        ids = sum(len(image.programs) * count for wave in waves for image, count in wave)
        assert NODE * NODE < ids < 3 * NODE * NODE

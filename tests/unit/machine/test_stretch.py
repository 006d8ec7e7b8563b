"""Certificates of stretches as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.machine.stretch import (
    PLANNER,
    Segment,
    StretchCertificate,
    is_sealed,
    overlapping,
    sealed,
)

MADE = sealed(
    StretchCertificate(
        PLANNER, 3, 1, "state", 7, (Segment(2, ((0, 0),)), Segment(4, ((1, 2), (5, 5))))
    )
)


@pytest.mark.parametrize(
    "change",
    [
        {"planner": 2},
        {"tick": 4},
        {"stretch": 0},
        {"state": ""},
        {"generations": 8},
        {"segments": MADE.segments[::-1]},
        {"seal": ""},
    ],
)
def test_seal(change: dict[str, object]) -> None:
    """It fits what was made, and nothing else."""
    assert is_sealed(MADE)
    assert not is_sealed(replace(MADE, **change))  # pyright: ignore[reportArgumentType]
    assert is_sealed(sealed(replace(MADE, **change)))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ((((0, 0),), ((1, 2),)), False),
        ((((0, 3),), ((3, 4),)), True),
        ((((0, 9),), ((2, 2),), ((10, 10),)), True),
        ((((4, 4), (0, 1)), ((2, 3), (5, 6))), False),
        ((((0, 1), (0, 1)),), False),
        ((((0, 9), (1, 1)), ((2, 2),)), True),
    ],
)
def test_overlapping(ranges: tuple[tuple[tuple[int, int], ...], ...], expected: bool) -> None:
    """Two segments have a session in common, or one has it twice, which is nothing."""
    assert overlapping(tuple(Segment(1, each) for each in ranges)) is expected

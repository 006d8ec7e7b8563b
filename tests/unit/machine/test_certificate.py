"""Certificates as data: sealed, and about a part of the state."""

from dataclasses import fields, replace

import pytest

from antiphon.machine.certificate import (
    CertifiedPick,
    WaveCertificate,
    coroutines_of,
    ground_digest,
    is_sealed,
    layers_of,
    named_cells,
    sealed,
    sessions_of,
)
from antiphon.machine.footprint import Footprint
from antiphon.machine.snapshot import GuardView

PICK = CertifiedPick(3, Footprint((("session", 1),), (("coroutine", 3), ("layer", "l"))))
WHOLE = sealed(WaveCertificate(1, 5, 0, "ab", 2, True, (PICK,), ((False,),)))
OTHER = {
    "planner": 2,
    "tick": 6,
    "wave": 1,
    "state": "ac",
    "width": 3,
    "widening": False,
    "picks": (PICK, PICK),
    "independent": ((True,),),
    "seal": "0",
}


@pytest.mark.parametrize("name", [one.name for one in fields(WaveCertificate)])
def test_the_seal(name: str) -> None:
    """It fits what it was made of, and nothing else."""
    assert is_sealed(WHOLE)
    assert not is_sealed(replace(WHOLE, **{name: OTHER[name]}))


def test_the_seal_is_over_footprints() -> None:
    """A footprint that is changed in a pick breaks it."""
    for other in (
        replace(PICK.footprint, alone=True),
        Footprint(),
        replace(PICK.footprint, reads=()),
    ):
        assert not is_sealed(replace(WHOLE, picks=(replace(PICK, footprint=other),)))


def test_cells() -> None:
    """The cells of several footprints, and what they are of."""
    cells = named_cells((PICK.footprint, Footprint((("owner", 4, "A"),), (("ids", "nonce"),))))
    assert len(cells) == 5
    assert (sessions_of(cells), coroutines_of(cells), layers_of(cells)) == ((1, 4), (3,), ("l",))


def test_ground() -> None:
    """Clock, ids and what is looked at count."""
    ground = ground_digest(1, (2, 3, 4), (), (), ())
    assert ground == ground_digest(1, (2, 3, 4), (), (), ())
    assert ground != ground_digest(2, (2, 3, 4), (), (), ())
    assert ground != ground_digest(1, (2, 3, 5), (), (), ())
    assert ground != ground_digest(1, (2, 3, 4), (), (), (GuardView("l", 0, 0),))

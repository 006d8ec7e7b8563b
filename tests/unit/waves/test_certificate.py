"""The check of certificates: whatever is changed, it does not hold any more."""

from __future__ import annotations

import pytest

from antiphon.waves.certificate import Due, certify, rejection
from antiphon.waves.plan import Breadth, plan
from tests.unit.model.test_waves import TAMPERINGS, regrounded, two
from tests.unit.waves.stage import TALK, scene, sight_of, state_of


def judged(name: str) -> str:
    """What becomes of a tampering with the certificate of two sessions of TALK."""
    sight, due = sight_of(two(), state_of(TALK, TALK)[1]), Due(0, 0, Breadth(4))
    certificate = certify(sight, plan(sight, 0, due.breadth), due)
    assert rejection(certificate, sight, due) == ""
    return rejection(TAMPERINGS[name](certificate), sight, due)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering(name: str) -> None:
    """Each is rejected, like by the model."""
    assert judged(name) != ""


def test_what_cannot_share() -> None:
    """Two who touch each other; two of one session without widening; another order."""
    sight = sight_of(two(), state_of(TALK, TALK)[1])
    wide = Due(0, 0, Breadth(4, widening=True))
    assert "matrix" in rejection(regrounded(two(), 0, 1), sight, wide)
    assert "order" in rejection(regrounded(two(), 0, 3, 2), sight, wide)
    _, _, sight = scene("send | select, a third, idle")
    found = plan(sight, 0, Breadth(4, widening=True))
    narrow = Due(0, 0, Breadth(4))
    assert "one session" in rejection(certify(sight, found, narrow), sight, narrow)

"""The check of certificates of stretches, as it is when they are used."""

from __future__ import annotations

import pytest

from antiphon.engine.build import PURE
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.stretch import PLANNER, Segment, StretchCertificate, sealed
from antiphon.waves.stretch import Stretch, certify, flat_digest, rejection
from antiphon.waves.threads import ThreadedEngine
from tests.unit.model.test_stretch import CERTIFICATE, TAMPERINGS
from tests.unit.waves.stage import TALK, says

DUE = Stretch(4, 9)


def three() -> ThreadedEngine:
    """Three sessions of ``TALK`` at the start."""
    made = ThreadedEngine(Config(), says, build=PURE, request=unadmitted())
    made.load_many(TALK, 3)
    return made


def test_certify() -> None:
    """The certificate of a cut names the sessions, and holds of the state in which it was made."""
    machine = three()
    found = certify(machine.tables, [2, 4], DUE)
    assert found.segments == CERTIFICATE.segments
    assert found == sealed(
        StretchCertificate(PLANNER, 0, 4, flat_digest(machine.tables), 9, CERTIFICATE.segments)
    )
    assert rejection(found, machine.tables, DUE) == ""
    machine.run("round-robin", 1)
    assert "begins at tick 1" in rejection(found, machine.tables, DUE)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering(name: str) -> None:
    """Each is rejected, like by the model."""
    tables = three().tables
    assert rejection(TAMPERINGS[name](certify(tables, [2, 4], DUE)), tables, DUE) != ""


def test_another_state() -> None:
    """Whatever changes in the tables is another state."""
    one, other = three(), three()
    assert flat_digest(one.tables) == flat_digest(other.tables)
    other.load(TALK)
    assert flat_digest(one.tables) != flat_digest(other.tables)


def test_two_with_one_session() -> None:
    """What the cut makes of a session that is in two segments."""
    tables = three().tables
    found = certify(tables, [3, 3], DUE)
    assert found.segments == (Segment(3, ((0, 1),)), Segment(3, ((1, 2),)))
    assert rejection(found, tables, DUE) == "two segments have a session in common"

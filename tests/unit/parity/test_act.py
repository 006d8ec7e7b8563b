"""Acts: what can be done to machines."""

from antiphon.machine.choice import Pick
from antiphon.parity.act import Open, Stretch
from tests.unit.parity.test_ensemble import IMAGE


def test_acts_are_values() -> None:
    """Acts are equal by what is done, so that scripts can be compared."""
    assert Stretch("cooperative", 3) == Stretch("cooperative", 3) != Stretch("cooperative", 4)
    assert Open(IMAGE, 1) == Open(IMAGE, 1) != Open(IMAGE, 2)
    assert len({Pick(1), Stretch("cooperative", 3), Open(IMAGE, 1), Open(IMAGE, 1)}) == 3

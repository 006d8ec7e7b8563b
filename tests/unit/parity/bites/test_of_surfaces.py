"""The rules of shapes that are broken."""

from antiphon.parity.bites.of_surfaces import SURFACES
from antiphon.parity.ledger.check import KINDS


def test_every_kind_is_said() -> None:
    """There is a case for each kind of fingerprint that a ledger may cover."""
    said = {each.split(":")[1] for bite in SURFACES.values() for each in bite.says if ":" in each}
    assert said >= set(KINDS)

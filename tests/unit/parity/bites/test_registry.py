"""Every rule bites: it says exactly what it is to say when it alone is broken."""

import pytest

from antiphon.parity.bites.of_ledger import LEDGER, UPDATE
from antiphon.parity.bites.of_matrix import MATRIX, RELEASE, STATUS
from antiphon.parity.bites.of_surfaces import SURFACES
from antiphon.parity.bites.registry import BITES, missed, said
from antiphon.parity.mutants_load import source_of

SAID = said()


@pytest.mark.parametrize("name", BITES)
def test_bites(name: str) -> None:
    """The codes or fingerprints of a case are those that it names."""
    assert SAID[name] == BITES[name].says


def test_nothing_is_said_twice() -> None:
    """No case hides another of the same name."""
    assert len(BITES) == sum(map(len, (LEDGER, UPDATE, STATUS, MATRIX, RELEASE, SURFACES)))


@pytest.mark.parametrize(
    ("place", "old", "new", "case"),
    [
        ("parity/ledger/update.py", "before == now", "before == now or True", "no matrix"),
        ("parity/ledger/update.py", "before == now", "before == now", ""),
    ],
)
def test_missed(place: str, old: str, new: str, case: str) -> None:
    """The first case of which a broken checker says something else; none of a healthy one."""
    assert missed({place: source_of(place).replace(old, new)}) == case

"""The rules of the matrix that are broken."""

from antiphon.parity.bites.of_matrix import MATRIX, STATUS
from antiphon.parity.matrix.status import MEANING


def test_every_status_is_reached() -> None:
    """There is a case for each status that the page explains."""
    reached = {bite.says[0].partition(" (")[0] for bite in STATUS.values()}
    assert reached == {name.partition(" (")[0] for name in MEANING}


def test_every_code_is_said() -> None:
    """There is a case for each thing that may be wrong."""
    assert {code for bite in MATRIX.values() for code in bite.says} == {
        "matrix-differs",
        "row-broken",
        "row-unreached",
        "row-stale",
        "unknown-row",
        "same-object",
        "unknown-place",
    }

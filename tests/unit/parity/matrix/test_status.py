"""How rows stand; each status is reached in ``bites``."""

from antiphon.parity.matrix.record import EMPTY
from antiphon.parity.matrix.rows import all_rows
from antiphon.parity.matrix.status import MEANING, UNREACHED, status
from tests.house.promise import STATUS


def test_nothing_is_aligned_without_evidence() -> None:
    """Every row is unreached until a lane has reached it."""
    assert {status(row, EMPTY, {}) for row in all_rows()} == {UNREACHED}


def test_the_page_explains_each() -> None:
    """What the page explains are the statuses that the founding promise knows."""
    for name in MEANING:
        assert STATUS.fullmatch(name.replace("ID", "some-id"))

"""The first place where two observations differ."""

import pytest

from antiphon.machine.snapshot import Counters, QueueView
from antiphon.parity.comparison import Parting, first_difference
from antiphon.values.value import Nat


@pytest.mark.parametrize(
    ("expected", "actual", "parting"),
    [
        (Counters(1, 2, 3, 4), Counters(1, 2, 3, 4), None),
        (Counters(1, 2, 3, 4), Counters(1, 9, 9, 4), Parting(".sessions_faulted", "2", "9")),
        ((1, (2, 3)), (1, (2, 4)), Parting("[1][1]", "3", "4")),
        ((1,), (1, 2), Parting("[1]", "nothing", "2")),
        ((1, 2), (1,), Parting("[1]", "2", "nothing")),
        (1, True, Parting("", "1", "True")),
        (None, 0, Parting("", "None", "0")),
        (
            QueueView("A", "B", (("a", Nat(1)),)),
            QueueView("A", "B", (("a", Nat(2)),)),
            Parting(".messages[0][1].value", "1", "2"),
        ),
    ],
)
def test_first_difference(expected: object, actual: object, parting: Parting | None) -> None:
    """The path leads to the first field, item or end that differs."""
    assert first_difference(expected, actual, "") == parting


def test_path_goes_on() -> None:
    """The path given is where the search starts."""
    found = first_difference((1,), (2,), "snapshot.ready")
    assert found == Parting("snapshot.ready[0]", "1", "2")

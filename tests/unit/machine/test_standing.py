"""What of a trace stands."""

from antiphon.machine.event import Aborted, Forked, Joined, Sent, SessionFaulted
from antiphon.machine.standing import standing
from antiphon.values.value import UNIT


def test_standing() -> None:
    """What was aborted does not, nor do the fork and its end; what others did does."""
    trace = (
        Forked(0, 0, 0, "A", 1),
        Forked(1, 0, 1, "B", 1),
        Sent(2, 0, 0, "A", "B", "x", UNIT),
        Forked(3, 0, 0, "A", 2),
        Aborted(4, 0, 0, "A", 3),
        SessionFaulted(5, 0, 2),
        Aborted(6, 0, 0, "A", 0),
        Sent(7, 0, 0, "A", "B", "x", UNIT),
        Joined(8, 0, 1, "B", 1),
    )
    assert standing(trace) == (trace[1], trace[5], trace[7], trace[8])

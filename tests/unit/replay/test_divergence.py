"""Where two runs part."""

from dataclasses import replace

from antiphon.machine.event import Event, Faulted, Halted, Opened, Sent
from antiphon.machine.fault import Fault
from antiphon.replay.divergence import Divergence, first_divergence, likenesses
from antiphon.values.value import Bool, Nat

RUN: tuple[Event, ...] = (
    Opened(0, 0, ("A", "B")),
    Opened(0, 1, ("A", "B")),
    Sent(0, 0, 0, "A", "B", "a", Nat(1)),
    Sent(1, 1, 2, "A", "B", "a", Nat(1)),
    Halted(2, 0, 0, "A"),
)


def test_the_first_event_that_differs() -> None:
    """Events are compared in order; a run that goes on differs from one that stops."""
    assert first_divergence(RUN, RUN) is None
    other = (*RUN[:2], Sent(0, 0, 0, "A", "B", "a", Bool(True)), *RUN[3:])
    assert first_divergence(RUN, other) == Divergence(2, RUN[:2], RUN[2], other[2])
    assert first_divergence(RUN, RUN[:3]) == Divergence(3, RUN[:3], RUN[3], None)
    assert first_divergence(RUN[:3], RUN) == Divergence(3, RUN[:3], None, RUN[3])


def test_likenesses() -> None:
    """The order of independent steps changes the schedule only; a failure is a difference."""
    swapped = (*RUN[:2], replace(RUN[3], tick=0), replace(RUN[2], tick=1), RUN[4])
    found = likenesses(RUN, swapped)
    assert found["scheduler"] == found["output_condition"] == "reordered"
    assert found["failure_visible"] == found["effect_ordering"] == "exact"
    failed = (*RUN[:4], Faulted(2, 0, 0, "A", Fault("receive", "channel-closed", "session")))
    assert likenesses(RUN, failed)["failure_visible"] == "different"
    late = (*RUN[:4], replace(RUN[4], tick=9))
    assert likenesses(RUN, late) == {
        "scheduler": "reordered",
        "effect_ordering": "exact",
        "failure_visible": "exact",
        "output_condition": "exact",
    }

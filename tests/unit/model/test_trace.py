"""The trace of the model: a sequence that nobody can write to."""

import pytest

from antiphon.machine.event import Ended, Event
from antiphon.model.trace import Trace


def test_it_is_a_sequence() -> None:
    """Length, places from both ends, and slices are those of a tuple."""
    events = tuple(Ended(tick, 0, 0) for tick in range(5))
    trace = Trace(list(events))
    assert (len(trace), tuple(trace), trace[0], trace[-1]) == (5, events, events[0], events[4])
    slices = (slice(1, 3), slice(None, None, -1), slice(-2, 99), slice(4, 1))
    assert [trace[part] for part in slices] == [events[part] for part in slices]
    for outside in (5, -6):
        with pytest.raises(IndexError):
            trace[outside]


def test_it_ends_where_it_was_asked_for() -> None:
    """Events that come later are seen by later traces only."""
    events: list[Event] = [Ended(0, 0, 0)]
    before = Trace(events)
    events.append(Ended(1, 0, 0))
    assert [len(before), len(Trace(events))] == [1, 2]
    assert before[-1] == before[0]
    assert list(before) == events[:1]


@pytest.mark.parametrize("change", ["append", "clear", "extend", "pop", "__setitem__", "sort"])
def test_it_cannot_be_changed(change: str) -> None:
    """There is no way to write."""
    assert not hasattr(Trace([]), change)

"""What a run came to."""

from __future__ import annotations

import pytest

from antiphon.cli.conversing import Reasons
from antiphon.cli.outcome_report import print_outcome, summary, to_json
from antiphon.effects.host import DefaultHost
from antiphon.protocols import protocol
from tests.cli.command import TRIP

KEYS = {
    *("outcome", "steps", "sessions", "events", "counters", "faults", "waiting"),
    *("digest", "state_digest", "trace_digest", "normal_digest"),
}
REASONS = Reasons(DefaultHost())


def test_json() -> None:
    """The document has every key, and a list of events on request."""
    run = protocol(TRIP).run(choices=["leave"])
    found = to_json(run, REASONS)
    assert found.keys() == KEYS
    assert found["outcome"] == "Done"
    assert found["events"] == {
        "Opened": 1,
        "Sent": 1,
        "Received": 1,
        "Selected": 1,
        "Invoked": 0,
        "Halted": 2,
        "Faulted": 0,
        "SessionFaulted": 0,
        "Ended": 1,
    }
    events = to_json(run, REASONS, with_events=True)["event_list"]
    assert isinstance(events, list)
    assert len(run.events) == 7


def test_json_without_a_trace() -> None:
    """What needs a trace is null; the state's digest and the counters are there."""
    found = to_json(protocol(TRIP).run(trace=False), REASONS)
    missing = {name for name in KEYS if found[name] is None}
    assert missing == {"events", "digest", "trace_digest", "normal_digest"}
    assert found["counters"] == {
        "sessions_ended": 1,
        "sessions_faulted": 0,
        "coroutines_done": 2,
        "coroutines_faulted": 0,
        "sessions_closed": 0,
        "outputs_passed": 0,
        "outputs_denied": 0,
    }


def test_faults() -> None:
    """Every coroutine that failed is listed with its fault."""
    found = to_json(protocol(TRIP).run(choices=[]), REASONS)["faults"]
    assert isinstance(found, list)
    assert found[0] == {
        "session": 0,
        "coroutine": 0,
        "role": "Customer",
        "instruction": "select",
        "code": "invoke-fault",
        "clause": "refused",
        "reason": None,
    }


def test_words(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for the numbers, and a picture for what caused a failure, not for its echoes."""
    trip = protocol(TRIP)
    assert summary(trip.run(choices=["leave"])) == "Done: 6 steps, 1 session, 1 message"
    print_outcome(trip.run(choices=[], sessions=2), REASONS, trip)
    out = capsys.readouterr().out
    assert out.count("error[invoke-fault]") == 2
    assert "channel-closed" not in out
    print_outcome(trip.run(trace=False), REASONS, trip)
    assert "\nstate digest " in capsys.readouterr().out

"""The digests that runs are compared by."""

from dataclasses import replace

from antiphon.machine import event
from antiphon.machine.config import Config
from antiphon.machine.digest import output_digest, run_digest, state_digest, trace_digest
from antiphon.machine.interface import POLICIES
from antiphon.values.canonical import digest
from antiphon.values.value import UNIT
from tests.unit.machine.states import PLAIN, STATE

TRACE = (event.Opened(0, 1, ("A", "B")), event.Sent(0, 1, 2, "A", "B", "x", UNIT))


def test_state_digest_is_golden() -> None:
    """Version 1 of the state digest never changes, and is taken over the plain form."""
    assert state_digest(STATE) == digest("antiphon.state.1", (PLAIN,))
    assert state_digest(STATE) == "cb37a8fdc613b70e1d6334fd4703c2e5c88616fbb5081adbf24b79036f587c6c"


def test_state_digest_knows_what_a_policy_remembers() -> None:
    """Under a policy that remembers nothing, what others would remember does not count."""
    state = replace(STATE, since=(5,), overtakes=3)
    assert state_digest(state) == state_digest(state, "round-robin") == state_digest(STATE)
    found = {state_digest(state, *some) for some in ((), ("aging",), ("progress-aware",), POLICIES)}
    assert len(found) == 4
    assert state_digest(STATE, "aging") == state_digest(STATE)


def test_trace_digest_is_golden() -> None:
    """Version 1 of the trace digest never changes, and the order of events counts."""
    assert trace_digest(TRACE) == "1806915ec59940d957c291162b1817ae56d11329a7ec20bcfd942145f367d6d7"
    assert trace_digest(reversed(TRACE)) != trace_digest(TRACE)


def test_run_digest_is_golden() -> None:
    """Version 1 of the run digest never changes, and every part of it counts."""
    parts = (("image",), Config(3), "cooperative", "trace", "state")
    assert run_digest(*parts) == "cfea0887da36be8f59c4c9f2380f1f60fac5ec924926f69c3931f01d48c7efae"
    others = {
        run_digest(("image", "image"), *parts[1:]),
        run_digest(parts[0], Config(4), *parts[2:]),
        run_digest(*parts[:2], "round-robin", *parts[3:]),
        run_digest(*parts[:3], "", parts[4]),
        run_digest(*parts[:4], ""),
    }
    assert len(others | {run_digest(*parts)}) == 6


def test_output_digest_is_golden() -> None:
    """It is that of the event, whether it was checked or not."""
    sent = event.Sent(0, 1, 2, "A", "B", "x", UNIT)
    assert output_digest(sent) == digest("antiphon.output.1", (event.to_plain(sent),))
    assert output_digest(sent) == output_digest(replace(sent, checked=True))
    assert output_digest(sent) != output_digest(replace(sent, label="y"))

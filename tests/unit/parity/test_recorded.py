"""Generated runs that are recorded."""

from dataclasses import replace

from antiphon.machine.interface import POLICIES
from antiphon.parity.recorded import MACHINES, difference_of, recorded_run
from antiphon.replay.recording import PICKS, Digests, Load
from antiphon.replay.stored import decode_stored


def test_a_run_is_its_numbers() -> None:
    """The same numbers make the same file, to the last byte; others another."""
    assert recorded_run(3, 1) == recorded_run(3, 1) != recorded_run(3, 2)
    assert recorded_run(3, 1) != recorded_run(4, 1)


def test_runs_are_of_many_kinds() -> None:
    """Every policy and free picks; failures, sessions opened on the way, answers that come late."""
    found = [decode_stored(recorded_run(number, 1)).recording for number in range(120)]
    assert {one.setup.policy for one in found} == {*POLICIES, PICKS}
    assert any(one.setup.config.failures for one in found)
    assert any(isinstance(event, Load) for one in found for _, event in one.between)
    assert any(len(given) > 1 for one in found for given in one.answers.values())


def test_a_difference_is_found() -> None:
    """A recording of something else is not what comes of its choices, on either machine."""
    stored = decode_stored(recorded_run(3, 1))
    wrong = replace(stored.recording, expected=Digests("0" * 64, "", "", ""))
    for make in MACHINES:
        assert difference_of(stored, make) is None
        found = difference_of(replace(stored, recording=wrong), make)
        assert found is not None
        assert found.what == "state"

"""Having recorded runs again."""

from dataclasses import replace

import pytest

from antiphon.effects.host import tape
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.replay.recording import (
    Digests,
    Recording,
    Setup,
    decode_recording,
    encode_recording,
    record,
)
from antiphon.replay.replayer import PLACES_MAX, Difference, Replayed, replay
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END
from tests.unit.replay.runs import ASKS, IMAGE, Image, RoleProgram, by_picks, by_policy, by_time


def again(recording: Recording) -> Replayed:
    """A replay on the model."""
    return replay(
        lambda config: Model(config, tape(recording.answers), request=unadmitted()),
        recording,
        drive,
    )


@pytest.mark.parametrize(
    "recording",
    [
        by_policy("cooperative"),
        by_policy("round-robin"),
        by_policy(sessions=5),
        by_picks(),
        by_time(),
    ],
    ids=["cooperative", "round-robin", "five sessions", "picks and wakes", "picks and time"],
)
def test_a_run_can_be_had_again(recording: Recording) -> None:
    """From its file, a run comes out the same to the last byte."""
    back = decode_recording(encode_recording(recording))
    found = again(back)
    assert found.difference is None
    assert found.digests == recording.expected
    assert (found.report.steps, found.report.outcome) == (recording.steps, Outcome.DONE)


def test_wakes_have_their_place() -> None:
    """A host that is late is waited for as often, and as long, as it was."""
    recording = by_picks()
    assert len(recording.between) == 3
    assert again(replace(recording, between=recording.between[:-1])).difference == Difference(
        "steps", str(recording.steps), str(recording.between[-1][0])
    )


def test_an_unfinished_run_stops_where_it_stopped() -> None:
    """A recording of the first steps replays the first steps."""
    model = Model(Config(), tape(by_policy("cooperative", 1).answers), request=unadmitted())
    model.load(IMAGE)
    drive(model, "cooperative", 4)
    recording = record(model, Setup((IMAGE,), (1,), "cooperative"), 4, by_policy().answers)
    found = again(recording)
    assert (found.difference, found.report.steps) == (None, 4)
    assert found.report.outcome is Outcome.EXHAUSTED


def test_the_first_difference_is_named() -> None:
    """Each digest is compared, and too few steps come before all of them."""
    recording = by_policy()
    for name in ("state", "trace", "normal", "run"):
        wrong: Digests = replace(recording.expected, **{name: "0" * 64})
        found = again(replace(recording, expected=wrong)).difference
        assert found == Difference(name, "0" * 64, getattr(recording.expected, name))
    longer = replace(recording, steps=recording.steps + 1)
    assert again(longer).difference == Difference("steps", str(longer.steps), str(recording.steps))


def test_a_pick_that_is_not_ready_is_a_difference() -> None:
    """A machine on which a recorded pick is impossible parts from the recording there."""
    recording = by_picks()
    assert recording.picks is not None
    wrong = replace(recording, picks=(*recording.picks[:2], 9, *recording.picks[3:]))
    assert again(wrong).difference == Difference("steps", str(recording.steps), "2")


def test_other_answers_make_a_difference() -> None:
    """A run with another host is another run."""
    other = by_policy(seed=4)
    found = again(replace(by_policy(), answers=other.answers))
    assert found.difference is not None
    assert found.digests == other.expected


def test_only_an_unverified_recording_loads_what_is_wrong() -> None:
    """A recording says whether its images pass the verifier."""
    wrong = Image("wrong", (RoleProgram("A", END, ASKS.code, 2),))
    model = Model(Config(), tape({}), request=unadmitted())
    model.load(wrong, unverified=True)
    steps = drive(model, "cooperative").steps
    setup = Setup((wrong,), (1,), "cooperative", unverified=True)
    recording = record(model, setup, steps, {})
    assert again(recording).report.outcome is Outcome.FAULTED
    with pytest.raises(ProgramError):
        again(replace(recording, setup=replace(setup, unverified=False)))


def test_rejects_what_asks_for_too_much() -> None:
    """Registers and sessions that are fine by themselves are too many together."""
    recording, size = by_policy(), 2**16
    image = Image("large", tuple(replace(one, registers=size - 1) for one in IMAGE.programs))
    count = PLACES_MAX // (size * len(image.programs)) + 1
    setup = replace(recording.setup, images=(image,), sessions=(count,))
    with pytest.raises(Refusal, match="coroutines and registers") as caught:
        again(replace(recording, setup=setup))
    assert caught.value.code == "too-large"
    image = Image("larger", tuple(replace(one, registers=2**31 - 1) for one in IMAGE.programs))
    setup = replace(recording.setup, images=(image,), unverified=True)
    with pytest.raises(ProgramError, match="register-count"):
        again(replace(recording, setup=setup))


def test_an_event_that_is_not_known() -> None:
    """Where there is no digest of the trace, the prints of events are asked for."""
    recording = by_policy()
    bare = replace(recording, expected=replace(recording.expected, trace="", normal="", run=""))

    def found(whole: Recording, unknown: int | None) -> Difference | None:
        return replay(
            lambda config: Model(config, tape(whole.answers), request=unadmitted()),
            whole,
            drive,
            lambda _: unknown,
        ).difference

    assert found(recording, 0) is None
    assert found(bare, None) is None
    difference = found(bare, 1)
    assert difference is not None
    assert (difference.what, difference.found[:8]) == ("event 2", "Opened(t")
    assert found(bare, 10**6) == Difference("event 1000001", "another", "nothing more")

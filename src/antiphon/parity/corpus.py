"""The corpus: cases that once differed, or that reach something seldom, one recording each.

Every file is run again for ever: on all machines in step, and on each by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final, cast

from antiphon.bytecode.codec import image_digest
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import HOST_WAIT
from antiphon.effects.host import tape
from antiphon.machine.ask import Answer, Ask, Position
from antiphon.machine.choice import Choice, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.interface import Machine, Runner
from antiphon.machine.outcome import Report
from antiphon.model.machine import Model
from antiphon.parity.ensemble import Ensemble, attempt, require_equal
from antiphon.parity.subject import Subject
from antiphon.replay.recording import (
    PICKS,
    Recording,
    Setup,
    decode_recording,
    digests,
    encode_recording,
    record,
)
from antiphon.replay.replayer import replay
from antiphon.scheduler.drive import drive

SUFFIX: Final = ".json"


def make_recording(
    images: Sequence[Image],
    config: Config,
    choices: Sequence[Choice],
    asked: Iterable[tuple[Ask, Answer]],
    *,
    unverified: bool,
    policy: str = PICKS,
) -> Recording:
    """The recording of what the model does when it makes these choices, with these answers.

    A session of each image is loaded first. ``policy`` names the one that makes all the picks, if
    one does.
    """
    groups = [(image, len(list(same))) for image, same in groupby(images)]
    setup = Setup(
        tuple(image for image, _ in groups),
        tuple(count for _, count in groups),
        policy,
        config,
        unverified,
    )
    answers = _by_position(asked)
    model = Model(config, tape(answers))
    for image in images:
        model.load(image, unverified=unverified)
    picks, wakes = list[int](), list[tuple[int, int]]()
    for choice in choices:
        model.step(choice)
        if isinstance(choice, Pick):
            picks.append(choice.coroutine)
        else:
            wakes.append((len(picks), choice.coroutine))
    return record(model, setup, answers, picks=picks if policy == PICKS else None, wakes=wakes)


def _by_position(asked: Iterable[tuple[Ask, Answer]]) -> Mapping[Position, list[Answer]]:
    answers: dict[Position, list[Answer]] = {}
    for ask, answer in asked:
        answers.setdefault(ask.position, []).append(answer)
    return answers


def save(directory: Path, recording: Recording) -> Path:
    """Write a recording under the name of its content, and say where."""
    directory.mkdir(parents=True, exist_ok=True)
    first = image_digest(recording.setup.images[0])[:6]
    place = directory / f"{first}-{recording.expected.run[:10]}{SUFFIX}"
    place.write_bytes(encode_recording(recording))
    return place


def load(directory: Path) -> dict[str, Recording]:
    """Every recording of a directory, by the name of its file."""
    places = sorted(directory.glob(f"*{SUFFIX}"))
    return {place.stem: decode_recording(place.read_bytes()) for place in places}


def play(recording: Recording, subjects: Sequence[Subject]) -> Counter[str]:
    """Run a recording on machines in step; the rows it reached.

    Raises ``Differs`` where they part from each other or from the recorded digests. Before each
    step, whatever must not be a step is tried as well.
    """
    setup = recording.setup
    ensemble = Ensemble(subjects, setup.config, partial(tape, recording.answers))
    for image, count in zip(setup.images, setup.sessions, strict=True):
        for _ in range(count):
            ensemble.load(image, unverified=setup.unverified)
    rows: Counter[str] = Counter()
    for choice in _choices(recording):
        _try_in_vain(ensemble)
        row = ensemble.choose_by(choice) if isinstance(choice, str) else ensemble.choose(choice)
        if row is not None:
            rows[row.id] += 1
    for player in ensemble.players:
        found = attempt(player.name, "digests", partial(digests, player.machine, setup))
        require_equal(player.name, "recorded digests", recording.expected, found)
    return rows


def play_alone(recording: Recording, subject: Subject) -> None:
    """Run a recording on one machine, step by step and in as few calls as it can.

    Raises ``Differs`` if it is not the same run.
    """
    _replay(recording, subject, drive)
    if subject.runner is not None:
        _replay(recording, subject, _run)


def _replay(
    recording: Recording, subject: Subject, way: Callable[[Machine, str, int], Report]
) -> None:
    at = f"replay by {way.__name__}"
    make = partial(_with_tape, subject, recording)
    found = attempt(subject.name, at, partial(replay, make, recording, way))
    require_equal(subject.name, at, None, found.difference)


def _run(machine: Machine, policy: str, max_steps: int) -> Report:
    return cast("Runner", machine).run(policy, max_steps)


def _with_tape(subject: Subject, recording: Recording, config: Config) -> Machine:
    return subject.make(config, tape(recording.answers))


def _choices(recording: Recording) -> Iterator[Choice | str]:
    """The choices of a recording; the policy's name where it picks."""
    wakes = list(recording.wakes)
    for step in range(recording.steps + 1):
        while wakes and wakes[0][0] == step:
            yield Wake(wakes.pop(0)[1])
        if step < recording.steps:
            picks = recording.picks
            yield recording.setup.policy if picks is None else Pick(picks[step])


def _try_in_vain(ensemble: Ensemble) -> None:
    """Every pick and every wake that must change nothing."""
    last = ensemble.last
    waiting = {
        one.id
        for one in last.snapshot.coroutines
        if one.block is not None and one.block.code == HOST_WAIT
    }
    for number in range(-1, last.snapshot.next_coroutine + 1):
        if number not in last.enabled:
            ensemble.choose_in_vain(Pick(number))
        if number not in waiting:
            ensemble.choose_in_vain(Wake(number))

"""The corpus: cases that once differed, or that reach something seldom, one file each.

A case is a recording, or a script where sessions are opened on the way. Every file is run again
for ever: on all machines in step, and on each by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias, cast

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import HOST_WAIT, Row
from antiphon.effects.host import tape
from antiphon.errors import Refusal
from antiphon.files import read_file
from antiphon.machine.ask import Answer, Ask, Position
from antiphon.machine.choice import Advance, Choice, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.digest import state_digest, trace_digest
from antiphon.machine.interface import Machine, Runner
from antiphon.machine.outcome import Report
from antiphon.model.machine import Model
from antiphon.parity.act import Act, Open, Stretch
from antiphon.parity.ensemble import Ensemble, Player, attempt, require_equal
from antiphon.parity.script import FORMAT as SCRIPT_FORMAT
from antiphon.parity.script import Script, decode_script, encode_script, script_of
from antiphon.parity.subject import MODEL, Subject
from antiphon.replay.recording import (
    PICKS,
    Between,
    Load,
    Recording,
    Setup,
    encode_recording,
    record,
    require_digests,
)
from antiphon.replay.replayer import replay
from antiphon.replay.stored import decode_stored
from antiphon.scheduler.drive import drive

SUFFIX: Final = ".json"
KILLERS: Final = "killers.txt"
_IDS_TRIED: Final = 64

Case: TypeAlias = Recording | Script


def make_recording(
    images: Sequence[Image],
    config: Config,
    choices: Sequence[Choice | Open],
    asked: Iterable[tuple[Ask, Answer]],
    *,
    unverified: bool,
    policy: str = PICKS,
) -> Recording:
    """The recording of what the model does when it makes these choices, with these answers.

    A session of each image is loaded first, more where ``choices`` say so. ``policy`` names the one
    that makes all the picks, if one does.
    """
    groups = [(image, len(list(same))) for image, same in groupby(images)]
    late = [each.image for each in choices if isinstance(each, Open)]
    more = [image for image in dict.fromkeys(late) if image not in images]
    known = [*(image for image, _ in groups), *more]
    setup = Setup(
        tuple(known),
        (*(count for _, count in groups), *(0 for _ in more)),
        policy,
        config,
        unverified,
    )
    answers = _by_position(asked)
    model = Model(config, tape(answers), request=unadmitted())
    for image in images:
        model.load(image, unverified=unverified)
    picks, between = list[int](), list[tuple[int, Between]]()
    is_free = policy == PICKS
    for choice in choices:
        if isinstance(choice, Open):
            for _ in range(choice.count):
                model.load(choice.image, unverified=unverified)
            between.append((len(picks), Load(known.index(choice.image), choice.count)))
            continue
        model.step(choice)
        if isinstance(choice, Pick):
            picks.append(choice.coroutine)
        elif is_free or isinstance(choice, Wake):
            between.append((len(picks), choice))
    listed = picks if is_free else None
    return record(model, setup, len(picks), answers, picks=listed, between=between)


def _by_position(asked: Iterable[tuple[Ask, Answer]]) -> Mapping[Position, list[Answer]]:
    answers: dict[Position, list[Answer]] = {}
    for ask, answer in asked:
        answers.setdefault(ask.position, []).append(answer)
    return answers


def make_script(
    config: Config,
    acts: Sequence[Act],
    asked: Iterable[tuple[Ask, Answer]],
    *,
    unverified: bool,
) -> Script:
    """The script of these acts, with these answers; the digests are what the model comes to."""
    answers = {position: tuple(given) for position, given in _by_position(asked).items()}
    ensemble = Ensemble((MODEL,), config, partial(tape, answers))
    for act in acts:
        list(perform(ensemble, act, unverified=unverified))
    return Script(
        config, unverified, tuple(acts), answers, *_digests(ensemble.players[0], _policies(acts))
    )


def perform(ensemble: Ensemble, act: Act, *, unverified: bool) -> Iterator[Row]:
    """Do one act; the rows that it reaches."""
    if isinstance(act, Open):
        ensemble.load(act.image, act.count, unverified=unverified)
    elif isinstance(act, Stretch):
        yield from ensemble.stretch(act.policy, act.steps)
    else:
        row = ensemble.choose(act)
        if row is not None:
            yield row


def save(directory: Path, case: Case) -> Path:
    """Write a case under the name of its content, and say where."""
    directory.mkdir(parents=True, exist_ok=True)
    data = encode(case)
    place = directory / f"{sha256(data).hexdigest()[:12]}{SUFFIX}"
    place.write_bytes(data)
    return place


def encode(case: Case) -> bytes:
    """A case as its file."""
    return encode_recording(case) if isinstance(case, Recording) else encode_script(case)


def load(directory: Path) -> dict[str, Case]:
    """Every case of a directory, by the name of its file; the shortest file first.

    Raises ``Refusal`` if one is damaged, or larger than what a case may be.
    """
    files = {
        place.stem: read_file(place, JSON_SIZE_MAX, "shrink the case")
        for place in sorted(directory.glob(f"*{SUFFIX}"))
    }
    return {name: _decoded(files[name]) for name in sorted(files, key=lambda n: len(files[n]))}


def load_killers(directory: Path) -> dict[str, str]:
    """Which case killed which mutant when that was last noted; empty if it never was.

    It is a guess where to look first, and may be out of date. Raises ``Refusal`` if the file is
    damaged or too large.
    """
    place = directory / KILLERS
    if not place.exists():
        return {}
    data = read_file(place, JSON_SIZE_MAX, "note the killers again")
    pairs = [line.split(" ") for line in data.decode("utf-8", "replace").splitlines()]
    if any(len(pair) != 2 for pair in pairs):
        raise Refusal("killers-damaged", f"{place}: a line is no mutant and case: note them again")
    return {line[0]: line[1] for line in pairs}


def save_killers(directory: Path, killers: Mapping[str, str]) -> None:
    """Note which case kills which mutant."""
    lines = (f"{mutant} {case}\n" for mutant, case in sorted(killers.items()))
    (directory / KILLERS).write_text("".join(lines), encoding="utf-8")


def _decoded(data: bytes) -> Case:
    is_script = f'"format":"{SCRIPT_FORMAT}"'.encode() in data[:64]
    if is_script:
        return decode_script(data)
    recording = decode_stored(data).recording
    require_digests(recording.expected)
    return recording


def play(case: Case, subjects: Sequence[Subject]) -> Counter[str]:
    """Run a case on machines in step, and on every machine that runs by itself; the rows reached.

    Raises ``Differs`` where they part from each other or from the digests of the case. Before each
    step, whatever must not be a step is tried as well.
    """
    script = script_of(case) if isinstance(case, Recording) else case
    policies = {case.setup.policy} if isinstance(case, Recording) else _policies(case.acts)
    ways = [(subject, way) for subject in subjects for way in subject.ways]
    ensemble = Ensemble(subjects, script.config, partial(tape, script.answers), ways)
    rows: Counter[str] = Counter()
    for act in script.acts:
        _try_in_vain(ensemble)
        for row in perform(ensemble, act, unverified=script.unverified):
            rows[row.id] += 1
            _try_in_vain(ensemble)
    for player in ensemble.players:
        found = attempt(player.name, "digests", partial(_digests, player, policies))
        require_equal(player.name, "recorded digests", (script.state, script.trace), found)
    return rows


def _policies(acts: Iterable[Act]) -> set[str]:
    return {act.policy for act in acts if isinstance(act, Stretch)}


def _digests(player: Player, policies: Collection[str]) -> tuple[str, str]:
    machine = player.machine
    return state_digest(machine.snapshot(), *policies), trace_digest(machine.events())


def play_alone(recording: Recording, subject: Subject) -> None:
    """Run a recording on one machine, step by step and in as few calls as it can.

    Raises ``Differs`` if it is not the same run.
    """
    _replay(recording, subject, drive)
    if subject.ways:
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


def _try_in_vain(ensemble: Ensemble) -> None:
    """Every pick and every wake that must change nothing, unless the crowd is large."""
    last = ensemble.last
    if last.snapshot.next_coroutine > _IDS_TRIED:
        return
    waiting = {
        one.id
        for one in last.snapshot.coroutines
        if one.block is not None and one.block.code == HOST_WAIT
    }
    everyone = range(-1, last.snapshot.next_coroutine + 1)
    picks = (Pick(number) for number in everyone if number not in ensemble.enabled)
    wakes = (Wake(number) for number in everyone if number not in waiting)
    due = last.snapshot.deadline
    ticks = {-1, last.snapshot.clock, last.snapshot.clock + 1, last.snapshot.clock + 2}
    if due is not None and not ensemble.enabled:
        ticks.discard(due)
    ensemble.choose_in_vain(*picks, *wakes, *map(Advance, sorted(ticks)))

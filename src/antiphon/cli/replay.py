"""``antiphon replay``: a recorded run again, to the end or to an instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_fields

from antiphon.bytecode.program import Image
from antiphon.cli.conversing import Reasons
from antiphon.cli.exit_code import ExitCode
from antiphon.cli.explanation import allowed, waits
from antiphon.cli.machines import advance, machine_named
from antiphon.cli.outcome_report import summary, to_json
from antiphon.cli.recording_file import read_stored, write_recording
from antiphon.cli.telling import divergence_json, print_divergence
from antiphon.cli.terminal import draw, glyphs, say, say_json, width
from antiphon.drawing.sequence import sequence_text
from antiphon.effects.host import loose_tape, tape
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Event, SessionFaulted
from antiphon.model.machine import Model
from antiphon.protocols import Conversation, conversation, load
from antiphon.replay.divergence import Divergence, first_divergence
from antiphon.replay.recording import Recording
from antiphon.replay.replayer import Replayed
from antiphon.replay.replayer import replay as replay_recording
from antiphon.replay.stored import Source, Stored
from antiphon.scheduler.drive import wait_for

SIDES = ("recorded", "actual")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command."""

    file: str
    engine: str
    until: int | None
    export: str | None
    against: str | None
    events: bool
    ascii_only: bool


def replay(options: Options, *, as_json: bool) -> ExitCode:
    """Replay, draw the first session, and say whether it was the same run."""
    file, engine, until = options.file, options.engine, options.until
    if options.against is not None:
        if until is not None or options.export is not None or options.events:
            raise Refusal("usage", "--against goes with none of --until, --export and --events")
        return _replay_against(file, options.against, engine, as_json=as_json)
    stored = read_stored(file)
    recording = stored.recording
    partial = until is not None and until < recording.steps
    if until is not None and partial:
        recording = _cut(recording, until)
    reasons = Reasons(tape(recording.answers))
    machines: list[Model | Engine] = []

    def make(config: Config) -> Model | Engine:
        machines.append(machine_named(engine, config, reasons, unadmitted()))
        return machines[-1]

    first_unknown = None if partial else stored.first_unknown
    found = replay_recording(make, recording, advance, first_unknown)
    setup = recording.setup
    end = conversation(machines[0], found.report, setup.images, setup.config, setup.policy)
    same = partial or found.difference is None
    if options.export is not None and same:
        write_recording(options.export, with_fields(recording, expected=found.digests))
    parted = None if same else divergence_of(stored, machines[0].events(), engine)
    if as_json:
        head: dict[str, object] = {"file": file, "engine": engine, "policy": setup.policy}
        head |= {"partial": partial, "same": None if partial else same}
        head |= {"version": stored.version, "whole": stored.is_whole}
        head["divergence"] = parted and divergence_json(
            parted, SIDES, (stored.source, stored.source)
        )
        say_json(head | to_json(end, reasons, with_events=options.events))
    else:
        if not stored.is_whole:
            say(f"The recording was cut off: it is whole up to step {stored.recording.steps}.")
        _print(end, recording, found, partial=partial, ascii_only=options.ascii_only)
        if parted is not None:
            print_divergence(parted, SIDES, (stored.source, stored.source))
    return ExitCode.YES if same else ExitCode.NO


def divergence_of(stored: Stored, actual: Sequence[Event], engine: str) -> Divergence | None:
    """The first event of a replay that is not the recorded one, as far as it can be known.

    What was recorded is known by what the other machine does, if that has the prints of the
    recording or, where there are none, is the same run.
    """
    other = "engine" if engine == "model" else "model"
    found, recorded = run_again(stored.recording, other)
    parted = first_divergence(recorded, actual)
    if not stored.prints:
        return parted if found.difference is None else None
    mine, its = stored.first_unknown(actual), stored.first_unknown(recorded)
    if mine is None:
        return None
    if parted is not None and mine == parted.number and (its is None or its > mine):
        return parted
    event = actual[mine] if mine < len(actual) else None
    return Divergence(mine, actual[:mine], None, event, is_known=mine >= len(stored.prints))


def run_again(
    recording: Recording, engine: str, *, loose: bool = False
) -> tuple[Replayed, Sequence[Event]]:
    """A replay on one of the machines, and its events; ``loose``: of a program that has changed."""
    machines: list[Model | Engine] = []
    host = loose_tape if loose else tape

    def make(config: Config) -> Model | Engine:
        machines.append(machine_named(engine, config, host(recording.answers), unadmitted()))
        return machines[-1]

    found = replay_recording(make, recording, advance)
    return found, machines[0].events()


def _replay_against(file: str, against: str, engine: str, *, as_json: bool) -> ExitCode:
    """Replay what was decided in a recording in a protocol that may have changed since.

    The sessions of the recording's first image are then sessions of the protocol of the same name.
    """
    stored = read_stored(file)
    changed = load(against, None if stored.source is None else stored.source.protocol)
    setup = stored.recording.setup
    images = (changed.image, *setup.images[1:])
    other = with_fields(stored.recording, setup=with_fields(setup, images=images))
    _, recorded = run_again(stored.recording, engine)
    _, actual = run_again(other, engine, loose=True)
    text = changed.source
    sources = (stored.source, text and Source(against, changed.name, text.text))
    parted = first_divergence(recorded, actual)
    if as_json:
        head: dict[str, object] = {"file": file, "against": against, "engine": engine}
        found = parted and divergence_json(parted, SIDES, sources)
        say_json(head | {"same": parted is None, "divergence": found})
    elif parted is None:
        say(f"The same conversation as recorded, {len(actual)} events.")
    else:
        say(f"Not the conversation that was recorded, with {against}.")
        print_divergence(parted, SIDES, sources)
    return ExitCode.YES if parted is None else ExitCode.NO


def _cut(recording: Recording, steps: int) -> Recording:
    """The beginning of a recording; the digests that it expects are those of the whole."""
    return with_fields(
        recording,
        steps=steps,
        picks=None if recording.picks is None else recording.picks[:steps],
        between=tuple(item for item in recording.between if item[0] <= steps),
    )


def _print(
    end: Conversation, recording: Recording, found: Replayed, *, partial: bool, ascii_only: bool
) -> None:
    first = _first_image(recording)
    if first is not None:
        marks = glyphs(ascii_only=ascii_only)
        ended = not partial or _has_failed(end)
        draw(sequence_text(end.events, first.roles, 0, width(), marks, ended=ended))
        say()
    if partial:
        say(f"This is the instant after step {end.steps}.")
        if first is not None:
            _print_instant(end, first)
    else:
        say(summary(end))
        difference = found.difference
        if difference is None:
            say(f"The same run as recorded, {recording.steps} steps: digest {end.digest}")
        else:
            say(f"Not the run that was recorded: {difference.what} is {difference.found},")
            say(f"and was {difference.expected}.")


def _first_image(recording: Recording) -> Image | None:
    """What session 0 runs."""
    setup = recording.setup
    pairs = zip(setup.images, setup.sessions, strict=True)
    return next((image for image, count in pairs if count), None)


def _has_failed(end: Conversation) -> bool:
    """Whether session 0 has failed, so that its queues are empty and no role may go on."""
    return any(isinstance(event, SessionFaulted) and event.session == 0 for event in end.events)


def _print_instant(end: Conversation, image: Image) -> None:
    """Where each role of session 0 stands, if it is still there, and who waits for whom."""
    verb = "may"
    if _has_failed(end):
        verb = "was to"
        say("The session has failed: nobody goes on, and each role is told when it tries to.")
    types = {program.role: program.local_type for program in image.programs}
    for session in end.snapshot.sessions:
        if session.id == 0:
            for endpoint in session.endpoints:
                say(f"  {endpoint.role} {verb} {allowed(types[endpoint.role], endpoint.node)}")
    for line in waits(edge for edge in wait_for(end.snapshot) if edge.session == 0):
        say(f"  {line}")

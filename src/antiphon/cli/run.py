"""``antiphon run``: run a protocol, draw the conversation while it goes on, say what it came to."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from antiphon.cli.config_file import read_config
from antiphon.cli.conversing import Reasons, Stage, draw_opened
from antiphon.cli.exit_code import ExitCode
from antiphon.cli.machines import (
    advance,
    check_admitted,
    machine_named,
    machine_with_threads,
    machine_with_waves,
    open_sessions,
)
from antiphon.cli.outcome_report import print_last, print_outcome, to_json
from antiphon.cli.recording_file import check_writable
from antiphon.cli.terminal import say, say_json
from antiphon.drawing.mermaid import render_mermaid
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.files import AppendedFile
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeRequest
from antiphon.machine.outcome import Outcome
from antiphon.machine.trace_mode import FULL, OFF, TraceMode, trace_mode
from antiphon.model.machine import Model
from antiphon.protocols import Conversation, Protocol, conversation, host_for, load
from antiphon.replay.appended import Recorder
from antiphon.replay.recording import SESSIONS_MAX, Digests, Setup
from antiphon.replay.stored import Source
from antiphon.replay.trace_file import TraceFile
from antiphon.streaming import streamed
from antiphon.waves.machine import WaveMachine

STEPS_MAX = 1_000_000
"""How many steps are taken when ``--max-steps`` does not say."""
_SOURCE_MAX = 2**20
"""A longer text is not kept in a recording."""


WAVES = "waves"
"""The machine that takes several steps at once."""
THREADS = "threads"
"""The engine, with several threads."""


@dataclass(frozen=True, slots=True)
class Waves:
    """How many lanes or threads, how many steps at once, and whether several may be of one
    session.
    """

    workers: int = 1
    width: int = 8
    widening: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command."""

    file: str
    protocol: str | None
    engine: str
    sessions: int
    policy: str
    config: str | None
    seed: int | None
    choices: str | None
    handler: str | None
    max_steps: int | None
    record: str | None
    trace: TraceMode
    events: bool
    form: str
    ascii_only: bool
    as_json: bool
    waves: Waves = field(default_factory=Waves)

    @property
    def request(self) -> RuntimeRequest:
        """What the machine is asked for."""
        if self.engine != WAVES:
            return RuntimeRequest(self.policy)
        wide = self.waves.width > 1 and self.waves.widening
        return RuntimeRequest(self.policy, wave_width=self.waves.width, wave_widening=wide)


def trace_of(mode: str | None, *, no_trace: bool) -> TraceMode:
    """The mode of the trace that was asked for: in either way, in both if they say the same."""
    found = trace_mode(not no_trace if mode is None else mode)
    if no_trace and found != OFF:
        raise Refusal("usage", f"--no-trace is --trace off, and not --trace {mode}")
    return found


def run(options: Options) -> ExitCode:
    """Run, and report."""
    _check_options(options)
    protocol = load(options.file, options.protocol)
    check_admitted(options.request)
    options = _with_file(options, protocol)
    for path in filter(None, (options.record, options.trace.path)):
        check_writable(path, options.file)
    with redirect_stdout(sys.stderr if options.as_json else sys.stdout):
        reasons, end = _converse(options, protocol)
    _print(options, protocol, end, reasons)
    return _exit_code(end, options)


def _converse(options: Options, protocol: Protocol) -> tuple[Reasons, Conversation]:
    """The run; with ``--record`` it is recorded while it goes on."""
    reasons, config = Reasons(_host(options)), read_config(options.config)
    if options.record is None:
        return reasons, _play(options, protocol, config, reasons)
    setup = Setup((protocol.image,), (options.sessions,), options.policy, config)
    source = _source(options, protocol)
    with AppendedFile(options.record) as file:
        recorder = Recorder(file.write, setup, source=source, traced=options.trace == FULL)
        end = _play(options, protocol, config, recorder.host(reasons), recorder)
        trace, normal, run = end.trace_digest, end.normal_digest, end.digest
        recorder.end(Digests(end.state_digest, trace or "", normal or "", run or ""))
    return reasons, end


def _play(
    options: Options,
    protocol: Protocol,
    config: Config,
    host: Host,
    recorder: Recorder | None = None,
) -> Conversation:
    with streamed(options.trace, protocol.name) as stream:
        machine = _machine(options, config, host, stream)
        open_sessions(machine, protocol.image, options.sessions)
        quiet = options.as_json or options.form != "text" or options.trace != FULL
        stage = Stage(protocol, options.sessions, quiet=quiet, ascii_only=options.ascii_only)
        limit = STEPS_MAX if options.max_steps is None else options.max_steps
        go = partial(advance, machine, options.policy)
        if recorder is not None:
            recorder.mark(machine, 0)
            go = partial(recorder.play, machine, go)
        report = stage.play(machine, go, limit)
        if stream is not None and isinstance(machine, Model):
            stream.add(machine.events())
    images, mode = (protocol.image,), options.trace
    return conversation(machine, report, images, config, options.policy, mode, stream)


def _machine(
    options: Options, config: Config, host: Host, stream: TraceFile | None
) -> Model | Engine | WaveMachine:
    if options.engine == WAVES:
        return machine_with_waves(config, host, options.request, options.waves.workers)
    if options.engine == THREADS:
        workers, is_kept = options.waves.workers, options.trace == FULL
        return machine_with_threads(config, host, options.request, workers, trace=is_kept)
    sink = None if stream is None else stream.add
    name, request = options.engine, options.request
    return machine_named(name, config, host, request, trace=options.trace, sink=sink)


def _with_file(options: Options, protocol: Protocol) -> Options:
    """With the name of the file that the events go to, if they go to one."""
    mode = options.trace
    if mode.kind != "file":
        return options
    found = TraceMode("file", path=mode.path or f"{protocol.name}.trace")
    if options.record is not None and Path(options.record).resolve() == Path(found.path).resolve():
        raise Refusal("usage", "--record and --trace name the same file")
    return replace(options, trace=found)


def _source(options: Options, protocol: Protocol) -> Source | None:
    """The text, so that whoever replays the run can be told places in it."""
    found = protocol.source
    if found is None or len(found.text) > _SOURCE_MAX:
        return None
    return Source(options.file, protocol.name, found.text)


def _print(options: Options, protocol: Protocol, end: Conversation, reasons: Reasons) -> None:
    if options.as_json:
        head = {"protocol": protocol.name, "file": options.file, "engine": options.engine}
        head["policy"] = options.policy
        say_json(head | to_json(end, reasons, with_events=options.events))
    elif options.form == "mermaid":
        say(render_mermaid(end.events, protocol.roles).rstrip("\n"))
    else:
        if options.sessions == 1 and end.traced:
            draw_opened(end.events, ascii_only=options.ascii_only)
        if options.trace.kind == "tail":
            print_last(end.events)
        print_outcome(end, reasons, protocol)
        if options.trace.kind == "file":
            say(f"The events are in {options.trace.path}.")
        if end.outcome is Outcome.EXHAUSTED and options.max_steps is None:
            say(f"It was stopped after {STEPS_MAX} steps; say how many you want: --max-steps N.")


def _exit_code(end: Conversation, options: Options) -> ExitCode:
    enough = end.outcome is Outcome.EXHAUSTED and options.max_steps is not None
    return ExitCode.YES if end.outcome is Outcome.DONE or enough else ExitCode.NO


def _check_options(options: Options) -> None:
    given = [options.seed, options.choices, options.handler]
    if sum(one is not None for one in given) > 1:
        raise Refusal("usage", "give at most one of --seed, --choices and --handler")
    if options.sessions > SESSIONS_MAX:
        raise Refusal("usage", f"at most {SESSIONS_MAX} sessions")
    is_kept = options.trace.kind in ("full", "tail")
    if options.events and not (options.as_json and is_kept):
        words = "--events goes with --json, and with a trace that is kept: full, or a tail"
        raise Refusal("usage", words)
    if options.engine != WAVES and options.waves != Waves(options.waves.workers):
        raise Refusal("usage", "--wave-width and --widening go with --engine waves")
    if options.engine not in (WAVES, THREADS) and options.waves.workers > 1:
        raise Refusal("usage", "--workers goes with --engine waves and threads")
    if options.engine == WAVES and (options.record is not None or options.trace != FULL):
        raise Refusal("usage", "--engine waves goes without --record, and with a full trace")
    if options.engine == THREADS and options.trace.kind not in ("full", "off"):
        raise Refusal("usage", "--engine threads keeps a full trace, or none")
    if options.form == "mermaid" and options.trace != FULL:
        raise Refusal("usage", "--format mermaid draws a full trace")


def _host(options: Options) -> Host:
    choices = None if options.choices is None else _labels(options.choices)
    handler = None if options.handler is None else _handler(options.handler)
    return host_for(handler, options.seed, choices)


def _labels(text: str) -> Sequence[str]:
    return [label.strip() for label in text.split(",")] if text.strip() else []


def _handler(place: str) -> object:
    """The object that ``module:object`` names; modules of the current folder are found too."""
    module, colon, path = place.partition(":")
    if not (module and colon and path):
        raise Refusal(
            "usage", f"--handler is MODULE:OBJECT, for example answers:reply, not {place!r}"
        )
    try:
        with _found_first(str(Path.cwd())):
            found: object = importlib.import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
    except (Exception, SystemExit) as error:
        reason = f"{type(error).__name__}: {error}"
        raise Refusal("unusable-handler", f"{place} cannot be used: {reason}") from error
    return found


@contextmanager
def _found_first(folder: str) -> Generator[None]:
    """Modules of ``folder`` are found before all others, and afterwards as before."""
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        with suppress(ValueError):
            sys.path.remove(folder)

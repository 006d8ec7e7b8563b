"""``antiphon demo``: a conversation, live and checked; then one role speaks out of turn."""

from __future__ import annotations

import shlex
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from antiphon.bytecode.assembly import render_instruction
from antiphon.bytecode.program import Image
from antiphon.bytecode.verify import verify
from antiphon.cli.demo_script import CULPRIT, PROTOCOL, Travellers, hasty, program_of
from antiphon.cli.exit_code import ExitCode
from antiphon.cli.explanation import allowed, fault_picture, waits
from antiphon.cli.invocation import command_words
from antiphon.cli.recording_file import check_writable, write_recording
from antiphon.cli.shadow import Shadowed
from antiphon.cli.terminal import draw, glyphs, is_live, say, say_json, styled, width
from antiphon.drawing.brief import columns
from antiphon.drawing.line import Line, Segment, plain
from antiphon.drawing.sequence import Sequence
from antiphon.effects.host import Log, guarded, recording
from antiphon.errors import Bug, ProgramError
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.event import Event, Faulted
from antiphon.machine.snapshot import Snapshot
from antiphon.protocols import Protocol, load
from antiphon.replay.recording import Setup, record
from antiphon.scheduler.drive import wait_for

_PAUSE_S = 0.08
_MARGIN = 10
_POLICY = "cooperative"


@dataclass(frozen=True, slots=True)
class _Mistake:
    """The fault of the second act: the step at which it happened, and the state before it."""

    fault: Faulted
    step: int
    before: Snapshot
    events: tuple[Event, ...]


class _Play:
    """One act: a session on both machines, drawn while it goes on."""

    def __init__(self, protocol: Protocol, image: Image, *, quiet: bool, ascii_only: bool) -> None:
        self.image = image
        self.log: Log = {}
        self.machines = Shadowed(Config(), self._host)
        self._quiet = quiet
        self._marks = glyphs(ascii_only=ascii_only)
        self._room = width() - _MARGIN
        self._picture = Sequence(0, protocol.roles, self._room, self._marks)
        self.mistake: _Mistake | None = None

    def _host(self) -> Host:
        """A host for one machine; the log is that of the last one that was made."""
        host, self.log = recording(guarded(Travellers()))
        return host

    def perform(self, *, unverified: bool = False) -> None:
        """Step to the end: first come, first served."""
        self.machines.load(self.image, unverified=unverified)
        self._show(self._picture.header(), agrees=False)
        while self.machines.state.ready:
            before = self.machines.state
            for event in self.machines.step(before.ready[0]):
                if isinstance(event, Faulted) and self.mistake is None:
                    events = tuple(self.machines.engine.events())
                    self.mistake = _Mistake(event, before.clock + 1, before, events)
                self._show(self._picture.draw(event), agrees=True)
        self._show(self._picture.footer(), agrees=False)

    def _show(self, lines: Iterable[Line], *, agrees: bool) -> None:
        if self._quiet:
            return
        for line in lines:
            note = Segment(f"{self._marks.equals} model", "faint")
            gap = Segment(" " * (self._room - columns(plain(line)) + 1), "line")
            draw([(*line, gap, note) if agrees else line])
            if is_live():
                time.sleep(_PAUSE_S)

    def agreement(self) -> str:
        """What was compared, in one sentence."""
        states, events = self.machines.states, self.machines.events
        return (
            f"The model agrees: {states} whole states and {events} events of the engine\n"
            "were compared with its own, and there was no difference."
        )


def demo(target: str | None, *, ascii_only: bool, as_json: bool) -> ExitCode:
    """Both acts, and a recording of the second."""
    if target is not None:
        check_writable(target)
    protocol = load(PROTOCOL)
    if not as_json:
        _prologue(protocol)
    good = _Play(protocol, protocol.image, quiet=as_json, ascii_only=ascii_only)
    good.perform()
    image, address = hasty(protocol.image)
    refusal = _verifier_says(image)
    if not as_json:
        say(f"\n{good.agreement()}")
        _entr_acte(protocol, image, address, refusal)
    bad = _Play(protocol, image, quiet=as_json, ascii_only=ascii_only)
    bad.perform(unverified=True)
    if bad.mistake is None:
        raise Bug("the role that speaks out of turn was not stopped")
    path = target or str(Path(tempfile.mkdtemp(prefix="antiphon-")) / "out-of-turn.json")
    setup = Setup((image,), (1,), _POLICY, Config(), unverified=True)
    write_recording(path, record(bad.machines.engine, setup, bad.machines.engine.clock, bad.log))
    command = f"{command_words()} replay {shlex.quote(path)} --until {bad.mistake.step}"
    if as_json:
        say_json(_to_json(protocol, good, bad, bad.mistake, path, command))
    else:
        say(f"\n{bad.agreement()}\n")
        _epilogue(protocol, bad.mistake, command)
    return ExitCode.YES


def _prologue(protocol: Protocol) -> None:
    build = _build_words()
    draw([styled("1. A conversation that follows its protocol", "role")])
    say(f"{protocol.name}, {len(protocol.roles)} roles, on the engine ({build}); after each step")
    say("its whole state is compared with that of the model, which runs beside it.\n")


def _build_words() -> str:
    from antiphon.engine.build import describe

    return f"{describe().name} kernel"


def _verifier_says(image: Image) -> ProgramError:
    try:
        verify(image)
    except ProgramError as error:
        return error
    raise Bug("the verifier accepts a program that speaks out of turn")


def _entr_acte(protocol: Protocol, image: Image, address: int, refusal: ProgramError) -> None:
    old = program_of(protocol.image, CULPRIT).code[address]
    new = program_of(image, CULPRIT).code[address]
    say()
    draw([styled("2. One role speaks out of turn", "role")])
    say(f"In the program of {CULPRIT} one instruction is changed, at address {address}:")
    draw([styled(f"  - {render_instruction(old)}", "fault")])
    draw([styled(f"  + {render_instruction(new)}", "mark")])
    say("It names a price without waiting for the Airline's. The verifier refuses to load it:")
    say(f"  {refusal.diagnostics[0].code}: {refusal.diagnostics[0].message}")
    say("Loaded all the same, unverified, it meets the monitor:\n")


def _epilogue(protocol: Protocol, mistake: _Mistake, command: str) -> None:
    fault = mistake.fault
    say(fault_picture(protocol, fault, mistake.events, _notes(protocol, mistake)))
    say("\nNo offer was sent. The session failed with the mistake, and its other roles were told")
    say("at their next step. All of it was recorded; this replays it to that instant:\n")
    draw([styled(f"  {command}", "message")])


def _notes(protocol: Protocol, mistake: _Mistake) -> list[str]:
    fault = mistake.fault
    session = next(one for one in mistake.before.sessions if one.id == fault.session)
    node = next(one.node for one in session.endpoints if one.role == fault.role)
    may = allowed(protocol.project(fault.role), node)
    return [f"{fault.role} may now {may}", *waits(wait_for(mistake.before))]


def _to_json(
    protocol: Protocol, good: _Play, bad: _Play, mistake: _Mistake, path: str, command: str
) -> dict[str, object]:
    places = protocol.where(mistake.fault.role, mistake.events)
    return {
        "protocol": protocol.name,
        "steps": good.machines.state.clock,
        "states_compared": good.machines.states + bad.machines.states,
        "events_compared": good.machines.events + bad.machines.events,
        "differences": 0,
        "fault": {
            "role": mistake.fault.role,
            "step": mistake.step,
            "code": mistake.fault.fault.code,
            "clause": mistake.fault.fault.clause,
            "line": places[0].line if places else None,
            "notes": _notes(protocol, mistake),
        },
        "recording": path,
        "command": command,
    }

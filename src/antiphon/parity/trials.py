"""What gates, normal forms, recordings and evidence must do, asked of whatever is imported here.

Seeded faults of these are no machines that lockstep could step. So this module is loaded again
together with the broken one (``tried``), and each trial says what is wrong, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from io import BytesIO
from types import MappingProxyType
from typing import Final

from antiphon.bytecode.instruction import Halt, Invoke
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine import gates as engine_gates
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.evidence.file import decode_evidence, encode_evidence
from antiphon.evidence.shipped import contracts_from
from antiphon.evidence.sources import digest_of
from antiphon.machine.ask import Ask, Chosen, Pending, Position, Refused
from antiphon.machine.capability import CLAIM_OF, CLAIMS
from antiphon.machine.choice import Advance, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeContracts, RuntimeRequest, evidence, unadmitted
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.event import Aborted, Ended, Forked, Opened, Sent
from antiphon.machine.event_print import event_print
from antiphon.machine.interface import Machine
from antiphon.machine.standing import standing
from antiphon.model import determinism as relations
from antiphon.model import gates as model_gates
from antiphon.model.machine import Model
from antiphon.parity import gate_lane, thread_lane, trial_courses
from antiphon.parity.ensemble import Differs
from antiphon.parity.recorded import MACHINES, difference_of, recorded_run
from antiphon.parity.recorded_lane import amiss_with, cut
from antiphon.replay import profiles
from antiphon.replay.appended import Recorder
from antiphon.replay.divergence import first_divergence
from antiphon.replay.normal_form import normal_form
from antiphon.replay.recording import PICKS, Digests, Load, Setup, digests, encode_recording
from antiphon.replay.stored import decode_stored, first_unknown
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Nat

_CASES: Final = (3, 9, 15, 18, 22)
"""These cases of the lane of threads."""
_RUNS: Final = 7
"""So many runs of the lane of recordings."""


def _gates() -> Iterator[str]:
    """Model and engine answer alike."""
    for name, given in gate_lane.questions():
        mine, theirs = (getattr(side, name)(*given) for side in (model_gates, engine_gates))
        if mine != theirs:
            yield f"{name}: the model says {mine}, the engine {theirs}"


def _admission() -> Iterator[str]:
    """Nothing that was not asked for is to be had from either machine, in any way."""
    held = RuntimeContracts.full("now", tuple(evidence(c, "", "now", (), "") for c in CLAIMS))

    def model(request: RuntimeRequest, contracts: RuntimeContracts | None = held) -> Machine:
        return Model(Config(), lambda _: UNIT, request=request, contracts=contracts)

    def engine(request: RuntimeRequest, contracts: RuntimeContracts | None = held) -> Machine:
        return Engine(Config(), lambda _: UNIT, build="pure", request=request, contracts=contracts)

    forks, aging = RuntimeRequest(speculation=True), RuntimeRequest("aging")
    for make in (model, engine):
        yield from _unlike(make.__name__, partial(make, aging, None), "missing-contracts")
        one, other = make(aging), make(forks)
        yield from _unlike("plain forks", partial(one.load, gate_lane.FORKS), "not-admitted")
        yield from _unlike("forks", partial(other.load, gate_lane.FORKS), "")
        yield from _unlike("driven", partial(drive, make(forks), "aging"), "not-admitted")
        yield from _unlike("driven freely", partial(drive, one, _lowest), "not-admitted")
        yield from _unlike("driven as asked", partial(drive, one, "aging"), "")
    runner = Engine(Config(), lambda _: UNIT, build="pure", request=forks, contracts=held)
    yield from _unlike("run", partial(runner.run, "aging"), "not-admitted")
    yield from _unlike("run in turn", partial(runner.run, "cooperative"), "")


def _lowest(ready: Sequence[int], last: int | None) -> int:
    """A policy of one's own."""
    del last
    return min(ready)


def _unlike(what: str, attempt: Callable[[], object], code: str) -> Iterator[str]:
    """What is wrong if an attempt is not refused with a code; with none it must not be refused."""
    try:
        attempt()
    except Refusal as error:
        if error.code != code:
            yield f"{what}: {error}"
    else:
        if code:
            yield f"{what} is not refused as {code}"


def _forms() -> Iterator[str]:
    """Normal forms and relations say the same of a course and of the same course a little changed,
    and what was undone does not stand.
    """
    opened, sent = Opened(0, 0, ("A", "B")), Sent(1, 0, 0, "A", "B", "x", UNIT)
    undone = (Forked(2, 0, 0, "A", 1), replace(sent, tick=3), Aborted(4, 0, 0, "A", 2))
    other, after = replace(sent, tick=3, coroutine=1), Ended(5, 0, 0)
    if standing((opened, sent, *undone, other, after)) != (opened, sent, other, after):
        yield "what stands is not what no abort has undone"
    base = trial_courses.BASE
    for changed in trial_courses.changed():
        for mode in DeterminismMode:
            alike = relations.replay_consistent(mode, base, changed)
            if profiles.replay_consistent(mode, base, changed) is not alike:
                yield f"{mode.value}: alike is {alike}, and the forms say otherwise"
            forms = (profiles.profile_digest(mode, one) for one in (base, changed))
            if (len({*forms}) == 1) is not alike:
                yield f"{mode.value}: alike is {alike}, and the digests say otherwise"
    one, other = (normal_form(sessions) for sessions in trial_courses.SESSIONS)
    if one != other:
        yield "sessions or coroutines of a normal form are not in order"


def _recordings() -> Iterator[str]:
    """What is recorded is had again, what is left of it too, and what was not, is noticed."""
    yield from _partings()
    yield from _written()
    yield from amiss_with(decode_stored(_with_everything()), is_whole=True)
    for number in range(_RUNS):
        data = recorded_run(number, 1)
        stored = decode_stored(data)
        yield from amiss_with(stored, is_whole=True)
        if encode_recording(decode_stored(encode_recording(stored.recording)).recording) != (
            encode_recording(stored.recording)
        ):
            yield "an export is not read as it was written"
        lines = [place for place, byte in enumerate(data) if byte == 10]
        for place in (*lines[1:-1:3], lines[-2]):
            yield from cut(data, place + 1)[1]
        yield from _printed(data)
        recording = stored.recording
        for field in fields(Digests):
            wrong = replace(recording.expected, **{field.name: "0" * 64})
            altered = replace(stored, recording=replace(recording, expected=wrong))
            for make in MACHINES:
                found = difference_of(altered, make)
                if found is None or found.what != field.name:
                    yield f"another {field.name} is not noticed"
        if recording.picks is None:
            more = replace(stored, recording=replace(recording, steps=recording.steps + 9))
            if stored.recording.steps < 100 and difference_of(more, MACHINES[0]) is None:
                yield "steps that are not there are not missed"


def _printed(data: bytes) -> Iterator[str]:
    """In what is left of a file an event that did not happen is missed."""
    left = decode_stored(data[: data.rindex(b'["end"')])
    wrong = replace(left, prints=(*left.prints[:-1], left.prints[-1] ^ 1))
    found = difference_of(wrong, MACHINES[0])
    if found is None or found.what != f"event {len(left.prints)}":
        yield "an event that did not happen is not missed"


_ASKS: Final = Image("asks", (RoleProgram("A", END, (Invoke("ask", (), 1), Halt()), 2),))


def _with_everything() -> bytes:
    """The recording of a run with picks, and with all that can be done between them."""
    setup = Setup((_ASKS,), (1,), PICKS)
    file = BytesIO()
    recorder = Recorder(file.write, setup)
    given = iter((Pending(), Nat(1), Refused("no"), Nat(2)))
    engine = Engine(Config(), recorder.host(lambda _: next(given)), request=unadmitted())
    engine.load(_ASKS)
    recorder.mark(engine, 0)
    plan: tuple[int | Wake | Advance | Load, ...] = (0, Wake(0), 0, 0, Load(0, 2), 1, Advance(9), 2)
    for one in plan:
        if isinstance(one, int):
            engine.step(Pick(one))
            recorder.pick(one)
            continue
        if isinstance(one, Load):
            engine.load_many(_ASKS, one.count)
        else:
            engine.step(one)
        recorder.between(one)
    recorder.mark(engine, 0)
    recorder.end(digests(engine, setup))
    return file.getvalue()


def _written() -> Iterator[str]:
    """What a recorder is told is what is read, up to the last mark."""
    file = BytesIO()
    recorder = Recorder(file.write, Setup((_ASKS,), (1,), PICKS), traced=False)
    machine = Engine(Config(), lambda _: UNIT, request=unadmitted())
    recorder.mark(machine, 0)
    here, lined = Position(0, "A", 0, 0), Position(0, "A", 0, 0, (1, 2))
    told = ((here, Pending()), (here, Chosen("x")), (lined, Refused("no")), (here, Nat(7)))
    answers = iter(answer for _, answer in told)
    host = recorder.host(lambda _: next(answers))
    for position, _ in told:
        host(Ask("choice", position, "B", ("x",), None, "", (), ()))
    done = (Load(0, 3), Wake(2), Advance(2**40))
    for one in done:
        recorder.pick(1)
        recorder.between(one)
    recorder.mark(machine, 0)
    recorder.pick(5)
    recorder.between(Wake(5))
    found = decode_stored(file.getvalue()).recording
    if found.picks != (1, 1, 1) or found.between != tuple(zip((1, 2, 3), done, strict=True)):
        yield f"{found.picks} and {found.between} are read, and something else was done"
    wanted = {here: (Pending(), Chosen("x"), Nat(7)), lined: (Refused("no"),)}
    if found.answers != wanted:
        yield f"{found.answers} is read, and something else was answered"


def _partings() -> Iterator[str]:
    """Where two traces part is where the first event differs."""
    trace = trial_courses.BASE.events
    prints = tuple(map(event_print, trace))
    if first_divergence(trace, trace) or first_unknown(prints, trace) is not None:
        yield "a trace parts from itself"
    for number, event in enumerate(trace):
        other = (*trace[:number], replace(event, tick=99), *trace[number + 1 :])
        found, shorter = first_divergence(trace, other), first_divergence(trace, trace[:number])
        if found is None or (found.number, found.recorded, found.actual) != (
            *(number, event),
            other[number],
        ):
            yield f"event {number} differs, and that is not where traces part"
        if shorter is None or (shorter.number, shorter.recorded, shorter.actual) != (
            *(number, event),
            None,
        ):
            yield f"event {number} is not there, and that is not where traces part"
        if (first_unknown(prints, other), first_unknown(prints, trace[:number])) != (
            number,
            number,
        ):
            yield f"the print of event {number} is not asked for"


def _evidence() -> Iterator[str]:
    """Every byte of the file counts; contracts have what there is, fresh as far as it is."""
    pieces = tuple(evidence(claim, "lane", "now", (("cases", 7),), "x") for claim in CLAIMS[:3])
    data = encode_evidence(pieces)
    if decode_evidence(data) != pieces:
        yield "evidence is not read as it was written"
    for place, byte in enumerate(data):
        edited = data[:place] + bytes((byte ^ 1,)) + data[place + 1 :]
        yield from _unlike(
            f"byte {place}", lambda edited=edited: decode_evidence(edited), "damaged-evidence"
        )
    yield from _unlike("a space", lambda: decode_evidence(data + b" "), "damaged-evidence")
    names = tuple(CLAIM_OF)[:3]
    for sources, fresh in (("now", names), ("then", ())):
        held = contracts_from(pieces, sources)
        if tuple(name for name, shown in held.capability_inventory if shown) != fresh:
            yield f"of the sources {sources}, the inventory has not {fresh}"
        if held.live_migration or held.determinism_artifacts.replay or held.sources != sources:
            yield "contracts allow what there is no evidence for"
    files = (("a", b"1\r\n"), ("b", b"2"))
    if digest_of(files) != digest_of((("b", b"2"), ("a", b"1\n"))):
        yield "the order of files or the ends of lines count"
    for other in ((("a", b"1\n"), ("c", b"2")), (("a", b"2"), ("b", b"1\n"))):
        if digest_of(files) == digest_of(other):
            yield "the names of files do not count"


def _threads() -> Iterator[str]:
    """Sessions on threads are the engine's, and both who check certificates agree."""
    for number in _CASES:
        try:
            thread_lane.run_case(number, 1, "pure")
        except Differs as found:
            yield f"{found}: {found.parting.expected}, {found.parting.actual}"


TRIALS: Final[Mapping[str, Callable[[], Iterator[str]]]] = MappingProxyType(
    {
        "gates": _gates,
        "admission": _admission,
        "forms": _forms,
        "recordings": _recordings,
        "evidence": _evidence,
        "threads": _threads,
    }
)

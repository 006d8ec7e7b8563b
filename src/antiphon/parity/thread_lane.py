"""The lane of threads: generated sessions side by side on several threads, held against the engine.

After every run of some steps report, state, events and questions must be the engine's; before every
stretch the model, which has taken the same steps, audits the certificate. The programs are those of
``generate_global``, made to ask their host seldom; a case depends on the seed and on its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import HOST, Instruction, Jump, Offer, Select, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.compiler.compile import compile_protocol
from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.stretch import Segment, StretchCertificate, sealed
from antiphon.model.machine import Model
from antiphon.model.stretch import audit_stretch
from antiphon.parity.ensemble import Differs, Witness, attempt, require_equal
from antiphon.parity.generate_global import global_type
from antiphon.parity.source import Source
from antiphon.scheduler.drive import drive
from antiphon.theory.global_type import Comm, GlobalRec, GlobalType, comm, rec
from antiphon.theory.projection import project_all
from antiphon.values.canonical import digest
from antiphon.values.sort import UNIT
from antiphon.waves.stretch import Stretch, flat_digest, rejection
from antiphon.waves.threads import ThreadedEngine

NAME: Final = "threads"
WORKERS: Final = (2, 3, 4)
BATCH: Final = 50
"""How many cases a job takes at a time."""
ENOUGH_CASES: Final = 200
"""From so many cases on something of each kind must have been seen."""
KINDS: Final = ("stretches", "given up", "blocked", "faulted")


@dataclass(frozen=True, slots=True)
class ThreadReport:
    """What a run of the lane has shown; ``first`` says what was wrong with the first case that
    differs.
    """

    seed: int
    counts: Counter[str] = field(default_factory=Counter[str])
    differing: tuple[int, ...] = ()
    first: str = ""

    def missed(self) -> tuple[str, ...]:
        """What was never seen, if there were cases enough to tell."""
        enough = self.counts["cases"] >= ENOUGH_CASES
        return tuple(kind for kind in KINDS if enough and not self.counts[kind])

    @property
    def is_good(self) -> bool:
        """Whether nothing differs, and enough was looked at."""
        return not self.differing and not self.missed()

    @property
    def result(self) -> str:
        """The digest of all that was found."""
        return digest("antiphon.lane.1", (NAME, self.seed, tuple(sorted(self.counts.items()))))

    def to_json(self) -> dict[str, object]:
        """The report as JSON; the same for every number of jobs."""
        return {
            "seed": self.seed,
            "differences": len(self.differing),
            "differing_cases": list(self.differing),
            "counts": dict(sorted(self.counts.items())),
            "missed": list(self.missed()),
            "first": self.first,
        }


_Found: TypeAlias = tuple[Counter[str], list[tuple[int, str]]]


def run(cases: int, seed: int, jobs: int = 1) -> ThreadReport:
    """Run the first ``cases`` cases of ``seed``."""
    counts, wrong = Counter[str](), list[tuple[int, str]]()
    for found, differing in _results(cases, seed, jobs):
        counts.update(found)
        wrong += differing
    first = wrong[0][1] if wrong else ""
    return ThreadReport(seed, counts, tuple(number for number, _ in wrong), first)


def _results(cases: int, seed: int, jobs: int) -> Iterator[_Found]:
    batches = [range(at, min(at + BATCH, cases)) for at in range(0, cases, BATCH)]
    if min(jobs, len(batches)) <= 1:
        yield from (_run_batch(batch, seed) for batch in batches)
        return
    with ProcessPoolExecutor(min(jobs, len(batches))) as pool:
        yield from pool.map(partial(_run_batch, seed=seed), batches)


def _run_batch(batch: range, seed: int) -> _Found:
    counts, wrong = Counter[str](), list[tuple[int, str]]()
    for number in batch:
        try:
            counts.update(run_case(number, seed))
        except Differs as found:
            wrong.append((number, f"{found}: {found.parting.expected}, {found.parting.actual}"))
    return counts, wrong


def run_case(number: int, seed: int, build: str | None = None) -> Counter[str]:
    """One case. Raises ``Differs``."""
    source = Source(key=f"threads.{seed}.{number}")
    config = Config(source.pick((64, 1, 2, 3)), budget=source.pick((None, None, None, 30)))
    trial = _Trial(config, source.pick(WORKERS), source.pick((60, 8, 200)), build)
    for _ in range(1 + source.below(3)):
        trial.load(quiet_image(source), 1 + source.below(5))
    for _ in range(1 + source.below(5)):
        policy = "round-robin" if source.chance(3) else "cooperative"
        trial.run(policy, source.pick((20, 1, 90, 300)))
    return trial.counts()


def quiet_image(source: Source) -> Image:
    """A generated program of which all messages are units of a register. Of what it would ask its
    host to decide it decides most by itself, always in one way.
    """
    types = project_all(_of_units(global_type(source)))
    image = compile_protocol("t", {role: found.local_type for role, found in types.items()})
    programs = tuple(_quiet(one, source) for one in image.programs)
    return replace(image, programs=programs)


def _of_units(node: GlobalType) -> GlobalType:
    if isinstance(node, Comm):
        branches = [(label, UNIT, _of_units(then)) for label, _, then in node.branches]
        return comm(node.sender, node.receiver, branches)
    return rec(node.name, _of_units(node.body)) if isinstance(node, GlobalRec) else node


def _quiet(program: RoleProgram, source: Source) -> RoleProgram:
    spare = program.registers
    code: list[Instruction] = []
    for one in program.code:
        if isinstance(one, Send | Offer) and one.val == HOST:
            code.append(replace(one, val=spare))
        elif isinstance(one, Select) and not source.chance(10):
            code.append(Jump(source.pick(one.table)[1]))
        else:
            code.append(one)
    return replace(program, code=tuple(code), registers=spare + 1)


def tampered(
    one: StretchCertificate, homes: Callable[[list[int]], list[list[tuple[int, int]]]]
) -> Iterator[tuple[str, StretchCertificate]]:
    """A certificate with one thing changed, and what that is. ``homes`` gives the sessions of a cut
    of the same ready queue.
    """
    yield "another seal", replace(one, seal=one.state)
    yield "another planner", sealed(replace(one, planner=one.planner + 1))
    yield "another tick", sealed(replace(one, tick=one.tick + 1))
    yield "another stretch", sealed(replace(one, stretch=one.stretch + 1))
    yield "another state", sealed(replace(one, state=one.seal))
    yield "more generations", sealed(replace(one, generations=one.generations + 1))
    first, second, *rest = one.segments
    yield "one segment less", sealed(replace(one, segments=one.segments[1:]))
    moved = replace(second, sessions=((first.sessions[0][0], second.sessions[-1][1]),))
    yield "other sessions", sealed(replace(one, segments=(first, moved, *rest)))
    for shift in range(1, second.length):
        lengths = [first.length + shift, second.length - shift, *(each.length for each in rest)]
        cut = [
            Segment(length, tuple(sessions))
            for length, sessions in zip(lengths, homes(lengths), strict=True)
        ]
        if cut[0].sessions[-1][1] == cut[1].sessions[0][0]:
            yield "a session in two segments", sealed(replace(one, segments=tuple(cut)))
            break


class _Trial:
    """A machine on threads, the engine, and the model, which takes the same steps."""

    def __init__(self, config: Config, workers: int, usual: int, build: str | None) -> None:
        self._hosts = [Witness(DefaultHost()) for _ in range(3)]
        request = unadmitted()
        self._engine = Engine(config, self._hosts[0], build=build, request=request)
        self._model = Model(config, self._hosts[1], request=request)
        self._threads = ThreadedEngine(
            config,
            self._hosts[2],
            workers=workers,
            build=build,
            request=request,
            on_stretch=self._audit,
            least=1,
            usual=usual,
        )
        self._found: Counter[str] = Counter()
        self._seen = 0

    def load(self, image: Image, count: int) -> None:
        """Open some sessions."""
        self._engine.load_many(image, count)
        self._threads.load_many(image, count)
        for _ in range(count):
            self._model.load(image)

    def _audit(self, certificate: StretchCertificate) -> None:
        """The model's opinion, when it has come to where the stretch begins."""
        drive(self._model, "cooperative", certificate.tick - self._model.snapshot().clock)
        due = Stretch(self._threads.metrics.stretches, certificate.generations)
        at = f"the certificate of tick {certificate.tick}"
        require_equal(NAME, at, (True, True), self._verdicts(certificate, due))
        if not self._found["audits"]:
            tables = self._threads.tables
            for name, one in tampered(certificate, tables.homes):
                found = self._verdicts(one, due)
                require_equal(NAME, f"{at} with {name}", (False, False), found)
        self._found["audits"] += 1

    def _verdicts(self, certificate: StretchCertificate, due: Stretch) -> tuple[bool, bool]:
        """Whether a certificate holds, as the runtime and as the model say."""
        tables = self._threads.tables
        flat = flat_digest(tables)
        given = (certificate, due.number, due.generations, flat)
        return (
            rejection(certificate, tables, due) == "",
            audit_stretch(self._model.state, *given) == "",
        )

    def run(self, policy: str, steps: int) -> None:
        """Take some steps, and compare."""
        at = f"{steps} steps under {policy}"
        expected = self._engine.run(policy, steps)
        found = attempt(NAME, at, partial(self._threads.run, policy, steps))
        require_equal(NAME, at, expected, found)
        state = self._engine.snapshot()
        require_equal(NAME, at, state, self._threads.snapshot())
        drive(self._model, policy, state.clock - self._model.snapshot().clock)
        wanted, events = self._engine.events(), self._threads.events()
        new = tuple(wanted[self._seen :])
        require_equal(NAME, at, new, tuple(events[self._seen :]))
        self._seen = len(wanted)
        require_equal(NAME, at, self._hosts[0].asked, self._hosts[2].asked)
        self._found["steps"] += expected.steps
        self._found["blocked"] += sum(one.block is not None for one in state.coroutines)
        self._found["faulted"] += state.counters.coroutines_faulted

    def counts(self) -> Counter[str]:
        """What there was, in numbers."""
        metrics = self._threads.metrics
        self._found["cases"] += 1
        self._found["stretches"] += metrics.stretches
        self._found["steps in stretches"] += metrics.steps
        self._found["given up"] += metrics.left
        require_equal(NAME, "the certificates that did not hold", 0, metrics.rejected)
        return self._found

"""What a run of lockstep has seen: numbers that add up, whatever the order or the process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Final, TypeVar

from antiphon.bytecode.table import INSTRUCTIONS, ROWS
from antiphon.machine.config import Config
from antiphon.machine.interchange import config_to_plain
from antiphon.machine.snapshot import CoroutineView, SessionView, Snapshot
from antiphon.parity.generate import DRIVES
from antiphon.parity.generate_value import TRAITS

V = TypeVar("V")
SHARES_FROM: Final = 1000
"""From so many cases on, each share must be reached, and each need met."""
ROWS_FROM: Final = 5000
"""From so many cases on, each row must be reached."""
FAILING: Final = "with failures"
"""What counts the cases in which something was told to fail."""
_FAMILY_OF: Final = {row.id: INSTRUCTIONS[row.instruction].family for row in ROWS}


@dataclass(frozen=True, slots=True)
class Share:
    """At least ``least`` of 100 of the cases counted under ``of`` are counted under ``name``."""

    name: str
    of: str
    least: int


SHARES: Final = (
    Share("typed with three roles or more", "typed", 30),
    Share("typed with several sessions", "typed", 20),
    Share("cases with several sessions", "cases", 20),
    Share("mutated ending Faulted", "mutated", 15),
    Share("mutated ending Deadlock", "mutated", 5),
    Share("mutated with a sender that waited for room", "mutated", 10),
)

NEEDS: Final = (
    *TRAITS,
    "ids beyond one node",
    "ids beyond two levels of nodes",
    "sessions opened after others ended",
    "finite with a good host",
    "with a message lost: full",
    "with a message lost: overwritten",
    "with a queue that grew",
    "with a message lost: lost",
    "with a message corrupted",
    "with time that passed",
    *(f"driven {drive}" for drive in dict.fromkeys(DRIVES)),
)
"""At least one case of each is wanted."""


@dataclass(slots=True)
class Counts:
    """Counters by name; ``rows`` counts the rows reached, by machine.

    ``steps_of`` counts the steps of cases that are counted in ``cases`` under the same name.
    ``states`` are keys of whole states, ``control_states`` those of what is left of a session
    without values, ids and clocks.
    """

    cases: Counter[str] = field(default_factory=Counter[str])
    steps: int = 0
    steps_of: Counter[str] = field(default_factory=Counter[str])
    outcomes: Counter[str] = field(default_factory=Counter[str])
    faults: Counter[str] = field(default_factory=Counter[str])
    rows: dict[str, Counter[str]] = field(default_factory=dict[str, "Counter[str]"])
    checks: Counter[str] = field(default_factory=Counter[str])
    states: set[int] = field(default_factory=set[int])
    control_states: set[int] = field(default_factory=set[int])

    def add(self, other: Counts) -> None:
        """Counts what ``other`` has counted as well."""
        self.steps += other.steps
        for mine, theirs in (
            (self.cases, other.cases),
            (self.steps_of, other.steps_of),
            (self.outcomes, other.outcomes),
            (self.faults, other.faults),
            (self.checks, other.checks),
        ):
            mine.update(theirs)
        for machine, rows in other.rows.items():
            self.rows.setdefault(machine, Counter()).update(rows)
        self.states |= other.states
        self.control_states |= other.control_states

    def reach(self, machines: Iterable[str], row: str) -> None:
        """One step of each machine has reached ``row``."""
        self.steps += 1
        for machine in machines:
            self.rows.setdefault(machine, Counter())[row] += 1

    def note(self, drive: str, *, fails: bool) -> None:
        """Say of what the one case that was counted was a case: its drive, whether things failed as
        they were told to, and the families of instructions in it, each with its own steps.
        """
        if fails:
            self.cases[FAILING] += 1
            self.steps_of[FAILING] += self.steps
        self.steps_of[f"driven {drive}"] += self.steps
        families: Counter[str] = Counter()
        for row, steps in next(iter(self.rows.values()), Counter[str]()).items():
            families[f"with {_FAMILY_OF[row]}"] += steps
        self.cases.update(families.keys())
        self.steps_of.update(families)

    def missed_rows(self) -> tuple[str, ...]:
        """The rows that some machine has not reached, in the table's order."""
        return tuple(row.id for row in ROWS if not all(rows[row.id] for rows in self.rows.values()))

    def missed(self) -> tuple[str, ...]:
        """What there was too little of, if there were cases enough to tell."""
        return tuple(self._missed())

    def _missed(self) -> Iterator[str]:
        cases = self.cases
        if cases["cases"] >= SHARES_FROM:
            for share in SHARES:
                if 100 * cases[share.name] < share.least * max(cases[share.of], 1):
                    found = f"{share.name}: {cases[share.name]} of {cases[share.of]} {share.of}"
                    yield f"{found}, at least {share.least} of 100 wanted"
            yield from (f"{need}: none" for need in NEEDS if not cases[need])
        if cases["cases"] >= ROWS_FROM:
            yield from (f"{row}: not reached" for row in self.missed_rows())


class StateKeys:
    """Keys of states of ``program``. A view that was in an earlier state is not looked at again."""

    def __init__(self, program: int) -> None:
        self._program = program
        self._known: dict[int, tuple[object, tuple[object, ...]]] = {}

    def of(self, state: Snapshot) -> int:
        """A 64-bit key of a state, without its clocks, the same in every process."""
        return hash(
            (
                self._program,
                state.ready,
                *map(_number, state.guards),
                *(self._part(_session, view) for view in state.sessions),
                *(self._part(_coroutine, view) for view in state.coroutines),
            )
        )

    def _part(self, of: Callable[[V], tuple[object, ...]], view: V) -> tuple[object, ...]:
        known = self._known.get(id(view))
        if known is None:
            known = self._known[id(view)] = (view, of(view))
        return known[1]


def control_key(session: SessionView, coroutines: Iterable[CoroutineView], program: str) -> int:
    """A 64-bit key of where a session of ``program`` is: what its next steps depend on, but values.

    That is pcs, type states, statuses, reasons to wait and the labels in the queues.
    """
    return hash(
        (
            _number((program, session.status)),
            *((side.node, side.owner is None, side.in_flight) for side in session.endpoints),
            *(
                (_number((q.sender, q.receiver)), *(_number(m[0]) for m in q.messages))
                for q in session.queues
            ),
            *((one.pc, _number((one.status, _reason(one), one.fault))) for one in coroutines),
        )
    )


def _reason(view: CoroutineView) -> tuple[str, str, str, str] | None:
    return view.block and (
        view.block.code,
        view.block.sender,
        view.block.receiver,
        view.block.layer,
    )


def program_key(digests: Iterable[str], config: Config) -> int:
    """A 64-bit key of what is run."""
    return _number((tuple(digests), config_to_plain(config)))


def _session(view: SessionView) -> tuple[object, ...]:
    return (
        _number((view.status, view.edges) if view.lossy or view.edges else view.status),
        *(
            (side.node, side.tokens, side.answers, side.owner is None, side.in_flight)
            for side in view.endpoints
        ),
        *((_number((q.sender, q.receiver)), *map(_number, q.messages)) for q in view.queues),
    )


def _coroutine(view: CoroutineView) -> tuple[object, ...]:
    status = (view.status, view.block, view.fault, *view.levels)
    return (view.pc, _number(status), *map(_number, view.registers))


@lru_cache(maxsize=2**16)
def _number(thing: object) -> int:
    """A 64-bit number for anything that prints as what it is."""
    return int.from_bytes(blake2b(repr(thing).encode(), digest_size=8).digest(), "big")

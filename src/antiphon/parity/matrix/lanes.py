"""The evidence for every row, found by running the lanes now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from antiphon.bytecode.table import ROWS
from antiphon.conformance.vectors import shipped
from antiphon.errors import Refusal
from antiphon.evidence.sources import digest_of
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.interface import POLICIES
from antiphon.parity.corpus import Case, play
from antiphon.parity.directed_lane import DirectedReport
from antiphon.parity.directed_lane import run as run_directed
from antiphon.parity.envelope import CASES, EnvelopeReport, look_at_waves
from antiphon.parity.evidence import Looked
from antiphon.parity.gate_lane import GateReport
from antiphon.parity.matrix.record import Found, Record
from antiphon.parity.matrix.rows import SEED_GATES, THREE_TIMES, all_rows
from antiphon.parity.recorded_lane import RecordedReport
from antiphon.parity.recorded_lane import run as run_recorded
from antiphon.parity.subject import MODEL, Build, engine
from antiphon.parity.surfaces.registry import Compared, Sight, compare
from antiphon.parity.table_lane import FLOW, OUTPUTS, TableReport
from antiphon.parity.table_lane import run as judge_all

JUDGED: Final = {"FlowPolicy": FLOW, "OutputConditionPolicy": OUTPUTS}
"""The types of which it is also seen what both sides make of them."""
RUNS: Final = 60
"""So many runs are recorded, had again, and had again from what is left when they are cut off."""
_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the lanes have seen: generated cases, the corpus, directed cases for the rows that those
    reach too seldom, shapes, gates, policies, waves, recordings.
    """

    looked: Looked
    corpus: Mapping[str, int]
    directed: DirectedReport
    surfaces: Sequence[Compared]
    gates: GateReport
    tables: TableReport
    envelope: EnvelopeReport
    recorded: RecordedReport


def look_at(
    cases: Iterable[Case],
    looked: Looked,
    builds: Sequence[Build],
    waves: int = CASES,
    runs: int = RUNS,
) -> Seen:
    """Play the corpus, run directed cases, compare the shapes, ask the gates, judge policies, take
    ``waves`` cases in waves, have ``runs`` recordings again, each of them cut off too.

    Raises ``Differs``, and ``Refusal`` (``no-evidence``) where directed cases differ.
    """
    kept = tuple(cases)
    sight = Sight(kept, builds[-1])
    played, surfaces = play_all(kept, builds), compare(sight)
    directed = look_further(looked, played, builds)
    tables, envelope = judge_all(), look_at_waves(waves)
    recorded = run_recorded(runs, runs, looked.lockstep.seed)
    return Seen(looked, played, directed, surfaces, sight.gates, tables, envelope, recorded)


def look_further(looked: Looked, played: Counter[str], builds: Sequence[Build]) -> DirectedReport:
    """Run the directed cases of the rows that nothing else has reached often enough."""
    machines = looked.lockstep.counts.rows.values()
    seldom = {
        row.id
        for row in ROWS
        if min((rows[row.id] for rows in machines), default=0) + played[row.id] < THREE_TIMES
    }
    report = run_directed(builds, [each for each in shipped() if each.goal in seldom])
    if report.differences:
        raise Refusal("no-evidence", f"the machines differ: {report.differences[0]}")
    return report


def play_all(cases: Iterable[Case], builds: Sequence[Build]) -> Counter[str]:
    """The rows of the instruction table that the corpus reaches, on all machines in step."""
    rows: Counter[str] = Counter()
    for case in cases:
        rows += play(case, (MODEL, *map(engine, builds)))
    return rows


def record_of(seen: Seen, made: str) -> Record:
    """What was seen, by row; a row that was not reached is left out."""
    hits = dict(_hits(seen))
    differing = dict(_differing(seen))
    counts = seen.looked.lockstep.counts
    lanes = {
        "lockstep": {
            "seed": seen.looked.lockstep.seed,
            "cases": counts.cases["cases"],
            "steps": counts.steps,
            "states": len(counts.states),
        },
        "profiles": {"cases": seen.looked.profiled},
        "corpus": {"steps": sum(seen.corpus.values())},
        "directed": {"cases": seen.directed.cases, "steps": seen.directed.counts.steps},
        "shapes": {"surfaces": len(seen.surfaces)},
        "gates": {"questions": sum(seen.gates.asked.values())},
        "policies": dict(seen.tables.asked),
        "recordings": {"runs": seen.recorded.runs, "steps": seen.recorded.kinds["steps"]},
        "waves": {"waves": seen.envelope.wide.waves, "wide": seen.envelope.wide.wide},
    }
    rows = {
        row.id: Found(hits[row.id], sources_of(row.sources), differing.get(row.id, ()))
        for row in all_rows()
        if row.id in differing or min(hits.get(row.id, {}).values(), default=0) > 0
    }
    return Record(made, lanes, rows)


def _hits(seen: Seen) -> Iterator[tuple[str, dict[str, int]]]:
    """How often each side has reached each row."""
    machines = seen.looked.lockstep.counts.rows
    directed, none = seen.directed.counts.rows, Counter[str]()
    for row in ROWS:
        played = seen.corpus.get(row.id, 0)
        yield (
            f"instruction.{row.id}",
            {
                machine: rows[row.id] + played + directed.get(machine, none)[row.id]
                for machine, rows in machines.items()
            },
        )
    for policy in POLICIES:
        driven = seen.looked.lockstep.counts.cases[f"driven {policy}"]
        yield f"scheduler.{policy}", {"driven": driven}
    for mode in DeterminismMode:
        yield f"profile.{mode.value}", {"alike": seen.looked.profiles.alike[mode]}
    for names in SEED_GATES.values():
        yield f"gate.{names[-1]}", {name: seen.gates.asked[name] for name in names}
    waves = seen.envelope
    yield "wave.exact", {"cases": waves.exact.found.counts["cases"]}
    yield "wave.fallback", {"rounds": waves.fallbacks}
    counts = waves.wide.found.counts
    yield (
        "wave.envelope",
        {"audits": counts["audits"], "alike": counts["schedule-independent, alike"]},
    )
    for name, number in (
        ("whole", seen.recorded.runs),
        ("cut", seen.recorded.kinds["cut to something"]),
    ):
        yield f"recovery.{name}", {"model": number, "engine": number}
    for each in seen.surfaces:
        name = each.surface.name
        hits = {"model": len(each.model.variants), "engine": len(each.engine.variants)}
        if name in JUDGED:
            hits["verdicts"] = seen.tables.asked[JUDGED[name]]
        yield f"shape.{name}", hits


def _differing(seen: Seen) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fingerprints of each row that differs."""
    yield from ((row, found) for row, found in seen.envelope.fingerprints.items() if found)
    if seen.recorded.wrong:
        yield "recovery.whole", ("behaviour:recovery:recordings:course",)
    for each in seen.surfaces:
        name = each.surface.name
        lane = f"behaviour:{JUDGED.get(name, '')}:"
        judged = tuple(one for one in seen.tables.differing if one.startswith(lane))
        if each.fingerprints or judged:
            yield f"shape.{name}", (*each.fingerprints, *judged)
    for names in SEED_GATES.values():
        found = tuple(f"behaviour:gates:{n}:answer" for n in names if n in seen.gates.differing)
        if found:
            yield f"gate.{names[-1]}", found


@cache
def sources_of(names: tuple[str, ...]) -> str:
    """The digest of these files, and of those in these folders, below the package."""
    places = [_ROOT / name for name in names]
    files = {
        file
        for place in places
        for file in ([place] if place.is_file() else place.rglob("*.py"))
        if not file.name.startswith("_kernel_compiled")
    }
    return digest_of((each.relative_to(_ROOT).as_posix(), each.read_bytes()) for each in files)

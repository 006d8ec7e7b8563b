"""The reports as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from antiphon.bytecode.assembly import render_assembly
from antiphon.bytecode.table import ROWS
from antiphon.parity.counts import NEEDS, SHARES
from antiphon.parity.generate import GENERATORS
from antiphon.parity.lane import PART
from antiphon.parity.lockstep import Difference, LockstepReport
from antiphon.parity.mutants import MutantReport
from antiphon.parity.recorded_lane import KINDS, RecordedReport
from antiphon.parity.suite import SuiteReport
from antiphon.parity.thread_lane import ThreadReport
from antiphon.parity.wave_lane import WaveReport

_BAR: Final = 50


def render_lockstep(report: LockstepReport) -> str:
    """What a run of lockstep has shown, and the first difference if there is one."""
    return "\n".join(_lockstep(report)) + "\n"


def render_mutants(report: MutantReport) -> str:
    """Which seeded faults were caught by what, and which were not."""
    return "\n".join(_mutants(report)) + "\n"


def render_recorded(report: RecordedReport) -> str:
    """Which recordings were had again, and which were not."""
    return "\n".join(_recorded(report)) + "\n"


def render_waves(report: WaveReport, name: str) -> str:
    """What the lane of waves has shown in some shapes, and how wide the waves were."""
    return "\n".join(_waves(report, name)) + "\n"


def _waves(report: WaveReport, name: str) -> Iterator[str]:
    counts, widths = report.found.counts, report.found.widths
    yield f"{name}: {counts['cases']} cases of seed {report.seed}, {counts['steps']} steps"
    if report.waves:
        yield f"  {report.wide} of {report.waves} waves of two picks or more"
        for width in sorted(widths):
            bar = "#" * round(_BAR * widths[width] / report.waves)
            yield f"  {width:5} {widths[width]:9} {bar}".rstrip()
    yield from (f"  {count} {what}" for what, count in sorted(counts.items()))
    yield from (f"  too few of {what}" for what in report.missed())
    if report.first is not None:
        first = report.first
        yield f"  case {first.case} in {first.shape}: {first.machine}, at {first.at}"
        yield f"    where     {first.parting.path or 'the whole answer'}"
        yield f"    expected  {first.parting.expected}"
        yield f"    actual    {first.parting.actual}"
    yield f"  {len(report.differing)} differences"


def render_threads(report: ThreadReport) -> str:
    """What the lane of threads has shown."""
    lines = [f"threads: {report.counts['cases']} cases of seed {report.seed}"]
    lines += [f"  {count} {what}" for what, count in sorted(report.counts.items())]
    lines += [f"  too few of {what}" for what in report.missed()]
    lines += [f"  {report.first}"] if report.first else []
    return "\n".join((*lines, f"  {len(report.differing)} differences")) + "\n"


def render_suite(report: SuiteReport) -> str:
    """Every lane in a line, then what is wrong."""
    return "\n".join(_suite(report)) + "\n"


def _suite(report: SuiteReport) -> Iterator[str]:
    yield f"{'lane':<24}{'cases':>8}{'steps':>10}{'seconds':>9}  hash"
    for each in report.lanes:
        look, name = each.look, f"  {each.name}" if each.kind == PART else each.name
        seconds = "" if each.kind == PART else f"{each.seconds:.1f}"
        yield f"{name:<24}{look.cases:>8}{look.steps:>10}{seconds:>9}  {look.result[:16]}"
    yield from (f"skipped: {each.lane} build: needs {each.needs}" for each in report.skips)
    yield from map(str, report.problems)
    words = f"{report.cases} cases of seed {report.seed}, {report.steps} steps"
    yield f"{words}, {report.seconds:.0f} seconds: {report.differences} differences"


def _recorded(report: RecordedReport) -> Iterator[str]:
    steps = report.kinds["steps"]
    yield f"{report.runs} runs of seed {report.seed}, {steps} steps, {report.cuts} of them cut off"
    yield from _table("at least one wanted", report.kinds, KINDS)
    if report.missing:
        yield "None of: " + ", ".join(report.missing)
    for number, what in report.wrong:
        yield f"run {number}: {what}"
    yield f"{len(report.wrong)} not had again as they were"


def _lockstep(report: LockstepReport) -> Iterator[str]:
    counts = report.counts
    cases, machines = counts.cases["cases"], ", ".join(("model", *report.builds))
    yield f"{cases} cases of seed {report.seed} on {machines}: {len(report.differing)} differences"
    yield f"{counts.steps} steps compared, {len(counts.states)} distinct states"
    yield f"{len(counts.control_states)} distinct control states of sessions"
    missed = counts.missed_rows()
    yield f"{len(ROWS) - len(missed)} of {len(ROWS)} rows of the instruction table reached"
    for row in missed:
        yield f"  not reached: {row}"
    yield from _table("generated", counts.cases, GENERATORS)
    yield from _table("ended", counts.outcomes, sorted(o for o in counts.outcomes if " " not in o))
    yield from _table("checked", counts.checks, sorted(counts.checks))
    for share in SHARES:
        found, of = counts.cases[share.name], counts.cases[share.of]
        yield f"{share.name}: {found} of {of} {share.of} (at least {share.least} % wanted)"
    yield from _table("at least one wanted", counts.cases, NEEDS)
    if counts.missed():
        yield "Too few of: " + "; ".join(counts.missed())
    if report.first is not None:
        yield from _difference(report.first, report.seed)


def _table(
    title: str, counter: Mapping[str, int], names: tuple[str, ...] | list[str]
) -> Iterator[str]:
    yield f"{title}: " + ", ".join(f"{counter.get(name, 0)} {name}" for name in names)


def _difference(found: Difference, seed: int) -> Iterator[str]:
    yield ""
    yield f"The first difference is in case {found.case} of seed {seed}, made smaller:"
    yield f"  machine   {found.machine}, at {found.at}"
    yield f"  where     {found.parting.path or 'the whole answer'}"
    yield f"  expected  {found.parting.expected}"
    yield f"  actual    {found.parting.actual}"
    yield f"  draws     {' '.join(map(str, found.draws))}"
    recording = found.recording
    if recording is None:
        yield "  a session was opened on the way, so it is a script and no recording"
        return
    setup = recording.setup
    yield f"  capacity  {setup.config.capacity}, picks by {setup.policy}, {recording.steps} steps"
    for image, count in zip(setup.images, setup.sessions, strict=True):
        yield f"  sessions  {count} of:"
        yield from (f"    {line}" for line in render_assembly(image).splitlines())


def _mutants(report: MutantReport) -> Iterator[str]:
    killed = len(report.verdicts) - len(report.survivors)
    yield f"{killed} of {len(report.verdicts)} seeded faults killed"
    for verdict in report.verdicts:
        mutant = verdict.mutant
        fate = (
            f"by {verdict.killer} ({verdict.how} at {verdict.at})" if verdict.killer else verdict.at
        )
        yield f"  {verdict.fate:8}  {mutant.id}: {mutant.breaks}; {fate}".rstrip("; ")

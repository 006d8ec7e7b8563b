"""``antiphon parity``: the engine compared with the model, and the comparison put to the test."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.recording_file import check_writable, write_recording
from antiphon.cli.terminal import Progress, say, say_json, width
from antiphon.engine.build import COMPILED, describe
from antiphon.errors import Refusal
from antiphon.parity import lockstep as steps
from antiphon.parity import mutants as broken
from antiphon.parity.corpus import load
from antiphon.parity.subject import Build

_CORPUS: Final = Path(__file__).parents[3] / "tests" / "corpus"


def lockstep(cases: int, seed: int, jobs: int, record: str | None, *, as_json: bool) -> ExitCode:
    """Compare whole states after every step, on generated programs."""
    if record is not None:
        check_writable(record)
    progress = Progress("lockstep")
    report = steps.run(
        cases,
        seed,
        jobs,
        _builds(),
        lambda done, all_cases, found: progress.show(f"{done} of {all_cases}, {found} differ"),
    )
    progress.clear()
    first = report.first
    if record is not None and first is not None and first.recording is not None:
        write_recording(record, first.recording)
    if as_json:
        say_json(report.to_json() | {"engine": describe().reason})
    else:
        _print(report)
    return ExitCode.YES if report.is_good else ExitCode.NO


def _builds() -> tuple[Build, ...]:
    """Both builds of the engine, where the compiled one may run."""
    return ("pure", "compiled") if describe().name == COMPILED else ("pure",)


def _print(report: steps.LockstepReport) -> None:
    counts = report.counts
    cases, found = counts.cases["cases"], len(report.differing)
    say(f"{cases} cases, seed {report.seed}: the model and the engine ({', '.join(report.builds)})")
    say(f"{counts.steps} steps, {len(counts.states)} distinct states, {found} cases differ")
    _list("cases", [f"{name} {counts.cases[name]}" for name in sorted(counts.cases)])
    _list("outcomes", [f"{name} {counts.outcomes[name]}" for name in sorted(counts.outcomes)])
    if report.first is not None:
        first = report.first
        say(f"first difference: case {first.case}, {first.machine}, {first.at}: {first.parting}")
    for missed in counts.missed_shares():
        say(f"too few: {missed}")
    _list("rows of the instruction table not reached", counts.missed_rows())
    say(f"{report.seconds:.1f} s")


def _list(title: str, items: Sequence[str]) -> None:
    if items:
        text = f"{title}: {', '.join(items)}"
        say(textwrap.fill(text, width(), subsequent_indent="  ", break_on_hyphens=False))


def mutants(directory: str | None, *, as_json: bool) -> ExitCode:
    """Try every machine that was broken on purpose on the recordings of the corpus."""
    folder = _CORPUS if directory is None else Path(directory)
    if not folder.is_dir():
        words = "say where the recordings are: --corpus DIR (tests/corpus of the source)"
        raise Refusal("no-corpus", f"{folder}: no such directory; {words}")
    progress = Progress("mutants")
    report = broken.run(
        load(folder),
        progress=lambda done, every, left: progress.show(f"{done} of {every}, {left} survive"),
    )
    progress.clear()
    if as_json:
        say_json(report.to_json())
    else:
        for verdict in report.verdicts:
            by = f" ({verdict.killer}, {verdict.at})" if verdict.killer else f" {verdict.at}"
            say(f"{verdict.fate:<9}{verdict.mutant.id}: {verdict.mutant.breaks}{by}".rstrip())
        every = len(report.verdicts)
        say(f"{every - len(report.survivors)} of {every} killed")
    return ExitCode.YES if report.is_good else ExitCode.NO

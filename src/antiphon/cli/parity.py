"""``antiphon parity``: engine and model compared, the comparison put to the test, and claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.lane import unreached
from antiphon.cli.recording_file import check_writable, write_bytes
from antiphon.cli.terminal import Progress, say, say_json
from antiphon.engine.build import COMPILED, describe
from antiphon.errors import Refusal
from antiphon.parity import lockstep as steps
from antiphon.parity import mutants as broken
from antiphon.parity import recorded_lane, thread_lane, wave_lane
from antiphon.parity.claims import registry
from antiphon.parity.claims.claim import Profile
from antiphon.parity.claims.report import render_claims
from antiphon.parity.corpus import SUFFIX, encode, load, load_killers, save_killers
from antiphon.parity.report import (
    render_lockstep,
    render_mutants,
    render_recorded,
    render_threads,
    render_waves,
)
from antiphon.parity.subject import Build

_CORPUS: Final = Path(__file__).parents[3] / "tests" / "corpus"


def lockstep(cases: int, seed: int, jobs: int, record: str | None, *, as_json: bool) -> ExitCode:
    """Compare whole states after every step, on generated programs."""
    if record is not None:
        check_writable(record)
        check_writable(_beside(record))
    progress = Progress("lockstep")
    report = steps.run(
        cases,
        seed,
        jobs,
        builds(),
        lambda done, all_cases, found: progress.show(f"{done} of {all_cases}, {found} differ"),
    )
    progress.clear()
    if record is not None and report.first is not None:
        _write(record, report.first)
    missing = unreached()
    if as_json:
        lanes = [{"lane": each.lane, "needs": each.needs} for each in missing]
        say_json(report.to_json() | {"engine": describe().reason, "unreached": lanes})
    else:
        say("\n".join((render_lockstep(report).rstrip("\n"), *map(str, missing))))
    return ExitCode.YES if report.is_good else ExitCode.NO


def _write(path: str, found: steps.Difference) -> None:
    """The difference as files of the corpus, as far as it can be one."""
    if found.recording is not None:
        write_bytes(path, encode(found.recording))
    if found.script is not None:
        write_bytes(_beside(path), encode(found.script))


def _beside(path: str) -> str:
    """Where the script of a difference goes whose recording goes to ``path``."""
    return str(Path(path).with_suffix(f".script{SUFFIX}"))


def builds() -> tuple[Build, ...]:
    """Both builds of the engine, where the compiled one may run."""
    return ("pure", "compiled") if describe().name == COMPILED else ("pure",)


def corpus_folder(directory: str | None) -> Path:
    """Where the corpus is: as said, or in the source. Raises ``Refusal`` (``no-corpus``)."""
    folder = _CORPUS if directory is None else Path(directory)
    if not folder.is_dir():
        words = "say where the recordings are: --corpus DIR (tests/corpus of the source)"
        raise Refusal("no-corpus", f"{folder}: no such directory; {words}")
    return folder


def mutants(directory: str | None, *, remember: bool, as_json: bool) -> ExitCode:
    """Try every machine that was broken on purpose on the recordings of the corpus.

    ``remember`` notes there what killed which.
    """
    folder = corpus_folder(directory)
    progress = Progress("mutants")
    report = broken.run(
        load(folder),
        broken.MUTANTS,
        progress=lambda done, every, left: progress.show(f"{done} of {every}, {left} survive"),
        killers=load_killers(folder),
    )
    progress.clear()
    if remember:
        save_killers(folder, report.killers)
    if as_json:
        say_json(report.to_json())
    else:
        say(render_mutants(report).rstrip("\n"))
    return ExitCode.YES if report.is_good else ExitCode.NO


def recordings(runs: int, cuts: int, seed: int, jobs: int, *, as_json: bool) -> ExitCode:
    """Record generated runs, have them again on both machines, and what is left of some."""
    report = recorded_lane.run(runs, cuts, seed, jobs)
    if as_json:
        say_json(report.to_json())
    else:
        say(render_recorded(report).rstrip("\n"))
    return ExitCode.YES if report.is_good else ExitCode.NO


def waves(cases: int, seed: int, jobs: int, *, as_json: bool) -> ExitCode:
    """Run generated programs in waves, all at width 1 and all in the shapes of several picks; and
    programs on threads.
    """
    progress = Progress("waves")
    shapes = {"n = 1": wave_lane.narrow_shape_of, "n > 1": wave_lane.wide_shape_of}
    reports = {
        name: wave_lane.run(
            cases,
            seed,
            jobs,
            lambda done, all_cases, found, name=name: progress.show(
                f"{name}: {done} of {all_cases}, {found} differ"
            ),
            each,
        )
        for name, each in shapes.items()
    }
    progress.show(f"threads: {cases}")
    threads = thread_lane.run(cases, seed, jobs)
    progress.clear()
    found = (*reports.values(), threads)
    if as_json:
        differences = sum(len(one.differing) for one in found)
        lanes = {name: one.to_json() for name, one in (*reports.items(), ("threads", threads))}
        say_json({"cases": cases, "seed": seed, "differences": differences, "lanes": lanes})
    else:
        texts = [render_waves(one, name) for name, one in reports.items()]
        say("".join((*texts, render_threads(threads))).rstrip("\n"))
    is_good = all(one.is_good for one in found)
    return ExitCode.YES if is_good else ExitCode.NO


def claims(only: Sequence[str], profile: Profile, *, as_json: bool) -> ExitCode:
    """Look at all claims, or at one."""
    chosen = tuple(map(registry.named, only)) or registry.CLAIMS
    progress = Progress("claims")
    report = registry.run(
        profile, chosen, lambda done, every, name: progress.show(f"{done} of {every}, {name}")
    )
    progress.clear()
    if as_json:
        say_json(report.to_json())
    else:
        say(render_claims(report).rstrip("\n"))
    return ExitCode.YES if report.is_good else ExitCode.NO

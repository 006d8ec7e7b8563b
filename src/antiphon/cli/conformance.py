"""``antiphon conformance``: somebody else's machine, held against the vectors."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.parity import corpus_folder
from antiphon.cli.recording_file import check_writable, write_bytes
from antiphon.cli.terminal import Progress, say, say_json
from antiphon.conformance.judge import Report, judge
from antiphon.conformance.outside import Outside
from antiphon.conformance.vectors import FILE, chosen, decode_vectors, shipped
from antiphon.errors import Refusal
from antiphon.parity.corpus import load
from antiphon.parity.vectors import make_vectors

_SHOWN = 5


def conformance(
    command: str | None,
    families: Sequence[str],
    seconds: float,
    write: str | None,
    *,
    as_json: bool,
) -> ExitCode:
    """Test a machine, or make the vectors anew."""
    if (command is None) == (write is None):
        raise Refusal("usage", 'name a machine: --cmd "./my-vm", or --write-vectors DIR')
    if write is not None:
        return _write(write, as_json=as_json)
    return _test(_words(command or ""), families, seconds, as_json=as_json)


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise Refusal("usage", f"--cmd is no command: {error}") from None
    if not words:
        raise Refusal("usage", "--cmd names no command")
    return words


def _test(
    command: Sequence[str], families: Sequence[str], seconds: float, *, as_json: bool
) -> ExitCode:
    vectors = tuple(chosen(shipped(), families))
    if not vectors:
        words = f"no vector needs only {', '.join(families)}; add a family, such as control"
        raise Refusal("no-vectors", words)
    progress = Progress("conformance")
    with Outside(command, seconds) as subject:
        report = judge(
            vectors,
            subject,
            tuple(families),
            lambda done, every, found: progress.show(f"{done} of {every}, {found} differ"),
        )
    progress.clear()
    if as_json:
        say_json(report.to_json())
    else:
        say("\n".join(_lines(report)))
    return ExitCode.YES if report.is_good else ExitCode.NO


def _lines(report: Report) -> Iterator[str]:
    which = f" of {', '.join(report.families)}" if report.families else ""
    yield f"{report.passed} of {report.vectors} vectors{which} passed, {report.steps} steps"
    for finding in report.findings[:_SHOWN]:
        yield f"  {finding}"
    if len(report.findings) > _SHOWN:
        yield f"  and {len(report.findings) - _SHOWN} more: --json lists all"
    if report.left:
        yield f"  {report.left} were not tried, for the machine did not answer"


def _write(directory: str, *, as_json: bool) -> ExitCode:
    place = str(Path(directory) / FILE)
    check_writable(place)
    data = make_vectors(load(corpus_folder(None)))
    write_bytes(place, data)
    count = len(decode_vectors(data))
    if as_json:
        say_json({"file": place, "vectors": count, "bytes": len(data)})
    else:
        say(f"{place}: {count} vectors, {len(data)} bytes")
    return ExitCode.YES

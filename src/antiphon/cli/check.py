"""``antiphon check``: can each role play its part, and what is guaranteed then?"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.failure import diagnostic_json
from antiphon.cli.terminal import complain, say, say_json, width
from antiphon.errors import ProgramError, Refusal, printable
from antiphon.language.diagnostic import render_error
from antiphon.language.load import LoadedProtocol, load_file, select
from antiphon.protocols import Protocol
from antiphon.theory.guarantees import Guarantee, guarantees


@dataclass(slots=True)
class _Verdict:
    """What was found in one file."""

    file: str
    accepted: list[tuple[Protocol, tuple[Guarantee, ...]]] = field(
        default_factory=list[tuple[Protocol, tuple[Guarantee, ...]]]
    )
    errors: list[ProgramError] = field(default_factory=list[ProgramError])
    refusal: Refusal | None = None


def check(files: Sequence[str], protocol: str | None, *, explain: bool, as_json: bool) -> ExitCode:
    """Check every file, whatever is wrong with the others.

    With ``explain`` each guarantee says by which method it was shown, and for which runs.
    """
    verdicts: list[_Verdict] = []
    for file in dict.fromkeys(files):
        verdict = _check_file(file, protocol)
        verdicts.append(verdict)
        if not as_json:
            _print(verdict, explain=explain, apart=len(verdicts) > 1)
    refused = any(verdict.refusal for verdict in verdicts)
    wrong = any(verdict.errors for verdict in verdicts)
    if as_json:
        say_json(_to_json(verdicts))
    elif len(verdicts) > 1:
        good = sum(not (verdict.errors or verdict.refusal) for verdict in verdicts)
        say(f"\n{good} of {len(verdicts)} files accepted")
    return ExitCode.USAGE if refused else ExitCode.NO if wrong else ExitCode.YES


def _check_file(file: str, name: str | None) -> _Verdict:
    verdict = _Verdict(file)
    try:
        for loaded in _chosen(file, name):
            try:
                found = Protocol.from_loaded(loaded)
                verdict.accepted.append((found, guarantees(found.global_type)))
            except ProgramError as error:
                if error.diagnostics not in [known.diagnostics for known in verdict.errors]:
                    verdict.errors.append(error)
    except ProgramError as error:
        verdict.errors.append(error)
    except Refusal as error:
        verdict.refusal = error
    return verdict


def _chosen(file: str, name: str | None) -> list[LoadedProtocol]:
    """The one that is named; else all, without the ``aux`` ones if there are others."""
    protocols = load_file(file)
    if name is not None or not protocols:
        return [select(protocols, name, file)]
    return [one for one in protocols.values() if not one.aux] or list(protocols.values())


def _to_json(verdicts: Sequence[_Verdict]) -> dict[str, object]:
    diagnostics = [
        diagnostic_json(diagnostic)
        for verdict in verdicts
        for error in verdict.errors
        for diagnostic in error.diagnostics
    ]
    refusals = [(verdict.file, verdict.refusal) for verdict in verdicts if verdict.refusal]
    place = {"line": None, "column": None, "end_line": None, "end_column": None}
    for file, error in refusals:
        found: dict[str, object] = {"code": error.code, "message": str(error), "file": file}
        diagnostics.append({**found, **place, "help": "", "notes": []})
    result: dict[str, object] = {
        "accepted": not diagnostics,
        "diagnostics": diagnostics,
        "guarantees": [
            {"file": verdict.file, "protocol": protocol.name, **asdict(row)}
            for verdict in verdicts
            for protocol, rows in verdict.accepted
            for row in rows
        ],
        "protocols": [
            {"file": verdict.file, "name": protocol.name, "roles": list(protocol.roles)}
            for verdict in verdicts
            for protocol, _ in verdict.accepted
        ],
    }
    if refusals:
        error = refusals[0][1]
        result["error"] = {"code": error.code, "message": str(error)}
    return result


def _print(verdict: _Verdict, *, explain: bool, apart: bool) -> None:
    """What was found in a file; ``apart`` from what stands above."""
    if verdict.refusal:
        complain(f"error[{verdict.refusal.code}]: {printable(str(verdict.refusal))}")
        return
    parts = [render_error(error) for error in verdict.errors]
    for protocol, rows in verdict.accepted:
        head = (
            f"{printable(verdict.file)}: {protocol.name} is accepted: every role can play its part."
        )
        table = _explained(rows) if explain else _table(rows)
        parts.append("\n".join((head, "", *table)))
    if apart:
        say()
    say("\n\n".join(parts))


def _table(rows: Sequence[Guarantee], notes: Sequence[str] = ()) -> list[str]:
    """What is guaranteed, in columns; after each row its note, if there are notes."""
    first = max(len(row.name) for row in rows) + 2
    lines: list[str] = []
    for number, row in enumerate(rows):
        head = f"  {row.name:<{first}}{row.verdict:<9}"
        lines += _wrapped(head, f"{row.detail} {notes[number] if notes else ''}")
    return lines


def _explained(rows: Sequence[Guarantee]) -> list[str]:
    """The table; how each row was shown, and for what, stands below by number."""
    reasons = [(row.method, row.scope, row.source) for row in rows]
    grounds = list(dict.fromkeys(reasons))
    lines = [*_table(rows, [f"[{grounds.index(reason) + 1}]" for reason in reasons]), ""]
    for number, (method, scope, source) in enumerate(grounds, 1):
        because = f"; {source}" if source else ""
        lines += _wrapped(f"  [{number}] ", f"by {method}, for {scope}{because}")
    return lines


def _wrapped(head: str, text: str) -> list[str]:
    room = max(width() - 1, len(head) + 30)
    indent = " " * len(head)
    return textwrap.wrap(
        text, room, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False
    )

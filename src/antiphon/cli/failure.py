"""How a command says that it cannot answer: on standard error, or with ``--json`` as JSON."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.terminal import complain, say_json
from antiphon.errors import Diagnostic, ProgramError, printable


def diagnostic_json(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as JSON; ``file``, ``line`` and ``column`` are null if it has no place."""
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": None if span is None else span.file,
        "line": None if span is None else span.line,
        "column": None if span is None else span.column,
        "end_line": None if span is None else span.end_line,
        "end_column": None if span is None else span.end_column,
        "help": diagnostic.help,
        "notes": list(diagnostic.notes),
    }


def refuse(code: str, message: str, *, as_json: bool) -> ExitCode:
    """Bad usage, or input that cannot be read."""
    if as_json:
        say_json({"error": {"code": code, "message": message}})
    else:
        complain(f"error[{code}]: {printable(message)}")
    return ExitCode.USAGE


def reject(error: ProgramError, *, as_json: bool) -> ExitCode:
    """A protocol or program cannot be used, and it was not the question whether it can."""
    if as_json:
        first = error.diagnostics[0]
        say_json(
            {
                "error": {"code": first.code, "message": first.message},
                "diagnostics": [diagnostic_json(one) for one in error.diagnostics],
            }
        )
    else:
        from antiphon.language.diagnostic import render_error

        complain(render_error(error))
    return ExitCode.NO


def interrupted(*, as_json: bool) -> ExitCode:
    """The user stopped us."""
    if as_json:
        say_json({"error": {"code": "interrupted", "message": "interrupted"}})
    else:
        complain("interrupted")
    return ExitCode.INTERRUPTED


def bug(error: BaseException, *, as_json: bool) -> ExitCode:
    """A mistake of ours: what happened in one line, and how to report it."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" at {Path(last[0].filename).name}:{last[0].lineno}" if last else ""
    message = f"{type(error).__name__}{place}: {error}"[:500]
    if as_json:
        say_json({"error": {"code": "bug", "message": message}})
    else:
        complain(f"antiphon: this is a bug of ours, not of yours.\n  {printable(message)}")
        complain(
            "Please report it, with what `antiphon doctor` prints, the files, and the command:"
        )
        complain(f"  {_command_line()}")
    return ExitCode.BUG


def _command_line() -> str:
    import shlex

    return f"antiphon {shlex.join(sys.argv[1:])}"

"""``antiphon fmt``: protocol files in the one layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.failure import diagnostic_json
from antiphon.cli.terminal import complain, say, say_json
from antiphon.errors import ProgramError, Refusal, printable
from antiphon.language.diagnostic import render_error
from antiphon.language.format import render_module
from antiphon.language.load import parse_file


def fmt(files: Sequence[str], *, check: bool, as_json: bool) -> ExitCode:
    """Format every file that can be read; with ``check`` only say which would change."""
    changed: list[str] = []
    errors: list[ProgramError] = []
    refusals: list[Refusal] = []
    for file in dict.fromkeys(files):
        try:
            if _format(file, check=check):
                changed.append(file)
        except ProgramError as error:
            errors.append(error)
        except Refusal as error:
            refusals.append(error)
    if as_json:
        result: dict[str, object] = {
            "changed": changed,
            "diagnostics": [diagnostic_json(one) for e in errors for one in e.diagnostics],
        }
        if refusals:
            result["error"] = {"code": refusals[0].code, "message": str(refusals[0])}
        say_json(result)
    else:
        for file in changed:
            say(f"{'would reformat' if check else 'reformatted'} {printable(file)}")
        for error in errors:
            complain(render_error(error))
        for refusal in refusals:
            complain(f"error[{refusal.code}]: {printable(str(refusal))}")
    if refusals:
        return ExitCode.USAGE
    return ExitCode.NO if errors or (check and changed) else ExitCode.YES


def _format(file: str, *, check: bool) -> bool:
    """Whether the file is (or was) not in the layout."""
    module = parse_file(file)
    text = render_module(module)
    if text == module.source.text:
        return False
    if not check:
        try:
            Path(file).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            reason = error.strerror or "it cannot be written"
            raise Refusal("unwritable-file", f"{printable(file)}: {reason}") from error
    return True

"""Every command and option. The work is done in the file named for the verb, imported when called.

Exit codes are those of ``exit_code``. With ``--json`` whatever happens is one JSON document.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.options import (
    Ascii,
    EngineName,
    File,
    Files,
    Machine,
    Name,
    PolicyName,
    ProjectFormat,
    RunFormat,
    RunName,
    Widening,
    Width,
    Workers,
)
from antiphon.cli.parity_verbs import Json, parity_app

_UNWRITABLE = {errno.EBADF, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC}
"""What goes wrong with standard output; of files that a command names a ``Refusal`` tells."""

app = typer.Typer(
    name="antiphon",
    help="Conversations between programs: write the protocol once, then check, draw and run it.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)
app.add_typer(parity_app, name="parity")


@app.command()
def check(
    files: Files,
    protocol: Name = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how each guarantee was shown, for which runs.")
    ] = False,
    json: Json = False,
) -> int:
    """Can each role play its part, and what is guaranteed then?"""
    from antiphon.cli import check

    return check.check(files, protocol, explain=explain, as_json=json)


@app.command()
def project(
    file: File,
    protocol: Name = None,
    role: Annotated[str | None, typer.Option(metavar="R", help="Only this role.")] = None,
    form: Annotated[
        ProjectFormat, typer.Option("--format", help="How it is written.")
    ] = ProjectFormat.TEXT,
    json: Json = False,
) -> int:
    """Show what each role has to do."""
    from antiphon.cli import project

    return project.project(file, protocol, role, "json" if json else form.value)


@app.command()
def run(
    file: File,
    protocol: Name = None,
    engine: Annotated[RunName, typer.Option("--engine", help="Which machine.")] = RunName.ENGINE,
    workers: Workers = 1,
    wave_width: Width = 8,
    widening: Widening = False,
    sessions: Annotated[int, typer.Option(min=1, metavar="N", help="How many at once.")] = 1,
    policy: Annotated[PolicyName, typer.Option(help="Who steps next.")] = PolicyName.COOPERATIVE,
    config: Annotated[
        str | None, typer.Option(metavar="FILE", help="Buffers, budgets, failures, as JSON.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="S", help="Draw values and decisions by this seed.")
    ] = None,
    choices: Annotated[
        str | None, typer.Option(metavar="A,B,...", help="The labels to decide for, in order.")
    ] = None,
    handler: Annotated[
        str | None, typer.Option(metavar="MODULE:OBJECT", help="Python code that answers.")
    ] = None,
    max_steps: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Stop after so many steps.")
    ] = None,
    record: Annotated[
        str | None, typer.Option(metavar="OUT", help="Write a recording to this file.")
    ] = None,
    trace: Annotated[
        str | None,
        typer.Option(metavar="MODE", help="Which events are kept: full, tail:N, file, off."),
    ] = None,
    no_trace: Annotated[bool, typer.Option("--no-trace", help="Keep no events.")] = False,
    events: Annotated[bool, typer.Option("--events", help="With --json: every event.")] = False,
    form: Annotated[RunFormat, typer.Option("--format", help="How it is drawn.")] = RunFormat.TEXT,
    ascii_only: Ascii = False,
    json: Json = False,
) -> int:
    """Run a protocol and draw the conversation."""
    from antiphon.cli import run

    options = run.Options(
        file,
        protocol,
        engine.value,
        sessions,
        policy.value,
        config,
        seed,
        choices,
        handler,
        max_steps,
        record,
        trace=run.trace_of(trace, no_trace=no_trace),
        events=events,
        form=form.value,
        ascii_only=ascii_only,
        as_json=json,
        waves=run.Waves(workers, wave_width, widening),
    )
    return run.run(options)


@app.command()
def replay(
    recording: Annotated[
        str, typer.Argument(metavar="RECORDING", help="A recording file.", show_default=False)
    ],
    engine: Machine = EngineName.ENGINE,
    until: Annotated[
        int | None, typer.Option(min=0, metavar="STEP", help="Stop after this step.")
    ] = None,
    export: Annotated[
        str | None, typer.Option(metavar="OUT", help="Write it as one JSON document.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(metavar="FILE", help="Have it in this protocol instead.")
    ] = None,
    events: Annotated[bool, typer.Option("--events", help="With --json: every event.")] = False,
    ascii_only: Ascii = False,
    json: Json = False,
) -> int:
    """Run a recording again, to the end or to an instant."""
    from antiphon.cli import replay

    options = replay.Options(recording, engine.value, until, export, against, events, ascii_only)
    return replay.replay(options, as_json=json)


@app.command()
def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="A recording.", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.", show_default=False)],
    under: Annotated[
        Literal["normal", "full"], typer.Option(help="What counts as the same.")
    ] = "normal",
    envelope: Annotated[
        str | None, typer.Option(metavar="FILE", help="What is admitted, instead.")
    ] = None,
    engine: Machine = EngineName.ENGINE,
    json: Json = False,
) -> int:
    """Compare two recorded runs, and say where they part."""
    from antiphon.cli import diff

    return diff.diff(one, other, engine.value, under, envelope, as_json=json)


@app.command()
def fmt(
    files: Files,
    check: Annotated[bool, typer.Option("--check", help="Change nothing, only say.")] = False,
    json: Json = False,
) -> int:
    """Rewrite protocol files in the one layout."""
    from antiphon.cli import fmt

    return fmt.fmt(files, check=check, as_json=json)


@app.command()
def demo(
    recording: Annotated[
        str | None, typer.Option(metavar="OUT", help="Where to record the mistake.")
    ] = None,
    ascii_only: Ascii = False,
    json: Json = False,
) -> int:
    """A conversation, live; then one role speaks out of turn."""
    from antiphon.cli import demo

    return demo.demo(recording, ascii_only=ascii_only, as_json=json)


@app.command()
def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The folder to make.", show_default=False)
    ],
    json: Json = False,
) -> int:
    """Make a folder with a protocol and a program of your own."""
    from antiphon.cli import new

    return new.new(name, as_json=json)


@app.command()
def doctor(json: Json = False) -> int:
    """Say which build of the engine runs here, and why."""
    from antiphon.cli import doctor

    return doctor.doctor(as_json=json)


@app.command()
def bench(
    quick: Annotated[bool, typer.Option("--quick", help="A little of it, in seconds.")] = False,
    json: Json = False,
) -> int:
    """Measure how fast the machines are here, beside plain asyncio."""
    from antiphon.cli import bench

    return bench.bench(quick=quick, as_json=json)


@app.command()
def conformance(
    cmd: Annotated[
        str | None, typer.Option("--cmd", metavar="COMMAND", help="The machine, as a command.")
    ] = None,
    family: Annotated[
        list[str] | None,
        typer.Option(metavar="F", help="Only what it has: a family. May be given several times."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="How many seconds an answer may take.")
    ] = 10.0,
    write_vectors: Annotated[
        str | None,
        typer.Option("--write-vectors", metavar="DIR", help="Make the vectors anew, in minutes."),
    ] = None,
    json: Json = False,
) -> int:
    """Hold a machine of your own against what ours do, step by step."""
    from antiphon.cli import conformance

    return conformance.conformance(cmd, family or (), timeout, write_vectors, as_json=json)


@app.command()
def capabilities(json: Json = False) -> int:
    """Say what machines here may be asked for, what not, and why."""
    from antiphon.cli import capabilities

    return capabilities.capabilities(as_json=json)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say the version.")] = False,
) -> int:
    """Conversations between programs: write the protocol once, then check, draw and run it."""
    if version:
        from antiphon.cli.version import version_of

        typer.echo(f"antiphon {version_of('antiphon')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
    return 0


def execute(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; never raises."""
    _replace_closed_streams()
    try:
        try:
            code = _dispatch(list(arguments))
        except BrokenPipeError:
            raise
        except (Exception, KeyboardInterrupt) as error:
            if isinstance(error, OSError) and error.errno in _UNWRITABLE:
                raise
            code = _explain(error, as_json="--json" in arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return ExitCode.CLOSED
    except OSError as error:
        _forget_output()
        return _explain_output(error)
    return code


def _replace_closed_streams() -> None:
    """Python has no object for a stream that was closed before it began: then nobody listens."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _explain_output(error: OSError) -> int:
    from antiphon.cli import failure

    words = f"standard output cannot be written: {error.strerror or 'no reason given'}"
    return failure.refuse("unwritable-output", words, as_json=False)


def _explain(error: BaseException, *, as_json: bool) -> int:
    """Say why there is no answer."""
    from antiphon.cli import failure
    from antiphon.errors import ProgramError, Refusal

    match error:
        case ProgramError():
            return failure.reject(error, as_json=as_json)
        case Refusal():
            return failure.refuse(error.code, str(error), as_json=as_json)
        case KeyboardInterrupt() | typer.Abort():
            return failure.interrupted(as_json=as_json)
        case _:
            words = getattr(error, "format_message", None)  # what complaints about usage have
            if words is None:
                return failure.bug(error, as_json=as_json)
            return failure.refuse("usage", words(), as_json=as_json)


def _dispatch(arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        with command.make_context("antiphon", arguments) as context:
            return command.invoke(context) or 0
    except typer.Exit as ended:
        return ended.exit_code


def _forget_output() -> None:
    """Nobody reads us any more: what is still buffered must not fail when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def main() -> None:
    """The command ``antiphon``."""
    sys.exit(execute(sys.argv[1:]))


if __name__ == "__main__":
    main()

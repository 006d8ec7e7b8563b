"""Every command and option of ``antiphon parity``, as ``main`` has them of all else."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

parity_app = typer.Typer(
    help="Compare the engine with the model.", rich_markup_mode=None, no_args_is_help=False
)
Tree = Annotated[str | None, typer.Option(metavar="DIR", help="The source tree.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@parity_app.command()
def evidence(
    write: Annotated[bool, typer.Option("--write", help="Run the lanes, write the file.")] = False,
    cases: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many programs to run.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, metavar="J", help="How many processes.")] = 1,
    json: Json = False,
) -> int:
    """Say what evidence there is of the machines, or make it anew."""
    from antiphon.cli import evidence

    return evidence.evidence(cases, jobs, write=write, as_json=json)


@parity_app.command()
def suite(
    cases: Annotated[int, typer.Option(min=1, metavar="N", help="How many cases in all.")] = 5000,
    seed: Annotated[int, typer.Option(metavar="S", help="Which cases.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, metavar="J", help="How many processes.")] = 1,
    time_budget: Annotated[
        int | None, typer.Option(min=1, metavar="S", help="Fewer cases after so many seconds.")
    ] = None,
    tree: Tree = None,
    json: Json = False,
) -> int:
    """Run every lane of parity, each with its share of the cases."""
    from antiphon.cli import suite

    return suite.suite(cases, seed, jobs, time_budget, tree, as_json=json)


@parity_app.command()
def lockstep(
    cases: Annotated[int, typer.Option(min=1, metavar="N", help="How many programs.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="S", help="Which programs.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, metavar="J", help="How many processes.")] = 1,
    record: Annotated[
        str | None, typer.Option(metavar="OUT", help="Record the first difference, if any.")
    ] = None,
    json: Json = False,
) -> int:
    """Step both machines and compare the whole state each time."""
    from antiphon.cli import parity

    return parity.lockstep(cases, seed, jobs, record, as_json=json)


@parity_app.command()
def mutants(
    corpus: Annotated[
        str | None, typer.Option(metavar="DIR", help="Where the recordings are.")
    ] = None,
    remember: Annotated[
        bool,
        typer.Option("--remember", help="Note there what killed which, to be quick next time."),
    ] = False,
    json: Json = False,
) -> int:
    """Break the machines on purpose and see that it is noticed."""
    from antiphon.cli import parity

    return parity.mutants(corpus, remember=remember, as_json=json)


@parity_app.command()
def recordings(
    runs: Annotated[int, typer.Option(min=1, metavar="N", help="How many runs.")] = 500,
    cuts: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many of them are cut off too.")
    ] = 100,
    seed: Annotated[int, typer.Option(metavar="S", help="Which runs.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, metavar="J", help="How many processes.")] = 1,
    json: Json = False,
) -> int:
    """Record runs of the engine, and have them again on both machines."""
    from antiphon.cli import parity

    return parity.recordings(runs, cuts, seed, jobs, as_json=json)


@parity_app.command()
def waves(
    cases: Annotated[int, typer.Option(min=1, metavar="N", help="How many programs.")] = 500,
    seed: Annotated[int, typer.Option(metavar="S", help="Which programs.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, metavar="J", help="How many processes.")] = 1,
    json: Json = False,
) -> int:
    """Run programs in waves, and hold each state against machines without."""
    from antiphon.cli import parity

    return parity.waves(cases, seed, jobs, as_json=json)


@parity_app.command()
def claims(
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this claim; may be repeated.")
    ] = None,
    profile: Annotated[
        Literal["quick", "full", "deep"], typer.Option(help="How large the scopes are.")
    ] = "quick",
    json: Json = False,
) -> int:
    """Look at everything that is claimed of the machines and of their types."""
    from antiphon.cli import parity

    return parity.claims(only or [], profile, as_json=json)


@parity_app.command()
def shapes(
    corpus: Annotated[
        str | None, typer.Option(metavar="DIR", help="Where the recordings are.")
    ] = None,
    json: Json = False,
) -> int:
    """Compare the shapes of all that can be seen in a replay."""
    from antiphon.cli import governance

    return governance.shapes(corpus, as_json=json)


@parity_app.command()
def matrix(
    write: Annotated[
        bool, typer.Option("--write", help="Write the page, the digest of its rows, the badge.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Say what is wrong with the page and its rows.")
    ] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Say what is in the way of a release too.")
    ] = False,
    tree: Tree = None,
    json: Json = False,
) -> int:
    """Make the parity matrix from the evidence, or hold it against that."""
    from antiphon.cli import governance

    return governance.matrix(tree, write=write, check=check, release=release, as_json=json)


@parity_app.command()
def ledger(
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day to judge by; today by default.")
    ] = None,
    tree: Tree = None,
    json: Json = False,
) -> int:
    """Say everything that is wrong with the ledger of known differences."""
    from antiphon.cli import governance

    return governance.ledger(tree, as_of, as_json=json)


@parity_app.command()
def changed(
    base: Annotated[str, typer.Option(metavar="REV", help="The revision to compare with.")],
    tree: Tree = None,
    json: Json = False,
) -> int:
    """Say whether rows have changed without the matrix and the ledger."""
    from antiphon.cli import governance

    return governance.changed(tree, base, as_json=json)

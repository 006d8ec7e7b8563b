"""``antiphon parity suite``: every lane of parity in one run."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import partial
from typing import Final

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.governance import ledger_found, matrix_found
from antiphon.cli.lane import unreached
from antiphon.cli.parity import builds
from antiphon.cli.source_tree import SourceTree, source_tree
from antiphon.cli.terminal import Progress, complain, say, say_json
from antiphon.files import read_file
from antiphon.parity import suite as lanes
from antiphon.parity.corpus import load, save
from antiphon.parity.lane import Look
from antiphon.parity.matrix.rows import all_rows
from antiphon.parity.report import render_suite
from antiphon.parity.suite import Fixed, Skip, Wanted
from antiphon.parity.suite_lanes import look_at_problems
from antiphon.parity.surfaces.registry import Sight

_SIZE_MAX: Final = 2**26


class _Teller:
    """Says how far the suite is: in one line that replaces itself, or in one line for each lane."""

    def __init__(self) -> None:
        self.progress: Final = Progress("suite")
        self._is_live = sys.stderr.isatty()
        self._lane = ""

    def tell(self, lane: str, words: str) -> None:
        """How far a lane is."""
        self.progress.show(f"{lane} {words}")
        if not self._is_live and lane != self._lane:
            complain(f"suite: {lane}")
        self._lane = lane


def suite(
    cases: int, seed: int, jobs: int, budget: int | None, directory: str | None, *, as_json: bool
) -> ExitCode:
    """Run all lanes; a difference goes into the corpus of the tree."""
    tree, teller = source_tree(directory), _Teller()
    wanted = Wanted(cases, seed, jobs, builds(), budget, teller.tell)
    skips = [Skip(each.lane, each.needs, each.is_expected) for each in unreached()]
    report = lanes.run(wanted, fixed_of(tree, wanted), skips)
    teller.progress.clear()
    kept = [str(save(tree.corpus, case)) for case in report.kept]
    if as_json:
        say_json(report.to_json() | {"kept": kept})
    else:
        say("\n".join((render_suite(report).rstrip("\n"), *(f"kept: {each}" for each in kept))))
    return ExitCode.YES if report.is_good else ExitCode.NO


def fixed_of(tree: SourceTree, wanted: Wanted) -> tuple[Fixed, ...]:
    """The lanes whose cases are always the same."""
    corpus = load(tree.corpus)
    folder = tree.root / "tests" / "recordings"
    recordings = {
        each.stem: read_file(each, _SIZE_MAX, "shorten the recording")
        for each in sorted(folder.glob("*.rec"))
    }
    sight = Sight(corpus.values(), wanted.builds[-1])
    ledger, _ = tree.ledger()
    return (
        ("matrix", partial(_matrix, tree)),
        ("ledger", partial(_ledger, tree, sight)),
        *lanes.fixed_lanes(sight, corpus, recordings, wanted, ledger.covers),
    )


def _matrix(tree: SourceTree) -> Look:
    return look_at_problems("matrix", len(all_rows()), matrix_found(tree))


def _ledger(tree: SourceTree, sight: Sight) -> Look:
    """The header, and each entry."""
    day = datetime.now(UTC).date()
    entries = len(tree.ledger()[0].entries)
    return look_at_problems("ledger", 1 + entries, ledger_found(tree, day, sight))

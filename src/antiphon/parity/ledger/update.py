"""The update rule: who changes a row changes the matrix and the ledger in the same change.

matrix-not-in-change  a row has changed since the revision, and the page has not
ledger-not-in-change  a row has changed since the revision, and the ledger has not
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from antiphon.parity.problem import Problem

MATRIX: Final = "docs/parity_matrix.md"
LEDGER: Final = "docs/model_vs_engine_deviations.json"
CODES: Final = {MATRIX: "matrix-not-in-change", LEDGER: "ledger-not-in-change"}


def update_problems(before: str, now: str, changed: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a change: ``before`` and ``now`` are the digests of the rows, ``changed``
    the files in it.
    """
    if before == now:
        return
    for file, code in CODES.items():
        if file not in changed:
            words = "a row has changed: antiphon parity matrix --write, and commit both files"
            yield Problem(code, file, words)

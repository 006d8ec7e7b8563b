"""What a release may not go out with: the evidence, at these very sources, must carry every row.

row-thin        a row that was reached too seldom
row-waits       a row that waits for something
no-evidence     there is no evidence of what machines may be asked for
evidence-stale  a piece of that which is of other sources
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from antiphon.machine.contracts import Evidence
from antiphon.parity.matrix.check import RENEW
from antiphon.parity.matrix.record import Record
from antiphon.parity.matrix.row import Row
from antiphon.parity.matrix.rows import all_rows
from antiphon.parity.matrix.status import THIN, status
from antiphon.parity.problem import Problem


def release_problems(
    record: Record, covers: Mapping[str, str], pieces: Sequence[Evidence], sources: str
) -> tuple[Problem, ...]:
    """What is in the way of a release, beside what is wrong with the matrix."""
    return release_problems_of(all_rows(), record, covers, pieces, sources)


def release_problems_of(
    rows: Sequence[Row],
    record: Record,
    covers: Mapping[str, str],
    pieces: Sequence[Evidence],
    sources: str,
) -> tuple[Problem, ...]:
    """The same, of a matrix with these rows."""
    found = (problem for row in rows for problem in _of_row(row, record, covers))
    return (*found, *_of_evidence(pieces, sources))


def _of_row(row: Row, record: Record, covers: Mapping[str, str]) -> Iterator[Problem]:
    if row.waits:
        yield Problem("row-waits", row.id, f"nothing can reach it yet: it waits for {row.waits}")
    if status(row, record, covers) == THIN:
        words = f"{record.rows[row.id].reached} of {row.least} times: teach a lane to reach it"
        yield Problem("row-thin", row.id, words)


def _of_evidence(pieces: Sequence[Evidence], sources: str) -> Iterator[Problem]:
    if not pieces:
        yield Problem("no-evidence", "evidence.json", f"there is none: {RENEW} makes it")
    for each in pieces:
        if each.sources != sources:
            words = f"it is of other sources than these: {RENEW} looks again"
            yield Problem("evidence-stale", each.claim, words)

"""What may be wrong with the matrix: each problem with its code."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from antiphon.parity.matrix.lanes import sources_of
from antiphon.parity.matrix.record import Record
from antiphon.parity.matrix.row import Row
from antiphon.parity.matrix.rows import all_rows
from antiphon.parity.matrix.status import BROKEN, UNREACHED, status
from antiphon.parity.problem import Problem
from antiphon.parity.surfaces.place import place_problems

WRITE = "antiphon parity matrix --write"
RENEW = "antiphon parity evidence --write"


def matrix_problems(
    committed: str, rendered: str, record: Record, covers: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Everything that is wrong: with the page that is committed, and with each row."""
    return problems_of(all_rows(), committed, rendered, record, covers)


def problems_of(
    rows: Sequence[Row], committed: str, rendered: str, record: Record, covers: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The same, of a matrix with these rows."""
    return (
        *_of_page(committed, rendered),
        *(problem for row in rows for problem in _of_row(row, record, covers)),
        *_of_record(record, {row.id for row in rows}),
    )


def _of_page(committed: str, rendered: str) -> Iterator[Problem]:
    if committed == rendered:
        return
    here, there = committed.splitlines(), rendered.splitlines()
    line = next(
        (n for n, (one, two) in enumerate(zip(here, there, strict=False), 1) if one != two),
        min(len(here), len(there)) + 1,
    )
    words = f"the page is not what the evidence says: {WRITE} writes it"
    yield Problem("matrix-differs", f"docs/parity_matrix.md:{line}", words)


def _of_row(row: Row, record: Record, covers: Mapping[str, str]) -> Iterator[Problem]:
    here = status(row, record, covers)
    found = record.rows.get(row.id)
    if here == BROKEN and found is not None:
        listed = ", ".join(each for each in found.fingerprints if each not in covers)
        yield Problem("row-broken", row.id, f"no entry of the ledger covers {listed}")
    if here == UNREACHED and not row.waits:
        yield Problem("row-unreached", row.id, f"no lane has reached it: {RENEW} looks again")
    if found is not None and found.sources != sources_of(row.sources):
        words = f"its sources have changed since it was looked at: {RENEW} looks again"
        yield Problem("row-stale", row.id, words)
    for model, engine in zip(row.model, row.engine, strict=False):
        for problem in place_problems(row.id, model, engine):
            code, _, place = problem.partition(f":{row.id}:")
            yield Problem(code, row.id, f"{place}: the row needs one place on each side")


def _of_record(record: Record, known: Collection[str]) -> Iterator[Problem]:
    for name in record.rows:
        if name not in known:
            yield Problem("unknown-row", name, f"there is no such row: {RENEW} looks again")

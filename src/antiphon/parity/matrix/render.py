"""The page of the matrix: what changes only when a row changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from antiphon.parity.matrix.record import Record
from antiphon.parity.matrix.row import Row
from antiphon.parity.matrix.rows import (
    GATES,
    INSTRUCTIONS,
    MORE_SHAPES,
    PROFILES,
    RECOVERY,
    SCHEDULERS,
    SHAPES,
    WAVES,
    all_rows,
)
from antiphon.parity.matrix.status import MEANING, status
from antiphon.values.canonical import digest

ROWS_DOMAIN: Final = "antiphon.rows.1"
HEADS: Final[Mapping[str, tuple[str, str, str]]] = {
    SHAPES: ("Area", "Model Surface", "Engine Surface"),
    GATES: ("Gate Surface", "Model API", "Engine API"),
    PROFILES: ("Profile", "Model", "Engine"),
    WAVES: ("Regime", "Model Surface", "Engine Surface"),
    MORE_SHAPES: ("Type", "Model Surface", "Engine Surface"),
    SCHEDULERS: ("Policy", "Model", "Engine"),
    RECOVERY: ("Regime", "Model", "Engine"),
    INSTRUCTIONS: ("Outcome", "Model", "Engine"),
}
_SEED: Final = (SHAPES, GATES, PROFILES, WAVES)
_TOP: Final = """# Model-Engine Parity Matrix

Antiphon's machine exists twice: the *model*, which says what a step means, and the *engine*, which
users run. Each row below is a place where the two must say the same thing before a release may go
out. This page is made by `antiphon parity matrix --write` from what the lanes of parity have found,
which is in `docs/evidence/rows.json`: counts, seeds and digests are there, and only what changes
when a row changes is here. `antiphon parity matrix --check` fails when the two do not fit.

| Status | What it says |
|---|---|
"""
_DIVERGENCES: Final = """## Active Intentional Divergences

The ledger is `docs/model_vs_engine_deviations.json`. It lists each difference that we know of and
keep for now, with an owner, a reason and the day on which it is looked at again.
"""
_LANES: Final = """## Enforcement Lanes

A change that breaks a row is stopped here.

- `scripts/check-parity-ledger.sh`: the matrix and the ledger are in order
- `scripts/check-vm-parity-suite.sh`: the lanes of parity find no difference
- `.github/workflows/check.yml`: every test, and both scripts, on each push and pull request
- `.github/workflows/verify.yml`: the deep lanes, on main, on pull requests and every night
- `.github/workflows/release.yml`: nothing goes out unless the evidence covers every row
"""
_RULE: Final = """## Update Rule

A change that alters a row of `docs/parity_matrix.md` carries the matching change of
`docs/model_vs_engine_deviations.json` with it: the two files are never updated apart. The header of
the ledger has the digest of the rows, and `antiphon parity changed --base REV` fails when a row has
changed since a revision, and one of the two files has not. The rows of this page have the digest

    {rows}
"""


def rows_digest(record: Record, covers: Mapping[str, str]) -> str:
    """The digest of all rows, the declared shapes of types included."""
    return digest(
        ROWS_DOMAIN,
        tuple((row.id, row.shape, *_cells(row, record, covers)) for row in all_rows()),
    )


def render(record: Record, covers: Mapping[str, str], entries: Sequence[tuple[str, str]]) -> str:
    """The whole page. ``covers``: fingerprints that active entries explain, by entry; ``entries``:
    the id and the title of each active entry.
    """
    meanings = "".join(f"| `{name}` | {words} |\n" for name, words in MEANING.items())
    seed = "\n".join(_section(name, record, covers) for name in _SEED)
    rest = "\n".join(_section(name, record, covers) for name in HEADS if name not in _SEED)
    rule = _RULE.format(rows=rows_digest(record, covers))
    parts = (_TOP + meanings, seed, _divergences(entries), _LANES, rule, rest)
    return "\n".join(parts)


def _divergences(entries: Sequence[tuple[str, str]]) -> str:
    listed = "\n".join(f"- `{id_}`: {title}" for id_, title in entries)
    words = listed or "It has no active entry: nothing is known to differ."
    return f"{_DIVERGENCES}\n{words}\n"


def _section(name: str, record: Record, covers: Mapping[str, str]) -> str:
    return "\n".join((f"## {name}", "", *_table(name, record, covers))) + "\n"


def _table(name: str, record: Record, covers: Mapping[str, str]) -> Iterator[str]:
    yield f"| {' | '.join((*HEADS[name], 'Scope', 'Status'))} |"
    yield "|---|---|---|---|---|"
    for row in all_rows():
        if row.section == name:
            cells = _cells(row, record, covers)
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _cells(row: Row, record: Record, covers: Mapping[str, str]) -> tuple[str, ...]:
    """The cells of a row as they stand on the page."""
    here = status(row, record, covers)
    return (row.area, row.model_cell, row.engine_cell, row.scope, here)

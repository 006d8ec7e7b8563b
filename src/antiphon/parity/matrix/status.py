"""How a row stands: computed from what lanes have found, and from what the ledger explains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from antiphon.parity.matrix.record import Found, Record
from antiphon.parity.matrix.row import Row

UNREACHED: Final = "Unreached"
THIN: Final = "Thin"
ALIGNED: Final = "Aligned"
ENVELOPED: Final = "Aligned under envelope contract"
BROKEN: Final = "Broken"
MEANING: Final[Mapping[str, str]] = {
    UNREACHED: "no check has executed this row on both sides",
    THIN: "executed, and equal, but too seldom to lean on",
    ALIGNED: "executed on both sides, no difference found",
    ENVELOPED: "the sides may order independent steps differently, and each order was checked",
    "Diverged (ID)": "a difference that the ledger entry `ID` explains",
    BROKEN: "a difference that no ledger entry explains",
}


def status(row: Row, record: Record, covers: Mapping[str, str]) -> str:
    """How a row stands; ``covers`` are the fingerprints that active entries explain, by entry.

    In an envelope the sides may differ in what the ledger explains.
    """
    found = record.rows.get(row.id)
    if row.waits or found is None:
        return UNREACHED
    if found.fingerprints and (not row.is_enveloped or _is_unexplained(found, covers)):
        return _differing(found, covers)
    if not found.reached:
        return UNREACHED
    if found.reached < row.least:
        return THIN
    return ENVELOPED if row.is_enveloped else ALIGNED


def _is_unexplained(found: Found, covers: Mapping[str, str]) -> bool:
    return any(each not in covers for each in found.fingerprints)


def _differing(found: Found, covers: Mapping[str, str]) -> str:
    if _is_unexplained(found, covers):
        return BROKEN
    entries = dict.fromkeys(covers[each] for each in found.fingerprints)
    return f"Diverged ({', '.join(entries)})"

"""Everything that can be wrong with the entries of a ledger, each problem with its code.

expired               an active entry whose day to be looked at again has passed
history-astray        a history that is not in order, or does not end where the entry is
unknown-ref           a place in the model or the engine that is not there
missing-test          a listed test that is not there
failing-test          a listed test that fails
unknown-cover         a cover that is no fingerprint of any lane
needless-cover        a cover of an active entry in which nothing differs any more
double-cover          a fingerprint that two active entries cover
resolved-but-differs  a cover of a resolved entry in which something still differs
uncovered             a fingerprint that no active entry covers
rows-digest           a header that was not updated with the rows of the matrix
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from antiphon.parity.ledger.entry import Entry, Ledger
from antiphon.parity.ledger.sources import is_there
from antiphon.parity.problem import Problem
from antiphon.parity.surfaces.registry import SURFACES

LANES: Final = ("flow", "gates", "outputs", "recovery", "waves")
"""The lanes whose behaviour can differ: ``behaviour:<lane>:<case>:<dimension>``."""
KINDS: Final = (
    "missing_in_engine",
    "missing_in_model",
    "missing_field_in_engine",
    "missing_field_in_model",
    "field_differs",
    "order_differs",
    "tag_differs",
)
"""In what shapes can differ: ``<type>:<kind>:<what>``."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a ledger is held against: ``live`` is all that differs now, ``rows`` the digest of the
    rows, ``as_of`` the day. ``package`` and ``tree`` are where the sources and the tests are;
    ``passes`` runs a test.
    """

    live: frozenset[str]
    rows: str
    as_of: date
    package: Path
    tree: Path
    passes: Callable[[str], bool]


def ledger_problems(ledger: Ledger, setting: Setting) -> tuple[Problem, ...]:
    """Everything that is wrong with a ledger whose form is right."""
    found = [problem for entry in ledger.entries for problem in _of_entry(entry, setting)]
    return (*found, *_of_covers(ledger, setting), *_of_header(ledger, setting))


def is_fingerprint(text: str) -> bool:
    """Whether some lane could find this."""
    head, *rest = text.split(":")
    if not rest or not all(rest):
        return False
    if head == "behaviour":
        return len(rest) == 3 and rest[0] in LANES
    return len(rest) > 1 and rest[0] in KINDS and head in {each.name for each in SURFACES}


def _of_entry(entry: Entry, setting: Setting) -> Iterator[Problem]:
    revisit = date.fromisoformat(entry.revisit_date)
    if entry.is_active and revisit < setting.as_of:
        words = f"it was to be looked at again on {revisit}: resolve it, or decide anew"
        yield Problem("expired", entry.id, words)
    if not _is_in_order(entry):
        words = "days in order, and the last step is where the entry is now"
        yield Problem("history-astray", entry.id, words)
    for ref in (*entry.model_refs, *entry.engine_refs):
        if not is_there(setting.package, ref):
            yield Problem("unknown-ref", entry.id, f"there is no {ref} in the package")
    for test in entry.tests:
        if not is_there(setting.tree, test):
            yield Problem("missing-test", entry.id, f"there is no test {test}")
        elif not setting.passes(test):
            yield Problem("failing-test", entry.id, f"{test} fails: it must show the difference")


def _is_in_order(entry: Entry) -> bool:
    days = [step.date for step in entry.history]
    return days == sorted(days) and entry.history[-1].status == entry.status


def _of_covers(ledger: Ledger, setting: Setting) -> Iterator[Problem]:
    covered: dict[str, str] = {}
    for entry in ledger.entries:
        for each in entry.covers:
            yield from _of_cover(entry, each, setting.live)
            if entry.is_active:
                if each in covered:
                    words = f"{covered[each]} covers it too: one entry explains a difference"
                    yield Problem("double-cover", f"{entry.id}: {each}", words)
                covered.setdefault(each, entry.id)
    for each in sorted(setting.live - covered.keys()):
        yield Problem("uncovered", each, "mend it, or explain it in an active entry")


def _of_cover(entry: Entry, cover: str, live: frozenset[str]) -> Iterator[Problem]:
    place = f"{entry.id}: {cover}"
    if not is_fingerprint(cover):
        yield Problem("unknown-cover", place, "no lane finds such a thing")
    elif entry.is_active and cover not in live:
        yield Problem("needless-cover", place, "nothing differs here any more: resolve it")
    elif not entry.is_active and cover in live:
        yield Problem("resolved-but-differs", place, "it still differs: make it active again")


def _of_header(ledger: Ledger, setting: Setting) -> Iterator[Problem]:
    if ledger.rows != setting.rows:
        words = "the rows of the matrix have changed: antiphon parity matrix --write"
        yield Problem("rows-digest", "$.rows", words)

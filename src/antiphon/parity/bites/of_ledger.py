"""The rules of the ledger and of updates, each broken by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from antiphon.parity.bites.bite import Bite, Load, Says

_PACKAGE: Final = Path(__file__).parents[2]
_LIVE: Final = "behaviour:gates:admit_vm_runtime:answer"
_OTHER: Final = "Value:missing_in_engine:Blob"
_DAY: Final = date(2026, 12, 1)
_ROWS: Final = "0" * 64
ENTRY: Final[Mapping[str, Any]] = {
    "id": "gates-say-no",
    "title": "The gates of the engine say no more often",
    "owner": "engine",
    "status": "active",
    "reason": "It is not known yet which of them is right.",
    "impact": "A machine is refused.",
    "alternatives_considered": ["Let both say no."],
    "revisit_date": "2026-12-01",
    "covers": [_LIVE],
    "model_refs": ["model/gates.py::admit_vm_runtime"],
    "engine_refs": ["engine/kernel.py::Kernel.run", "engine/gates.py"],
    "tests": ["parity/gate_lane.py::run"],
    "history": [{"date": "2026-11-28", "status": "active", "change": "opened"}],
}
"""An entry with which nothing is wrong, if ``_LIVE`` differs."""


def _ledger(*entries: object, live: Iterable[str] = (_LIVE,), **given: object) -> Says:
    """The codes of a ledger of these entries; ``given`` are other parts of its header."""
    root = {"schema_version": 2, "rows": _ROWS, "entries": list(entries)} | given
    return _text(json.dumps(root), frozenset(live))


def _text(text: str, live: frozenset[str] = frozenset()) -> Says:
    def says(load: Load) -> Iterable[str]:
        check = load("antiphon.parity.ledger.check")
        ledger, wrong = load("antiphon.parity.ledger.entry").read_ledger(text)
        tree = _PACKAGE, _PACKAGE
        setting = check.Setting(live, _ROWS, _DAY, *tree, _passes)
        problems = () if wrong else check.ledger_problems(ledger, setting)
        return (each.code for each in (*wrong, *problems))

    return says


def _passes(test: str) -> bool:
    return test != "model/step.py"


def _with(**changes: object) -> dict[str, Any]:
    return {**ENTRY, **changes}


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in ENTRY.items() if key != name}


_RESOLVED: Final = [*ENTRY["history"], {"date": "2026-11-29", "status": "resolved", "change": "x"}]
LEDGER: Final[Mapping[str, Bite]] = {
    "in order": Bite((), _ledger(ENTRY)),
    "nothing": Bite((), _ledger(live=())),
    "resolved": Bite((), _ledger(_with(status="resolved", history=_RESOLVED), live=())),
    "text": Bite(("not-json",), _text("{")),
    "list": Bite(("not-a-ledger",), _text("[]")),
    "no entries": Bite(("not-a-ledger",), _text('{"schema_version": 2}')),
    "old": Bite(("bad-field",), _ledger(ENTRY, schema_version=1)),
    "a truth for a version": Bite(("bad-field",), _ledger(ENTRY, schema_version=True)),
    "short digest": Bite(("bad-field",), _ledger(ENTRY, rows="0")),
    "header": Bite(("unknown-field",), _ledger(ENTRY, updated_at="today")),
    "no object": Bite(("bad-field",), _ledger(1)),
    **{f"no {name}": Bite(("missing-field",), _ledger(_without(name))) for name in ENTRY},
    "unknown field": Bite(("unknown-field",), _ledger(_with(expires="never"))),
    **{
        f"bad {name}": Bite(("bad-field",), _ledger(_with(**{name: value})))
        for name, value in {
            "id": "Gates Say No",
            "owner": "  ",
            "status": "pending",
            "revisit_date": "2026-2-3",
            "reason": 1,
            "covers": [],
            "tests": ["a", "a"],
            "history": [],
        }.items()
    },
    "another form of day": Bite(("bad-field",), _ledger(_with(revisit_date="20261201"))),
    "no such day": Bite(("bad-field",), _ledger(_with(revisit_date="2026-02-30"))),
    "bad step": Bite(("bad-field",), _ledger(_with(history=[3]))),
    "step without status": Bite(
        ("missing-field",), _ledger(_with(history=[{"date": "2026-11-28", "change": "x"}]))
    ),
    "two ids": Bite(
        ("duplicate-id",), _ledger(ENTRY, _with(covers=[_OTHER]), live=(_LIVE, _OTHER))
    ),
    "expired": Bite(("expired",), _ledger(_with(revisit_date="2026-11-30"))),
    "expired, resolved": Bite(
        (),
        _ledger(_with(revisit_date="2026-11-30", status="resolved", history=_RESOLVED), live=()),
    ),
    "history ends elsewhere": Bite(("history-astray",), _ledger(_with(history=_RESOLVED))),
    "history out of order": Bite(
        ("history-astray",),
        _ledger(_with(history=[{**_RESOLVED[1], "status": "active"}, ENTRY["history"][0]])),
    ),
    "no such file": Bite(("unknown-ref",), _ledger(_with(model_refs=["model/gate.py"]))),
    "no such symbol": Bite(("unknown-ref",), _ledger(_with(engine_refs=["engine/gates.py::x"]))),
    "outside": Bite(("unknown-ref",), _ledger(_with(engine_refs=["../antiphon/errors.py"]))),
    "no such test": Bite(("missing-test",), _ledger(_with(tests=["parity/gate_lane.py::x"]))),
    "failing test": Bite(("failing-test",), _ledger(_with(tests=["model/step.py"]))),
    "no such type": Bite(
        ("unknown-cover",), _ledger(_with(covers=[_LIVE, "Values:missing_in_engine:Blob"]))
    ),
    "no such lane": Bite(("unknown-cover",), _ledger(_with(covers=[_LIVE, "behaviour:never:x:y"]))),
    "dotted": Bite(("unknown-cover",), _ledger(_with(covers=[_LIVE, "threaded.round"]))),
    "needless": Bite(("needless-cover",), _ledger(_with(covers=[_LIVE, _OTHER]))),
    "covered twice": Bite(("double-cover",), _ledger(ENTRY, _with(id="gates-say-yes"))),
    "resolved, differs": Bite(
        ("resolved-but-differs", "uncovered"),
        _ledger(_with(status="resolved", history=_RESOLVED)),
    ),
    "uncovered": Bite(("uncovered",), _ledger(ENTRY, live=(_LIVE, _OTHER))),
    "everything at once": Bite(
        ("expired", "unknown-ref", "failing-test", "unknown-cover", "uncovered"),
        _ledger(
            _with(
                revisit_date="2020-01-01",
                model_refs=["model/gate.py"],
                tests=["model/step.py"],
                covers=["threaded.round"],
            )
        ),
    ),
    "rows have changed": Bite(("rows-digest",), _ledger(ENTRY, rows="1" * 64)),
}
_PAGE: Final = "docs/parity_matrix.md"
_FILE: Final = "docs/model_vs_engine_deviations.json"


def _update(before: str, *changed: str) -> Says:
    def says(load: Load) -> Iterable[str]:
        update = load("antiphon.parity.ledger.update")
        return (each.code for each in update.update_problems(before, "now", changed))

    return says


UPDATE: Final[Mapping[str, Bite]] = {
    "no row has changed": Bite((), _update("now")),
    "both in change": Bite((), _update("before", _PAGE, _FILE)),
    "no matrix": Bite(("matrix-not-in-change",), _update("before", _FILE)),
    "no ledger": Bite(("ledger-not-in-change",), _update("before", _PAGE)),
    "neither": Bite(("matrix-not-in-change", "ledger-not-in-change"), _update("before")),
}

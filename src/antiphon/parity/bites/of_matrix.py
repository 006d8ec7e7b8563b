"""The rules of the matrix, each broken by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from antiphon.machine.contracts import evidence
from antiphon.parity.bites.bite import Bite, Load, Says
from antiphon.parity.matrix.record import Found, Record
from antiphon.parity.matrix.row import Row
from antiphon.parity.surfaces.place import Place

_LIVE: Final = "behaviour:gates:admit_vm_runtime:answer"
_OTHER: Final = "Value:missing_in_engine:Blob"
_A_ROW: Final = Row(
    "row",
    "section",
    "area",
    (Place("model/step.py::step"),),
    (Place("engine/machine.py::Engine"),),
    "scope",
    ("model/step.py",),
    least=3,
)


def _stands(found: Found | None, covers: Mapping[str, str], **changes: Any) -> Says:
    """How a row stands."""

    def says(load: Load) -> Iterable[str]:
        made = load("antiphon.parity.matrix.record").Found
        rows = {} if found is None else {"row": made(found.hits, "", found.fingerprints)}
        record = Record("", {}, rows)
        row = replace(_A_ROW, **changes)
        yield load("antiphon.parity.matrix.status").status(row, record, covers)

    return says


_DIFFERING: Final = Found({"model": 9, "engine": 9}, "", (_LIVE, _OTHER))
STATUS: Final[Mapping[str, Bite]] = {
    "not looked at": Bite(("Unreached",), _stands(None, {})),
    "reached by one": Bite(("Unreached",), _stands(Found({"model": 9, "engine": 0}, ""), {})),
    "seldom": Bite(("Thin",), _stands(Found({"model": 9, "engine": 2}, ""), {})),
    "often": Bite(("Aligned",), _stands(Found({"model": 9, "engine": 3}, ""), {})),
    "in an envelope": Bite(
        ("Aligned under envelope contract",), _stands(Found({"all": 3}, ""), {}, is_enveloped=True)
    ),
    "in an envelope, explained": Bite(
        ("Aligned under envelope contract",),
        _stands(_DIFFERING, {_LIVE: "one", _OTHER: "one"}, is_enveloped=True),
    ),
    "in an envelope, half explained": Bite(
        ("Broken",), _stands(_DIFFERING, {_LIVE: "one"}, is_enveloped=True)
    ),
    "waits": Bite(("Unreached",), _stands(Found({"all": 3}, ""), {}, waits="for waves")),
    "differs": Bite(("Broken",), _stands(_DIFFERING, {})),
    "half explained": Bite(("Broken",), _stands(_DIFFERING, {_LIVE: "one"})),
    "explained": Bite(("Diverged (one)",), _stands(_DIFFERING, {_LIVE: "one", _OTHER: "one"})),
    "explained by two": Bite(
        ("Diverged (one, two)",), _stands(_DIFFERING, {_LIVE: "one", _OTHER: "two"})
    ),
}


def _matrix(
    committed: str = "page", found: Mapping[str, Found] | None = None, **changes: Any
) -> Says:
    """The codes of a matrix of one row that should be written ``page``."""

    def says(load: Load) -> Iterable[str]:
        check = load("antiphon.parity.matrix.check")
        sources = load("antiphon.parity.matrix.lanes").sources_of(_A_ROW.sources)
        rows = {"row": Found({"all": 3}, sources)} if found is None else found
        row = replace(_A_ROW, **changes)
        problems = check.problems_of((row,), committed, "page", Record("", {}, rows), {})
        return (each.code for each in problems)

    return says


def _release(
    found: Mapping[str, Found] | None = None,
    claims: tuple[str, ...] = ("lockstep.aging", "waves.envelope"),
    old: tuple[str, ...] = (),
    **changes: Any,
) -> Says:
    """The codes of what is in the way of a release with one row and two pieces of evidence."""

    def says(load: Load) -> Iterable[str]:
        rows = {"row": Found({"all": 3}, "")} if found is None else found
        row = replace(_A_ROW, **changes)
        pieces = [
            evidence(claim, "lane", "before" if claim in old else "now", (("cases", 9),), "")
            for claim in claims
        ]
        problems = load("antiphon.parity.matrix.release").release_problems_of(
            (row,), Record("", {}, rows), {}, pieces, "now"
        )
        return (each.code for each in problems)

    return says


_HERE: Final = (Place("model/step.py::step"),)
MATRIX: Final[Mapping[str, Bite]] = {
    "all is well": Bite((), _matrix()),
    "another page": Bite(("matrix-differs",), _matrix("pages")),
    "a line too many": Bite(("matrix-differs",), _matrix("page\n")),
    "a broken row": Bite(("row-broken", "row-stale"), _matrix(found={"row": _DIFFERING})),
    "a row nobody reached": Bite(("row-unreached",), _matrix(found={})),
    "a row that waits": Bite((), _matrix(found={}, waits="for waves")),
    "an old row": Bite(("row-stale",), _matrix(found={"row": Found({"all": 3}, "before")})),
    "a row that is not there": Bite(
        ("row-unreached", "unknown-row"), _matrix(found={"gone": Found({"all": 3}, "")})
    ),
    "one object on both sides": Bite(("same-object",), _matrix(engine=_HERE)),
    "an unknown place": Bite(("unknown-place",), _matrix(model=(Place("model/step.py::leap"),))),
}
RELEASE: Final[Mapping[str, Bite]] = {
    "a release": Bite((), _release()),
    "a release with a row reached twice": Bite(
        ("row-thin",), _release({"row": Found({"all": 2}, "")})
    ),
    "a release with a row that waits": Bite(("row-waits",), _release({}, waits="for waves")),
    "a release without evidence": Bite(("no-evidence",), _release(claims=())),
    "a release with old evidence": Bite(("evidence-stale",), _release(old=("waves.envelope",))),
}

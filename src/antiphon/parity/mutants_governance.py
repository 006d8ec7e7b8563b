"""The seeded faults of what parity is governed by: surfaces, the matrix, the ledger, the rule of
updates. ``bites`` says of each rule what is to be said when it is broken.
"""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_ENTRY: Final = "parity/ledger/entry.py"
_CHECK: Final = "parity/ledger/check.py"
_SOURCES: Final = "parity/ledger/sources.py"
_UPDATE: Final = "parity/ledger/update.py"
_STATUS: Final = "parity/matrix/status.py"
_MATRIX: Final = "parity/matrix/check.py"
_RELEASE: Final = "parity/matrix/release.py"
_SHAPE: Final = "parity/surfaces/shape.py"
_CODED: Final = "parity/surfaces/coded.py"
_WATCH: Final = "parity/surfaces/watch.py"
_REGISTRY: Final = "parity/surfaces/registry.py"
_PLACE: Final = "parity/surfaces/place.py"

GOVERNANCE_MUTANTS: Final = (
    Mutant(
        "ledger-never-expires",
        "an entry may be looked at again a day late",
        _CHECK,
        "revisit < setting.as_of",
        "revisit > setting.as_of",
    ),
    Mutant(
        "ledger-expires-resolved",
        "an entry that is resolved expires all the same",
        _CHECK,
        "if entry.is_active and revisit <",
        "if revisit <",
    ),
    Mutant(
        "ledger-model-only",
        "places in the engine are not looked up",
        _CHECK,
        "(*entry.model_refs, *entry.engine_refs)",
        "entry.model_refs",
    ),
    Mutant(
        "ledger-file-is-enough",
        "a symbol that is not in its file counts as there",
        _SOURCES,
        'return not symbols or ".".join(symbols) in',
        'return bool(symbols) or ".".join(symbols) in',
    ),
    Mutant(
        "ledger-outside",
        "a place outside the package counts",
        _SOURCES,
        ' or ".." in Path(file).parts',
        "",
    ),
    Mutant(
        "ledger-tests-unrun",
        "listed tests are not run",
        _CHECK,
        "elif not setting.passes(test):",
        "elif setting.passes is None:",
    ),
    Mutant(
        "ledger-any-cover",
        "a cover that nobody can find counts",
        _CHECK,
        "if not is_fingerprint(cover):",
        "if not cover:",
    ),
    Mutant(
        "ledger-needless",
        "a cover that is no longer needed stays",
        _CHECK,
        "elif entry.is_active and cover not in live:",
        "elif entry.is_active and cover in ():",
    ),
    Mutant(
        "ledger-resolved-covers",
        "an entry that is resolved explains what differs",
        _CHECK,
        "            if entry.is_active:\n                if each in covered:",
        "            if entry.is_active or True:\n                if each in covered:",
    ),
    Mutant(
        "ledger-double",
        "two entries may explain one difference",
        _CHECK,
        "if each in covered:",
        "if each in ():",
    ),
    Mutant(
        "ledger-resolved-differs",
        "what is resolved may differ still",
        _CHECK,
        "elif not entry.is_active and cover in live:",
        "elif not entry.is_active and cover in ():",
    ),
    Mutant(
        "ledger-uncovered",
        "a difference needs no entry",
        _CHECK,
        "for each in sorted(setting.live - covered.keys()):",
        "for each in sorted(covered.keys() - setting.live - covered.keys()):",
    ),
    Mutant(
        "ledger-any-day",
        "a day may be written in any way",
        _ENTRY,
        " or not _DATE.fullmatch(value)",
        "",
    ),
    Mutant(
        "ledger-history",
        "a history may end where the entry is not",
        _CHECK,
        "days == sorted(days) and entry.history[-1].status == entry.status",
        "days == sorted(days)",
    ),
    Mutant(
        "ledger-old-rows",
        "the header may be of other rows",
        _CHECK,
        "if ledger.rows != setting.rows:",
        "if not ledger.rows:",
    ),
    Mutant(
        "ledger-same-ids",
        "two entries may have one id",
        _ENTRY,
        "        seen.add(entry.id)\n",
        "",
    ),
    Mutant(
        "update-one-is-enough",
        "a change of rows may leave the ledger out",
        _UPDATE,
        "if file not in changed:",
        "if not {*CODES}.intersection(changed):",
    ),
    Mutant(
        "update-always",
        "every change must touch both files",
        _UPDATE,
        "if before == now:",
        'if before == "":',
    ),
    Mutant(
        "matrix-one-side",
        "a row counts as reached if one side has",
        "parity/matrix/record.py",
        "return min(self.hits.values(), default=0)",
        "return max(self.hits.values(), default=0)",
    ),
    Mutant(
        "matrix-never-thin",
        "once is often enough",
        _STATUS,
        "if found.reached < row.least:",
        "if found.reached < 1:",
    ),
    Mutant(
        "matrix-half-explained",
        "one difference that is explained explains all",
        _STATUS,
        "return any(each not in covers",
        "return all(each not in covers",
    ),
    Mutant(
        "matrix-free-envelope",
        "in an envelope nothing needs an entry",
        _STATUS,
        "not row.is_enveloped or _is_unexplained(found, covers)",
        "not row.is_enveloped",
    ),
    Mutant(
        "matrix-waits-no-more",
        "a row that waits counts as reached",
        _STATUS,
        "if row.waits or found is None:",
        "if found is None:",
    ),
    Mutant(
        "matrix-cut",
        "a page may have lines too many",
        _MATRIX,
        "if committed == rendered:",
        "if committed.startswith(rendered):",
    ),
    Mutant(
        "matrix-broken-passes",
        "a row may be broken",
        _MATRIX,
        "if here == BROKEN and found is not None:",
        "if here == BROKEN and found is None:",
    ),
    Mutant(
        "matrix-stale-passes",
        "evidence may be of other sources",
        _MATRIX,
        "found.sources != sources_of(row.sources)",
        "found.sources == row.id",
    ),
    Mutant(
        "surface-one-object",
        "a surface may be one object on both sides",
        _PLACE,
        "found[0] is found[1]",
        "found[0] is None",
    ),
    Mutant(
        "surface-engine-only",
        "what only the engine has is not missed in the model",
        _SHAPE,
        "for name in theirs if name not in mine",
        "for name in () if name not in mine",
    ),
    Mutant(
        "surface-order",
        "fields may stand in another order",
        _SHAPE,
        "[*mine] != [*theirs]",
        "{*mine} != {*theirs}",
    ),
    Mutant(
        "surface-types",
        "a field may be of another type",
        _SHAPE,
        'for part in ("types", "default"):',
        'for part in ("default",):',
    ),
    Mutant(
        "surface-constant",
        "a field that comes back the same always is kept",
        _CODED,
        "if len(set(kept)) < 2:",
        "if len(set(kept)) < 1:",
    ),
    Mutant(
        "surface-in-part",
        "one sample that comes back is enough",
        _CODED,
        "if not pairs or (is_whole and len(pairs) < len(given)):",
        "if not pairs:",
    ),
    Mutant(
        "surface-says-nothing",
        "a field that always is as by default counts as shown",
        _WATCH,
        "if field.says_other",
        "if field.types",
    ),
    Mutant(
        "surface-many-causes",
        "what needs a surface that differs is looked at all the same",
        _REGISTRY,
        "if compared.fingerprints or not differing",
        "if not compared.fingerprints and not differing",
    ),
    Mutant(
        "release-thin",
        "a release may go out with rows that were reached too seldom",
        _RELEASE,
        "if status(row, record, covers) == THIN:",
        "if False:",
    ),
    Mutant(
        "release-waits",
        "a release may go out with rows that wait for something",
        _RELEASE,
        "if row.waits:",
        "if False:",
    ),
    Mutant(
        "release-old-evidence",
        "a release may go out with evidence of other sources",
        _RELEASE,
        "if each.sources != sources:",
        "if not each.sources:",
    ),
    Mutant(
        "release-no-evidence",
        "a release may go out with no evidence at all",
        _RELEASE,
        "if not pieces:",
        "if pieces is None:",
    ),
)

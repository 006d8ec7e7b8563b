"""Seeded faults that claims must notice: at least one for each that is run."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_MERGE = "theory/merge.py"

CLAIM_MUTANTS: Final = (
    Mutant(
        "merge-any-labels",
        "that a role knows which labels it may send",
        _MERGE,
        '            return "it must know which labels it may send"\n',
        "            pass\n",
        "full-merge-sound",
    ),
    Mutant(
        "merge-unequal",
        "that inputs merge",
        _MERGE,
        "    if (left.sender == role) != (right.sender == role):",
        "    if left is not right:",
        "inductive-merge",
    ),
    Mutant(
        "trace-over-early",
        "that a conversation is over when all was received",
        "theory/interpreter.py",
        "    return isinstance(run.head, GlobalEnd) and not run.owed",
        "    return isinstance(run.head, GlobalEnd)",
        "traces",
    ),
    Mutant(
        "merge-labels-absorbed",
        "that messages are expected wherever they may be sent",
        _MERGE,
        " != {branch[0] for branch in right.branches}:",
        " == {role}:",
        "absorb",
    ),
    Mutant(
        "merge-end",
        "that a role which is done in one run is done in all that it cannot tell apart",
        _MERGE,
        '        return Disagreement(END, here[1], "only one of the two runs goes on for it")',
        "        here = here[1:]",
        "progress",
    ),
    Mutant(
        "depth-of-nothing",
        "that each action counts",
        "parity/claims/survey.py",
        "max((1 + depth(part) for",
        "max((depth(part) for",
        "work",
    ),
    Mutant(
        "headcoh-never",
        "the counter-example to coherence at the head",
        "parity/claims/of_types.py",
        "            if not isinstance(state, Input) or state.peer != sender:",
        "            if isinstance(state, Input) and not state.branches:",
        "C-HEADCOH-3PARTY",
    ),
    Mutant(
        "quorum-enough",
        "the counter-example to majorities",
        "parity/claims/refuted.py",
        "if 2 * quorum <= members or",
        "if 2 * quorum <= members + faulty or",
        "C-QUORUM-MAJ",
    ),
    Mutant(
        "byte-nine",
        "the counter-example to bytes",
        "parity/claims/refuted.py",
        "bytes([number % 256])",
        "number.to_bytes(9)",
        "C-CODEC-BYTE",
    ),
)

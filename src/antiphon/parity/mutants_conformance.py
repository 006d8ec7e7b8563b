"""Seeded faults of the conformance kit: of what it compares, and of how it runs a machine."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_CLAIM: Final = "conformance"
_JUDGE: Final = "conformance/judge.py"
_VECTORS: Final = "conformance/vectors.py"
_INSIDE: Final = "conformance/inside.py"
_OUTSIDE: Final = "conformance/outside.py"

CONFORMANCE_MUTANTS: Final = (
    Mutant(
        "conform-kinds",
        "that false is not 0",
        _JUDGE,
        "if type(expected) is type(actual) and expected == actual:",
        "if expected == actual:",
        _CLAIM,
    ),
    Mutant(
        "conform-more-keys",
        "that a state has no more than it must",
        _JUDGE,
        "dict.fromkeys((*ours, *theirs))",
        "dict.fromkeys(ours)",
        _CLAIM,
    ),
    Mutant(
        "conform-longer",
        "that a list is no longer, nor shorter, than it must be",
        _JUDGE,
        "range(max(len(one), len(other)))",
        "range(min(len(one), len(other)))",
        _CLAIM,
    ),
    Mutant(
        "conform-breaks",
        "that one who never answers is given up",
        _JUDGE,
        'breaks += found.code != "differs"',
        'breaks += found.code == "differs"',
        _CLAIM,
    ),
    Mutant(
        "conform-shape",
        "that an answer has its keys",
        _JUDGE,
        "        fields(given, _PARTS)\n",
        "        str(given)\n",
        _CLAIM,
    ),
    Mutant(
        "conform-place",
        "at which step it is",
        _JUDGE,
        "enumerate(vector.steps):",
        "enumerate(vector.steps, 1):",
        _CLAIM,
    ),
    Mutant(
        "conform-nothing",
        "that nothing tried is nothing shown",
        _JUDGE,
        "self.passed == self.vectors > 0",
        "self.passed == self.vectors",
        _CLAIM,
    ),
    Mutant(
        "conform-families",
        "that a machine is given what it has",
        _VECTORS,
        "set(each.families) <= set(families))",
        "set(each.families) & set(families))",
        _CLAIM,
    ),
    Mutant(
        "conform-delegation",
        "that endpoints in messages are a family",
        _VECTORS,
        "if any(map(_hands_over, types)):",
        "if not all(map(_hands_over, types)):",
        _CLAIM,
    ),
    Mutant(
        "conform-asked-before",
        "that a question is of one step",
        _INSIDE,
        "        self._asked.clear()\n",
        "",
        _CLAIM,
    ),
    Mutant(
        "conform-events-again",
        "that events are shown once",
        _INSIDE,
        "        self._seen = len(trace)\n",
        "",
        _CLAIM,
    ),
    Mutant(
        "conform-patience",
        "that nobody is waited for too long",
        _OUTSIDE,
        "asyncio.timeout(self._seconds)",
        "asyncio.timeout(9 * self._seconds)",
        _CLAIM,
    ),
    Mutant(
        "conform-half-a-line",
        "that an answer is a whole line",
        _OUTSIDE,
        'if not answer.endswith(b"\\n"):',
        "if not answer:",
        _CLAIM,
    ),
    Mutant(
        "conform-restart",
        "that a machine which has failed is begun anew",
        _OUTSIDE,
        "process, self._process = self._process, None",
        "process = self._process",
        _CLAIM,
    ),
    Mutant(
        "conform-long-line",
        "that lines which are too long are told from others",
        _OUTSIDE,
        'raise Broken("machine-too-long", words) from None',
        'answer = b"{\\n"',
        _CLAIM,
    ),
)

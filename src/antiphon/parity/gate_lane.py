"""The lane of the gates: both sides answer every small question, and must answer alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product
from types import ModuleType
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import Fork, Halt, Join, Set
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine import gates as engine_gates
from antiphon.machine.capability import CLAIMS, SWITCHES
from antiphon.machine.contracts import (
    DeterminismArtifacts,
    Evidence,
    RuntimeContracts,
    RuntimeRequest,
    evidence,
)
from antiphon.machine.determinism import DeterminismMode, EffectDeterminismTier
from antiphon.machine.interface import POLICIES
from antiphon.model import gates as model_gates
from antiphon.theory.local_type import END
from antiphon.values.value import Nat

_NOW: Final = "now"
_BITS: Final = (False, True)
FORKS: Final = Image(
    "forks", (RoleProgram("A", END, (Set(1, Nat(1)), Fork(1), Join(), Halt()), 2),)
)
"""A program that speculates."""
_PLAIN: Final = Image("plain", (RoleProgram("A", END, (Halt(),), 1),))
Question: TypeAlias = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class GateReport:
    """How often each function was asked; those that answered differently; what the engine's gates
    answered, of each enumeration the members' names.
    """

    asked: dict[str, int]
    differing: tuple[str, ...]
    answers: dict[type[Enum], frozenset[str]]


def run(model: ModuleType = model_gates, engine: ModuleType = engine_gates) -> GateReport:
    """Ask both sides everything."""
    asked: Counter[str] = Counter()
    differing: dict[str, None] = {}
    answers: dict[type[Enum], set[str]] = {}
    for name, given in questions():
        mine, theirs = (getattr(side, name)(*given) for side in (model, engine))
        asked[name] += 1
        if mine != theirs:
            differing[name] = None
        for member in _members(theirs):
            answers.setdefault(type(member), set()).add(member.name)
    return GateReport(dict(asked), tuple(differing), {k: frozenset(v) for k, v in answers.items()})


def questions() -> Iterator[Question]:
    """Every small question: a function's name and what it is given."""
    for request, held in _cases():
        yield "requires_vm_runtime_contracts", (request,)
        yield "admit_vm_runtime", (request, held)
        yield "enforce_vm_runtime_gates", (request, held)
        yield "unmet_requirements", (request, held)
    for held, mode in product(_contracts(), DeterminismMode):
        yield "request_determinism_profile", (held, mode)
        yield "determinism_profile_supported", (held.determinism_artifacts, mode)
        yield "runtime_capability_snapshot", (held,)
    for image in (FORKS, _PLAIN):
        yield "program_needs", (image,)


def _cases() -> Iterator[tuple[RuntimeRequest, RuntimeContracts | None]]:
    for request, held in product(_requests(), (None, *_few())):
        yield request, held
    for held, bits in product(_mixed(), product(_BITS, repeat=len(SWITCHES))):
        asked = dict(zip(SWITCHES, bits, strict=True))
        for policy, forks in product(("cooperative", "aging"), _BITS):
            yield RuntimeRequest(policy, forks, **asked), held
    for mode, tier, held in product(DeterminismMode, (None, *EffectDeterminismTier), _contracts()):
        yield RuntimeRequest(determinism=mode, tier=tier), held


def _requests() -> Iterator[RuntimeRequest]:
    """All that can be asked without a switch, and any switches with little else."""
    for asked in product(POLICIES, _BITS, DeterminismMode, (1, 2), _BITS):
        yield RuntimeRequest(*asked)
    for forks, mode, widens, bits in product(
        _BITS, DeterminismMode, _BITS, product(_BITS, repeat=len(SWITCHES))
    ):
        plain = RuntimeRequest("cooperative", forks, mode, 1, widens)
        yield replace(plain, **dict(zip(SWITCHES, bits, strict=True)))


def _few() -> tuple[RuntimeContracts, ...]:
    """Contracts without evidence, with fresh, with stale and with damaged evidence for all."""
    return tuple(RuntimeContracts.full(_NOW, pieces) for pieces in ((), *_pieces()))


def _mixed() -> Iterator[RuntimeContracts]:
    """Contracts that do not allow one of the switches, or that have evidence of several states."""
    fresh, stale, damaged = _pieces()
    for name in SWITCHES:
        yield replace(RuntimeContracts.full(_NOW, fresh), **{name: False})
    for start in range(3):
        pieces = (*fresh[start::4], *stale[start + 1 :: 4])
        yield RuntimeContracts.full(_NOW, (*pieces, *damaged[start + 2 :: 4][: 2 * start]))


def _contracts() -> Iterator[RuntimeContracts]:
    """All artifacts, mixed or not, each switch or none, with every state of the evidence."""
    for held, bits, mixed in product(_few(), product(_BITS, repeat=4), _BITS):
        artifacts = DeterminismArtifacts(*bits)
        yield replace(
            held, determinism_artifacts=artifacts, can_use_mixed_determinism_profiles=mixed
        )
    for held, name in product(_few(), SWITCHES):
        yield replace(held, **{name: False})


def _pieces() -> Iterator[tuple[Evidence, ...]]:
    fresh = tuple(evidence(claim, "lane", _NOW, (("cases", 9),), "result") for claim in CLAIMS)
    yield fresh
    yield tuple(evidence(claim, "lane", "then", (("cases", 9),), "result") for claim in CLAIMS)
    yield tuple(replace(piece, lane="another") for piece in fresh)


def _members(answer: object) -> Iterable[Enum]:
    """The members of enumerations in an answer."""
    if isinstance(answer, Enum):
        yield answer
    elif isinstance(answer, tuple):
        for each in answer:  # pyright: ignore[reportUnknownVariableType]
            lack = getattr(each, "lack", None)  # pyright: ignore[reportUnknownArgumentType]
            if isinstance(lack, Enum):
                yield lack

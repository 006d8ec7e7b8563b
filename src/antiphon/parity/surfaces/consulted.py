"""The engine's shapes of what it is set up with: the fields that it looks at, on a record that
remembers being looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from types import FunctionType
from typing import Any, Final, cast

from antiphon.bytecode.instruction import Halt
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine import gates
from antiphon.engine.machine import Engine
from antiphon.errors import AntiphonError
from antiphon.machine.buffer import Buffer
from antiphon.machine.capability import CLAIMS
from antiphon.machine.config import Config
from antiphon.machine.contracts import (
    DeterminismArtifacts,
    Evidence,
    RuntimeContracts,
    RuntimeRequest,
    unadmitted,
)
from antiphon.machine.contracts import evidence as make
from antiphon.machine.determinism import DeterminismMode, EffectDeterminismTier
from antiphon.machine.failure import Drop
from antiphon.machine.flow_policy import DenyAll, EndpointRoleMatchesTarget
from antiphon.machine.output_condition import DenyAll as LetNone
from antiphon.parity.surfaces.reflect import default_value, name_of, said_fields
from antiphon.parity.surfaces.shape import FieldShape, Shape, VariantShape
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT

CONFIGS: Final = (
    Config(),
    Config(
        capacity=3,
        priorities=(("A", 1),),
        buffers=(("A", "B", Buffer(capacity=2)),),
        budget=9,
        max_coroutines=8,
        failures=(Drop(0, "A", "B", 0),),
        max_sessions=7,
        flow=DenyAll(),
        flow_predicates=(("p", EndpointRoleMatchesTarget()),),
        outputs=LetNone(),
        pure_actions=("a",),
    ),
)
_EVERY: Final = (True,) * 4
REQUESTS: Final = (
    RuntimeRequest(),
    RuntimeRequest(
        "aging",
        True,
        DeterminismMode.Replay,
        2,
        True,
        True,
        True,
        True,
        True,
        EffectDeterminismTier.StrictDeterministic,
        is_gated=False,
    ),
)
EVIDENCE: Final = tuple(make(claim, "lane", "now", (("n", 1),), "r") for claim in CLAIMS)
CONTRACTS: Final = (
    RuntimeContracts(),
    RuntimeContracts.full("now", EVIDENCE),
    RuntimeContracts.full("", EVIDENCE),
)
ARTIFACTS: Final = (DeterminismArtifacts(), DeterminismArtifacts(*_EVERY))
_IMAGE: Final = Image("Nothing", (RoleProgram("A", END, (Halt(),), 0),))


class Consulted:
    """A record that notes which of its fields are looked at, by its own methods too."""

    def __init__(self, record: object, seen: defaultdict[str, list[object]]) -> None:
        self._record = record
        self._seen = seen
        self._names = frozenset(each.name for each in said_fields(type(record)))

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._record, name)
        if name in self._names:
            self._seen[name].append(found)
        of_class = getattr(type(self._record), name, None)
        if isinstance(of_class, FunctionType):
            return of_class.__get__(self)
        return found


def config() -> Shape:
    """``Config``, as an engine is made with it and loads a session."""
    return _shape(Config, CONFIGS, _set_up)


def request() -> Shape:
    """``RuntimeRequest``, as the gates and an engine take it."""
    return _shape(RuntimeRequest, REQUESTS, _ask_for)


def contracts() -> Shape:
    """``RuntimeContracts``, as the gates take them."""
    return _shape(RuntimeContracts, CONTRACTS, _hold_against)


def artifacts() -> Shape:
    """``DeterminismArtifacts``, as the gates take them."""
    return _shape(DeterminismArtifacts, ARTIFACTS, _support)


def evidence() -> Shape:
    """``Evidence``, as the gates weigh it."""
    return _shape(Evidence, EVIDENCE[:2], _weigh)


def _set_up(given: Config) -> None:
    engine = Engine(given, lambda _: UNIT, request=unadmitted())
    engine.load(_IMAGE)


def _ask_for(given: RuntimeRequest) -> None:
    for held in (None, *CONTRACTS):
        gates.enforce_vm_runtime_gates(given, held)
        gates.admit_vm_runtime(given, held)
    Engine(Config(), lambda _: UNIT, request=given, contracts=CONTRACTS[1]).run("cooperative")


def _hold_against(given: RuntimeContracts) -> None:
    for asked in REQUESTS:
        gates.enforce_vm_runtime_gates(asked, given)
    for mode in DeterminismMode:
        gates.request_determinism_profile(given, mode)
    gates.runtime_capability_snapshot(given)


def _support(given: DeterminismArtifacts) -> None:
    for mode in DeterminismMode:
        gates.determinism_profile_supported(given, mode)


def _weigh(given: Evidence) -> None:
    held = RuntimeContracts(sources="now", evidence=(given,))
    gates.admit_vm_runtime(REQUESTS[1], held)


def _shape(kind: type, samples: Sequence[object], use: Callable[[Any], None]) -> Shape:
    """The fields of a record that ``use`` looks at."""
    seen: defaultdict[str, list[object]] = defaultdict(list)
    for one in samples:
        with suppress(AntiphonError, LookupError):
            use(Consulted(one, seen))
    fields: list[FieldShape] = []
    for each in said_fields(kind):
        if each.name in seen:
            default, found = default_value(each), seen[each.name]
            shown = repr(default) if default in found else None
            fields.append(FieldShape(each.name, tuple(sorted(_names(found))), shown))
    return Shape(kind.__name__, (VariantShape(kind.__name__, tuple(fields)),))


def _names(things: Iterable[object]) -> frozenset[str]:
    """The names of all types in some things."""
    names: frozenset[str] = frozenset()
    for thing in things:
        if isinstance(thing, tuple):
            names |= {"tuple"} | _names(cast("tuple[object, ...]", thing))
        else:
            names |= {name_of(type(thing))}
    return names

"""Every type that can be seen in a replay, where each machine has it, and how its shape is found.

The seed's five stand first. A surface that is one object on both sides would compare nothing: that
is a problem of its own, and so is a place that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, Final, get_args

from antiphon.machine import ask, choice, contracts, event, outcome, snapshot
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.fault import Fault
from antiphon.machine.token import ProgressToken
from antiphon.parity.corpus import Case
from antiphon.parity.gate_lane import GateReport
from antiphon.parity.gate_lane import run as ask_gates
from antiphon.parity.subject import MODEL, Build, engine
from antiphon.parity.surfaces import coded, consulted
from antiphon.parity.surfaces.place import Place, place_problems
from antiphon.parity.surfaces.reflect import UNIONS, shape
from antiphon.parity.surfaces.shape import Shape, VariantShape, fingerprints
from antiphon.parity.surfaces.watch import BLOCKS, FAULTS, Seen, codes, observe

SILENT: Final[Mapping[type, tuple[str, ...]]] = {ask.Refused: ("reason",)}
"""Fields that no machine keeps: they are for people only."""


_SET_UP: Final = ("Value", "Answer", "Config")
"""What a machine must be able to take before it can show anything."""


class Sight:
    """What the machines have shown. ``cases`` are what they play; each is looked at when needed."""

    def __init__(self, cases: Iterable[Case], build: Build) -> None:
        self._cases = tuple(cases)
        self._build: Build = build
        self._seen: dict[str, Seen] = {}
        self._gates: GateReport | None = None

    @property
    def engine(self) -> Seen:
        """What the engine has shown."""
        return self._seen_of(self._build)

    @property
    def model(self) -> Seen:
        """What the model has shown: its codes only count."""
        return self._seen_of(MODEL.name)

    @property
    def gates(self) -> GateReport:
        """What the gates have answered."""
        if self._gates is None:
            self._gates = ask_gates()
        return self._gates

    def _seen_of(self, name: str) -> Seen:
        if name not in self._seen:
            subject = MODEL if name == MODEL.name else engine(self._build)
            self._seen[name] = observe(self._cases, subject)
        return self._seen[name]


@dataclass(frozen=True, slots=True)
class Surface:
    """A type, its place on each side, and the shape there.

    ``needs`` names the surfaces without which the engine cannot show this one. ``declared`` is the
    model's shape where it can be had without running anything.
    """

    name: str
    model: Place
    engine: Place
    of_model: Callable[[Sight], Shape]
    of_engine: Callable[[Sight], Shape]
    needs: tuple[str, ...] = ()
    declared: Callable[[], Shape] | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A surface looked at: its shapes, in what they differ, what is wrong with its places."""

    surface: Surface
    model: Shape
    engine: Shape
    fingerprints: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing differs and nothing is wrong."""
        return not self.fingerprints and not self.problems

    def to_json(self) -> dict[str, object]:
        """The surface as JSON."""
        return {
            "name": self.surface.name,
            "model": {"place": str(self.surface.model)} | self.model.to_json(),
            "engine": {"place": str(self.surface.engine)} | self.engine.to_json(),
            "fingerprints": list(self.fingerprints),
            "problems": list(self.problems),
        }


def compare(sight: Sight, surfaces: Sequence[Surface] | None = None) -> tuple[Compared, ...]:
    """Look at surfaces, all of them if none are named.

    What needs a surface that differs is not looked at: one cause would be told as many.
    """
    found: list[Compared] = []
    differing: set[str] = set()
    for each in SURFACES if surfaces is None else surfaces:
        problems = place_problems(each.name, each.model, each.engine)
        model = each.of_model(sight) if differing.isdisjoint(each.needs) else Shape(each.name, ())
        engine = each.of_engine(sight) if differing.isdisjoint(each.needs) else model
        compared = Compared(each, model, engine, fingerprints(model, engine), problems)
        found.append(compared)
        if compared.fingerprints or not differing.isdisjoint(each.needs):
            differing.add(each.name)
    return tuple(found)


def _given(
    name: str,
    model: str,
    engine: str,
    of_engine: Callable[[], Shape],
    kinds: Sequence[type],
    tag_of: Callable[[Any], str] | None = None,
    needs: tuple[str, ...] = (),
) -> Surface:
    """A type of what a machine is given."""
    of_model = partial(shape, name, kinds, tag_of, SILENT)
    places = Place(model), Place(engine)
    return Surface(name, *places, lambda _: of_model(), lambda _: of_engine(), needs, of_model)


def _shown(
    name: str,
    model: str,
    engine: str,
    kinds: Sequence[type],
    tag_of: Callable[[Any], str] | None = None,
) -> Surface:
    """A type of what a machine shows; ``tag_of`` names a record in JSON."""
    of_kind = None if tag_of is None else _own_name
    of_model = partial(shape, name, kinds, of_kind)
    return Surface(
        name,
        Place(model),
        Place(engine),
        lambda _: of_model(),
        lambda sight: sight.engine.shape(name, kinds, tag_of),
        _SET_UP,
        of_model,
    )


def _coded(name: str, kind: str, engine: str) -> Surface:
    """The codes of faults or of blocks: what the model has shown against what the engine has."""
    return Surface(
        name,
        Place("model/step.py::step"),
        Place(engine),
        lambda sight: codes(name, frozenset(sight.model.codes[kind])),
        lambda sight: codes(name, frozenset(sight.engine.codes[kind])),
        _SET_UP,
    )


def _answered(name: str, model: str, engine: str, kind: type[Enum]) -> Surface:
    """An enumeration of what gates answer."""

    def of_engine(sight: Sight) -> Shape:
        found = sight.gates.answers.get(kind, frozenset())
        return Shape(name, tuple(VariantShape(each.name) for each in kind if each.name in found))

    of_model = partial(shape, name, (kind,))
    places = Place(model), Place(engine)
    return Surface(name, *places, lambda _: of_model(), of_engine, ("Config",), of_model)


def _acted(sight: Sight) -> Shape:
    kinds = (each for each in get_args(choice.Choice) if each in sight.engine.choices)
    return shape("Choice", kinds)


def _own_name(kind: type) -> str:
    return kind.__name__


def _lower_name(kind: type) -> str:
    return kind.__name__.lower()


def _event_tag(record: event.Event) -> str:
    return str(event.to_json(record)["event"])


_SEED: Final = (
    _given(
        "FlowPolicy",
        "model/knowledge.py::allows",
        "engine/policies.py::POLICY",
        coded.flow_policy,
        get_args(UNIONS["FlowPolicy"]),
        _own_name,
    ),
    _given(
        "FlowPredicate",
        "model/knowledge.py::holds",
        "engine/policies.py::PREDICATE",
        coded.flow_predicate,
        get_args(UNIONS["FlowPredicate"]),
        _own_name,
        ("FlowPolicy",),
    ),
    _given(
        "OutputConditionPolicy",
        "model/output_condition.py::passes",
        "engine/output_condition.py::MODES",
        coded.output_condition,
        get_args(UNIONS["OutputConditionPolicy"]),
        _own_name,
    ),
    _given(
        "Value",
        "values/value.py::Value",
        "engine/words.py::Words",
        coded.value,
        get_args(UNIONS["Value"]),
        _own_name,
    ),
    _shown(
        "ProgressToken",
        "model/state.py::progress_tokens",
        "engine/coroutine.py::progress_tokens",
        (ProgressToken,),
    ),
)
_TRACE: Final = "engine/trace.py::Trace"
_VIEWS: Final = "engine/snapshot.py::Views"
_ASKING: Final = "engine/asking.py::Asking"
_REPORT: Final = "engine/report.py::report"
_GATES: Final = "engine/gates.py::enforce_vm_runtime_gates"
_PARTS: Final = (
    snapshot.Snapshot,
    snapshot.SessionView,
    snapshot.EndpointView,
    snapshot.QueueView,
    snapshot.EdgeView,
    snapshot.CoroutineView,
    snapshot.Block,
    snapshot.LevelView,
    snapshot.KeptView,
    snapshot.ApartView,
    snapshot.GuardView,
    snapshot.Counters,
)

_GIVEN: Final = (
    _given(
        "Answer",
        "machine/ask.py::Answer",
        _ASKING,
        partial(coded.answer, SILENT),
        get_args(UNIONS["Answer"]),
        needs=("FlowPolicy", "Value"),
    ),
    _given(
        "Buffer",
        "machine/buffer.py::Buffer",
        "engine/catalogue.py::Catalogue",
        coded.buffer,
        (Buffer,),
    ),
    _given(
        "Failure",
        "machine/failure.py::Failure",
        "engine/failures.py::place",
        coded.failure,
        get_args(UNIONS["Failure"]),
        _lower_name,
    ),
    _given(
        "Config",
        "model/setting.py::setting",
        "engine/machine.py::Engine",
        consulted.config,
        (Config,),
        needs=("FlowPolicy", "FlowPredicate", "OutputConditionPolicy", "Buffer", "Failure"),
    ),
    *(
        _given(
            kind.__name__,
            "model/gates.py::enforce_vm_runtime_gates",
            _GATES,
            of_engine,
            (kind,),
            needs=("Config",),
        )
        for kind, of_engine in (
            (contracts.RuntimeRequest, consulted.request),
            (contracts.RuntimeContracts, consulted.contracts),
            (contracts.DeterminismArtifacts, consulted.artifacts),
            (contracts.Evidence, consulted.evidence),
        )
    ),
    *(
        _answered(kind.__name__, "model/gates.py::enforce_vm_runtime_gates", _GATES, kind)
        for kind in (
            contracts.RuntimeAdmissionResult,
            contracts.RuntimeGateResult,
            contracts.Lack,
            DeterminismMode,
        )
    ),
)
_SHOWN: Final = (
    Surface(
        "Choice",
        Place("model/step.py::step"),
        Place("engine/machine.py::Engine"),
        lambda _: shape("Choice", get_args(choice.Choice)),
        _acted,
        _SET_UP,
    ),
    _shown("Event", "model/trace.py::Trace", _TRACE, event.KINDS, _event_tag),
    _shown("Fault", "machine/fault.py::Fault", "engine/trace.py::FAULTS", (Fault,)),
    _coded("FaultCode", FAULTS, "engine/trace.py::FAULTS"),
    _coded("BlockCode", BLOCKS, "engine/machine.py::OUTCOMES"),
    *(_shown(each.__name__, "model/snapshot.py::snapshot", _VIEWS, (each,)) for each in _PARTS),
    *(
        _shown(each.__name__, "scheduler/drive.py::report", _REPORT, (each,))
        for each in (outcome.Outcome, outcome.Report, outcome.Waiting)
    ),
    *(
        _shown(each.__name__, "model/attempt.py::Attempt", _ASKING, (each,))
        for each in (ask.Ask, ask.Position)
    ),
)
SURFACES: Final[tuple[Surface, ...]] = (*_SEED[:-1], *_GIVEN, _SEED[-1], *_SHOWN)
"""All surfaces, each after those that it needs."""

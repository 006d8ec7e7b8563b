"""The engine's shapes of what it is given: every variant and field through its own tables.

A field is kept if what is read back has what was put in, for at least two different values of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import Field
from typing import Any, Final, cast, get_args

from antiphon.engine import surface
from antiphon.errors import AntiphonError
from antiphon.machine import flow_policy as flows
from antiphon.machine import output_condition as outputs
from antiphon.machine.ask import Answer, Chosen, Pending, Refused
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.failure import Corrupt, Crash, Delay, Drop, Failure, Partition, Pause
from antiphon.machine.flow_policy import (
    All,
    AllowAll,
    AllowRoles,
    DenyAll,
    DenyRoles,
    EndpointRoleMatchesTarget,
    FactContains,
    FlowPolicy,
    FlowPredicate,
    Predicate,
    PredicateExpr,
    TargetRolePrefix,
    policy_to_json,
    predicate_to_json,
)
from antiphon.machine.interchange import config_to_json
from antiphon.machine.output_condition import (
    Disabled,
    OutputConditionPolicy,
    PredicateAllowList,
    outputs_to_json,
)
from antiphon.parity.surfaces.reflect import default_value, name_of, said_fields
from antiphon.parity.surfaces.shape import FieldShape, Shape, VariantShape
from antiphon.values import wire
from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value

CHANGED: Final = "changed"
"""Stands among the types of a field of which some values come back as others."""
_EDGE: Final = (1, "A", "B")
_SAME: Final = EndpointRoleMatchesTarget()
_PREFIX: Final = TargetRolePrefix("A")
_FACT: Final = FactContains("f")
_WHOLES: Final = tuple(
    kind(parts)
    for kind in (All, flows.Any)
    for parts in ((), (_SAME,), (_FACT, _SAME), (_PREFIX, _FACT), (_PREFIX,))
)
PREDICATES: Final[tuple[FlowPredicate, ...]] = (
    _PREFIX,
    TargetRolePrefix("B"),
    _FACT,
    FactContains("g"),
    _SAME,
    *_WHOLES,
    All((flows.Any((_SAME, _PREFIX)), All((_FACT, _PREFIX)))),
)
"""Whatever one kind is missing, each of the others comes back in two forms."""
POLICIES: Final[tuple[FlowPolicy, ...]] = (
    AllowAll(),
    DenyAll(),
    AllowRoles(("A",)),
    AllowRoles(("B", "C")),
    DenyRoles(("A",)),
    DenyRoles(("B", "C")),
    Predicate("p"),
    Predicate("q"),
    Predicate("r"),
    *map(PredicateExpr, PREDICATES),
)
NAMED: Final = (("p", _FACT), ("q", _SAME), ("r", _PREFIX))
OUTPUTS: Final[tuple[OutputConditionPolicy, ...]] = (
    Disabled(),
    outputs.AllowAll(),
    outputs.DenyAll(),
    PredicateAllowList(("a",)),
    PredicateAllowList(("b", "c")),
)
VALUES: Final[tuple[Value, ...]] = (
    UNIT,
    *map(Nat, (0, 7, 2**60, 2**64)),
    Bool(value=False),
    Bool(value=True),
    Str(""),
    Str("text"),
    Prod(Nat(1), Str("x")),
    Prod(Bool(value=True), Prod(UNIT, Nat(2**64))),
    Endpoint(0, "A"),
    Endpoint(2**70, "B"),
    Blob("int", b"\x01"),
    Blob("float", b""),
)
BUFFERS: Final = (
    Buffer(),
    Buffer("latest"),
    *(Buffer(full=full, capacity=3) for full in ("drop", "error")),
    Buffer(full="resize", capacity=2, maximum=8),
)
FAILURES: Final[tuple[Failure, ...]] = (
    Crash(1, "A", 0),
    Crash(2, "B", 3),
    Pause(1, "A", 0, 2),
    Pause(2, "B", 3, 5),
    Drop(*_EDGE, 0),
    Drop(2, "B", "A", 4),
    Corrupt(*_EDGE, 0),
    Corrupt(2, "B", "A", 4, "erase"),
    Delay(*_EDGE, 0, 1),
    Delay(2, "B", "A", 4, 6),
    Partition(*_EDGE, 0),
    Partition(2, "B", "A", 4, 6),
)
ANSWERS: Final[tuple[Answer, ...]] = (
    *VALUES,
    Chosen("left"),
    Chosen("right"),
    Pending(),
    Refused(""),
)


def flow_policy() -> Shape:
    """``FlowPolicy`` by way of the rows of a policy."""
    kinds = get_args(FlowPolicy)
    return through(
        "FlowPolicy", kinds, _policy_again, POLICIES, _named(policy_to_json), is_whole=False
    )


def _policy_again(policy: FlowPolicy) -> FlowPolicy:
    named = [pair for pair in NAMED if isinstance(policy, Predicate) and pair[0] == policy.name]
    return surface.flow_policy_again(policy, named)


def flow_predicate() -> Shape:
    """``FlowPredicate`` by way of the rows of a predicate."""
    kinds, tag = get_args(FlowPredicate), _named(predicate_to_json)
    again = surface.flow_predicate_again
    return through("FlowPredicate", kinds, again, PREDICATES, tag, is_whole=False)


def output_condition() -> Shape:
    """``OutputConditionPolicy`` by way of a mode and the numbers of labels."""
    kinds, tag = get_args(OutputConditionPolicy), _named(outputs_to_json)
    return through("OutputConditionPolicy", kinds, surface.outputs_again, OUTPUTS, tag)


def value() -> Shape:
    """``Value`` by way of words."""
    return through("Value", get_args(Value), surface.value_again, VALUES, _named(wire.to_json))


def buffer() -> Shape:
    """``Buffer`` by way of what the queue of an edge is told."""
    return through("Buffer", (Buffer,), surface.buffer_again, BUFFERS)


def failure() -> Shape:
    """``Failure`` by way of the kernel's plan of failures."""
    return through("Failure", get_args(Failure), surface.failure_again, FAILURES, _failure_tag)


def answer(silent: Mapping[type, tuple[str, ...]]) -> Shape:
    """``Answer`` by way of what the kernel is told."""
    return through("Answer", get_args(Answer), surface.answer_again, ANSWERS, None, silent)


def _failure_tag(one: Failure) -> str:
    (written,) = cast("list[dict[str, str]]", config_to_json(Config(failures=(one,)))["failures"])
    return written["failure"]


def _named(to_json: Callable[[Any], object]) -> Callable[[Any], str]:
    """The name of a variant in JSON: a text, or the one key of an object."""

    def tag(record: object) -> str:
        written = to_json(record)
        if isinstance(written, dict):
            return next(iter(cast("dict[str, object]", written)))
        return str(written)

    return tag


def through(
    name: str,
    kinds: Iterable[type],
    again: Callable[[Any], object],
    samples: Sequence[object],
    tag_of: Callable[[Any], str] | None = None,
    silent: Mapping[type, tuple[str, ...]] | None = None,
    *,
    is_whole: bool = True,
) -> Shape:
    """What of these samples comes back. ``is_whole``: a variant is there only if all its samples
    do; else a sample may be missing for want of another variant that stands in it.
    """
    found: list[VariantShape] = []
    for kind in kinds:
        given = [one for one in samples if type(one) is kind]
        pairs = [(one, back) for one, back in _pairs(again, given) if type(back) is kind]
        if not pairs or (is_whole and len(pairs) < len(given)):
            continue
        without = (silent or {}).get(kind, ())
        fields = (_field(each, pairs) for each in said_fields(kind) if each.name not in without)
        kept = tuple(each for each in fields if each is not None)
        found.append(
            VariantShape(kind.__name__, kept, "" if tag_of is None else tag_of(pairs[0][1]))
        )
    return Shape(name, tuple(found))


def _pairs(
    again: Callable[[Any], object], samples: Iterable[object]
) -> Iterator[tuple[object, object]]:
    """Each sample, and what came back, if anything did."""
    for one in samples:
        with suppress(LookupError, ValueError, TypeError, AssertionError, AntiphonError):
            yield one, again(one)


def _field(field: Field[Any], pairs: Sequence[tuple[object, object]]) -> FieldShape | None:
    """What became of a field; None if it does not matter what is put in."""
    given = [(getattr(one, field.name), getattr(back, field.name)) for one, back in pairs]
    kept = [put for put, got in given if put == got]
    if len(set(kept)) < 2:
        return None
    types = frozenset[str]().union(*map(_names, kept))
    if len(kept) < len(given):
        types |= {CHANGED}
    default = default_value(field)
    return FieldShape(field.name, tuple(sorted(types)), repr(default) if default in kept else None)


def _names(thing: object) -> frozenset[str]:
    if isinstance(thing, tuple):
        inside = map(_names, cast("tuple[object, ...]", thing))
        return frozenset(("tuple",)).union(*inside)
    return frozenset((name_of(type(thing)),))

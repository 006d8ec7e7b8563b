"""What the engine's tables say, read back: each record goes through the numbers that run it.

``parity.surfaces`` holds what comes out against what the model declares. A record that the tables
do not have raises ``LookupError`` or ``ValueError`` on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, cast

from antiphon.engine import policies
from antiphon.engine.asking import Asking
from antiphon.engine.build import Kernel
from antiphon.engine.catalogue import WHEN_FULL, Catalogue
from antiphon.engine.failures import place
from antiphon.engine.kernel import (
    CHOICE,
    CUT,
    DELAY,
    DROP,
    ERASE,
    FLIP,
    GROWS,
    PAYLOAD,
    PENDING,
    REFUSED,
    REPLACES,
    UNKNOWN,
    WRONG,
)
from antiphon.engine.load import label_number, label_of
from antiphon.engine.output_condition import MODES, gate
from antiphon.engine.policies import FlowTable, Row
from antiphon.engine.words import Words
from antiphon.machine import failure as failures
from antiphon.machine.ask import Answer, Chosen, Pending, Refused
from antiphon.machine.buffer import LATEST, Buffer
from antiphon.machine.config import Config
from antiphon.machine.failure import Corrupt, Crash, Delay, Drop, Failure, Partition, Pause
from antiphon.machine.flow_policy import (
    FactContains,
    FlowPolicy,
    FlowPredicate,
    Predicate,
    PredicateExpr,
    TargetRolePrefix,
)
from antiphon.machine.output_condition import OutputConditionPolicy, PredicateAllowList
from antiphon.values.value import Value

_CORRUPTION: Final = {FLIP: failures.FLIP, ERASE: failures.ERASE}
_EDGE: Final = ("A", "B")


def value_again(value: Value) -> Value:
    """A value, by way of its word."""
    words = Words()
    return words.decode(words.encode(value))


def flow_policy_again(
    policy: FlowPolicy, named: Iterable[tuple[str, FlowPredicate]] = ()
) -> FlowPolicy:
    """A flow policy, by way of its rows."""
    kind_of: dict[int, Any] = {test: kind for kind, test in policies.POLICY.items()}
    *rows, last = FlowTable(policy, named).rows
    kind = kind_of[last.test]
    if kind is PredicateExpr:
        return PredicateExpr(_predicate(rows))
    if kind is Predicate:
        return Predicate(last.text)
    if last.test in (policies.IN, policies.NOT_IN):
        return kind(tuple(last.names))
    return kind()


def flow_predicate_again(predicate: FlowPredicate) -> FlowPredicate:
    """A flow predicate, by way of its rows."""
    return _predicate(FlowTable(PredicateExpr(predicate)).rows[:-1])


def _predicate(rows: Sequence[Row]) -> FlowPredicate:
    """What the last of some rows says; the parts of a whole stand before it, in reverse."""
    kind_of: dict[int, Any] = {test: kind for kind, test in policies.PREDICATE.items()}
    made: list[FlowPredicate] = []
    for test, text, _, first, parts in rows:
        kind = kind_of[test]
        if kind is TargetRolePrefix or kind is FactContains:
            made.append(kind(text))
        elif test in (policies.ALL, policies.ANY):
            held = tuple(reversed(made[first : first + parts]))
            made.append(kind(held))
        else:
            made.append(kind())
    return made[-1]


def outputs_again(policy: OutputConditionPolicy) -> OutputConditionPolicy:
    """An output condition, by way of its mode and the numbers of its labels."""
    mode, listed = gate(policy)
    kind: Any = {number: kind for kind, number in MODES.items()}[mode]
    names = tuple(map(label_of, listed))
    return kind(names) if kind is PredicateAllowList else kind()


def buffer_again(buffer: Buffer) -> Buffer:
    """A buffer, by way of what the queue of an edge is told."""
    catalogue = Catalogue(Words(), Config(buffers=((*_EDGE, buffer),)))
    when, capacity, maximum = catalogue.buffer(_EDGE)
    if when == REPLACES:
        return Buffer(LATEST)
    full = {number: word for word, number in WHEN_FULL.items()}[when]
    return Buffer(full=full, capacity=capacity, maximum=maximum if when == GROWS else None)


class _Told:
    """A kernel that only remembers which failures it was told."""

    def place(
        self,
        _: Callable[[int, int], int],
        sites: Sequence[tuple[int, int, Sequence[tuple[int, int]]]],
        plans: Sequence[tuple[int, int, int, Sequence[tuple[int, int, int]]]],
    ) -> None:
        """Remember them."""
        self.sites, self.plans = sites, plans


def failure_again(failure: Failure) -> Failure:
    """A failure, by way of the kernel's plan of failures."""
    told, words = _Told(), Words()
    place(cast("Kernel", told), words, (failure,))
    names = {words.role(name): name for name in _names(failure)}
    for session, role, ((step, ticks),) in told.sites:
        if ticks:
            return Pause(session, names[role], step, ticks)
        return Crash(session, names[role], step)
    ((session, sender, receiver, ((index, kind, ticks),)),) = told.plans
    edge = (session, names[sender], names[receiver], index)
    if kind == CUT:
        return Partition(*edge, None if ticks < 0 else ticks)
    if kind == DELAY:
        return Delay(*edge, ticks)
    return Drop(*edge) if kind == DROP else Corrupt(*edge, _CORRUPTION[kind])


def _names(failure: Failure) -> tuple[str, ...]:
    if isinstance(failure, Crash | Pause):
        return (failure.role,)
    return (failure.sender, failure.receiver)


def answer_again(answer: Answer) -> Answer:
    """A host's answer, by way of what the kernel is told; why it refuses is for people only."""
    catalogue = Catalogue(Words())
    asking = Asking(lambda _: answer, catalogue, FlowTable(Config().flow))
    if isinstance(answer, Chosen):
        label_number(answer.label)
    code = asking.verdict(CHOICE if isinstance(answer, Chosen) else PAYLOAD, answer)
    if code in (WRONG, UNKNOWN):
        raise ValueError(f"the kernel takes {answer} for no answer")
    if code == PENDING:
        return Pending()
    if code == REFUSED:
        return Refused("")
    return Chosen(label_of(code)) if isinstance(answer, Chosen) else catalogue.words.decode(code)

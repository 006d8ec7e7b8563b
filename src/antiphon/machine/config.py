"""What a machine is set up with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from antiphon.errors import Refusal
from antiphon.machine.buffer import Buffer, require_capacity
from antiphon.machine.failure import Failure, check_failures, order
from antiphon.machine.flow_policy import (
    AllowAll,
    FlowPolicy,
    FlowPredicate,
    Predicate,
    PredicateExpr,
    require_bounded,
)
from antiphon.machine.output_condition import Disabled, OutputConditionPolicy

PRIORITY_MAX: Final = 2**31 - 1
BUDGET_MAX: Final = 2**62
LIMIT_MAX: Final = 2**40 - 1


@dataclass(frozen=True, slots=True)
class Config:
    """``capacity``: how many messages each queue holds before its sender waits; at least 1.

    ``priorities``: roles with the priority of their coroutines, whatever the session; 0 for all
    others. ``buffers``: sender, receiver and buffer of each edge whose queue is another than that,
    whatever the session. ``budget``: how many steps each coroutine may take; None for any number.
    ``max_coroutines``: how many coroutines may be alive, that is neither done nor faulted, and
    ``max_sessions``: how many sessions may be active; None for any number. ``failures``: what goes
    wrong where. ``flow``: which facts may go to which roles; ``flow_predicates``: the predicates
    that it may name. ``outputs``: the condition for what is sent. ``pure_actions``: those that
    change nothing outside, so that they may be done in a fork. The order of priorities, buffers,
    failures, predicates and actions means nothing. Raises ``ValueError`` for what cannot be.
    """

    capacity: int = 64
    priorities: tuple[tuple[str, int], ...] = ()
    buffers: tuple[tuple[str, str, Buffer], ...] = ()
    budget: int | None = None
    max_coroutines: int | None = None
    failures: tuple[Failure, ...] = ()
    max_sessions: int | None = None
    flow: FlowPolicy = field(default_factory=AllowAll)
    flow_predicates: tuple[tuple[str, FlowPredicate], ...] = ()
    outputs: OutputConditionPolicy = field(default_factory=Disabled)
    pure_actions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require_flow(self.flow, self.flow_predicates)
        named = tuple(sorted(self.flow_predicates, key=_by_name))
        object.__setattr__(self, "flow_predicates", named)
        require_capacity(self.capacity)
        if len(dict(self.priorities)) < len(self.priorities):
            raise ValueError("a role has one priority")
        object.__setattr__(self, "priorities", tuple(sorted(self.priorities)))
        object.__setattr__(self, "pure_actions", tuple(sorted(set(self.pure_actions))))
        for role, priority in self.priorities:
            if abs(priority) > PRIORITY_MAX:
                raise ValueError(f"{role}: a priority is between -2^31 + 1 and 2^31 - 1")
        if len({(sender, receiver) for sender, receiver, _ in self.buffers}) < len(self.buffers):
            raise ValueError("buffers: an edge has one buffer")
        object.__setattr__(self, "buffers", tuple(sorted(self.buffers, key=_edge)))
        object.__setattr__(self, "failures", tuple(sorted(self.failures, key=order)))
        if self.budget is not None and not 0 <= self.budget < BUDGET_MAX:
            raise ValueError(f"budget must be between 0 and 2^62 - 1, not {self.budget}")
        for name in ("max_coroutines", "max_sessions"):
            limit = getattr(self, name)
            if limit is not None and not 0 <= limit <= LIMIT_MAX:
                raise ValueError(f"{name} must be between 0 and 2^40 - 1, not {limit}")
        check_failures(self.failures)

    def require_coroutines(self, alive: int, more: int) -> None:
        """Raises ``Refusal`` (``coroutine-limit``) unless ``more`` may be beside ``alive``."""
        _require("coroutine", self.max_coroutines, alive, more)

    def require_sessions(self, active: int, more: int) -> None:
        """Raises ``Refusal`` (``session-limit``) unless ``more`` may be beside ``active``."""
        _require("session", self.max_sessions, active, more)


def _require(what: str, limit: int | None, live: int, more: int) -> None:
    if limit is not None and live + more > limit:
        words = f"{live} {what}s live and {more} more would be more than {limit}"
        raise Refusal(f"{what}-limit", f"{words}: let some end, or raise max_{what}s")


def _require_flow(policy: FlowPolicy, named: tuple[tuple[str, FlowPredicate], ...]) -> None:
    """The names of predicates are distinct, and known; no predicate is too large."""
    if len(dict(named)) < len(named):
        raise ValueError("flow_predicates: a name has one predicate")
    for _, predicate in named:
        require_bounded(predicate)
    match policy:
        case Predicate(name) if name not in dict(named):
            raise ValueError(f"flow: there is no predicate {name!r} among flow_predicates")
        case PredicateExpr(predicate):
            require_bounded(predicate)
        case _:
            pass


def _by_name(pair: tuple[str, FlowPredicate]) -> str:
    return pair[0]


def _edge(item: tuple[str, str, Buffer]) -> tuple[str, str]:
    return item[:2]

"""The output gate: does a message that is about to be sent meet the condition?"""

from __future__ import annotations

from antiphon.machine.output_condition import (
    AllowAll,
    DenyAll,
    Disabled,
    OutputConditionPolicy,
    PredicateAllowList,
)


def passes(policy: OutputConditionPolicy, predicate: str) -> bool:
    """Whether an output with this predicate may leave."""
    match policy:
        case Disabled() | AllowAll():
            return True
        case DenyAll():
            return False
        case PredicateAllowList(names):  # pragma: no branch
            return predicate in names

"""The output gate in numbers: a mode, and the numbers of the labels that pass."""

from __future__ import annotations

from antiphon.engine.kernel import GATE_ALL, GATE_LISTED, GATE_NONE, GATE_OFF
from antiphon.engine.load import label_number
from antiphon.machine import output_condition as public

MODES: dict[type[public.OutputConditionPolicy], int] = {
    public.Disabled: GATE_OFF,
    public.AllowAll: GATE_ALL,
    public.DenyAll: GATE_NONE,
    public.PredicateAllowList: GATE_LISTED,
}


def gate(policy: public.OutputConditionPolicy) -> tuple[int, frozenset[int]]:
    """What the kernel asks of an output: its mode, and the labels that pass if they are listed."""
    names = policy.names if isinstance(policy, public.PredicateAllowList) else ()
    return MODES[type(policy)], frozenset(map(label_number, names))

"""The output gate in numbers."""

from antiphon.engine.kernel import GATE_ALL, GATE_LISTED, GATE_NONE, GATE_OFF
from antiphon.engine.load import label_number
from antiphon.engine.output_condition import MODES, gate
from antiphon.machine.output_condition import AllowAll, DenyAll, Disabled, PredicateAllowList


def test_each_policy_has_its_mode() -> None:
    """No two share one."""
    assert gate(Disabled()) == (GATE_OFF, frozenset())
    assert gate(AllowAll()) == (GATE_ALL, frozenset())
    assert gate(DenyAll()) == (GATE_NONE, frozenset())
    assert len(set(MODES.values())) == len(MODES)


def test_a_list_names_labels() -> None:
    """By the numbers that they have everywhere in the engine."""
    assert gate(PredicateAllowList(("yes", "no"))) == (
        GATE_LISTED,
        frozenset({label_number("no"), label_number("yes")}),
    )

"""States and steps made by hand."""

from antiphon.model.laws import LAWS
from antiphon.parity.complaints import complaints
from antiphon.parity.violations import STATES, STEPS


def test_each_breaks_the_law_that_it_names() -> None:
    """The laws as they are say so, of every one, and which it is."""
    said = complaints({})
    for name, (law, *_) in {**STATES, **STEPS}.items():
        assert said[name].startswith(f"law {law}: "), name


def test_each_law_is_broken() -> None:
    """No law is only a word."""
    assert {law for law, *_ in (*STATES.values(), *STEPS.values())} == set(LAWS)

"""What the laws say of what breaks them."""

import pytest

from antiphon.errors import Bug
from antiphon.model import frame
from antiphon.parity.complaints import complaints, look, missed
from antiphon.parity.mutants_load import source_of
from antiphon.parity.violations import STEPS


def test_a_law_that_says_nothing_is_found() -> None:
    """By the first state that it lets pass."""
    text = source_of("model/laws.py")
    lax = text.replace('raise Bug(f"law {law}: {cell}: {words}")', "raise Bug(law)")
    assert missed({"model/laws.py": lax}) == "released before its end"
    silent = text.replace("if side.tokens != queued[role]:", "if role is None:")
    assert missed({"model/laws.py": silent}) == "a token too many"
    assert complaints({"model/laws.py": silent})["a token too many"] == ""


def test_the_laws_as_they_are() -> None:
    """They say what they say."""
    assert missed({}) == ""


def test_a_step_is_looked_at() -> None:
    """Who changed is found from the two states."""
    _, before, after = STEPS["another's register"]
    with pytest.raises(Bug, match="law frame: coroutine 1: more changed than"):
        look(frame, before, after, 0)

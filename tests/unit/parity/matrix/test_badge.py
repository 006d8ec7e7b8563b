"""The line of README.md about parity."""

from __future__ import annotations

from antiphon.parity.matrix.badge import badge, badge_problems, with_badge
from antiphon.parity.matrix.record import EMPTY, Record

RECORD = Record("2026-11-28", {"lockstep": {"seed": 1, "cases": 600, "steps": 15474}}, {})
LINE = (
    "Parity on 2026-11-28: 600 generated cases, 15474 steps, all alike;"
    " 9 of 9 seeded faults killed; 1 known difference."
)


def test_badge() -> None:
    """It has the cases and steps of the evidence; without evidence there are none."""
    assert badge(RECORD, 9, 1) == LINE
    assert badge(RECORD, 9, 2).endswith("2 known differences.")
    assert badge(EMPTY, 9, 0).startswith("Parity on no day: 0 generated cases, 0 steps")


def test_it_is_put_in_its_place() -> None:
    """Nothing but the line is written anew; a text that has none, or another, is told."""
    text = "One.\n\nParity on doomsday.\nTwo."
    assert with_badge(text, LINE) == f"One.\n\n{LINE}\nTwo."
    assert list(badge_problems(with_badge(text, LINE), LINE)) == []
    for wrong in (text, "One.", f"{LINE}\n{LINE}"):
        assert [each.code for each in badge_problems(wrong, LINE)] == ["badge-differs"]

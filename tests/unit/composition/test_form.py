"""Automata in one form."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from antiphon.composition import form as forms
from antiphon.composition.form import Form, form, parting, require_small
from antiphon.errors import Bug, Refusal

Machine = Mapping[str, tuple[str, Mapping[str, str]]]
ONCE: Machine = {"p": ("-", {"a": "q", "b": "p"}), "q": ("end", {})}
TWICE: Machine = {
    "start": ("-", {"b": "again", "a": "over"}),
    "again": ("-", {"a": "done", "b": "start"}),
    "over": ("end", {}),
    "done": ("end", {}),
}
LATE: Machine = {
    **{str(n): ("-", {"a": str(n + 1)}) for n in range(6)},
    "6": ("end", {}),
}


def made(machine: Machine) -> Form:
    """The form of an automaton written down."""

    def look(state: str) -> tuple[tuple[str, ...], Mapping[tuple[str, ...], str]]:
        mark, moves = machine[state]
        return (mark,), {(action,): then for action, then in moves.items()}

    return form(next(iter(machine)), look)


def test_states_that_do_the_same_are_one() -> None:
    """Whatever they are called, and however often they are written down."""
    assert made(TWICE) == made(ONCE)
    assert made(ONCE).rows == (
        (("-",), ((("a",), 1), (("b",), 0))),
        (("end",), ()),
    )
    assert made(TWICE).digest == made(ONCE).digest != made(LATE).digest
    assert made(ONCE).actions == {("a",), ("b",)}


def test_states_that_differ_late_are_several() -> None:
    """Every step before the end counts."""
    assert len(made(LATE).rows) == 7


def test_the_first_parting() -> None:
    """After the fewest actions."""
    shorter: Machine = {**LATE, "3": ("end", {})}
    found = parting(made(LATE), made(shorter))
    assert found.word == (("a",),) * 3
    assert (found.one, found.other) == ((("-",), (("a",),)), (("end",), ()))
    with pytest.raises(Bug):
        parting(made(LATE), made(LATE))


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has more states is refused, with what to do."""
    monkeypatch.setattr(forms, "STATES_MAX", 6)
    require_small(6)
    with pytest.raises(Refusal, match="keep the role private") as refused:
        made(LATE)
    assert refused.value.code == "composition-too-large"

"""When a type means anything at all."""

import pytest

from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory import local_type as local
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.wellformed import check_global, check_local, require_global
from antiphon.values.sort import NAT, UNIT


def codes(problems: tuple[Diagnostic, ...]) -> list[str]:
    """Only the codes."""
    return [problem.code for problem in problems]


def test_accepts_what_is_well_formed() -> None:
    """A loop with an exit, shadowing included, has no problems."""
    loop = rec("X", comm("A", "B", [("l", UNIT, var("X")), ("r", UNIT, END)]))
    for one in (END, loop, rec("X", message("A", "B", "l", loop)), rec("X", loop)):
        assert check_global(one) == ()
    require_global(loop)


@pytest.mark.parametrize(
    ("root", "code"),
    [
        (var("X"), "unbound-recursion"),
        (message("A", "B", "l", var("X")), "unbound-recursion"),
        (rec("X", var("X")), "unguarded-recursion"),
        (rec("X", rec("Y", var("X"))), "unguarded-recursion"),
        (rec("X", message("A", "B", "l", rec("Y", var("Y")))), "unguarded-recursion"),
        (comm("A", "B", []), "empty-choice"),
        (comm("A", "B", [("l", UNIT, END), ("l", NAT, END)]), "duplicate-label"),
        (message("A", "A", "l"), "self-message"),
    ],
)
def test_rejects_global_types(root: GlobalType, code: str) -> None:
    """Each problem is found once, under its code."""
    assert codes(check_global(root)) == [code]
    with pytest.raises(ProgramError) as caught:
        require_global(root)
    assert codes(caught.value.diagnostics) == [code]


def test_an_inner_recursion_of_the_same_name_is_the_one_meant() -> None:
    """In rec X . rec X . X only the inner recursion is unguarded."""
    problems = check_global(rec("X", rec("X", var("X"))))
    assert codes(problems) == ["unguarded-recursion"]


def test_rejects_everything_at_once() -> None:
    """All problems of a type are reported together."""
    bad = message("A", "A", "l", comm("A", "B", [("m", UNIT, var("X")), ("m", UNIT, var("Y"))]))
    assert codes(check_global(bad)) == [
        "unbound-recursion",
        "unbound-recursion",
        "self-message",
        "duplicate-label",
    ]


def test_rejects_local_types() -> None:
    """The same conditions hold for local types."""
    twice = [("l", UNIT, local.END), ("l", UNIT, local.var("X"))]
    assert codes(check_local(local.output("B", twice))) == ["unbound-recursion", "duplicate-label"]
    assert codes(check_local(local.input_("B", []))) == ["empty-choice"]
    assert codes(check_local(local.rec("X", local.var("X")))) == ["unguarded-recursion"]
    assert check_local(local.rec("X", local.output("B", [("l", UNIT, local.var("X"))]))) == ()

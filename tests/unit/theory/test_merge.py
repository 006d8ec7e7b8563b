"""When a role may go on alike at several positions."""

import pytest

from antiphon.theory import local_type as local
from antiphon.theory.global_type import END as GLOBAL_END
from antiphon.theory.global_type import GlobalType, comm, message
from antiphon.theory.horizon import Horizons
from antiphon.theory.merge import Disagreement, Merged, merge_full, merge_plain
from antiphon.theory.positions import END, positions
from antiphon.values.sort import NAT, UNIT


def merged(left: GlobalType, right: GlobalType, role: str = "C") -> Merged | Disagreement | None:
    """What a role does that does not hear which of two ways A took."""
    root = comm("A", "B", [("l", UNIT, left), ("r", UNIT, right)])
    horizons = Horizons(positions(root))
    return merge_full(horizons, horizons.start(role), role)


def test_receives_are_united() -> None:
    """Different labels from one sender are one external choice."""
    found = merged(message("B", "C", "x", sort=NAT), message("B", "C", "y"))
    assert found == Merged(False, "B", (("x", NAT, END), ("y", UNIT, END)))


def test_common_labels_unite_what_follows() -> None:
    """After a label of both, the role may be after either."""
    left = message("B", "C", "x", message("B", "C", "y"))
    right = message("B", "C", "x", message("B", "C", "z"))
    found = merged(left, right)
    assert found == Merged(False, "B", (("x", UNIT, frozenset((3, 4))),))


def test_sends_must_agree() -> None:
    """A role that must send does so with the same labels everywhere."""
    left = message("C", "B", "x", message("B", "A", "l"))
    right = message("C", "B", "x", message("B", "A", "r"))
    assert merged(left, right) == Merged(True, "B", (("x", UNIT, END),))


def test_done_everywhere() -> None:
    """A role that never acts is done."""
    assert merged(GLOBAL_END, GLOBAL_END) is None


@pytest.mark.parametrize(
    ("left", "right", "disagreement"),
    [
        (GLOBAL_END, message("B", "C", "x"), (END, 1, "only one of the two runs goes on for it")),
        (message("B", "C", "x"), message("C", "B", "x"), (1, 2, "it must either send or receive")),
        (
            message("B", "C", "x"),
            message("A", "C", "x"),
            (1, 2, "it waits for one role, not for either of two"),
        ),
        (
            message("C", "B", "x"),
            message("C", "A", "x"),
            (1, 2, "it must know to whom it sends"),
        ),
        (
            message("C", "B", "x"),
            message("C", "B", "y"),
            (1, 2, "it must know which labels it may send"),
        ),
        (
            message("B", "C", "x", sort=NAT),
            message("B", "C", "x"),
            (1, 2, "x must carry one sort"),
        ),
    ],
)
def test_rejects(left: GlobalType, right: GlobalType, disagreement: tuple[int, int, str]) -> None:
    """Whatever the role would have to know and does not is a disagreement."""
    assert merged(left, right) == Disagreement(*disagreement)


def test_plain_merge_is_equality() -> None:
    """Plain merge takes equal projections and nothing else."""
    one = local.output("B", [("x", UNIT, local.END)])
    assert merge_plain((one, one, one)) is one
    assert merge_plain((one, local.END)) is None

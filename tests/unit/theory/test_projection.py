"""Projection."""

import pytest

from antiphon.errors import ProgramError
from antiphon.theory import horizon
from antiphon.theory.conflict import Unmergeable
from antiphon.theory.global_type import END, GlobalBranch, GlobalType, comm, message, rec, var
from antiphon.theory.horizon import Horizons
from antiphon.theory.local_type import END as DONE
from antiphon.theory.local_type import LocalType, input_, nodes, output
from antiphon.theory.local_type import rec as local_rec
from antiphon.theory.local_type import var as local_var
from antiphon.theory.merge import Merged, merge_full
from antiphon.theory.positions import positions
from antiphon.theory.projection import CONFLICTS_MAX, Projection, project, project_all
from antiphon.values.sort import NAT, STR, UNIT


def locals_of(root: GlobalType) -> dict[str, LocalType]:
    """Every role's local type."""
    return {role: one.local_type for role, one in project_all(root).items()}


def test_one_message() -> None:
    """The sender sends, the receiver receives, in order of first appearance."""
    found = project_all(message("A", "B", "l", sort=NAT))
    assert list(found.items()) == [
        ("A", Projection("A", output("B", [("l", NAT, DONE)]))),
        ("B", Projection("B", input_("A", [("l", NAT, DONE)]))),
    ]


def test_a_role_that_takes_no_part() -> None:
    """Its projection is the end."""
    assert project(message("A", "B", "l"), "C") == Projection("C", DONE)
    assert project_all(END) == {}


def test_two_buyers() -> None:
    """The two-buyer protocol (Honda, Yoshida and Carbone, POPL 2008), all three roles."""
    ok = message("B2", "S", "address", message("S", "B2", "date", sort=STR), STR)
    choice = comm("B2", "S", [("ok", UNIT, ok), ("quit", UNIT, END)])
    root = message(
        "B1",
        "S",
        "title",
        message(
            "S",
            "B1",
            "quote",
            message("S", "B2", "quote", message("B1", "B2", "share", choice, NAT), NAT),
            NAT,
        ),
        STR,
    )
    found = locals_of(root)
    assert found["B1"] is output(
        "S",
        [("title", STR, input_("S", [("quote", NAT, output("B2", [("share", NAT, DONE)]))]))],
    )
    bought = input_("B2", [("address", STR, output("B2", [("date", STR, DONE)]))])
    answer = input_("B2", [("ok", UNIT, bought), ("quit", UNIT, DONE)])
    quoted = output("B1", [("quote", NAT, output("B2", [("quote", NAT, answer)]))])
    assert found["S"] is input_("B1", [("title", STR, quoted)])


def test_full_merge_unites_what_a_role_hears() -> None:
    """C hears go in one branch and stop in the other; plain merge rejects that."""
    loop = rec(
        "X",
        comm(
            "A",
            "B",
            [
                ("more", NAT, message("B", "C", "go", var("X"))),
                ("stop", UNIT, message("B", "C", "stop")),
            ],
        ),
    )
    assert project(loop, "C").local_type is local_rec(
        "X", input_("B", [("go", UNIT, local_var("X")), ("stop", UNIT, DONE)])
    )
    with pytest.raises(Unmergeable) as caught:
        project(loop, "C", "plain")
    assert [one.code for one in caught.value.diagnostics] == ["unmergeable"]
    assert caught.value.conflicts == ()


def test_a_loop_without_the_role_is_left_out() -> None:
    """A role that only acts after a loop does not see the loop."""
    loop = rec(
        "X", comm("A", "B", [("more", UNIT, var("X")), ("stop", UNIT, message("B", "C", "done"))])
    )
    assert project(loop, "C").local_type is input_("B", [("done", UNIT, DONE)])
    assert project(rec("X", message("A", "B", "l", var("X"))), "C").local_type is DONE


def test_names_come_from_the_source() -> None:
    """Nested loops keep their names, those that a role does not need are dropped."""
    inner = rec("Y", comm("C", "A", [("again", UNIT, var("Y")), ("back", UNIT, var("X"))]))
    root = rec("X", message("A", "B", "go", message("B", "C", "go", inner)))
    found = locals_of(root)
    assert found["B"] is local_rec(
        "X", input_("A", [("go", UNIT, output("C", [("go", UNIT, local_var("X"))]))])
    )
    again = [("again", UNIT, local_var("Y")), ("back", UNIT, local_var("X"))]
    assert found["C"] is local_rec(
        "X", input_("B", [("go", UNIT, local_rec("Y", output("A", again)))])
    )


def test_names_are_resolved_by_binding() -> None:
    """A name that is bound again inside means the inner loop, for every role."""
    inner = rec("X", comm("A", "B", [("l", UNIT, var("X")), ("r", UNIT, END)]))
    root = rec("X", comm("A", "B", [("in", UNIT, inner), ("out", UNIT, var("X"))]))
    looped = local_rec("X", output("B", [("l", UNIT, local_var("X")), ("r", UNIT, DONE)]))
    found = project(root, "A").local_type
    assert found is local_rec(
        "X", output("B", [("in", UNIT, looped), ("out", UNIT, local_var("X"))])
    )


def test_rejects_a_role_that_does_not_know() -> None:
    """Every role that cannot play its part has a conflict."""
    root = comm(
        "A", "B", [("l", UNIT, message("C", "D", "x")), ("r", UNIT, message("D", "C", "y"))]
    )
    with pytest.raises(Unmergeable) as caught:
        project_all(root)
    assert [one.role for one in caught.value.conflicts] == ["C", "D"]
    assert project(root, "A").local_type is output("B", [("l", UNIT, DONE), ("r", UNIT, DONE)])


def test_rejects_waiting_where_a_branch_is_finished() -> None:
    """A role that is done in one branch and goes on in another cannot know."""
    root = comm("A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, END)])
    with pytest.raises(Unmergeable):
        project(root, "C")


def test_rejects_ill_formed_types() -> None:
    """What is not well-formed is not projected."""
    for merge in ("full", "plain"):
        with pytest.raises(ProgramError) as caught:
            project(message("A", "A", "l", var("X")), "A", merge)
        assert [one.code for one in caught.value.diagnostics] == [
            "unbound-recursion",
            "self-message",
        ]


def test_plain_merge() -> None:
    """Equal branches are merged, loops are kept or left out as they concern the role."""
    same = message("B", "C", "x")
    root = comm("A", "B", [("l", UNIT, same), ("r", UNIT, message("B", "A", "y", same))])
    assert project(root, "C", "plain").local_type is input_("B", [("x", UNIT, DONE)])
    loop = rec("X", message("A", "B", "l", var("X")))
    assert project(loop, "C", "plain").local_type is DONE
    assert project_all(loop, "plain") == project_all(loop)


def test_shared_continuations_stay_shared() -> None:
    """50 choices in a row, each told to C, are linear for every role."""
    root = END
    for _ in range(50):
        left, right = message("A", "C", "l", root), message("A", "C", "r", root)
        root = comm("A", "B", [("l", UNIT, left), ("r", UNIT, right)])
    sizes = {role: sum(1 for _ in nodes(local)) for role, local in locals_of(root).items()}
    assert sizes == {"A": 151, "B": 51, "C": 51}


def test_long_types() -> None:
    """20,000 messages in a row among 100 roles are projected without a recursion limit."""
    root = END
    for number in range(20_000):
        root = message(f"R{number % 100}", f"R{(number + 1) % 100}", "l", root)
    found = locals_of(root)
    assert len(found) == 100
    assert sum(1 for _ in nodes(found["R0"])) == 401


def test_only_so_many_roles_are_explained() -> None:
    """Each explanation may be as long as the type: a score of them says enough."""
    told: GlobalType = END
    for number in reversed(range(30)):
        told = message("B", f"R{number}", "m", told)
    wrong = comm("A", "B", [("l", UNIT, told), ("r", UNIT, END)])
    with pytest.raises(Unmergeable) as caught:
        project_all(wrong)
    assert len(caught.value.conflicts) == CONFLICTS_MAX == 20
    assert [one.code for one in caught.value.diagnostics] == ["unmergeable"] * 21
    assert "the others were not tried" in caught.value.diagnostics[-1].message


def test_too_many_roles_and_choices_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of each role at each choice and loop has a limit."""

    def loops(count: int) -> GlobalType:
        root: GlobalType = END
        for number in reversed(range(count)):
            branches = [("more", UNIT, var("X")), ("done", UNIT, root)]
            root = rec("X", comm(f"R{number}", f"R{number + 1}", branches))
        return root

    monkeypatch.setattr(horizon, "ROWS_MAX", 1000)
    assert len(project_all(loops(10))) == 11
    with pytest.raises(ProgramError) as caught:
        project_all(loops(40))
    assert [one.code for one in caught.value.diagnostics] == ["projection-too-large"]


def test_many_branches_are_united_in_proportion() -> None:
    """A role that hears of none of many branches is in one state for all of them."""
    branches: list[GlobalBranch] = []
    for number in range(3000):
        then = message("B", "C", "m", message("B", "C", f"n{number}", var("X")))
        branches.append((f"l{number}", UNIT, message("A", "B", "go", then)))
    root = rec("X", comm("A", "B", branches))
    horizons = Horizons(positions(root))
    merged = merge_full(horizons, horizons.start("C"), "C")
    assert isinstance(merged, Merged)
    ((_, _, then),) = merged.branches
    again = merge_full(horizons, then, "C")
    assert isinstance(again, Merged)
    following = [there for _, _, there in again.branches]
    assert len(following) == 3000
    assert following[0] == horizons.start("C")
    assert len(set(map(id, following))) == 1

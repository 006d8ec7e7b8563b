"""``tag`` and ``check`` on the model: every row, with the values that it leaves."""

import pytest

from antiphon.bytecode.instruction import Check, Halt, Instruction, Set, Tag
from antiphon.machine.config import Config
from antiphon.machine.event import Checked, Tagged
from antiphon.machine.flow_policy import AllowRoles
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Bool, Endpoint, Nat, Str
from tests.unit.model.bench import Bench, part

FACT = Str("paid")


def bench(*code: Instruction, config: Config | None = None) -> Bench:
    """A does this; B halts."""
    return Bench(part(END, *code, Halt(), registers=4), config=config)


def test_tag() -> None:
    """The fact is known at the endpoint, once however often it is noted, in order."""
    found = bench(Set(1, FACT), Tag(0, 1, 2), Tag(0, 1, 1), Set(1, Str("asked")), Tag(0, 1, 3))
    assert found.steps(0, 0) == "tag.ok.commit"
    assert found.side("A").facts == ("paid",)
    assert found.side("B").facts == ()
    assert found.coroutine(0).registers == (Endpoint(0, "A"), FACT, Bool(True), UNIT)
    assert found.last_event() == Tagged(1, 0, 0, "A", "paid")
    assert found.steps(0, 0, 0) == "tag.ok.commit"
    assert found.side("A").facts == ("asked", "paid")


@pytest.mark.parametrize(
    ("known", "target", "permitted"),
    [("paid", "B", True), ("paid", "C", False), ("unpaid", "B", False)],
)
def test_check(known: str, target: str, *, permitted: bool) -> None:
    """A fact may go to a role if it is known here, and the policy says so."""
    found = bench(
        *(Set(1, Str(known)), Tag(0, 1, 2), Set(1, FACT), Set(2, Str(target)), Check(0, 1, 2, 3)),
        config=Config(flow=AllowRoles(("B",))),
    )
    found.steps(0, 0, 0, 0)
    before = found.session()
    assert found.step(0) == "check.ok.commit"
    assert found.coroutine(0).registers[3] == Bool(permitted)
    assert found.last_event() == Checked(4, 0, 0, "A", "paid", target, permitted)
    assert found.session() == before


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("tag.out-of-registers.operand", (Tag(0, 1, 4),)),
        ("tag.type-violation.endpoint", (Tag(1, 1, 1),)),
        ("tag.channel-closed.session", (Set(1, Endpoint(7, "A")), Tag(1, 1, 1))),
        ("tag.channel-closed.owner", (Set(1, Endpoint(0, "B")), Tag(1, 1, 1))),
        ("tag.type-violation.fact", (Tag(0, 1, 1),)),
        ("check.out-of-registers.operand", (Check(0, 1, -1, 1),)),
        ("check.type-violation.endpoint", (Check(1, 1, 1, 1),)),
        ("check.channel-closed.session", (Set(1, Endpoint(0, "C")), Check(1, 1, 1, 1))),
        ("check.channel-closed.owner", (Set(1, Endpoint(0, "B")), Check(1, 1, 1, 1))),
        ("check.type-violation.fact", (Set(1, Nat(1)), Check(0, 1, 1, 1))),
        ("check.type-violation.target", (Set(1, FACT), Check(0, 1, 0, 1))),
    ],
)
def test_faults(row: str, code: tuple[Instruction, ...]) -> None:
    """Guard by guard; nothing is noted."""
    found = bench(*code)
    for _ in code[1:]:
        found.step(0)
    assert found.stops(0) == row
    assert found.side("A").facts == ()

"""What keeps an image from being loaded, even unverified."""

import time
from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import (
    Acquire,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Move,
    Offer,
    Open,
    Send,
)
from antiphon.bytecode.loadable import (
    CODE_MAX,
    REGISTERS_MAX,
    ROLES_MAX,
    SESSION_REGISTERS_MAX,
    STATES_SPARE,
    problem,
    require_loadable,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.verify import verify
from antiphon.errors import ProgramError
from antiphon.theory.local_type import END, LocalType, input_, nodes, output, rec, var
from antiphon.values.sort import NAT

HALT: tuple[Instruction, ...] = (Halt(),)


def codes(image: Image) -> list[str]:
    """What is found."""
    try:
        require_loadable(image)
    except ProgramError as error:
        return [found.code for found in error.diagnostics]
    return []


def alone(local_type: LocalType, *code: Instruction, registers: int = 1) -> Image:
    """An image of one role."""
    return Image("alone", (RoleProgram("A", local_type, code, registers),))


def roles(number: int, registers: int) -> Image:
    """An image of so many roles with so many registers each."""
    return Image("roles", tuple(RoleProgram(f"R{n}", END, HALT, registers) for n in range(number)))


def test_accepts_what_only_goes_wrong_when_it_runs() -> None:
    """Code may name registers and addresses that do not exist, and types nobody."""
    nobody = output("Z", [("a", NAT, END), ("a", NAT, END)])
    far = (Jump(2**80), Move(-(2**80), 2**80), Choose(7, 7, (("a", -1), ("a", 2**64))))
    assert codes(alone(nobody, *far, registers=0)) == []
    assert codes(Image("nobody", ())) == []


@pytest.mark.parametrize("registers", [-1, REGISTERS_MAX + 1, 2**31 - 1, 2**63, 2**64])
def test_rejects_a_number_of_registers(registers: int) -> None:
    """A role has no fewer than none, and no more than fit."""
    assert codes(alone(END, Halt(), registers=registers)) == ["register-count"]
    assert codes(alone(END, Halt(), registers=REGISTERS_MAX)) == []


def test_rejects_too_many_registers_together() -> None:
    """Roles that are fine one by one may be too much for a session."""
    enough = SESSION_REGISTERS_MAX // REGISTERS_MAX
    assert codes(roles(enough, REGISTERS_MAX)) == []
    assert codes(roles(enough + 1, REGISTERS_MAX)) == ["register-count"]
    with pytest.raises(ProgramError, match="register-count"):
        verify(roles(enough + 1, REGISTERS_MAX))


def test_rejects_too_many_roles() -> None:
    """An image has a limited number of roles."""
    assert codes(roles(ROLES_MAX + 1, 0)) == ["role-count"]


def test_rejects_too_much_code() -> None:
    """A role has a limited number of instructions."""
    assert codes(alone(END, *HALT * (CODE_MAX + 1))) == ["code-length"]


@pytest.mark.parametrize(
    ("local_type", "code"),
    [
        (var("X"), "open-type"),
        (output("B", [("a", NAT, var("X"))]), "open-type"),
        (rec("X", var("X")), "unguarded-recursion"),
        (rec("X", rec("Y", var("Y"))), "unguarded-recursion"),
        (input_("B", [("a", NAT, rec("X", rec("Y", var("X"))))]), "unguarded-recursion"),
    ],
)
def test_rejects_a_type_that_is_none(local_type: LocalType, code: str) -> None:
    """A type is closed, and every recursion of it acts before it comes back."""
    assert codes(alone(local_type, Halt())) == [code]


def copies(depth: int) -> LocalType:
    """A type of few nodes in which every level of recursion doubles the states below it."""
    node = output("B", [(f"back{level}", NAT, var(f"X{level}")) for level in range(depth)])
    for level in reversed(range(depth)):
        left, right = (rec(f"X{level}", output("B", [(way, NAT, node)])) for way in "lr")
        node = output("B", [("l", NAT, left), ("r", NAT, right)])
    return node


def test_rejects_a_type_with_too_many_states() -> None:
    """Where parts are shared, a small type can have more states than anybody could store."""
    assert codes(alone(copies(8), Halt())) == []
    started = time.perf_counter()
    assert codes(alone(copies(40), Halt())) == ["type-size"]
    assert time.perf_counter() - started < 20


def test_accepts_large_types_that_are_what_they_look_like() -> None:
    """A type that is only long is accepted beyond the states that any type may have."""
    long: LocalType = END
    for number in range(STATES_SPARE * 2):
        long = output("B", [(f"m{number}", NAT, long)])
    assert len(list(nodes(long))) > STATES_SPARE
    assert codes(alone(long, Halt())) == []
    wide = output("B", [(f"m{number}", NAT, END) for number in range(STATES_SPARE * 2)])
    assert codes(alone(wide, Halt())) == []


@pytest.mark.parametrize(
    "instruction",
    [
        Jump(True),
        Send(True, -1),
        Invoke("f", (0, False), 0),
        Choose(0, 0, (("a", 0), ("b", False))),
    ],
)
def test_rejects_truth_values_for_numbers(instruction: Instruction) -> None:
    """``True`` would be shown as such, and is not the integer 1 in a digest."""
    assert codes(alone(END, instruction)) == ["not-an-integer"]
    assert codes(alone(END, registers=True)) == ["not-an-integer"]


LONE = "\ud800"


@pytest.mark.parametrize(
    "image",
    [
        Image(LONE, ()),
        Image("p", (RoleProgram(LONE, END, HALT, 1),)),
        Image("p", (), (("p", LONE, END),)),
        alone(output(LONE, [("a", NAT, END)])),
        alone(output("B", [(LONE, NAT, END)])),
        alone(rec(LONE, output("B", [("a", NAT, var(LONE))]))),
        alone(END, Offer(0, LONE, 0)),
        alone(END, Choose(0, 0, (("a", 0), (LONE, 0)))),
        alone(END, Invoke(LONE, (), 0)),
        alone(END, Acquire(LONE, 0)),
        alone(END, Open(LONE, (("A", END, 0),))),
        alone(END, Open("p", ((LONE, END, 0),))),
        alone(END, Open("p", (("A", input_("B", [(LONE, NAT, END)]), 0),))),
    ],
)
def test_rejects_names_that_are_no_texts(image: Image) -> None:
    """Half a character can stand in no file, so it is in no image, wherever the name is."""
    assert codes(image) == ["not-a-text"]
    with pytest.raises(ProgramError, match="not-a-text: the name '\\\\ud800'"):
        verify(replace(image, programs=image.programs or (RoleProgram("A", END, HALT, 1),)))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((), "role-count"),
        ((("A", END), ("A", END)), "duplicate-role"),
        ((("A", END), ("B", var("X"))), "open-type"),
        ((("A", rec("X", var("X"))),), "unguarded-recursion"),
        ((("A", copies(40)),), "type-size"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_rejects_sessions_that_cannot_be(
    given: tuple[tuple[str, LocalType], ...], code: str
) -> None:
    """A session that code opens has roles, each once, and their types are types."""
    entries = tuple((role, local, 0) for role, local in given)
    assert codes(alone(END, Open("P", entries))) == [code]
    assert codes(alone(END, Open("P", (("A", END, 9), ("B", END, 9))))) == []
    assert codes(alone(END, Open("P", (("A", END, True),)))) == ["not-an-integer"]


def test_rejects_endpoints_that_cannot_be_handed_over() -> None:
    """Their types are types."""
    wrong = (("P", "A", var("X")), ("P", "B", END), ("P", "C", rec("X", var("X"))))
    assert codes(Image("x", (), wrong)) == ["open-type", "unguarded-recursion"]
    many = tuple(("P", str(number), END) for number in range(ROLES_MAX + 1))
    assert codes(Image("x", (), many)) == ["role-count"]
    assert codes(Image("x", (), many[:2])) == []


def test_everything_is_found() -> None:
    """Problems of every role come together, each with its place."""
    image = Image(
        "all",
        (RoleProgram("A", var("X"), (Jump(True),), 1), RoleProgram("B", rec("X", var("X")), (), 1)),
    )
    with pytest.raises(ProgramError) as caught:
        require_loadable(image)
    found = [(one.code, one.message) for one in caught.value.diagnostics]
    assert found == [
        ("open-type", "role A: its type does not bind X"),
        ("not-an-integer", "role A, instruction 0 (jump): target is no integer"),
        ("unguarded-recursion", "role B: its type has a rec X that does nothing"),
    ]


def test_problem() -> None:
    """A complaint names the role, and the instruction if there is one at the place."""
    program = RoleProgram("A", END, HALT, 1)
    places = [problem(program, "c", "m", pc).message for pc in (None, 0, 1)]
    assert places == [
        "role A: m",
        "role A, instruction 0 (halt): m",
        "role A, instruction 1 (no code): m",
    ]

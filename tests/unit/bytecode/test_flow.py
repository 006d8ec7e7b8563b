"""The walk over a role's code: it knows what every path knows, and it ends."""

import pytest

from antiphon.bytecode.flow import check_flow
from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Choose,
    Close,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Open,
    Receive,
    Select,
    Send,
    Set,
    Spawn,
    Transfer,
    Yield,
    addresses,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.verify import verify
from antiphon.errors import ProgramError
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import NAT, STR, UNIT, delegation
from antiphon.values.value import Blob, Nat

Code = tuple[Instruction, ...]
SAY = output("B", [("say", NAT, END)])


def codes(local_type: LocalType, *code: Instruction, registers: int = 2) -> list[str]:
    """What is found in this code."""
    return [found.code for found in check_flow(RoleProgram("A", local_type, code, registers))]


def test_only_what_every_path_knows_is_known() -> None:
    """A register that holds a number on one path and a text on another may hold either."""
    both = input_("B", [("number", NAT, SAY), ("text", STR, SAY)])
    receive = Choose(0, 1, (("number", 1), ("text", 1)))
    assert codes(both, receive, Send(0, 1), Halt()) == []
    apart = Choose(0, 1, (("number", 1), ("text", 3)))
    assert codes(both, apart, Send(0, 1), Halt(), Send(0, 1), Halt()) == ["wrong-sort"]


def test_a_blob_that_claims_to_be_an_endpoint_has_no_sort() -> None:
    """It is refused at run time, as every value is of which nothing is known."""
    give = output("B", [("give", delegation("Inner", "B"), END)])
    assert codes(give, Set(1, Blob("Inner@B", b"")), Send(0, 1), Halt()) == []
    assert codes(give, Set(1, Blob("date", b"")), Send(0, 1), Halt()) == ["wrong-sort"]


def test_ends_on_code_that_learns_slowly() -> None:
    """Where every turn of a loop forgets one register more, the walk still ends."""
    count = 300
    moves = [Move(register, register - 1) for register in range(count - 1, 1, -1)]
    assert codes(END, Invoke("f", (), 1), *moves, Jump(0), registers=count) == []


def test_rejects_what_would_take_too_long() -> None:
    """Code that is made to be slow to verify is rejected in bounded time."""
    code = (*[Jump(address + 1) for address in range(1000)], Halt())
    assert codes(END, *code, registers=2**16) == ["too-complex"]
    assert codes(END, *code, registers=2**12) == []


FORK = (Set(1, Nat(0)), Fork(1))


def test_forks() -> None:
    """After ``abort`` the type and what is known of the registers are as they were."""
    assert codes(SAY, *FORK, Send(0, 1), Abort(), Send(0, 1), Halt()) == []
    assert codes(SAY, *FORK, Send(0, 1), Join(), Halt()) == []
    assert codes(SAY, *FORK, Set(0, Nat(1)), Abort(), Send(0, 1), Halt()) == []
    assert codes(SAY, *FORK, Set(0, Nat(1)), Join(), Send(0, 1), Halt()) == ["no-endpoint"]
    assert codes(SAY, *FORK, Send(0, 1), Abort(), Halt()) == ["unfinished"]
    assert codes(END, Invoke("f", (), 1), Fork(1), Fork(1), Join(), Abort(), Halt()) == []


def test_forks_around_choices() -> None:
    """What is known in a fork depends on how it was come by, as everywhere."""
    both = input_("B", [("number", NAT, SAY), ("text", STR, SAY)])
    receive = Choose(0, 1, (("number", 3), ("text", 3)))
    again = Choose(0, 1, (("number", 5), ("text", 5)))
    assert codes(both, *FORK, receive, Abort(), again, Set(1, Nat(1)), Send(0, 1), Halt()) == []
    met = Choose(0, 1, (("number", 1), ("text", 2)))
    code = (met, Jump(3), Set(1, Nat(0)), Set(2, Nat(0)), Fork(2), Set(1, Nat(1)), Abort())
    assert codes(both, *code, Send(0, 1), Halt(), registers=3) == []
    forked = (met, Yield(), Set(2, Nat(0)), Fork(2), Set(1, Nat(1)), Abort(), Send(0, 1), Halt())
    assert codes(both, *forked, registers=3) == ["wrong-sort"]


def test_forks_gone_wrong() -> None:
    """Each end has its fork, each fork its number and its end, and there are not too many."""
    assert codes(END, Join(), Halt()) == ["no-fork"]
    assert codes(END, *FORK, Abort(), Abort(), Halt()) == ["no-fork"]
    assert codes(END, *FORK, Halt()) == ["open-fork"]
    assert codes(END, *FORK, Transfer(0, 1), Join(), Halt()) == ["open-fork"]
    assert codes(END, *FORK, Spawn(4, (), 1), Join(), Halt()) == ["open-fork"]
    assert codes(END, Fork(1), Join(), Halt()) == ["wrong-ghost"]
    assert codes(END, Fork(0), Join(), Halt()) == ["wrong-ghost"]
    assert codes(END, Set(1, Nat(0)), Fork(1), Jump(1)) == ["fork-too-deep"]
    assert codes(END, Set(1, Nat(0)), *(Fork(1),) * 16, *(Join(),) * 16, Halt()) == []


def test_addresses() -> None:
    """The addresses of an instruction are those that it may jump to."""
    assert addresses(Jump(3)) == (3,)
    assert addresses(Select(0, (("a", 1), ("b", 2)))) == (1, 2)
    assert addresses(Choose(0, 1, (("a", 4),))) == (4,)
    assert addresses(Yield()) == ()


# What an image whose role A may be handed the role B of Inner may do.

GIVEN = delegation("Inner", "B")
INNER = input_("A", [("hello", NAT, END)])
GIVE = output("B", [("give", GIVEN, END)])
TAKE = input_("B", [("take", GIVEN, END)])
PASS = input_("B", [("take", GIVEN, GIVE)])
TWICE = input_("B", [("take", GIVEN, input_("B", [("take", GIVEN, END)]))])
TAKES = rec("X", input_("B", [("take", GIVEN, var("X")), ("no", UNIT, END)]))
OPEN = Open("Inner", (("A", output("B", [("hello", NAT, END)]), 2), ("B", INNER, 3)))
RUN: Code = (Receive(0, 1), Halt())


def found_in(image: Image) -> list[str]:
    """What the verifier finds in an image."""
    try:
        verify(image)
    except ProgramError as error:
        return [problem.code for problem in error.diagnostics]
    return []


def handing(
    local_type: LocalType, *code: Instruction, known: LocalType | None = INNER, name: str = "test"
) -> Image:
    """An image in which role A may be handed the role B of Inner, by what is known of that."""
    rest = RoleProgram("B", END, (Halt(),), 1)
    delegated = () if known is None else (("Inner", "B", known),)
    return Image(name, (RoleProgram("A", local_type, code, 5), rest), delegated)


HANDING: dict[str, tuple[LocalType, Code]] = {
    "passed on": (PASS, (Receive(0, 1), Send(0, 1), Halt())),
    "passed on from elsewhere": (PASS, (Receive(0, 1), Move(4, 1), Send(0, 4), Halt())),
    "passed on by the host": (PASS, (Receive(0, 1), Send(0, HOST), Halt())),
    "passed on by an effect": (PASS, (Receive(0, 1), Invoke("f", (), 2), Send(0, 2), Halt())),
    "run": (TAKE, (Receive(0, 1), Receive(1, 2), Halt())),
    "run by a child": (TAKE, (Receive(0, 1), Spawn(3, (1,), 2), Halt(), *RUN)),
    "transferred": (TAKE, (Receive(0, 1), Transfer(1, 2), Halt())),
    "closed": (TAKE, (Receive(0, 1), Close(1), Halt())),
    "two at once": (
        TWICE,
        (Receive(0, 1), Receive(0, 2), Receive(1, 3), Receive(2, 3), Halt()),
    ),
    "one after the other from one place": (
        TAKES,
        (Choose(0, 1, (("take", 1), ("no", 3))), Spawn(4, (1,), 2), Jump(0), Halt(), *RUN),
    ),
    "opened, and handed over": (
        GIVE,
        (OPEN, Send(0, 3), Spawn(4, (2,), 1), Halt(), Send(0, HOST), Halt()),
    ),
    "opened, and all run": (END, (OPEN, Send(2, HOST), Receive(3, 1), Halt())),
    "opened, and closed with all that belongs to it": (END, (OPEN, Close(3), Halt())),
    "opened again and again": (
        rec("X", output("B", [("give", GIVEN, var("X"))])),
        (OPEN, Send(0, 3), Spawn(4, (2,), 1), Jump(0), Send(0, HOST), Halt()),
    ),
}


@pytest.mark.parametrize(("local_type", "code"), HANDING.values(), ids=HANDING)
def test_accepts_delegation(local_type: LocalType, code: Code) -> None:
    """Endpoints are opened, received and run, and each is given away at most once."""
    assert found_in(handing(local_type, *code)) == []


def test_what_nothing_is_known_of_may_be_passed_on() -> None:
    """An endpoint of no known type goes where it fits, is transferred or closed, and no more."""
    for code in ((Send(0, 1),), (Send(0, HOST),)):
        assert found_in(handing(PASS, Receive(0, 1), *code, Halt(), known=None)) == []
    for code in ((Transfer(1, 2),), (Close(1),), (Spawn(2, (1,), 2), Close(0))):
        assert "unknown-type" not in found_in(
            handing(TAKE, Receive(0, 1), *code, Halt(), known=None)
        )
    run = handing(TAKE, Receive(0, 1), Receive(1, 2), Halt(), known=None)
    assert found_in(run) == ["unknown-type"]


BAD_HANDING: dict[str, tuple[str, LocalType, Code]] = {
    "kept for ever": ("unfinished", TAKE, (Receive(0, 1), Halt())),
    "passed on twice": (
        "wrong-sort",
        input_("B", [("take", GIVEN, output("B", [("give", GIVEN, GIVE)]))]),
        (Receive(0, 1), Send(0, 1), Send(0, 1), Halt()),
    ),
    "used after it was passed on": (
        "no-endpoint",
        PASS,
        (Receive(0, 1), Send(0, 1), Receive(1, 2), Halt()),
    ),
    "used after the host may have passed it on": (
        "no-endpoint",
        PASS,
        (Receive(0, 1), Send(0, HOST), Receive(1, 2), Halt()),
    ),
    "used after it was transferred": (
        "no-endpoint",
        TAKE,
        (Receive(0, 1), Transfer(1, 2), Receive(1, 2), Halt()),
    ),
    "used after its session was closed": (
        "no-endpoint",
        END,
        (OPEN, Close(2), Receive(3, 1), Halt()),
    ),
    "passed on when it has gone on": (
        "wrong-sort",
        input_("B", [("take", GIVEN, GIVE)]),
        (Receive(0, 1), Receive(1, 2), Send(0, 1), Halt()),
    ),
    "another role": ("wrong-sort", GIVE, (OPEN, Send(0, 2), Halt())),
    "a number": ("wrong-sort", GIVE, (Set(1, Nat(0)), Send(0, 1), Halt())),
    "the endpoint of another protocol": ("wrong-sort", GIVE, (Send(0, 0), Halt())),
    "kept in a register while another takes its name": (
        "no-endpoint",
        TAKES,
        (
            *(Choose(0, 1, (("take", 1), ("no", 4))), Move(4, 1), Close(1), Jump(0)),
            *(Close(4), Halt()),
        ),
    ),
    "given to a child twice": (
        "no-endpoint",
        TAKE,
        (Receive(0, 1), Spawn(3, (1, 1), 2), Halt(), *RUN),
    ),
    "given to a child after it was transferred": (
        "no-endpoint",
        TAKE,
        (Receive(0, 1), Transfer(1, 2), Spawn(4, (1,), 2), Halt(), *RUN),
    ),
    "closed twice": ("no-endpoint", END, (Close(0), Close(0), Halt())),
    "no endpoint to close": ("no-endpoint", END, (Close(1), Halt())),
    "a register to open": (
        "register-out-of-range",
        END,
        (Open("P", (("A", END, 5),)), Halt()),
    ),
    "another type of a role": ("other-type", END, (Open("Inner", (("B", END, 1),)), Halt())),
}


@pytest.mark.parametrize(("code", "local_type", "program"), BAD_HANDING.values(), ids=BAD_HANDING)
def test_rejects_wrong_delegation(code: str, local_type: LocalType, program: Code) -> None:
    """What is not owned, not fresh or not of the right role is not handed over."""
    assert found_in(handing(local_type, *program)) == [code]


def test_rejects_another_type_of_an_own_role() -> None:
    """An image's own roles may be handed over too, as what they are."""
    fresh = (("Inner", "B", END), ("Inner", "A", END))
    halt = (RoleProgram("A", END, (Halt(),), 1), RoleProgram("B", END, (Halt(),), 1))
    assert found_in(Image("Inner", halt, fresh)) == []
    assert found_in(Image("Inner", halt, (("Inner", "B", INNER),))) == ["other-type"]
    assert found_in(Image("Other", halt, (("Inner", "B", INNER),))) == []
    assert found_in(Image("Other", halt, (("Inner", "B", var("X")),))) == ["open-type"]

"""The walk over a role's code: it knows what every path knows, and it ends."""

from antiphon.bytecode.flow import addresses, check_flow
from antiphon.bytecode.instruction import (
    Abort,
    Choose,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Select,
    Send,
    Set,
    Spawn,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import RoleProgram
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT, STR, delegation
from antiphon.values.value import Blob, Nat

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

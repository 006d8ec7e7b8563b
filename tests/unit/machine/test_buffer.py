"""Buffers, and which images may lose messages in them."""

from typing import Any

import pytest

from antiphon.bytecode.instruction import Halt, Open
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.errors import ProgramError
from antiphon.machine.buffer import Buffer, check_buffers
from antiphon.theory.local_type import END, LocalType, output, rec, var
from antiphon.values.sort import BOOL, NAT

STREAM = rec("X", output("B", (("n", NAT, var("X")),)))
CHOICE = output("B", (("n", NAT, END), ("m", NAT, END)))
SORTS = output("B", (("n", NAT, output("B", (("n", BOOL, END),))),))
ELSEWHERE = output("B", (("n", NAT, output("C", (("m", NAT, END),))),))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"mode": "latest"},
        {"full": "drop", "capacity": 1},
        {"full": "error", "capacity": 2**31 - 1},
        {"full": "resize", "capacity": 4, "maximum": 4},
    ],
)
def test_buffers_that_there_are(fields: dict[str, Any]) -> None:
    """Every mode, and everything that a full queue may do."""
    Buffer(**fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mode": "lifo"}, "mode is one of"),
        ({"full": "wait"}, "full is one of"),
        ({"capacity": 0}, "capacity must be"),
        ({"capacity": True}, "capacity must be"),
        ({"capacity": 2**31}, "capacity must be"),
        ({"mode": "latest", "full": "drop"}, "never full"),
        ({"mode": "latest", "capacity": 1}, "never full"),
        ({"full": "resize"}, "maximum belongs"),
        ({"maximum": 64}, "maximum belongs"),
        ({"full": "resize", "capacity": 4, "maximum": 3}, "maximum must be"),
        ({"full": "resize", "maximum": 2**31}, "maximum must be"),
    ],
)
def test_buffers_that_there_are_not(fields: dict[str, Any], words: str) -> None:
    """A field that means nothing, or nothing possible, is refused."""
    with pytest.raises(ValueError, match=words):
        Buffer(**fields)


def test_lossy() -> None:
    """What keeps the latest or drops may lose; what blocks, fails or grows does not."""
    assert Buffer("latest").is_lossy
    assert Buffer(full="drop").is_lossy
    assert not any(
        one.is_lossy for one in (Buffer(), Buffer(full="error"), Buffer("fifo", "resize", 1, 2))
    )


def accepts(local_type: LocalType, buffer: Buffer, edge: tuple[str, str] = ("A", "B")) -> bool:
    """Whether an image whose role A has this type is accepted."""
    image = Image("p", (RoleProgram("A", local_type, (), 1), RoleProgram("B", END, (), 1)))
    try:
        check_buffers(image, ((*edge, buffer),))
    except ProgramError:
        return False
    return True


@pytest.mark.parametrize("lossy", [Buffer("latest"), Buffer(full="drop")])
def test_only_equal_messages_may_be_lost(lossy: Buffer) -> None:
    """One label of one sort may be lost; two labels or two sorts may not, on this edge."""
    assert accepts(STREAM, lossy)
    assert not accepts(CHOICE, lossy)
    assert not accepts(SORTS, lossy)
    assert accepts(ELSEWHERE, lossy)
    assert accepts(CHOICE, lossy, ("A", "C"))
    assert accepts(CHOICE, lossy, ("Z", "B"))


def test_the_complaint_names_the_edge() -> None:
    """What is wrong has a stable code, and says who sends to whom."""
    image = Image("p", (RoleProgram("A", CHOICE, (), 1),))
    with pytest.raises(ProgramError, match="lossy-buffer: A sends different messages to B"):
        check_buffers(image, (("A", "B", Buffer("latest")),))


def test_sessions_that_code_opens_lose_nothing_either() -> None:
    """The types of an ``open`` are looked at as those of the programs are."""
    code = (Open("q", (("A", CHOICE, 0), ("B", END, 1))), Halt())
    image = Image("p", (RoleProgram("R", END, code, 2),))
    with pytest.raises(ProgramError, match="lossy-buffer: A sends different messages to B"):
        check_buffers(image, (("A", "B", Buffer("latest")),))
    check_buffers(image, (("A", "B", Buffer()), ("B", "A", Buffer("latest"))))


def test_a_buffer_that_loses_nothing_takes_anything() -> None:
    """Only what may be lost is restricted."""
    assert accepts(CHOICE, Buffer(full="error"))

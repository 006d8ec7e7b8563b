"""What is measured: programs for the machines.

Their messages carry the unit of a register, so that what is measured is the machine and not whoever
answers its questions; only where the name says ``handler`` Python code makes each message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from antiphon.bytecode.instruction import HOST, Instruction, Jump, Move, Offer, Receive, Send, Set
from antiphon.bytecode.program import RECEIVED, Image, RoleProgram
from antiphon.protocols import protocol
from antiphon.values.value import Nat

MOST_IN_MODEL: Final = 2_000
"""The model is not asked to run more coroutines than these."""
SESSIONS: Final = (1, 10, 1_000, 100_000)
ROLES: Final = (3, 8, 60, 200)
LENGTHS: Final = (10, 100, 2_000)


@dataclass(frozen=True, slots=True)
class Workload:
    """So many sessions of a program that never ends; or, as ``churn``, of one that does, again and
    again. ``handled`` says that Python code makes each message.

    ``twin`` names what a user would write instead (``bench.twins``), if that is measured too.
    """

    name: str
    image: Image
    sessions: int = 1
    churn: bool = False
    handled: bool = False
    twin: str | None = None

    @property
    def coroutines(self) -> int:
        """How many coroutines there are."""
        return self.sessions * len(self.image.programs)


def ping_pong(payload: str = "") -> Image:
    """Two roles that answer each other for ever."""
    text = f"ping({payload}) from A to B; pong({payload}) from B to A;"
    return _image("role A, role B", f"rec L {{ {text} continue L; }}")


def ring(roles: int) -> Image:
    """A message that goes round for ever."""
    names = [f"R{number}" for number in range(roles)]
    turns = zip(names, [*names[1:], names[0]], strict=True)
    text = " ".join(f"turn() from {sender} to {receiver};" for sender, receiver in turns)
    header = ", ".join(f"role {name}" for name in names)
    return _image(header, f"rec L {{ {text} continue L; }}")


def branching() -> Image:
    """A decides, in turn for left and right, B tells C, and C tells A."""
    text = " or ".join(
        f"{{ {label}() from A to B; {label}() from B to C; done() from C to A; continue L; }}"
        for label in ("left", "right")
    )
    image = _image("role A, role B, role C", f"rec L {{ choice at A {text} }}")
    turns = [(Offer(0, label, 2), Receive(0, RECEIVED)) for label in ("left", "right")]
    code = (*turns[0], *turns[1], Jump(0))
    return _with_code(image, "A", code, 3)


def linear(messages: int) -> Image:
    """So many different messages one after the other, and that for ever."""
    text = " ".join(f"m{number}() from A to B;" for number in range(messages - 1))
    text += f" m{messages}() from B to A;"
    return _image("role A, role B", f"rec L {{ {text} continue L; }}")


def control() -> Image:
    """Both roles only count their registers over, and never communicate."""
    code = (Set(2, Nat(1)), Move(3, 2), Move(2, 3), Jump(0))
    return _with_code(_with_code(ping_pong(), "A", code, 4), "B", code, 4)


def exchange() -> Image:
    """One question, one answer, and that was it."""
    return _image("role A, role B", "ask() from A to B; tell() from B to A;")


def delegation() -> Image:
    """A opens a session and hands its end of it to B, who plays it; for ever."""
    inner = "aux global protocol Inner(role C, role D) { hello() from C to D; }"
    text = "take(Inner@C) from A to B; thanks() from B to A;"
    outer = f"global protocol Outer(role A, role B) {{ rec L {{ {text} continue L; }} }}"
    return protocol(f"{inner} {outer}").image


def unasked(image: Image) -> Image:
    """The program with every message, all of unit, taken from a register that nobody writes to."""
    return replace(image, programs=tuple(map(_unasked, image.programs)))


def _unasked(program: RoleProgram) -> RoleProgram:
    spare = program.registers
    code = tuple(
        replace(instruction, val=spare)
        if isinstance(instruction, Send | Offer) and instruction.val == HOST
        else instruction
        for instruction in program.code
    )
    return replace(program, code=code, registers=spare + 1)


def _image(roles: str, body: str) -> Image:
    return protocol(f"global protocol Measured({roles}) {{ {body} }}").image


def _with_code(image: Image, role: str, code: Iterable[Instruction], registers: int) -> Image:
    programs = tuple(
        replace(program, code=tuple(code), registers=registers) if program.role == role else program
        for program in image.programs
    )
    return replace(image, programs=programs)


def workloads(*, quick: bool = False) -> tuple[Workload, ...]:
    """All of them, or in a quick run a few that are small."""
    one = unasked(ping_pong())
    handled = Workload("handler", ping_pong("nat"), 1_000, handled=True, twin="ping-pong")
    few: tuple[Workload, ...] = (
        Workload("ping-pong-10", one, 10, twin="ping-pong"),
        Workload("ring-3", unasked(ring(3)), twin="ring"),
        Workload("branching", unasked(branching()), 10, twin="branching"),
        Workload("linear-10", unasked(linear(10))),
        Workload("control", unasked(control())),
        replace(handled, sessions=10),
        Workload("churn", unasked(exchange()), 10, churn=True),
        Workload("delegation", unasked(delegation())),
    )
    if quick:
        return few
    return (
        *(Workload(f"ping-pong-{n}", one, n, twin="ping-pong") for n in SESSIONS),
        *(Workload(f"ring-{n}", unasked(ring(n)), twin="ring") for n in ROLES),
        Workload("branching", unasked(branching()), 1_000, twin="branching"),
        *(Workload(f"linear-{n}", unasked(linear(n))) for n in LENGTHS),
        Workload("control", unasked(control())),
        Workload("disjoint-96", one, 96, twin="ping-pong"),
        handled,
        Workload("churn", unasked(exchange()), 1_000, churn=True),
        Workload("delegation", unasked(delegation())),
    )

"""What the demo plays: the travel agency, what its roles say, and the edit that breaks it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from antiphon.bytecode.instruction import HOST, Receive, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer, Ask
from antiphon.values.value import Nat, Prod, Str

PROTOCOL = Path(__file__).with_name("demo.scr")
CULPRIT = "Agency"


class Travellers:
    """The customer turns one offer down and takes the next.

    Each answer follows from the question alone, so that two machines get the same.
    """

    _journeys = ("Rome", "Lisbon")
    _prices = (420, 180)

    def choice(self, ask: Ask) -> str:
        """The customer asks for each journey in turn, then accepts."""
        asked_for = ask.position.iteration // 2
        return "journey" if asked_for < len(self._journeys) else "accept"

    def payload(self, ask: Ask) -> Answer | str | int:
        """A value, often made from what the role received last."""
        last, used = ask.last, ask.position.iteration
        match ask.labels[0]:
            case "journey":
                return self._journeys[used // 2]
            case "accept":
                return self._journeys[-1]
            case "price":
                return self._prices[used]
            case "offer":
                return last.value + 20 if isinstance(last, Nat) else 0
            case "ticket":
                return Prod(last, Nat(114))
            case _:
                return last if isinstance(last, Str) else ""


def hasty(image: Image) -> tuple[Image, int]:
    """The image with one instruction of the culprit changed, and its address: where the culprit
    should receive the price, it sends at once.
    """
    program = program_of(image, CULPRIT)
    address = next(at for at, one in enumerate(program.code) if isinstance(one, Receive))
    code = (*program.code[:address], Send(0, HOST), *program.code[address + 1 :])
    edited = replace(program, code=code)
    programs = (edited if one is program else one for one in image.programs)
    return Image(image.name, tuple(programs)), address


def program_of(image: Image, role: str) -> RoleProgram:
    """What a role runs."""
    return next(program for program in image.programs if program.role == role)

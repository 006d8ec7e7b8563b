"""Scenes in which one instruction is tried: a handful of features, each of which can be spoilt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from antiphon.bytecode.instruction import (
    Acquire,
    Fork,
    Halt,
    Instruction,
    Move,
    Open,
    Send,
    Set,
    Transfer,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.buffer import Buffer
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash, Delay, Failure, Partition, Pause
from antiphon.machine.interface import Machine
from antiphon.machine.output_condition import Disabled, PredicateAllowList
from antiphon.parity.act import Act
from antiphon.parity.act import Open as Load
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT, UNIT, Sort, delegation
from antiphon.values.value import Endpoint, Nat, Value

GIVEN: Final = delegation("Inner", "V")
TALK: Final = 3
"""The session that is opened for the instruction to be tried in; that of ``Inner`` is the next."""
NOWHERE: Final = 99
_ONE: Final = Nat(1)
_V: Final = output("W", [("m", NAT, END)])
_ON: Final[Mapping[str, LocalType]] = {
    "out": output("Y", [("hi", GIVEN, END)]),
    "in": input_("Y", [("hi", GIVEN, END)]),
    "out two": output("Y", [("hi", GIVEN, END), ("so", GIVEN, END)]),
    "in two": input_("Y", [("hi", GIVEN, END), ("so", GIVEN, END)]),
    "end": END,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Coroutine 0 is at ``code``, which is made for this scene.

    It has opened a session of ``X``, ``Y`` and ``Z`` into registers 0 to 2, and given ``Y`` to
    coroutine 1. Register 3 holds ``value``, 4 ``number``, 5 the evidence of layer ``m`` if it holds
    that, 6 and 7 the endpoints of a session of ``Inner``.
    """

    code: Callable[[Scene], Instruction | None]
    first: int = 0
    """The first register operand: 9 does not exist."""
    last: int = 5
    kind: str = "end"
    """What the type of ``X`` comes to: a name in ``_ON``."""
    is_endpoint: bool = True
    is_broken: bool = False
    """Whether the session has failed."""
    is_away: bool = False
    """Whether coroutine 1 owns ``X``."""
    value: Value | None = None
    """None for an endpoint of ``Inner``."""
    is_lent: bool = False
    """Whether coroutine 1 owns that, and all of its session."""
    number: Value = _ONE
    label: str = "hi"
    table: tuple[str, ...] = ("hi", "so")
    said: Sort | None = None
    """The sort of a message that ``Y`` has sent to ``X``, if it has."""
    is_late: bool = False
    is_alone: bool = False
    """Whether coroutine 1 has crashed."""
    is_cut: bool = False
    full: Buffer | None = None
    forks: int = 0
    layer: str = ""
    """Who holds layer ``m``: ``mine``, ``theirs`` or nobody."""
    answer: Answer = field(default_factory=lambda: Endpoint(TALK + 1, "V"))
    passes: bool = True
    sessions: int | None = None
    coroutines: int | None = None
    budget: bool = False
    is_failing: bool = False
    """Whether coroutine 0 crashes at the instruction."""
    is_paused: bool = False

    def prelude(self) -> tuple[Instruction, ...]:
        """What leads to the instruction."""
        x = _ON[self.kind]
        if self.kind.startswith("out"):
            x = output("Y", [("fill", UNIT, x)])
        said = self.said if self.said is not None else UNIT
        y = output("X", [(self.label, said, END)]) if self.said is not None else END
        done: list[Instruction] = [Open("Talk", (("X", x, 0), ("Y", y, 1), ("Z", END, 2)))]
        done.append(Open("Inner", (("V", _V, 6), ("W", input_("V", [("m", NAT, END)]), 7))))
        if self.kind.startswith("out"):
            done.append(Send(0, 5))
        done.append(Move(3, 6) if self.value is None else Set(3, self.value))
        if self.said is not None:
            done.append(Send(1, 3))
        done += (Set(4, Nat(1)), Transfer(1, 4))
        if self.is_lent:
            done += (Transfer(6, 4), Transfer(7, 4))
        if self.is_away:
            done.append(Transfer(0, 4))
        if self.is_broken:
            done += (Set(4, Nat(2)), Transfer(2, 4))
        if self.layer == "mine":
            done.append(Acquire("m", 5))
            if self.value is not None:
                done.append(Set(5, self.value))
        if not self.is_endpoint:
            done.append(Set(0, Nat(0)))
        done.append(Set(4, Nat(7)))
        return (*done, *(Fork(4),) * self.forks, Set(4, self.number))

    def images(self) -> tuple[Image, ...]:
        """One role that does all that, one that may hold the layer, and one that fails."""
        tried = self.code(self)
        code = self.prelude() if tried is None else (*self.prelude(), tried, Halt())
        programs = (
            RoleProgram("P", END, code, 8),
            RoleProgram("Q", END, (Acquire("m", 0), Halt()), 1),
            RoleProgram("R", END, (), 0),
        )
        return tuple(Image(one.role, (one,)) for one in programs)

    def picks(self) -> tuple[int, ...]:
        """Who is to be picked; the last is who tries the instruction."""
        others = (1,) * (self.is_alone or self.layer == "theirs") + (2,) * self.is_broken
        return (*(0,) * len(self.prelude()), *others, 0)

    def acts(self) -> tuple[Act, ...]:
        """The scene as a script."""
        return (*(Load(one, 1) for one in self.images()), *map(Pick, self.picks()))

    def config(self) -> Config:
        """What the machine is to be set up with."""
        steps, failures = len(self.prelude()), list[Failure]()
        if self.is_alone:
            failures.append(Crash(1, "Q", 0))
        if self.is_late:
            failures.append(Delay(TALK, "Y", "X", 0, NOWHERE))
        if self.is_cut:
            failures.append(Partition(TALK, "X", "Y", 1))
        if self.is_failing:
            failures.append(Crash(0, "P", steps))
        if self.is_paused:
            failures.append(Pause(0, "P", steps, 5))
        return Config(
            buffers=() if self.full is None else (("X", "Y", self.full),),
            budget=steps if self.budget else None,
            max_sessions=self.sessions,
            max_coroutines=self.coroutines,
            outputs=Disabled() if self.passes else PredicateAllowList(("fill", "m")),
            failures=tuple(failures),
        )

    def host(self) -> Host:
        """It lets ``m`` be taken while the scene is prepared, then gives the answer."""
        answers = [Nat(0)] * (self.layer != "") + [self.answer]

        def answered(_: Ask) -> Answer:
            return answers.pop(0)

        return answered

    def row(self, make: Callable[[Config, Host], Machine]) -> str:
        """How a machine lets the instruction end."""
        machine = make(self.config(), self.host())
        for image in self.images():
            machine.load(image, unverified=True)
        found = [machine.step(Pick(number)) for number in self.picks()]
        return "" if found[-1] is None else found[-1].id

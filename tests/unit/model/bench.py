"""A bench for the model: two roles with hand-made types and code, and a scripted host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from antiphon.bytecode.instruction import HOST, Halt, Instruction, Receive, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Event
from antiphon.machine.snapshot import CoroutineView, EndpointView, SessionView
from antiphon.model.machine import Model
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT, UNIT

ONE = output("B", (("hi", NAT, END),))
ONE_HEARD = input_("A", (("hi", NAT, END),))
TWO = output("B", (("yes", NAT, END), ("no", UNIT, END)))
TWO_HEARD = input_("A", (("yes", NAT, END), ("no", UNIT, END)))


@dataclass(frozen=True, slots=True)
class Part:
    """What one role does: its type, its code, its number of registers."""

    type: LocalType = END
    code: tuple[Instruction, ...] = (Halt(),)
    registers: int = 3


def part(local_type: LocalType, *code: Instruction, registers: int = 3) -> Part:
    """A part with this code."""
    return Part(local_type, code, registers)


SENDS = part(ONE, Send(0, HOST), Halt())
HEARS = part(ONE_HEARD, Receive(0, 1), Halt())


def image(a: Part, b: Part, name: str = "p") -> Image:
    """An image of two roles, ``A`` and ``B``."""
    return Image(
        name,
        (
            RoleProgram("A", a.type, a.code, a.registers),
            RoleProgram("B", b.type, b.code, b.registers),
        ),
    )


class Bench:
    """A model with one session of ``A`` (coroutine 0) and ``B`` (coroutine 1)."""

    def __init__(
        self,
        a: Part,
        b: Part | None = None,
        *,
        answers: Sequence[Answer] = (),
        capacity: int = 64,
        priorities: tuple[tuple[str, int], ...] = (),
        config: Config | None = None,
    ) -> None:
        self.asked: list[Ask] = []
        self._answers = list(answers)
        self.model = Model(config or Config(capacity, priorities), self._host, request=unadmitted())
        self.model.load(image(a, b or Part()), unverified=True)

    def _host(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        return self._answers.pop(0)

    def step(self, coroutine: int) -> str:
        """One step; the row that it reached, or nothing."""
        row = self.model.step(Pick(coroutine))
        return "" if row is None else row.id

    def steps(self, *coroutines: int) -> str:
        """Several steps; the row that the last one reached."""
        return [self.step(coroutine) for coroutine in coroutines][-1]

    def wake(self, coroutine: int) -> None:
        """The host says: ask again."""
        assert self.model.step(Wake(coroutine)) is None

    def coroutine(self, number: int) -> CoroutineView:
        """What can be seen of a coroutine."""
        (found,) = [view for view in self.model.snapshot().coroutines if view.id == number]
        return found

    def session(self, number: int = 0) -> SessionView:
        """What can be seen of a session."""
        (found,) = [view for view in self.model.snapshot().sessions if view.id == number]
        return found

    def side(self, role: str) -> EndpointView:
        """What can be seen of a role's endpoint in session 0."""
        (found,) = [view for view in self.session().endpoints if view.role == role]
        return found

    def queue(self, sender: str = "A", receiver: str = "B") -> tuple[object, ...]:
        """The messages in transit on an edge of session 0."""
        queues = {(view.sender, view.receiver): view.messages for view in self.session().queues}
        return queues.get((sender, receiver), ())

    def last_event(self) -> Event:
        """The last event."""
        return self.model.events()[-1]

    def stops(self, coroutine: int) -> str:
        """One step that must wait or fault, and change nothing of the coroutine but its status."""
        before, asked = self.model.snapshot(), len(self.asked)
        row = self.step(coroutine)
        after = self.model.snapshot()
        (was,) = [view for view in before.coroutines if view.id == coroutine]
        now = self.coroutine(coroutine)
        kind = "blocked" if now.block is not None else "faulted"
        assert now == replace(was, status=kind, block=now.block, fault=now.fault, cost=was.cost + 1)
        if kind == "blocked":
            assert after.sessions == before.sessions
            assert after.ready == tuple(n for n in before.ready if n != coroutine)
            assert after.counters == before.counters
        else:
            assert now.fault is not None
            assert now.fault.row == row
        assert after.clock == before.clock + 1
        assert after.last_pick == coroutine
        assert len(self.asked) <= asked + 1
        return row

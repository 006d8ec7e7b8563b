"""The lineup that policies look at."""

from antiphon.bytecode.instruction import Halt, Receive, Set, Yield
from antiphon.bytecode.instruction import Send as SendTo
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.model.machine import Model
from antiphon.scheduler.lineup import Candidate, Lineup, lineup_of
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import Nat


def silent(_: Ask) -> Answer:
    """A host that is not asked."""
    raise AssertionError


def test_lineup_of() -> None:
    """Who is ready, in order, with priority, ticks waited and tokens; and the overtakes."""
    says, hears = output("B", [("a", NAT, END)]), input_("A", [("a", NAT, END)])
    config = Config(priorities=(("B", 7),))
    model = Model(config, silent, request=unadmitted())
    a = RoleProgram("A", says, (Set(1, Nat(1)), SendTo(0, 1), Halt()), 2)
    b = RoleProgram("B", hears, (Yield(), Receive(0, 1), Halt()), 2)
    model.load(Image("one", (a, b)))
    assert lineup_of(model.snapshot(), config) == Lineup(
        (Candidate(0, 0, 0, 0), Candidate(1, 7, 0, 0))
    )
    model.step(Pick(1))
    model.step(Pick(0))
    model.step(Pick(0))
    assert lineup_of(model.snapshot(), config) == Lineup(
        (Candidate(1, 7, 2, 1), Candidate(0, 0, 0, 0)), 1
    )
    model.step(Pick(0))
    assert lineup_of(model.snapshot(), config) == Lineup((Candidate(1, 7, 3, 1),), 2)

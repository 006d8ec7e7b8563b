"""A small run to be compared with others."""

from antiphon.machine.ask import Position
from antiphon.machine.config import Config
from antiphon.machine.course import Course
from antiphon.machine.envelope import Run
from antiphon.machine.event import Halted, Opened
from antiphon.machine.outcome import Outcome
from antiphon.values.value import Nat

COURSE = Course((Opened(0, 0, ("A",)), Halted(0, 0, 0, "A")), {Position(0, "A", 0, 0): (Nat(1),)})
RUN = Run(COURSE, ("0f",), "cooperative", 1, Config(), Outcome.DONE)

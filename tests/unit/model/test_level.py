"""What a fork keeps, as values."""

from antiphon.model.level import Level, Message
from antiphon.values.value import UNIT


def test_a_new_fork_keeps_registers_alone() -> None:
    """And a message is there at once, if nothing is said."""
    level = Level(1, 5, (UNIT,))
    assert (level.kept, level.staged, level.taken) == ((), (), ())
    assert Message("x", UNIT).visible_at == 0

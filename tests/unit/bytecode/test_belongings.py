"""What code owns at a moment; ``test_flow`` has what follows from it."""

from antiphon.bytecode.abstract import Held
from antiphon.bytecode.belongings import Belongings
from antiphon.bytecode.program import RoleProgram
from antiphon.theory.local_type import END


class Opened(Belongings):
    """One that owns something at once."""

    def own(self, held: Held) -> tuple[tuple[Held, object], ...]:
        """Own an endpoint that is at its end."""
        self._own(held, END)
        return self._owns()


def test_what_is_owned_is_in_order() -> None:
    """By name, so that two ways to the same belongings meet."""
    found = Opened(RoleProgram("A", END, (), 1), [])
    one, other = Held("one"), Held("other")
    found.own(other)
    assert found.own(one) == ((one, END), (other, END))

"""What runs where: the code of coroutines and the types of endpoints, which no snapshot repeats."""

from __future__ import annotations

from functools import lru_cache

from antiphon.bytecode.instruction import Instruction, Open
from antiphon.bytecode.program import Image
from antiphon.machine.snapshot import CoroutineView
from antiphon.theory.local_type import LocalType
from antiphon.theory.transitions import states


class Programs:
    """The sessions that were opened so far: by whom does not matter."""

    def __init__(self) -> None:
        self._codes: dict[tuple[int, str], tuple[Instruction, ...]] = {}
        self._types: dict[int, dict[str, LocalType]] = {}

    def loaded(self, session: int, image: Image) -> None:
        """A session was loaded."""
        self._types[session] = {one.role: one.local_type for one in image.programs}
        for one in image.programs:
            self._codes[session, one.role] = one.code

    def opened(self, session: int, opener: CoroutineView) -> None:
        """A session was opened by a coroutine, which has just done so."""
        by = self._code(opener)[opener.pc - 1]
        assert isinstance(by, Open)
        self._types[session] = {role: local_type for role, local_type, _ in by.entries}

    def _code(self, view: CoroutineView) -> tuple[Instruction, ...]:
        return self._codes.get((view.session, view.role), ())

    def instruction(self, view: CoroutineView) -> Instruction | None:
        """What a coroutine tries when it is picked; None where there is nothing."""
        code = self._code(view)
        return code[view.pc] if 0 <= view.pc < len(code) else None

    def state(self, session: int, role: str, node: int) -> LocalType:
        """The state number ``node`` of an endpoint's type."""
        return _states(self._types[session][role])[node]


@lru_cache(maxsize=4096)
def _states(local_type: LocalType) -> tuple[LocalType, ...]:
    return tuple(states(local_type))

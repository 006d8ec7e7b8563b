"""What a role's code owns and knows at one moment of the walk through it (``flow``)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from antiphon.bytecode.abstract import Abstract, Held, Known
from antiphon.bytecode.loadable import problem
from antiphon.bytecode.program import RoleProgram
from antiphon.errors import Diagnostic
from antiphon.theory.local_type import Input, LocalType, Output
from antiphon.theory.unfold import head
from antiphon.values.sort import STR

State: TypeAlias = LocalType | None
"""A state of an endpoint's type; None for one that was handed over and is of no known type."""
Owned: TypeAlias = tuple[tuple[Held, State], ...]


class Belongings:
    """The endpoints that are owned, what is known of the registers, and both as they were when the
    forks were opened that are open; and what is wrong with the code.
    """

    def __init__(self, program: RoleProgram, registers: list[Abstract]) -> None:
        self._program = program
        self._registers: list[Abstract] = registers
        self._owned: dict[Held, State] = {}
        self._starts: dict[Held, LocalType] = {}
        self._heads: dict[LocalType, LocalType] = {}
        self._levels: list[tuple[Owned, list[Abstract]]] = []
        self._found: dict[tuple[int, str], Diagnostic] = {}
        self._work: int = 0
        self._pc: int = 0

    def _own(self, held: Held, local: LocalType | None) -> None:
        """From now on this endpoint is owned, at the start of its type."""
        state = None if local is None else self._head(local)
        self._owned[held] = state
        if state is not None:
            self._starts[held] = state

    def _lose(self, gone: Collection[Held]) -> None:
        """These endpoints are owned no more, and nobody takes them for others of their name."""
        for held in gone:
            del self._owned[held]
        if gone:
            self._work += len(self._registers) // 2
            registers = self._registers
            self._registers = [Known.GONE if known in gone else known for known in registers]

    def _fresh(self, name: str) -> str:
        """A name that no endpoint has which is owned now."""
        taken = {held.group or held.name for held in self._owned}
        number, found = 1, name
        while found in taken:
            number += 1
            found = f"{name} ({number})"
        return found

    def _owns(self) -> Owned:
        return tuple(sorted(self._owned.items(), key=lambda one: one[0].name))

    def _head(self, then: LocalType) -> LocalType:
        state = self._heads.get(then)
        if state is None:
            state = self._heads[then] = head(then)
        return state

    def _complain(self, code: str, message: str) -> None:
        pc = self._pc
        self._found.setdefault((pc, code), problem(self._program, code, message, pc))

    def _require_no_fork(self) -> bool:
        if self._levels:
            self._complain("open-fork", "a fork is open: join or abort it first")
        return not self._levels

    def _endpoint(self, register: int) -> Held | None:
        """The endpoint in a register, if it is owned."""
        held = self._registers[register]
        if isinstance(held, Held) and held in self._owned:
            return held
        self._complain("no-endpoint", f"r{register} may not hold an endpoint that is owned")
        return None

    def _is_text(self, register: int) -> bool:
        """Whether a register may hold a text; a complaint if not."""
        known = self._registers[register]
        if known is STR or known is Known.NOTHING:
            return True
        holds = known.value if isinstance(known, Known) else known.name
        self._complain("wrong-sort", f"a text is wanted, r{register} may hold {holds}")
        return False

    def _advance(self, chan: int, then: LocalType) -> None:
        """The type of the endpoint in ``chan`` goes on as ``then``."""
        held = self._registers[chan]
        assert isinstance(held, Held)
        self._owned[held] = self._head(then)

    def _peer(self, chan: int) -> str:
        state = self._state(chan)
        return state.peer if isinstance(state, Output | Input) else ""

    def _state(self, chan: int) -> LocalType | None:
        held = self._registers[chan]
        return self._owned.get(held) if isinstance(held, Held) else None

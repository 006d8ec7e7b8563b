"""Program images: the code and the local type of each role, ready to be loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antiphon.bytecode.instruction import Instruction
from antiphon.theory.local_type import LocalType

RECEIVED: Final = 1
"""The register in which compiled code keeps what its role received last; other code need not."""


@dataclass(frozen=True, slots=True)
class RoleProgram:
    """What one role runs: its closed local type, its code from address 0, its register count.

    Register 0 holds the role's endpoint at the start, all others Unit.
    """

    role: str
    local_type: LocalType
    code: tuple[Instruction, ...]
    registers: int


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Image:
    """A protocol compiled: one program per role, in the protocol's order of roles.

    Raises ``ValueError`` if two programs are of one role: a role's name is what finds its endpoint.

    Images are compared by identity; ``antiphon.bytecode.codec.image_digest`` names their content.
    """

    name: str
    programs: tuple[RoleProgram, ...]

    def __post_init__(self) -> None:
        if len(set(self.roles)) < len(self.programs):
            raise ValueError(f"{self.name}: a role has two programs")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, in order."""
        return tuple(program.role for program in self.programs)

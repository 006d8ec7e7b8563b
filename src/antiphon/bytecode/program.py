"""Program images: the code and the local type of each role, ready to be loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import Instruction
from antiphon.theory.local_type import LocalType

RECEIVED: Final = 1
"""The register in which compiled code keeps what its role received last; other code need not."""


Delegated: TypeAlias = tuple[str, str, LocalType]
"""A protocol, one of its roles, and what that role does."""


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

    ``delegated`` holds the types of the endpoints that its code may be handed. Raises
    ``ValueError`` if two programs are of one role, for a role's name is what finds its endpoint, or
    if an endpoint has two types.

    Images are compared by identity; ``antiphon.bytecode.codec.image_digest`` names their content.
    """

    name: str
    programs: tuple[RoleProgram, ...]
    delegated: tuple[Delegated, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.roles)) < len(self.programs):
            raise ValueError(f"{self.name}: a role has two programs")
        parts = {(protocol, role) for protocol, role, _ in self.delegated}
        if len(parts) < len(self.delegated):
            raise ValueError(f"{self.name}: an endpoint has two types")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, in order."""
        return tuple(program.role for program in self.programs)

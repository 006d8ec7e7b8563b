"""A protocol ready to run with others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from antiphon.bytecode.codec import image_digest
from antiphon.bytecode.instruction import Open
from antiphon.bytecode.program import Image
from antiphon.composition.conversation import type_form
from antiphon.errors import Diagnostic
from antiphon.machine.contracts import PLAIN, RuntimeRequest
from antiphon.theory.global_type import GlobalType
from antiphon.theory.interchange import canonical_global
from antiphon.theory.local_type import END, LocalType
from antiphon.theory.projection import project_all
from antiphon.values.canonical import digest

BUNDLE_DOMAIN: Final = "antiphon.composition.bundle.1"
Part = tuple[str, str]
"""A protocol and one of its roles."""


@dataclass(frozen=True, eq=False)
class ProtocolBundle:
    """``image`` is what runs of the protocol ``global_type``; ``request`` is what it asks of the
    machine, for which there must be contracts.

    Its interface: a role whose name a bundle beside it has too is shared with that, one party that
    plays both parts, unless one of the two keeps it ``private``.
    """

    name: str
    image: Image = field(repr=False)
    global_type: GlobalType = field(repr=False)
    private: tuple[str, ...] = ()
    request: RuntimeRequest = PLAIN

    @property
    def shared(self) -> tuple[str, ...]:
        """The roles that it shares with whoever has them too."""
        return tuple(role for role in self.image.roles if role not in self.private)

    @cached_property
    def local_types(self) -> Mapping[str, LocalType]:
        """What each of its roles does."""
        return {program.role: program.local_type for program in self.image.programs}

    @cached_property
    def offers(self) -> Mapping[Part, LocalType]:
        """What its own roles do, by protocol and role."""
        return {(self.image.name, role): local for role, local in self.local_types.items()}

    @cached_property
    def expects(self) -> Mapping[Part, LocalType]:
        """What it takes roles of other protocols to do: those whose sessions it opens, or whose
        endpoints it is handed.
        """
        found = {(protocol, role): local for protocol, role, local in self.image.delegated}
        for program in self.image.programs:
            for instruction in program.code:
                if isinstance(instruction, Open):
                    for role, local, _ in instruction.entries:
                        found.setdefault((instruction.name, role), local)
        return {part: local for part, local in found.items() if part[0] != self.image.name}

    @cached_property
    def digest(self) -> str:
        """The name of all that links depend on, in the domain ``antiphon.composition.bundle.1``."""
        parts = (self.name, image_digest(self.image), canonical_global(self.global_type))
        return digest(BUNDLE_DOMAIN, (*parts, tuple(sorted(self.private))))

    def problems(self) -> list[Diagnostic]:
        """What is wrong with the bundle by itself: ``unknown-role``, ``image-not-projected``."""
        found = [
            Diagnostic(
                "unknown-role",
                f"{self.name} keeps the role {role} private, and has none of that name",
                help=f"its roles are {', '.join(self.image.roles)}",
            )
            for role in self.private
            if role not in self.image.roles
        ]
        projected = {role: each.local_type for role, each in project_all(self.global_type).items()}
        for role in dict.fromkeys((*self.image.roles, *projected)):
            wanted, compiled = projected.get(role, END), self.local_types.get(role, END)
            if wanted is not compiled and type_form(wanted) != type_form(compiled):
                found.append(
                    Diagnostic(
                        "image-not-projected",
                        f"{self.name}: the code of {role} is not for what the protocol gives it",
                        help="compile the image from this protocol again",
                    )
                )
        return found

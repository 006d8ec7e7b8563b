"""The pipeline: local types to an image.

Code is linear in the number of states of the type. Compiled code keeps its endpoint in register 0,
what it received last in register 1 (``program.RECEIVED``), what a producer made in register 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from antiphon.bytecode.instruction import Invoke
from antiphon.bytecode.program import RECEIVED, Image, RoleProgram
from antiphon.compiler.blocks import blocks
from antiphon.compiler.emit import PRODUCED, emit
from antiphon.compiler.link import link
from antiphon.theory.local_type import LocalType

NO_PRODUCERS: Final[Mapping[tuple[str, str], str]] = MappingProxyType({})


def compile_role(
    role: str, local_type: LocalType, producers: Mapping[tuple[str, str], str] = NO_PRODUCERS
) -> RoleProgram:
    """What ``role`` runs to follow its closed type.

    ``producers`` maps (role, label) to the action that makes the payload of that label; every other
    payload comes from the host at the send (S4). Raises ``ProgramError`` for a type that is not
    closed (``open-type``) or not contractive (``unguarded-recursion``).
    """
    sections = emit(blocks(local_type), lambda label: producers.get((role, label)))
    code = link(sections)
    produces = any(isinstance(instruction, Invoke) for instruction in code)
    return RoleProgram(role, local_type, code, (PRODUCED if produces else RECEIVED) + 1)


def compile_protocol(
    name: str,
    local_types: Mapping[str, LocalType],
    producers: Mapping[tuple[str, str], str] = NO_PRODUCERS,
) -> Image:
    """The image of a protocol: one program per role, in the order of ``local_types``.

    Raises as ``compile_role``.
    """
    return Image(
        name,
        tuple(compile_role(role, local, producers) for role, local in local_types.items()),
    )

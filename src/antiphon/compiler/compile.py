"""The pipeline: local types to an image.

Code is linear in the number of states of the type. Compiled code keeps its endpoint in register 0,
what it received last in register 1 (``program.RECEIVED``), what a producer made, or a child's id,
in register 2. Then come endpoints that are kept to be passed on, and those of a new session.

A role that hands over a session opens it, and a role that is handed one runs it, in children: the
code of the other protocol's roles is part of its own (``handover``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import Instruction, Invoke, Open, Spawn
from antiphon.bytecode.program import RECEIVED, Image, RoleProgram
from antiphon.compiler.blocks import Block, Landing, blocks
from antiphon.compiler.emit import PRODUCED, Parts, Producer, emit
from antiphon.compiler.handover import Keep, Part, Run
from antiphon.compiler.link import link
from antiphon.theory.delegation import delegations
from antiphon.theory.local_type import LocalType

Producers: TypeAlias = Mapping[tuple[str, str], str]
Protocols: TypeAlias = Mapping[str, Mapping[str, LocalType]]
"""The local types of protocols, role by role."""

NO_PRODUCERS: Final[Producers] = MappingProxyType({})
NO_PROTOCOLS: Final[Protocols] = MappingProxyType({})


def compile_role(
    role: str,
    local_type: LocalType,
    producers: Producers = NO_PRODUCERS,
    protocols: Protocols = NO_PROTOCOLS,
) -> RoleProgram:
    """What ``role`` runs to follow its closed type.

    ``producers`` maps (role, label) to the action that makes the payload of that label; every other
    payload comes from the host at the send (S4). Sessions of ``protocols`` are opened and run by
    the code itself. Raises ``ProgramError`` for a type that is not closed (``open-type``) or not
    contractive (``unguarded-recursion``), and for too much code (``code-length``).
    """
    made: dict[Part | None, tuple[Block | Landing, ...]] = {}
    waiting: list[Part | None] = [None]
    while waiting:
        part = waiting.pop(0)
        if part not in made:
            root = local_type if part is None else protocols[part[0]][part[1]]
            made[part] = blocks(root, protocols)
            waiting += _needed(made[part], protocols)
    parts = _parts(made, protocols)
    code = link(
        tuple(
            section
            for part, its_blocks in made.items()
            for section in emit(
                its_blocks,
                _producer(role if part is None else part[1], producers),
                parts,
                0 if part is None else parts.entries[part],
            )
        )
    )
    return RoleProgram(role, local_type, code, _registers(code, parts))


def _registers(code: tuple[Instruction, ...], parts: Parts) -> int:
    """How many registers code uses; it always has the first two."""
    makes = any(isinstance(instruction, Invoke | Spawn) for instruction in code)
    opened = [len(one.entries) for one in code if isinstance(one, Open)]
    if opened:
        return parts.opened + max(opened)
    return parts.opened if parts.kept else (PRODUCED if makes else RECEIVED) + 1


def compile_protocol(
    name: str,
    local_types: Mapping[str, LocalType],
    producers: Producers = NO_PRODUCERS,
    protocols: Protocols = NO_PROTOCOLS,
) -> Image:
    """The image of a protocol: one program per role, in the order of ``local_types``.

    ``protocols`` are those whose sessions it, or one of them, hands over. Raises as
    ``compile_role``.
    """
    programs = tuple(
        compile_role(role, local, producers, protocols) for role, local in local_types.items()
    )
    return Image(name, programs, _delegated(local_types.values(), protocols))


def _delegated(
    roots: Iterable[LocalType], protocols: Protocols
) -> tuple[tuple[str, str, LocalType], ...]:
    """The types of all endpoints that may be received, in children too."""
    found: dict[Part, LocalType] = {}
    waiting = list(roots)
    while waiting:
        for protocol, role in delegations(waiting.pop(0)):
            if protocol in protocols and (protocol, role) not in found:
                found[protocol, role] = protocols[protocol][role]
                waiting += protocols[protocol].values()
    return tuple((protocol, role, local) for (protocol, role), local in found.items())


def _producer(role: str, producers: Producers) -> Producer:
    return lambda label: producers.get((role, label))


def _needed(made: tuple[Block | Landing, ...], protocols: Protocols) -> Iterator[Part]:
    """The parts that children of these blocks run."""
    for block in made:
        if isinstance(block, Landing):
            yield from (deed.part for deed in block.deeds if isinstance(deed, Run))
        elif block.opens is not None:
            protocol, given = block.opens
            yield from ((protocol, role) for role in protocols[protocol] if role != given)


def _parts(made: Mapping[Part | None, tuple[Block | Landing, ...]], protocols: Protocols) -> Parts:
    """Where each part begins, and the registers of endpoints."""
    starts = accumulate(map(len, made.values()), initial=0)
    entries = {part: start for part, start in zip(made, starts, strict=False) if part is not None}
    landings = (block for one in made.values() for block in one if isinstance(block, Landing))
    deeds = (deed for landing in landings for deed in landing.deeds)
    kept = dict.fromkeys(deed.part for deed in deeds if isinstance(deed, Keep))
    registers = {part: number for number, part in enumerate(kept, PRODUCED + 1)}
    return Parts(protocols, entries, registers, PRODUCED + 1 + len(registers))

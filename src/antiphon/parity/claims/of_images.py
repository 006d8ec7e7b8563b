"""Claims about images: what the verifier accepts, and what the compiler makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antiphon.bytecode.instruction import (
    Choose,
    Halt,
    Instruction,
    Jump,
    Offer,
    Receive,
    Select,
    Send,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.errors import ProgramError
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.parity.claims.claim import PROFILES, PROPERTY, Claim, Finding, Profile
from antiphon.parity.claims.courses import SEED
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.schedules import loaded
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import projections
from antiphon.parity.draft import Draft
from antiphon.parity.generate_code_edit import edit_code
from antiphon.parity.generate_global import global_type
from antiphon.parity.generate_host import BehavingHost, good
from antiphon.parity.generate_ownership import REGISTERS, TWISTS, hand_over
from antiphon.parity.source import Source
from antiphon.theory.local_type import END, Input, LocalType, Output
from antiphon.theory.transitions import after, narrow
from antiphon.theory.unfold import head

CASES: Final = (150, 3000, 30000)
STEPS_MAX: Final = 60

# Claim 4: what the verifier accepts does not fail as it said -----------------------------------


def accepted(profile: Profile, ground: Ground) -> Finding:
    """Images whose code was changed at random: those that are accepted are run."""
    verify = ground.module("bytecode.verify").verify
    cases = CASES[PROFILES.index(profile)]
    satisfied = checked = 0
    for number in range(cases):
        source = Source(key=f"claim 4, {SEED}.{number}")
        image = _changed(source, ground)
        try:
            verify(image)
        except ProgramError:
            continue
        satisfied += 1
        for row, is_static in _rows(image, source, ground):
            checked += 1
            if is_static:
                return Finding(number + 1, satisfied, checked, f"image {number} reaches {row}")
    return Finding(cases, satisfied, checked)


def _changed(source: Source, ground: Ground) -> Image:
    protocol = global_type(source)
    local = projections(protocol, ground) or {}
    image: Image = ground.module("compiler.compile").compile_protocol("p", local)
    programs = list(image.programs)
    for _ in range(source.pick((1, 0, 2))):
        place = source.below(len(programs))
        if source.chance(50):
            programs[place] = edit_code(source, programs[place], image.roles)
        else:
            draft = Draft(programs[place], REGISTERS)
            twist = source.pick((hand_over, *TWISTS))
            twist(source, draft, source.below(len(draft.code)))
            programs[place] = draft.program()
    return Image("p", tuple(programs))


def _rows(image: Image, source: Source, ground: Ground) -> Iterator[tuple[str, bool]]:
    """The rows that one run reaches, and whether the verifier should have excluded them."""
    step, host = ground.module("model.step").step, BehavingHost(good(source))
    state = loaded((image, image), Config(), ground)
    for _ in range(STEPS_MAX):
        if not state.ready:
            return
        result = step(state, Pick(source.pick(state.ready)), host)
        state = result.state
        yield result.row.id, result.row.outcome.static


# Claim 19: types and code ----------------------------------------------------------------------

SCOPES: Final = (
    (Scope(2, 2, 2), Scope(3, 1, 2), Scope(2, 1, 2, is_recursive=True, bound=1)),
    (
        Scope(2, 2, 3),
        Scope(3, 2, 2),
        Scope(2, 2, 2, is_recursive=True, bound=1),
        Scope(3, 1, 3, is_recursive=True, bound=1),
    ),
    (Scope(2, 2, 3), Scope(3, 2, 2, is_recursive=True, bound=1), Scope(3, 1, 5)),
)


def compiled(profile: Profile, ground: Ground) -> Finding:
    """Types and their code side by side, over every projection of the scopes of a profile."""
    scopes = SCOPES[PROFILES.index(profile)]
    compile_role = ground.module("compiler.compile").compile_role
    types = checked = generated = 0
    seen: set[LocalType] = set()
    for scope in scopes:
        for root in scope.types():
            generated += 1
            local = projections(root, ground)
            types += local is not None
            for role, part in (local or {}).items():
                if part in seen:
                    continue
                seen.add(part)
                for words in side_by_side(compile_role(role, part)):
                    checked += 1
                    if words:
                        return Finding(generated, types, checked, f"{part!r}: {words}")
    counts = (("different local types", len(seen)),)
    cardinality = sum(scope.cardinality for scope in scopes)
    return Finding(generated, types, checked, "", cardinality, counts)


def side_by_side(program: RoleProgram) -> Iterator[str]:
    """Every place of the code with the state of the type there: what is wrong with each."""
    code = program.code
    first = _settle(code, 0), head(program.local_type)
    seen, waiting = {first}, [first]
    while waiting:
        pc, state = waiting.pop()
        if pc is None or not 0 <= pc < len(code):
            yield f"code leads nowhere, the type is at {state!r}"
            continue
        leads = _leads(pc, code[pc], state)
        yield "" if leads is not None else f"code is at {code[pc]}, the type at {state!r}"
        for target, then in leads or ():
            place = _settle(code, target), then
            if place not in seen:
                seen.add(place)
                waiting.append(place)


def _settle(code: tuple[Instruction, ...], pc: int) -> int | None:
    """The next address that communicates or ends; None for a loop of jumps."""
    passed: set[int] = set()
    while 0 <= pc < len(code) and isinstance(jump := code[pc], Jump):
        if pc in passed:
            return None
        passed.add(pc)
        pc = jump.target
    return pc


def _leads(
    pc: int, instruction: Instruction, state: LocalType
) -> tuple[tuple[int, LocalType], ...] | None:
    """Where both go on together; None if they do not do the same."""
    labels = [label for label, _, _ in state.branches] if isinstance(state, Input | Output) else []
    match instruction, state:
        case Halt(), _ if state is END:
            return ()
        case Send(), Output() if len(labels) == 1:
            return ((pc + 1, after(state, labels[0])),)
        case Offer(label=label), Output() if label in labels:
            return ((pc + 1, after(state, label)),)
        case Receive(), Input() if len(labels) == 1:
            return ((pc + 1, after(state, labels[0])),)
        case Select(table=table), Output() if [label for label, _ in table] == labels:
            return tuple((to, narrow(state, label)) for label, to in table)
        case Choose(table=table), Input() if [label for label, _ in table] == labels:
            return tuple((to, after(state, label)) for label, to in table)
        case _:
            return None


CLAIMS: Final = (
    Claim(
        "verified-code",
        4,
        "What the verifier accepts does not fail as it excludes",
        "No run of an accepted image reaches a row of the instruction table that is marked as"
        " excluded by the verifier: wrong registers, endpoints, types, labels.",
        "parity/claims/of_images.py accepted",
        ("the verifier accepts the image",),
        method=PROPERTY,
        scopes=tuple(f"{n} images with code changed at random, two sessions each" for n in CASES),
        witness="an image in which a role spawns a child and hands its endpoint over",
        look=accepted,
    ),
    Claim(
        "compiled-code",
        19,
        "Code does what the type says",
        "Code and type, side by side from the beginning: they send, receive, choose among the same"
        " labels and end together, and every address is one.",
        "parity/claims/of_images.py side_by_side",
        ("the global type is projectable, by full merge",),
        scopes=tuple("; ".join(map(str, scopes)) for scopes in SCOPES),
        witness="rec X. A -> B {a. X, b}: a choice, and a jump back",
        look=compiled,
    ),
)

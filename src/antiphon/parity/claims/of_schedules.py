"""Claims about every schedule of compiled small protocols, one message to a queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from antiphon.bytecode.instruction import Choose, Halt, Offer, Receive, Select, Send
from antiphon.bytecode.program import Image
from antiphon.machine.config import Config
from antiphon.machine.snapshot import Snapshot
from antiphon.parity.claims.claim import PROFILES, Claim, Finding, Profile
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.moments import Moment, frame, invariants, stranded
from antiphon.parity.claims.schedules import schedules
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import projections
from antiphon.scheduler.drive import outcome_of
from antiphon.theory.local_type import END, Input, LocalType, Output
from antiphon.theory.notation import one_line
from antiphon.theory.transitions import number_states

_FULL: Final = (Scope(3, 2, 2), Scope(2, 2, 2), Scope(3, 1, 2, is_recursive=True, bound=1))
SCOPES: Final = (
    (Scope(2, 2, 2), Scope(3, 1, 2), Scope(2, 1, 2, is_recursive=True, bound=1)),
    _FULL,
    (*_FULL, Scope(3, 1, 4), Scope(2, 2, 3)),
)
CONFIG: Final = Config(capacity=1)


def typed(image: Image, moment: Moment) -> str:
    """Claim 10: where code communicates next, the type is about to do the same."""
    for words in map(partial(_fits, image), moment.after.coroutines, _types(image, moment)):
        if words:
            return words
    return ""


def _types(image: Image, moment: Moment) -> list[LocalType]:
    """The type of the endpoint of each coroutine; at end once its session has left."""
    sides = {
        side.owner: _numbered(program.local_type)[side.node]
        for session in moment.after.sessions
        for program, side in zip(image.programs, session.endpoints, strict=True)
    }
    return [sides.get(one.id, END) for one in moment.after.coroutines]


@cache
def _numbered(root: LocalType) -> Mapping[int, LocalType]:
    return {number: state for state, number in number_states(root).items()}


def _fits(image: Image, one: object, state: LocalType) -> str:
    role, pc = getattr(one, "role", ""), getattr(one, "pc", 0)
    code = next(program.code for program in image.programs if program.role == role)
    instruction = code[pc] if pc < len(code) else None
    match instruction:
        case Send():
            fits = isinstance(state, Output) and len(state.branches) == 1
        case Offer(label=label):
            fits = isinstance(state, Output) and label in [name for name, _, _ in state.branches]
        case Select(table=table):
            fits = isinstance(state, Output) and _labels(state) == {name for name, _ in table}
        case Receive():
            fits = isinstance(state, Input) and len(state.branches) == 1
        case Choose(table=table):
            fits = isinstance(state, Input) and _labels(state) == {name for name, _ in table}
        case Halt():
            fits = state is END
        case _:
            fits = True
    return "" if fits else f"{role} is at {instruction}, its type at {state!r}"


def _labels(state: Output | Input) -> set[str]:
    return {name for name, _, _ in state.branches}


def done(after: Snapshot) -> str:
    """Claim 11: where nobody can go on, all is done."""
    outcome = outcome_of(after).value
    return "" if outcome == "Done" else f"nobody is ready, and it is {outcome}"


def unfailing(_: Image, moment: Moment) -> str:
    """Nothing of a projected protocol fails."""
    return "it is a fault" if moment.row.outcome.kind == "fault" else ""


_LOOKS: Final[Mapping[str, Callable[[Image, Moment], str]]] = {
    "invariants-everywhere": lambda _, moment: invariants(moment) or frame(moment),
    "not-stranded-everywhere": lambda _, moment: stranded(moment),
    "subject-reduction": typed,
    "machine-progress": unfailing,
}


@dataclass(frozen=True, slots=True)
class Swept:
    """What all schedules of a scope came to."""

    types: int
    images: int
    states: int
    steps: int
    wrong: Mapping[str, str]


@cache
def swept(scope: Scope, ground: Ground) -> Swept:
    """Every schedule of every projectable type of a scope, compiled."""
    types = images = states = steps = 0
    wrong: dict[str, str] = {}
    compile_protocol = ground.module("compiler.compile").compile_protocol
    for root in scope.types():
        types += 1
        local = projections(root, ground)
        if not local:
            continue
        image: Image = compile_protocol("small", local)
        found: dict[str, str] = {}
        explored = schedules((image,), CONFIG, ground, partial(_all, image, found), done)
        if explored.wrong:
            found.setdefault("machine-progress", explored.wrong)
        images += 1
        states += explored.states
        steps += explored.steps
        for name, words in found.items():
            wrong.setdefault(name, f"{one_line(root)}: {words}")
    return Swept(types, images, states, steps, wrong)


def _all(image: Image, found: dict[str, str], moment: Moment) -> str:
    for name, look in _LOOKS.items():
        if name not in found and (words := look(image, moment)):
            found[name] = f"{moment.row.id}: {words}"
    return ""


def everywhere(name: str, profile: Profile, ground: Ground) -> Finding:
    """What the schedules of a profile say about one claim."""
    scopes = SCOPES[PROFILES.index(profile)]
    found = [swept(scope, ground) for scope in scopes]
    return Finding(
        sum(one.types for one in found),
        sum(one.images for one in found),
        sum(one.steps for one in found),
        next((one.wrong[name] for one in found if name in one.wrong), ""),
        sum(scope.cardinality for scope in scopes),
        tuple(
            (f"{scope}: {word}", number)
            for scope, one in zip(scopes, found, strict=True)
            for word, number in (("images", one.images), ("states", one.states))
        ),
    )


def _claim(id_: str, number: int, title: str, statement: str, place: str) -> Claim:
    return Claim(
        id_,
        number,
        title,
        statement,
        place,
        ("the global type is projectable, by full merge, and has a role",),
        scopes=tuple(
            "every schedule, one message to a queue, of: " + "; ".join(map(str, scopes))
            for scopes in SCOPES
        ),
        witness="A -> B {a. A -> B {a}}: A waits for room under some schedules",
        look=partial(everywhere, id_),
    )


CLAIMS: Final = (
    _claim(
        "invariants-everywhere",
        3,
        "Invariants are kept under every schedule",
        "Invariants and frame, as in `invariants` and `frame`, after every step of every schedule"
        " of every compiled protocol of a scope.",
        "parity/claims/moments.py invariants",
    ),
    _claim(
        "not-stranded-everywhere",
        5,
        "Nobody is stranded under any schedule",
        "As `not-stranded`, after every step of every schedule of every compiled protocol of a"
        " scope.",
        "parity/claims/moments.py stranded",
    ),
    _claim(
        "subject-reduction",
        10,
        "Code and type go together",
        "After every step, where the code of a coroutine communicates next, the type of its"
        " endpoint is about to do the same: send, receive, choose among the same labels, or end.",
        "parity/claims/of_schedules.py typed",
    ),
    _claim(
        "machine-progress",
        11,
        "The machine makes progress",
        "No step of a compiled protocol is a fault, and where nobody is ready all are done; queues"
        " of one message are enough.",
        "parity/claims/of_schedules.py done",
    ),
)

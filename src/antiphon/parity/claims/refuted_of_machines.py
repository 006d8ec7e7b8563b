"""Statements of the earlier system about machines that are false: each is run again, and fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any, Final

from antiphon.bytecode.instruction import (
    Acquire,
    Halt,
    Instruction,
    Jump,
    Release,
    Send,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer, Ask, Chosen
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.interface import MEMORY, POLICIES
from antiphon.machine.snapshot import Snapshot
from antiphon.parity.claims.claim import Claim, Finding, Profile
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.schedules import loaded, schedules, stripped
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import projections
from antiphon.scheduler.drive import drive
from antiphon.theory.global_type import GlobalType
from antiphon.theory.local_type import END, output
from antiphon.theory.notation import one_line
from antiphon.values.sort import UNIT
from antiphon.values.value import UNIT as NOTHING

_SMALL: Final = (Scope(2, 1, 1), Scope(3, 1, 2), Scope(4, 1, 2))
_STEPS: Final = 400


def _first(ask: Ask) -> Answer:
    """A host that takes the first label, and gives Unit."""
    return Chosen(ask.labels[0]) if ask.kind == "choice" else NOTHING


def _images(ground: Ground) -> Iterator[tuple[GlobalType, Image]]:
    """The compiled types of small scopes, in which somebody acts."""
    for scope in _SMALL:
        for root in scope.types():
            local = projections(root, ground)
            if local:
                yield root, ground.module("compiler.compile").compile_protocol("p", local)


def _after(state: Any, picks: tuple[int, ...], ground: Ground) -> tuple[Any, tuple[object, ...]]:
    """The snapshot after these picks, and the events."""
    events: tuple[object, ...] = ()
    for number in picks:
        result = ground.module("model.step").step(state, Pick(number), _first)
        state, events = result.state, (*events, *result.events)
    return ground.module("model.snapshot").snapshot(state), events


def diamond(_: Profile, ground: Ground) -> Finding:
    """Two steps in different sessions, in both orders."""
    generated = checked = 0
    for root, image in _images(ground):
        generated += 1
        state = loaded((image, image), Config(), ground)
        roles = len(image.programs)
        for one in range(roles):
            checked += 1
            pair = (one, roles)
            if _after(state, pair, ground) != _after(state, pair[::-1], ground):
                words = f"two sessions of {one_line(root)}: coroutines {pair} do not commute"
                return Finding(generated, generated, checked, words)
    return Finding(generated, generated, checked)


def policy_invariance(_: Profile, ground: Ground) -> Finding:
    """Each pair of policies, on one session."""
    generated = checked = 0
    for root, image in _images(ground):
        generated += 1
        traces = {policy: _trace(image, policy, ground) for policy in POLICIES}
        for one, other in combinations(POLICIES, 2):
            checked += 1
            if traces[one] != traces[other]:
                words = f"{one_line(root)}: {one} and {other} give other traces"
                return Finding(generated, generated, checked, words)
    return Finding(generated, generated, checked)


def _trace(image: Image, policy: str, ground: Ground) -> tuple[object, ...]:
    """The events of one session, without their ticks."""
    machine = ground.module("model.machine").Model(Config(), _first, request=unadmitted())
    machine.load(image, unverified=True)
    drive(machine, policy, _STEPS)
    return tuple(replace(event, tick=0) for event in machine.events())


def one_step_of_two(_: Profile, ground: Ground) -> Finding:
    """A round of two picks, and one step."""
    generated = satisfied = checked = 0
    for root, image in _images(ground):
        generated += 1
        state = loaded((image,), Config(), ground)
        if len(state.ready) < 2:
            continue
        satisfied += 1
        checked += 1
        round_of_two = _after(state, state.ready[:2], ground)[0]
        if round_of_two != _after(state, state.ready[:1], ground)[0]:
            words = f"{one_line(root)}: two picks take the clock to {round_of_two.clock}"
            return Finding(generated, satisfied, checked, words)
    return Finding(generated, satisfied, checked)


_IDLE: Final[tuple[Instruction, ...]] = (Yield(), Jump(0))
_SPEAKS: Final = RoleProgram(
    "A", output("B", [("a", UNIT, END)]), (Send(0, 1), Yield(), Jump(1)), 2
)
_IDLES: Final = tuple(RoleProgram(role, END, _IDLE, 1) for role in "AB")


def starved(policy: str, _: Profile, ground: Ground) -> Finding:
    """Two coroutines that never wait: is one passed over until a state comes back?"""
    programs = (_SPEAKS, _IDLES[1]) if policy == "token-weighted" else _IDLES
    config = Config(priorities=(("B", 1),) if policy == "priority" else ())
    machine = ground.module("model.machine").Model(config, _first, request=unadmitted())
    machine.load(Image("fair", programs), unverified=True)
    drive(machine, policy, 1)
    seen: dict[tuple[object, ...], int] = {}
    picks: list[int] = []
    for step in range(_STEPS):
        here = _remembered(machine.snapshot(), policy)
        if here in seen:
            loop = picks[seen[here] :]
            never = sorted({0, 1} - set(loop))
            words = f"coroutine {never} is ready, and picks {loop} repeat" if never else ""
            return Finding(1, 1, step + 1, words)
        seen[here] = step
        drive(machine, policy, 1)
        picks.append(machine.snapshot().last_pick)
    return Finding(1, 1, _STEPS)


def _remembered(state: Snapshot, policy: str) -> tuple[object, ...]:
    """A state with all that a policy looks at: the order of the queue, and what it remembers."""
    waited = tuple(state.clock - since for since in state.since)
    memory = {"since": waited, "overtakes": state.overtakes}.get(MEMORY.get(policy, ""))
    return (*stripped(state), state.ready, state.last_pick, memory)


def by_priority(profile: Profile, ground: Ground) -> Finding:
    """A larger priority goes first, for ever."""
    return starved("priority", profile, ground)


def by_tokens(profile: Profile, ground: Ground) -> Finding:
    """Who holds a token goes first, for ever."""
    return starved("token-weighted", profile, ground)


LAYERS: Final = ("---ABba", "BAab", "Aa")
"""Three programs over two layers: a capital acquires, a small letter releases, - goes on."""


def _program(role: str, words: str) -> RoleProgram:
    code: list[Instruction] = []
    for letter in words:
        if letter == "-":
            code.append(Yield())
        elif letter.isupper():
            code.append(Acquire(letter, "AB".index(letter) + 1))
        else:
            code.append(Release(letter.upper(), "ab".index(letter) + 1))
    return RoleProgram(role, END, (*code, Halt()), 3)


def schedule_independence(_: Profile, ground: Ground) -> Finding:
    """Every schedule of programs over guard layers: do all end alike?"""
    programs = tuple(map(_program, "PQR", LAYERS))
    explored = schedules((Image("layers", programs),), Config(), ground)
    outcomes = ", ".join(explored.outcomes)
    words = f"{' | '.join(LAYERS)}: by the schedule, {outcomes}"
    return Finding(1, 1, explored.steps, words if len(explored.outcomes) > 1 else "")


_SCOPES: Final = ("; ".join(map(str, _SMALL)),)
_LAYERS: Final = (f"every schedule of {' | '.join(LAYERS)}",)
_TWO: Final = (f"two coroutines that never wait, {_STEPS} picks",)

CLAIMS: Final = (
    Claim(
        "C-CANON-ONE-STEP-n2",
        18,
        "Refuted: a round of two is one step",
        "Where two coroutines are ready, a round of two picks comes to the state of one canonical"
        " step (the premise of the earlier refinement of threaded runs).",
        "parity/claims/refuted_of_machines.py one_step_of_two",
        ("two coroutines are ready",),
        scopes=_SCOPES,
        witness="A -> B {a}: both are ready at first",
        look=one_step_of_two,
        is_refuted=True,
    ),
    Claim(
        "C-DIAMOND-RAW",
        17,
        "Refuted: steps in different sessions commute, to the letter",
        "Two steps of coroutines in different sessions come to the same state and the same events"
        " in both orders. (They do up to ticks, and who went last.)",
        "parity/claims/refuted_of_machines.py diamond",
        scopes=_SCOPES,
        witness="two sessions of A -> B {a}",
        look=diamond,
        is_refuted=True,
    ),
    Claim(
        "C-POLICY-INV-RAW",
        18,
        "Refuted: all policies give a session the same trace",
        "Without its ticks the trace of a session is the same under every scheduler policy. (Each"
        " role's own part of it is.)",
        "parity/claims/refuted_of_machines.py policy_invariance",
        scopes=_SCOPES,
        witness="A -> B {a}: six policies",
        look=policy_invariance,
        is_refuted=True,
    ),
    Claim(
        "C-SCHEDULE-INDEPENDENT",
        18,
        "Refuted: how a program ends does not depend on the schedule",
        "All schedules of a program come to the same outcome. (Of programs over shared guard layers"
        " they do not; compiled protocols are done under all, see `machine-progress`. The three"
        " programs are those of decision S27, not the shortest.)",
        "parity/claims/refuted_of_machines.py schedule_independence",
        scopes=_LAYERS,
        witness="one after the other all three are done",
        look=schedule_independence,
        is_refuted=True,
    ),
    Claim(
        "C-PRIORITY-FAIR",
        12,
        "Refuted: fixed priorities are fair",
        "Under the policy `priority` a coroutine that is ready is picked within some bound.",
        "parity/claims/refuted_of_machines.py starved",
        scopes=_TWO,
        witness="two coroutines, one of priority 1",
        look=by_priority,
        is_refuted=True,
    ),
    Claim(
        "C-TOKENS-FAIR",
        12,
        "Refuted: weighing tokens is fair",
        "Under the policy `token-weighted` a coroutine that is ready is picked within some bound.",
        "parity/claims/refuted_of_machines.py starved",
        scopes=_TWO,
        witness="two coroutines, one of which is sent a message and does not take it",
        look=by_tokens,
        is_refuted=True,
    ),
)

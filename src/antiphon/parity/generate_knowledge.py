"""Programs that note facts and ask about them, and policies that say whom they may be told."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import Check, Instruction, Move, Set, Spawn, Tag
from antiphon.machine.flow_policy import (
    All,
    AllowAll,
    AllowRoles,
    Any,
    DenyAll,
    DenyRoles,
    EndpointRoleMatchesTarget,
    FactContains,
    FlowPolicy,
    FlowPredicate,
    Predicate,
    PredicateExpr,
    TargetRolePrefix,
)
from antiphon.parity.draft import Draft
from antiphon.parity.source import Source
from antiphon.values.value import Endpoint, Nat, Str

FACTS: Final = ("a", "b", "", "ab", "\u00fcber")
TARGETS: Final = ("A", "B", "", "p", "AB", "q")
PREDICATES: Final[tuple[tuple[str, FlowPredicate], ...]] = (
    ("a", FactContains("a")),
    ("own", Any((EndpointRoleMatchesTarget(), TargetRolePrefix("B")))),
)
"""The predicates that a policy may name."""
_DEPTH: Final = 3
_MISSING: Final = 99


def note(source: Source, draft: Draft, at: int) -> None:
    """A few facts, some of them again, and a question about one of them."""
    for fact in (source.pick(FACTS), source.pick(FACTS))[: source.pick((1, 2))]:
        draft.insert(at, Set(2, Str(fact)), Tag(0, 2, 3))
    ask(source, draft, at + source.pick((0, 2)))


def ask(source: Source, draft: Draft, at: int) -> None:
    """A question about a fact and a target; perhaps the answer takes the fact's place."""
    fact, target = Str(source.pick(FACTS)), Str(source.pick(TARGETS))
    draft.insert(at, Set(2, fact), Set(3, target), Check(0, 2, 3, source.pick((4, 2, 3))))


def pass_on(source: Source, draft: Draft, at: int) -> None:
    """What is known at an endpoint is known to a child that goes on with it."""
    fact = Str(source.pick(FACTS))
    tail = draft.append(Set(1, fact), Set(2, Str("B")), Check(0, 1, 2, 3))
    draft.insert(at, Set(2, fact), Tag(0, 2, 3), Spawn(tail, (0,), 4))


def err(source: Source, draft: Draft, at: int) -> None:
    """What is no text, no endpoint, not owned, or has no register."""
    other = Endpoint(source.pick((0, 0, 1, 9)), source.pick(("A", "B", "p", "q")))
    wrong: tuple[tuple[Instruction, ...], ...] = (
        (Set(2, Nat(1)), Tag(0, 2, 3)),
        (Set(2, Nat(1)), Check(0, 2, 2, 3)),
        (Set(2, Str("a")), Move(3, 0), Check(0, 2, 3, 4)),
        (Tag(3, 3, 3),),
        (Check(4, 0, 0, 0),),
        (Set(3, other), Set(2, Str("a")), Tag(3, 2, 4)),
        (Set(3, other), Set(2, Str("a")), Check(3, 2, 2, 4)),
        (Tag(_MISSING, 0, 0),),
        (Tag(0, 0, _MISSING),),
        (Check(0, 0, _MISSING, 0),),
    )
    draft.insert(at, *source.pick(wrong))


TWISTS: Final = (note, note, ask, pass_on, err, err)


def flow(source: Source) -> FlowPolicy:
    """A policy; the simplest one lets everything go."""
    match source.below(7):
        case 1:
            return DenyAll()
        case 2:
            return AllowRoles(_some(source))
        case 3:
            return DenyRoles(_some(source))
        case 4:
            return Predicate(source.pick(PREDICATES)[0])
        case 5 | 6:
            return PredicateExpr(predicate(source, _DEPTH))
        case _:
            return AllowAll()


def _some(source: Source) -> tuple[str, ...]:
    return tuple(source.pick(TARGETS) for _ in range(source.below(4)))


def predicate(source: Source, depth: int) -> FlowPredicate:
    """A predicate that nests at most so deep."""
    match source.below(5 if depth else 3):
        case 1:
            return FactContains(source.pick(FACTS))
        case 2:
            return TargetRolePrefix(source.pick(TARGETS))
        case 3:
            return All(_parts(source, depth))
        case 4:
            return Any(_parts(source, depth))
        case _:
            return EndpointRoleMatchesTarget()


def _parts(source: Source, depth: int) -> tuple[FlowPredicate, ...]:
    return tuple(predicate(source, depth - 1) for _ in range(source.below(4)))

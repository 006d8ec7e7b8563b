"""Claim 8: roles that keep to their projections do what the global type allows, and all of it.

The one side are the local types (``explore``), the other the interpreter of global types, which
knows neither projection nor local types.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from antiphon.parity.claims.claim import PROFILES, Claim, Finding, Profile
from antiphon.parity.claims.explore import Configuration, Step, show, start, steps
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import projections
from antiphon.theory.global_type import GlobalType
from antiphon.theory.notation import one_line

_FULL: Final = (
    Scope(3, 2, 2),
    Scope(2, 2, 2),
    Scope(3, 1, 3),
    Scope(3, 1, 2, is_recursive=True, bound=2),
)
SCOPES: Final = (
    (Scope(2, 2, 2), Scope(3, 1, 2), Scope(2, 1, 2, is_recursive=True, bound=2)),
    _FULL,
    (*_FULL, Scope(3, 1, 4), Scope(3, 1, 3, is_recursive=True, bound=2)),
)


def conversations(profile: Profile, ground: Ground) -> Finding:
    """Both sides, over every run of every projectable type of the scopes of a profile."""
    types = projectable = states = 0
    wrong = ""
    scopes = SCOPES[PROFILES.index(profile)]
    for scope in scopes:
        for root in scope.types():
            types += 1
            seen = _pairs(root, scope.bound, ground)
            if seen is None:
                continue
            projectable += 1
            for words in seen:
                states += 1
                wrong = wrong or (words and f"{one_line(root)}: {words}")
            if wrong:
                return Finding(types, projectable, states, wrong)
    return Finding(types, projectable, states, wrong, sum(one.cardinality for one in scopes))


def _pairs(root: GlobalType, bound: int | None, ground: Ground) -> Iterator[str] | None:
    local = projections(root, ground)
    if local is None:
        return None
    return _compare(start(local), bound, ground, root)


def _compare(
    first: Configuration, bound: int | None, ground: Ground, root: GlobalType
) -> Iterator[str]:
    """What is wrong with each pair of a configuration and a run of the same actions."""
    interpreter = ground.module("theory.interpreter")
    action = partial(_action, ground)
    run = interpreter.start(root)
    waiting: list[tuple[Configuration, Any]] = [(first, run)]
    seen = {(first, _key(run))}
    for here, run in waiting:
        leads = [(action(step), there) for step, there in steps(here, bound)]
        allowed = {one for one in interpreter.enabled(run) if not _is_full(here, one, bound)}
        yield _difference({one for one, _ in leads}, allowed, here, run, interpreter)
        for one, there in leads:
            after = interpreter.step(run, one)
            if isinstance(after, interpreter.Rejection):
                yield f"no run of the global type has: {one}; {show(here)}"
            elif (there, _key(after)) not in seen:
                seen.add((there, _key(after)))
                waiting.append((there, after))


def _difference(
    done: set[Any], allowed: set[Any], here: Configuration, run: Any, interpreter: Any
) -> str:
    if done != allowed:
        one = min(map(str, done ^ allowed))
        side = "local types" if one in map(str, done) else "global type"
        return f"only by the {side}: {one}; {show(here)}"
    if here.is_over != interpreter.is_complete(run):
        return f"only one of the two is over; {show(here)}"
    return ""


def _action(ground: Ground, step: Step) -> Any:
    path = ground.module("theory.path")
    return (path.Sent if step.is_send else path.Received)(*step.edge, step.label)


def _is_full(here: Configuration, action: Any, bound: int | None) -> bool:
    if bound is None or action.role != action.sender:
        return False
    queues = dict(here.queues)
    return len(queues.get((action.sender, action.receiver), ())) >= bound


def _key(run: Any) -> tuple[object, ...]:
    """A run without its guess of a path."""

    def words(table: Any) -> tuple[object, ...]:
        return tuple((name, tuple(backlog)) for name, backlog in sorted(table.items()))

    return run.head, words(run.owed), words(run.early), words(run.transit)


CLAIMS: Final = (
    Claim(
        "traces",
        8,
        "Local types do what the global type says",
        "In every run of the projections, the next actions are those that the interpreter of global"
        " types allows after the same actions, no more and no fewer; and both are over together.",
        "parity/claims/of_conversations.py _difference",
        ("the global type is projectable, by full merge",),
        scopes=tuple("; ".join(map(str, scopes)) for scopes in SCOPES),
        witness="A -> B {a. B -> C {a}, b. B -> C {b}}: C's action depends on A's choice",
        look=conversations,
    ),
)

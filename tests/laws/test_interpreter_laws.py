"""Two independent readings of one type have the same traces.

What the local types may do under asynchronous FIFO semantics, step by step, is exactly what the
interpreter of the global type allows, which uses neither projection nor local types.
"""

import os
from collections import Counter
from random import Random
from typing import TypeAlias

import pytest

from antiphon.theory.conflict import Unmergeable
from antiphon.theory.global_type import GlobalType
from antiphon.theory.interpreter import (
    Rejection,
    Run,
    check_trace,
    enabled,
    is_complete,
    start,
    step,
)
from antiphon.theory.local_type import LocalEnd, LocalType
from antiphon.theory.path import Action, Received, Sent
from antiphon.theory.projection import project_all
from tests.unit.theory.small_scope import (
    Move,
    Scope,
    World,
    global_types,
    moves,
    random_global,
    report,
    world,
)

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
UNBOUNDED = 1_000

_Facts: TypeAlias = tuple[object, ...]


def local_types(root: GlobalType) -> dict[str, LocalType] | None:
    """The projections, if there are any."""
    try:
        return {role: one.local_type for role, one in project_all(root).items()}
    except Unmergeable:
        return None


def action(move: Move) -> Action:
    """A step of the local types as an action of the interpreter."""
    return (Sent if move.sends else Received)(move.sender, move.receiver, move.label)


def facts(run: Run) -> _Facts:
    """What a run has established, without its guess."""
    tables = (run.early, run.owed)
    return run.head, *(tuple(sorted((r, tuple(b)) for r, b in t.items())) for t in tables)


def compared(root: GlobalType, projections: dict[str, LocalType], length: int) -> int:
    """Compares all traces up to a length; how many pairs of states were compared."""
    layer: dict[tuple[World, _Facts], tuple[World, Run]] = {}
    first = world(projections), start(root)
    layer[first[0], facts(first[1])] = first
    count = 0
    for _ in range(length + 1):
        following: dict[tuple[World, _Facts], tuple[World, Run]] = {}
        for here, run in layer.values():
            count += 1
            local = {action(move): there for move, there in moves(here, UNBOUNDED)}
            assert set(local) == enabled(run), (root, here)
            over = all(isinstance(one, LocalEnd) for _, one in here.locals) and not here.queues
            assert over == is_complete(run), (root, here)
            for one, there in local.items():
                after = step(run, one)
                assert isinstance(after, Run)
                following[there, facts(after)] = there, after
        layer = following
    return count


@pytest.mark.parametrize(
    ("scope", "length", "every"),
    [
        (Scope(2, 2, 2), 6, 1),
        (Scope(2, 2, 3), 6, 50),
        (Scope(3, 1, 3), 6, 1),
        (Scope(3, 2, 2), 6, 1),
        (Scope(3, 2, 2, loops=True), 6, 47),
        (Scope(3, 1, 3, loops=True), 6, 3),
        (Scope(4, 1, 3), 6, 2),
        (Scope(4, 2, 2), 6, 5),
    ],
)
def test_the_same_traces(
    request: pytest.FixtureRequest, scope: Scope, length: int, every: int
) -> None:
    """For every projectable type the traces up to a length are the same."""
    found: Counter[str] = Counter()
    for root in global_types(scope)[:: 1 if DEEP else every]:
        projections = local_types(root)
        if projections is not None:
            found["types"] += 1
            found["states"] += compared(root, projections, length + 2 * DEEP)
    report(request, found)
    assert found["types"] > 20
    assert found["states"] > 5 * found["types"]


def test_the_same_traces_of_random_types(request: pytest.FixtureRequest) -> None:
    """The same for larger types, with nested and shadowed recursions."""
    found: Counter[str] = Counter()
    for seed in range(5_000 if DEEP else 250):
        rng = Random(seed)
        root = random_global(rng, rng.randint(2, 4), 2, rng.randint(2, 4))
        projections = local_types(root)
        if projections is not None:
            found["types"] += 1
            found["states"] += compared(root, projections, 5)
    report(request, found)
    assert found["types"] > 50
    assert found["states"] > 1_000


def test_long_random_runs_are_accepted_and_damaged_ones_are_not(
    request: pytest.FixtureRequest,
) -> None:
    """Long runs of local types are runs; with one action changed they are exactly those that the
    local types could do as well.
    """
    found: Counter[str] = Counter()
    for seed in range(3_000 if DEEP else 250):
        rng = Random(seed)
        root = random_global(rng, rng.randint(2, 4), 2, rng.randint(2, 5))
        projections = local_types(root)
        if projections is None:
            continue
        here = world(projections)
        trace: list[Action] = []
        for _ in range(60):
            ways = list(moves(here, 3))
            if not ways:
                break
            move, here = rng.choice(ways)
            trace.append(action(move))
        assert check_trace(root, trace) is None
        found["events"] += len(trace)
        if len(trace) < 2:
            continue
        place = rng.randrange(len(trace) - 1)
        damaged = [*trace[:place], trace[place + 1], trace[place], *trace[place + 2 :]]
        verdict = check_trace(root, damaged)
        stop = first_impossible(projections, damaged)
        assert (verdict.index if verdict else None) == stop, (root, damaged)
        found["damaged" if isinstance(verdict, Rejection) else "commuting"] += 1
    report(request, found)
    assert found["events"] > 1_000
    assert found["damaged"] > 20
    assert found["commuting"] > 10


def first_impossible(projections: dict[str, LocalType], trace: list[Action]) -> int | None:
    """Where the local types stop being able to do a trace."""
    here = world(projections)
    for index, wanted in enumerate(trace):
        ways = {action(move): there for move, there in moves(here, UNBOUNDED)}
        if wanted not in ways:
            return index
        here = ways[wanted]
    return None

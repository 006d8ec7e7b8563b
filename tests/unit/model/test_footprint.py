"""A step runs on its footprint alone, or what it touches beyond is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from antiphon.machine.ask import Ask, Position
from antiphon.machine.choice import Pick
from antiphon.machine.footprint import ALONE, Cell, Footprint
from antiphon.model.footprint import Once, beyond, changes
from antiphon.model.step import Step, step
from antiphon.parity.claims.postures import answer, scenes
from antiphon.values.value import Nat
from antiphon.waves.footprint import footprint
from tests.unit.waves.stage import played, scene, sight_of, state_of


def test_footprints_cover() -> None:
    """In scenes of every instruction nothing is touched beyond what the planner declares."""
    for one in islice(scenes(), 0, None, 41):
        state, sight = played(one)
        for number in set(one.pair) & {*state.ready}:
            assert beyond(state, number, answer, footprint(sight, number)) == "", one.name


def without(found: Footprint, cell: Cell) -> Footprint:
    """A footprint that does not name a cell."""
    return replace(
        found,
        reads=tuple(one for one in found.reads if one != cell),
        writes=tuple(one for one in found.writes if one != cell),
    )


@pytest.mark.parametrize(
    ("name", "cell", "words"),
    [
        ("send | set, a third, who waits", ("edge", 0, "A", "C"), "writes"),
        ("send | set, a third, idle", ("owner", 0, "C"), "reads"),
        ("send | set, a third, idle", ("session", 0), ""),
        ("set | send, a third, idle", ("coroutine", 0), "writes"),
        ("receive | set, a third, who has spoken", ("end", 0, "A"), "writes"),
        ("receive | set, a third, idle", ("edge", 0, "C", "A"), "reads"),
        ("acquire l | set, a third, idle", ("layer", "l"), "writes"),
        ("acquire l | set, a third, idle", ("ids", "nonce"), "writes"),
        ("release l | set, a third, idle", ("layer", "l"), "writes"),
        ("open | set, a third, idle", ("ids", "session"), "writes"),
        ("spawn | set, a third, idle", ("members", 0), "writes"),
        ("transfer to C | set, a third, idle", ("coroutine", 2), "writes"),
        ("halt | set, a third, idle", ("owner", 0, "A"), "writes"),
    ],
)
def test_what_is_beyond(name: str, cell: Cell, words: str) -> None:
    """Each cell that is left out of a footprint is missed, if nothing else of its kind is named."""
    found, state, sight = scene(name)
    declared = without(footprint(sight, found.pair[0]), cell)
    assert words in beyond(state, found.pair[0], answer, declared)


def test_who_is_not_judged() -> None:
    """Whoever stands alone, is not ready, or faults."""
    found, state, _ = scene("close | set, a third, idle")
    assert beyond(state, found.pair[0], answer, ALONE) == ""
    assert beyond(state, 9, answer, Footprint()) == ""
    assert beyond(step(state, Pick(0), answer).state, 1, answer, Footprint()) != ""
    found, state, _ = scene("send | set, each other")
    assert beyond(replace(state, sessions=state.sessions.drop(0)), 0, answer, Footprint()) == ""


def test_hidden_differences(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out otherwise on the part is told, whatever it is."""
    found, state, sight = scene("send | set, a third, idle")
    declared = footprint(sight, found.pair[0])
    whole = step(state, Pick(0), answer)
    others = {
        "ends otherwise": replace(whole, events=()),
        "wakes others": replace(whole, state=replace(whole.state, ready=())),
        "leaves": replace(whole, state=replace(whole.state, coroutines=state.coroutines)),
    }
    for words, other in others.items():
        results = iter((whole, other))

        def given(*_: object, results: Iterator[Step] = results) -> Step:
            return next(results)

        monkeypatch.setattr("antiphon.model.footprint.step", given)
        assert words in beyond(state, 0, answer, declared)


def test_changes() -> None:
    """A step that ends a session changes it, and who was at home there."""
    found, state, _ = scene("halt | halt, a third, gone")
    first = step(state, Pick(0), answer).state
    assert changes(state, first) == {("coroutine", 0), ("owner", 0, "A")}
    second = step(first, Pick(1), answer).state
    declared = footprint(sight_of(first, state_of(*found.images)[1]), 1)
    assert beyond(first, 1, answer, declared) == ""
    assert changes(first, second) == {("session", 0), ("members", 0), ("coroutine", 1)}


def test_once() -> None:
    """The same question gets the same answer, though the host would say something else."""
    given = iter((Nat(1), Nat(2)))
    host = Once(lambda _: next(given))
    one, other = ask("a"), ask("b")
    assert [host(one), host(other), host(one)] == [Nat(1), Nat(2), Nat(1)]


def ask(action: str) -> Ask:
    """A question."""
    return Ask("invoke", Position(0, "A", 0, 0), "", (), None, action, (), ())

"""The laws of the policies: exactly one pick is allowed, the right one; and how fair they are."""

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import Halt, Send, Yield
from antiphon.machine.config import Config
from antiphon.machine.interface import POLICIES
from antiphon.model.schedule import LAWS, OVERTAKES_MAX, bound, is_fair, tokens
from antiphon.model.setting import setting
from antiphon.model.state import State
from antiphon.values.value import Endpoint, Nat
from tests.unit.model.bench import HEARS, ONE, Bench, part


@pytest.mark.parametrize(
    ("policy", "ready", "last", "allowed"),
    [
        ("cooperative", (2, 0, 1), None, 2),
        ("cooperative", (1,), 1, 1),
        ("round-robin", (2, 0, 1), None, 0),
        ("round-robin", (2, 0, 1), 0, 1),
        ("round-robin", (2, 0, 1), 1, 2),
        ("round-robin", (2, 0, 1), 2, 0),
        ("round-robin", (5, 3), 3, 5),
        ("round-robin", (3,), 3, 3),
    ],
)
def test_one_pick_is_allowed(
    policy: str, ready: tuple[int, ...], last: int | None, allowed: int
) -> None:
    """The law allows this pick and no other one."""
    state = State(setting(Config(1)), ready=ready, last_pick=last)
    assert [pick for pick in range(-1, 8) if LAWS[policy](state, pick)] == [allowed]


@pytest.mark.parametrize("policy", LAWS)
def test_no_pick_is_allowed(policy: str) -> None:
    """With nobody ready no pick is allowed."""
    assert not any(LAWS[policy](State(setting(Config(1))), pick) for pick in range(-1, 8))


SAYS = part(ONE, Send(0, -1), Yield(), Yield(), Yield(), Halt())


def allowed(policy: str, state: State) -> list[int]:
    """The picks that the law allows."""
    return [pick for pick in range(-1, 8) if LAWS[policy](state, pick)]


def told(*, priorities: tuple[tuple[str, int], ...] = ()) -> State:
    """A (0) has sent a message to B (1) and is at the head of the queue."""
    bench = Bench(SAYS, HEARS, answers=[Nat(1)], priorities=priorities)
    bench.steps(0)
    return replace(bench.model.state, ready=(0, 1))


def test_priority() -> None:
    """The largest priority, then the smallest id, whatever the turn."""
    assert allowed("priority", told()) == [0]
    assert allowed("priority", replace(told(), ready=(1, 0))) == [0]
    assert allowed("priority", told(priorities=(("B", 1),))) == [1]
    assert allowed("priority", told(priorities=(("A", -1),))) == [1]


def test_aging() -> None:
    """Ticks waited make up for priority; ties are settled by id."""
    assert allowed("aging", told()) == [1]
    assert allowed("aging", told(priorities=(("A", 1),))) == [0]
    assert allowed("aging", told(priorities=(("A", 2),))) == [0]


def test_token_weighted() -> None:
    """The most tokens, then the turn."""
    state = told()
    assert (tokens(state, 0), tokens(state, 1)) == (0, 1)
    assert allowed("token-weighted", state) == [1]
    assert allowed("token-weighted", replace(state, ready=(0,))) == [0]
    empty = Bench(SAYS, HEARS).model.state
    assert allowed("token-weighted", empty) == [0]
    assert allowed("token-weighted", replace(empty, ready=(1, 0))) == [1]


def test_progress_aware() -> None:
    """The first with a token; the head if nobody has one, or in its turn after some overtakes."""
    state = told()
    assert allowed("progress-aware", state) == [1]
    assert allowed("progress-aware", replace(state, overtakes=OVERTAKES_MAX - 1)) == [1]
    assert allowed("progress-aware", replace(state, overtakes=OVERTAKES_MAX)) == [0]
    empty = Bench(SAYS, HEARS).model.state
    assert allowed("progress-aware", replace(empty, ready=(1, 0))) == [1]


def test_tokens_of_one_who_owns_nothing() -> None:
    """Tokens are those of the endpoints that are owned, whoever is at home there."""
    bench = Bench(part(ONE), part(HEARS.type, *HEARS.code))
    state = bench.model.state
    session = state.sessions[0]
    side = replace(session.endpoints["B"], owner=0, tokens=3)
    sessions = state.sessions.put(0, session.with_endpoint("B", side))
    coroutines = state.coroutines.put(1, state.coroutines[1].losing(Endpoint(0, "B")))
    coroutines = coroutines.put(0, coroutines[0].gaining(Endpoint(0, "B")))
    given = replace(state, sessions=sessions, coroutines=coroutines)
    assert (tokens(given, 0), tokens(given, 1)) == (3, 0)


def test_overtakes() -> None:
    """A pick of the head ends the row, any other makes it longer; ineligible ones are no picks."""
    bench = Bench(part(ONE, Yield(), Yield(), Yield()), part(ONE, Yield(), Yield(), Yield()))
    found: list[int] = []
    for pick in (0, 0, 7, 0, 1, 0):
        bench.step(pick)
        found.append(bench.model.state.overtakes)
    assert found == [0, 1, 1, 2, 0, 0]


@pytest.mark.parametrize("policy", POLICIES)
def test_fair(policy: str) -> None:
    """With nobody ready nobody waits; else the one who has waited longest decides."""
    state = told()
    assert is_fair(State(setting(Config(1))), policy, 2)
    most = bound(state, policy, 2)
    if most is not None:
        assert is_fair(replace(state, clock=most), policy, 2)
        assert not is_fair(replace(state, clock=most + 2), policy, 2)
    assert is_fair(replace(state, clock=10**6), policy, 2) == (most is None)

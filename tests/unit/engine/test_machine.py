"""The engine as a machine: the treaty, both builds, and hosts that misbehave."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.bytecode.instruction import HOST, Halt, Invoke, Receive, Send, Yield
from antiphon.engine import machine as module
from antiphon.engine.machine import (
    CLOCK_LIMIT,
    COROUTINE_LIMIT,
    OUTCOMES,
    SESSION_LIMIT,
    Engine,
)
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Answer, Ask, Pending
from antiphon.machine.buffer import Buffer
from antiphon.machine.choice import Choice, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.digest import state_digest
from antiphon.machine.event import Opened, Selected, SessionFaulted
from antiphon.machine.interface import Runner
from antiphon.machine.outcome import Outcome, Report
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint, Nat, Prod, Str
from tests.unit.engine.conftest import builds
from tests.unit.engine.images import (
    Script,
    alone,
    answers_with,
    arbitrary,
    dawdles,
    decided,
    duo,
    handshake,
    internals,
    ping_pong,
    receives,
    ring,
    sends,
    whim,
)

ONE = answers_with(Nat(1))


def test_signs_the_treaty(build: str) -> None:
    """An engine is a machine that can run."""
    machine: Runner = Engine(Config(), ONE, build=build)
    assert machine.load(handshake()) == 0
    assert machine.run("cooperative") == Report(4, Outcome.DONE)


def test_the_verifier_guards_the_door(build: str) -> None:
    """A bad image is refused each time, and loads when nobody asks."""
    engine, image = Engine(Config(), ONE, build=build), alone(END, Send(0, 9))
    for _ in range(2):
        with pytest.raises(ProgramError):
            engine.load(image)
    assert engine.snapshot().next_session == 0
    assert engine.load(image, unverified=True) == 0


def test_load_many_is_many_loads(build: str) -> None:
    """Opening at once and one by one give the same state and trace."""
    one, many = (Engine(Config(), ONE, build=build) for _ in range(2))
    image = decided()
    assert many.load_many(image, 70) == range(70)
    assert [one.load(image) for _ in range(70)] == list(range(70))
    assert many.load_many(image, 0) == range(70, 70)
    assert one.snapshot() == many.snapshot()
    assert list(one.events()) == list(many.events())


def test_a_pick_of_one_that_is_not_ready_is_no_step(build: str) -> None:
    """Nothing changes for coroutines that wait, are done, or do not exist."""
    engine = Engine(Config(), ONE, build=build)
    engine.load(handshake())
    engine.step(Pick(1))
    before = engine.snapshot()
    assert before.coroutines[1].status == "blocked"
    choices: list[Choice] = [Pick(1), Pick(2), Pick(-1), Pick(2**70), Wake(0), Wake(1), Wake(-2)]
    for choice in choices:
        assert engine.step(choice) is None
        assert engine.snapshot() == before
    engine.step(Pick(0))
    engine.step(Pick(0))
    assert engine.step(Pick(0)) is None
    assert engine.enabled() == (1,)


def test_woken_coroutines_stand_behind_the_stepper(build: str) -> None:
    """Who is woken joins the ready queue after the one that stepped."""
    engine = Engine(Config(), ONE, build=build)
    engine.load_many(handshake(), 2)
    engine.step(Pick(1))
    assert engine.enabled() == (0, 2, 3)
    engine.step(Pick(0))
    assert engine.enabled() == (2, 3, 0, 1)


def test_a_wake_is_no_step(build: str) -> None:
    """The host's wake puts a waiting coroutine at the back; it asks again at the same position."""
    host = Script(Pending(), Nat(5))
    engine = Engine(Config(), host, build=build)
    engine.load(alone(END, Invoke("act", (), 1), Halt()))
    assert engine.run("cooperative") == Report(1, Outcome.QUIESCENT)
    engine.step(Wake(0))
    assert (engine.clock, engine.enabled()) == (1, (0,))
    assert engine.run("cooperative") == Report(2, Outcome.DONE)
    assert host.asks[0] == host.asks[1]


def test_a_fault_takes_its_session_along(build: str) -> None:
    """Those who wait in the session of a faulted coroutine wake and fault; other sessions go on."""
    engine = Engine(Config(), dawdles, build=build, request=unadmitted())
    waits = duo(sends("B", "m"), (Yield(), Halt()), receives("A", "m"), (Receive(0, 1), Halt()))
    engine.load(waits, unverified=True)
    engine.load(ping_pong())
    report = engine.run("round-robin", 1000)
    assert report.outcome is Outcome.EXHAUSTED
    snapshot = engine.snapshot()
    assert [view.status for view in snapshot.sessions] == ["faulted", "active"]
    assert [view.fault.code for view in snapshot.coroutines if view.fault] == [
        "type-violation",
        "channel-closed",
    ]
    assert sum(isinstance(event, SessionFaulted) for event in engine.events()) == 1
    assert snapshot.counters.sessions_faulted == 1
    assert snapshot.counters.coroutines_faulted == 2


class Boom(Exception):
    """What a host raises that should not."""


@pytest.mark.parametrize("policy", ["cooperative", "round-robin", "step"])
def test_a_raising_host_leaves_no_trace(build: str, policy: str) -> None:
    """If the host raises, the state is the one before the pick."""

    def raises(_: Ask) -> Answer:
        raise Boom

    engine = Engine(Config(), raises, build=build, request=unadmitted())
    engine.load(ping_pong())
    engine.load(alone(sends("B", "m"), Send(0, HOST)), unverified=True)
    engine.step(Pick(0))
    before, seen = engine.snapshot(), len(engine.events())
    move = partial(engine.step, Pick(2)) if policy == "step" else partial(engine.run, policy)
    with pytest.raises(Boom):
        move()
    if policy == "step":
        assert (engine.snapshot(), len(engine.events())) == (before, seen)
    assert 2 in engine.enabled()
    assert engine.snapshot().coroutines[2].cost == 0
    assert engine.run("cooperative", 0).steps == 0


def test_the_host_may_look_but_not_move(build: str) -> None:
    """While it is asked the host sees the state before the step, and cannot change it."""
    seen: list[object] = []

    def host(_: Ask) -> Answer:
        seen.append(engine.snapshot())
        for move in (
            lambda: engine.load(handshake()),
            lambda: engine.step(Pick(0)),
            lambda: engine.run("cooperative"),
        ):
            with pytest.raises(Refusal) as caught:
                move()
            assert caught.value.code == "machine-busy"
        return Nat(1)

    engine = Engine(Config(), host, build=build)
    engine.load(alone(sends("B", "m"), Send(0, HOST)), unverified=True)
    before = engine.snapshot()
    engine.step(Pick(0))
    assert seen == [before]


def test_big_numbers_travel(build: str) -> None:
    """Numbers around the limits of a word arrive as they were sent."""
    numbers = [Nat(2**bits + more) for bits in (60, 63, 64) for more in (-1, 0, 1)]
    engine = Engine(Config(), Script(*numbers), build=build)
    turns = len(numbers)
    first, second = END, END
    for _ in numbers:
        first, second = sends("B", "m", then=first), receives("A", "m", then=second)
    image = duo(
        first, (Send(0, HOST),) * turns + (Halt(),), second, (Receive(0, 1),) * turns + (Halt(),)
    )
    engine.load(image)
    assert engine.run("cooperative").outcome is Outcome.DONE
    received = [event for event in engine.events() if type(event).__name__ == "Received"]
    assert [getattr(event, "value", None) for event in received] == numbers


def test_policies(build: str) -> None:
    """``run`` is ``step`` with the policy's picks, whatever ran before."""
    for policy in ("cooperative", "round-robin"):
        fused, single = (
            Engine(Config(1), ONE, build=build, request=unadmitted()) for _ in range(2)
        )
        for engine in (fused, single):
            engine.load_many(ring(3, 2), 3)
            engine.load_many(handshake(), 40)
            engine.run("cooperative", 100)
        while True:
            ready, last = single.enabled(), single.snapshot().last_pick
            if not ready:
                break
            above = [ready_id for ready_id in ready if last is None or ready_id > last]
            fair = min(above) if above else min(ready)
            single.step(Pick(ready[0] if policy == "cooperative" else fair))
            fused.run(policy, 1)
            assert fused.snapshot() == single.snapshot()
        assert list(fused.events()) == list(single.events())
    with pytest.raises(Refusal):
        Engine(Config(), ONE, build=build, request=unadmitted()).run("lottery")


def test_values_out_of_use_are_dropped_without_a_trace(build: str) -> None:
    """Texts that nobody holds any more do not pile up where no trace needs them."""
    count = 0

    def host(_: Ask) -> Answer:
        nonlocal count
        count += 1
        return Prod(Str(f"text {count}"), Nat(count))

    engine = Engine(Config(), host, build=build, trace=False)
    image = alone(END, Invoke("act", (), 1), Invoke("act", (), 2), Halt())
    for _ in range(6000):
        engine.load(image)
        engine.run("cooperative")
    assert engine.sizes["objects"] < 5000
    assert len(engine.events()) == 0


def test_builds_agree_on_ping_pong() -> None:
    """10,000 steps of ping-pong leave every build in the same state with the same trace."""
    engines = [Engine(Config(2), ONE, build=build, request=unadmitted()) for build in builds()]
    for engine in engines:
        engine.load_many(ping_pong(), 5)
        engine.run("cooperative", 5000)
        engine.run("round-robin", 5000)
        assert engine.clock == 10_000
    pure, compiled = engines[0], engines[-1]
    assert pure.snapshot() == compiled.snapshot()
    assert state_digest(pure.snapshot()) == state_digest(compiled.snapshot())
    assert list(pure.events()) == list(compiled.events())


@given(st.integers(0, 2**64))
def test_both_builds_agree_on_nonsense(seed: int) -> None:
    """Images without any sense run without accident, the same in both builds at every step."""
    images = [arbitrary(Random(seed + place)) for place in range(2)]
    engines = [
        Engine(Config(1 + seed % 2), whim(Random(seed)), build=build, request=unadmitted())
        for build in builds()
    ]
    random = Random(seed)
    for engine in engines:
        for image in images:
            engine.load_many(image, 2, unverified=True)
    for _ in range(60):
        picked = random.choice(engines[0].enabled() or (0,))
        rows = [engine.step(Pick(picked)) for engine in engines]
        assert len(set(rows)) == 1
        snapshots = [engine.snapshot() for engine in engines]
        assert snapshots[0] == snapshots[-1]
        assert all(sound(engine) for engine in engines)
        if random.random() < 0.1:
            for engine in engines:
                engine.step(Wake(picked))
    reports = [engine.run("round-robin", 200) for engine in engines]
    assert reports[0] == reports[-1]
    traces = [list(engine.events()) for engine in engines]
    assert traces[0] == traces[-1]


def sound(engine: Engine) -> bool:
    """Tokens count the messages queued, and the ready queue holds the ready coroutines."""
    snapshot = engine.snapshot()
    ready = {view.id for view in snapshot.coroutines if view.status == "ready"}
    tokens = {
        (session.id, endpoint.role): endpoint.tokens
        for session in snapshot.sessions
        for endpoint in session.endpoints
    }
    for session in snapshot.sessions:
        for queue in session.queues:
            if (session.id, queue.receiver) in tokens:
                tokens[session.id, queue.receiver] -= len(queue.messages)
    return set(engine.enabled()) == ready and not any(tokens.values())


LIMITS = {
    "too-many-sessions": ("SESSION_LIMIT", 5, 6),
    "too-many-coroutines": ("COROUTINE_LIMIT", 10, 12),
}


@pytest.mark.parametrize("code", LIMITS)
def test_rejects_more_ids_than_fit(build: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions are opened up to a limit, none of those beyond it, and the machine goes on."""
    name, limit, opened = LIMITS[code]
    monkeypatch.setattr(module, name, limit)
    engine = Engine(Config(), ONE, build=build)
    engine.load_many(handshake(), 3)
    before = engine.snapshot()
    with pytest.raises(Refusal) as caught:
        engine.load_many(handshake(), opened - 3)
    assert caught.value.code == code
    assert engine.snapshot() == before
    engine.load_many(handshake(), 2)
    for count in (1, 2**64):
        with pytest.raises(Refusal):
            engine.load_many(handshake(), count)
    assert engine.run("cooperative") == Report(20, Outcome.DONE)


def test_the_largest_ids_fit() -> None:
    """The last session and the last coroutine that there can be are shown as they are."""
    engine = Engine(Config(), ONE, build="pure")
    numbers = internals(engine)
    numbers["next_session"], numbers["next_coroutine"] = SESSION_LIMIT - 2, COROUTINE_LIMIT - 4
    numbers["clock"] = CLOCK_LIMIT - 4
    engine.load(handshake())
    last = engine.load(decided())
    assert last == SESSION_LIMIT - 1
    assert engine.enabled()[-1] == COROUTINE_LIMIT - 1
    view = engine.snapshot().coroutines[-1]
    assert (view.id, view.registers[0]) == (COROUTINE_LIMIT - 1, Endpoint(last, "B"))
    columns = [number for chunk in numbers["chunks"] for number in chunk]
    for picked in engine.enabled():
        engine.step(Pick(picked))
    columns += [number for chunk in numbers["chunks"] for number in chunk]
    assert max(columns) < 2**63
    assert max(numbers["r_value"]) < 2**63
    assert engine.events()[1] == Opened(CLOCK_LIMIT - 4, last, ("A", "B"))
    selected = [event for event in engine.events() if isinstance(event, Selected)]
    assert selected == [
        Selected(CLOCK_LIMIT - 2, last, COROUTINE_LIMIT - 2, "A", "more"),
    ]
    with pytest.raises(Refusal) as caught:
        engine.load(handshake())
    assert caught.value.code == "too-many-sessions"


def test_rejects_more_steps_than_fit() -> None:
    """The last step that the clock can tell is taken, and none after it."""
    engine = Engine(Config(), ONE, build="pure", request=unadmitted())
    engine.load(ping_pong())
    internals(engine)["clock"] = CLOCK_LIMIT - 3
    assert engine.step(Pick(0)) is not None
    assert engine.run("cooperative").steps == 2
    before = engine.snapshot()
    assert before.clock == CLOCK_LIMIT
    for move in (partial(engine.step, Pick(1)), partial(engine.run, "round-robin")):
        with pytest.raises(Refusal) as caught:
            move()
        assert caught.value.code == "too-many-steps"
    assert engine.snapshot() == before
    assert max(map(max, internals(engine)["chunks"])) < 2**63


def test_every_row_has_an_outcome() -> None:
    """The kernel's outcomes of rows are commit, fault and the six waits."""
    assert set(OUTCOMES) == set(range(8))


def test_refuses_what_a_buffer_may_lose(build: str) -> None:
    """A queue that may lose needs messages of one kind, unless the image is not to be verified."""
    config = Config(buffers=(("A", "B", Buffer("latest")),))
    engine = Engine(config, ONE, build=build)
    with pytest.raises(ProgramError, match="lossy-buffer"):
        engine.load(decided())
    assert engine.load(decided(), unverified=True) == 0

"""The engine on several threads is the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from antiphon.bench.workloads import (
    branching,
    control,
    delegation,
    exchange,
    ping_pong,
    ring,
    unasked,
)
from antiphon.bytecode.program import Image
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.failure import Crash
from antiphon.machine.output_condition import AllowAll
from antiphon.machine.stretch import StretchCertificate
from antiphon.waves.threads import ThreadedEngine
from tests.unit.engine.conftest import builds
from tests.unit.waves.stage import TALK, says


def pair(
    config: Config | None = None,
    *,
    workers: int = 2,
    build: str | None = None,
    trace: bool = True,
    least: int = 3,
    usual: int = 200,
    amend: Callable[[StretchCertificate], StretchCertificate] | None = None,
    on_stretch: Callable[[StretchCertificate], None] | None = None,
) -> tuple[ThreadedEngine, Engine, Callable[[Image, int], None]]:
    """A machine on threads and one without, and how both are loaded."""
    config, request = config or Config(), unadmitted()
    threads = ThreadedEngine(
        config,
        says,
        workers=workers,
        build=build,
        trace=trace,
        request=request,
        amend=amend,
        on_stretch=on_stretch,
        least=least,
        usual=usual,
    )
    engine = Engine(config, says, build=build, trace=trace, request=request)

    def load(image: Image, count: int) -> None:
        for one in (threads, engine):
            one.load_many(image, count, unverified=True)

    return threads, engine, load


def run_both(threads: ThreadedEngine, engine: Engine, policy: str, steps: int | None) -> None:
    """Run both, and compare all that can be seen."""
    assert threads.run(policy, steps) == engine.run(policy, steps)
    assert threads.snapshot() == engine.snapshot()
    assert tuple(threads.events()) == tuple(engine.events())


@pytest.mark.parametrize("build", builds())
@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("trace", [True, False])
def test_same_run(build: str, workers: int, trace: bool) -> None:
    """Report, state and every event, with its tick and in its place."""
    for image in (unasked(ping_pong()), unasked(ring(3)), unasked(branching()), control()):
        threads, engine, load = pair(build=build, workers=workers, trace=trace)
        load(image, 7)
        for steps in (0, 1, 9, 400):
            run_both(threads, engine, "cooperative", steps)
        assert (threads.metrics.stretches > 1) is (workers > 1)
        assert threads.metrics.left == 0


@pytest.mark.parametrize("build", builds())
def test_long_stretches(build: str) -> None:
    """Events fill several chunks of the trace, from within one on."""
    threads, engine, load = pair(build=build, workers=3, usual=5_000, least=4_000)
    load(unasked(ping_pong()), 5)
    for steps in (700, 9_500):
        run_both(threads, engine, "cooperative", steps)
    assert threads.metrics.steps > 7_000


@pytest.mark.parametrize("image", [ping_pong("nat"), unasked(exchange()), TALK])
def test_what_is_not_for_lanes(image: Image) -> None:
    """A question to the host, a session that ends: the engine takes these steps."""
    threads, engine, load = pair()
    load(image, 6)
    run_both(threads, engine, "cooperative", 300)
    assert threads.metrics.left > 0


def test_other_sessions() -> None:
    """Sessions of several images, and such as come later."""
    threads, engine, load = pair(workers=4)
    for image in (unasked(ping_pong()), unasked(ring(3)), TALK, unasked(branching())):
        load(image, 3)
        run_both(threads, engine, "cooperative", 150)
    assert threads.metrics.stretches > 3


def test_what_is_handed_over() -> None:
    """While an endpoint of one session is with somebody of another, nothing is cut."""
    threads, engine, load = pair()
    load(unasked(ping_pong()), 4)
    run_both(threads, engine, "cooperative", 100)
    before = threads.metrics.stretches
    assert before > 0
    load(unasked(delegation()), 2)
    for steps in (1, 2, 3, 5, 400):
        run_both(threads, engine, "cooperative", steps)
        tables = threads.tables
        assert tables.is_apart() is all(
            side.owner in (None, one.id * 2 + place)
            for one in threads.snapshot().sessions
            for place, side in enumerate(one.endpoints)
        )


@pytest.mark.parametrize(
    "config",
    [
        Config(failures=(Crash(3, "A", 40),)),
        Config(outputs=AllowAll()),
        Config(capacity=1),
        Config(budget=50),
    ],
)
def test_configurations(config: Config) -> None:
    """Failures, conditions, small queues, budgets."""
    threads, engine, load = pair(config)
    load(unasked(ping_pong()), 6)
    run_both(threads, engine, "cooperative", 900)
    is_watched = config.failures or config.outputs != Config().outputs
    assert (threads.metrics.stretches == 0) is bool(is_watched)


def test_policies() -> None:
    """Only the cooperative order can be cut."""
    threads, engine, load = pair()
    load(unasked(ping_pong()), 6)
    for policy in ("round-robin", "progress-aware"):
        run_both(threads, engine, policy, 100)
    assert threads.metrics.stretches == 0
    with pytest.raises(Refusal) as caught:
        threads.run("nonsense")
    assert caught.value.code == "unknown-policy"


def test_invalid_certificate() -> None:
    """A certificate that does not hold costs nothing: the engine takes the steps."""

    def later(one: StretchCertificate) -> StretchCertificate:
        return replace(one, tick=one.tick + 1)

    threads, engine, load = pair(amend=later)
    load(unasked(ping_pong()), 6)
    run_both(threads, engine, "cooperative", 100)
    assert (threads.metrics.stretches, threads.metrics.steps) == (0, 0)
    assert threads.metrics.rejected > 0


def test_certificates_do_not_say_who_works() -> None:
    """They come in order, each for the state that is there; the cut follows from the count."""
    seen: list[StretchCertificate] = []
    threads, engine, load = pair(on_stretch=seen.append)
    load(unasked(ping_pong()), 6)
    run_both(threads, engine, "cooperative", 1_000)
    assert [one.stretch for one in seen] == list(range(threads.metrics.stretches))
    assert all(sum(each.length for each in one.segments) <= 12 for one in seen)
    assert all(len(one.segments) == 2 for one in seen)


def test_a_host_that_raises() -> None:
    """What the host raises is raised, and the state is that of the engine then."""

    def host(ask: Ask) -> Answer:
        raise KeyError(ask.position)

    made = [ThreadedEngine(Config(), host, least=2), Engine(Config(), host)]
    for one in made:
        one.load_many(ping_pong("nat"), 3)
        with pytest.raises(KeyError):
            one.run("cooperative", 50)
    assert made[0].snapshot() == made[1].snapshot()


def test_rejects() -> None:
    """There is at least one worker, and a stretch has a step."""
    with pytest.raises(ValueError, match="at least one"):
        ThreadedEngine(Config(), says, workers=0)
    with pytest.raises(ValueError, match="at least one"):
        ThreadedEngine(Config(), says, least=0)

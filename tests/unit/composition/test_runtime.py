"""Bundles on one machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from antiphon import load
from antiphon.composition.certificate import NotComposable, certify
from antiphon.composition.memory import MemoryBudget
from antiphon.composition.runtime import ComposedRuntime, apart
from antiphon.effects.host import DefaultHost, SeededHost
from antiphon.errors import Refusal
from antiphon.evidence.shipped import shipped_contracts
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeRequest
from antiphon.machine.outcome import Outcome
from antiphon.parity.composition_lane import alone, image_of
from tests.cli.command import ROOT
from tests.unit.composition.test_links import bundle

BUNDLES = (bundle("Order"), bundle("Bill"))
CERTIFICATE = certify(BUNDLES)
HANDOVER = load(ROOT / "examples" / "protocols" / "handover.scr").bundle()


def runtime(**more: Any) -> ComposedRuntime:
    """The two bundles composed."""
    hosts = more.pop("hosts", {"Order": SeededHost(7), "Bill": SeededHost(7)})
    return ComposedRuntime(Config(), MemoryBudget(), BUNDLES, CERTIFICATE, hosts, **more)


def test_together_as_alone() -> None:
    """Every session comes to what it comes to on a machine of its own."""
    both = runtime(sessions={"Order": 4, "Bill": 3}, trace=True, max_steps=500)
    assert both.open() == ((0, 1, 2, 3), (4, 5, 6))
    assert both.run("cooperative").outcome is Outcome.DONE
    found = [both.session_digest(number) for number in range(7)]
    assert found == [*alone_(4, "Order"), *alone_(3, "Bill")]
    assert both.open() == ((), ())


def alone_(count: int, name: str) -> list[str]:
    """The digests of the sessions of one sample alone."""
    return alone(import_module, name, count)


def test_in_any_order_and_by_hand() -> None:
    """Sessions may be opened one by one, and steps taken one by one."""
    both = runtime(sessions={"Bill": 2}, trace=True, max_steps=500)
    assert [both.load(image_of(name)) for name in ("Bill", "Order", "Bill")] == [0, 1, 2]
    while both.enabled():
        assert both.step(Pick(both.enabled()[0])) is not None
    assert both.step(Pick(99)) is None
    found = [both.session_digest(number) for number in range(3)]
    assert found == [alone_(2, "Bill")[0], *alone_(1, "Order"), alone_(2, "Bill")[1]]
    assert both.snapshot().next_session == 3
    assert both.config == Config()
    assert len({event.session for event in both.events()}) == 3


def test_nothing_is_open_before_everything_is_checked() -> None:
    """All reasons are told at once."""
    wrong: dict[str, Any] = {"Ordre": 1, "Bill": -1}
    with pytest.raises(NotComposable) as refused:
        runtime(sessions=wrong, hosts={"Order": DefaultHost()}, trace=True)
    assert [each.code for each in refused.value.diagnostics] == [
        "unknown-bundle",
        "bad-count",
        "host-per-bundle",
        "memory-unbounded",
    ]
    assert all(each.help for each in refused.value.diagnostics)


def test_a_bundle_that_opens_sessions() -> None:
    """Has no bound, and no host of its own; it runs if both are known."""
    certificate = certify((HANDOVER,))
    budget = MemoryBudget(allows_unbounded=True)
    with pytest.raises(NotComposable) as refused:
        ComposedRuntime(Config(), budget, (HANDOVER,), certificate, {"Handover": DefaultHost()})
    assert [each.code for each in refused.value.diagnostics] == ["host-per-bundle"]
    one = ComposedRuntime(Config(), budget, (HANDOVER,), certificate, DefaultHost())
    one.open()
    assert one.run("cooperative").outcome is Outcome.DONE


REFUSED: tuple[tuple[str, Callable[[], object]], ...] = (
    ("not-composed", lambda: runtime().load(image_of("Payment"))),
    ("unverified-bundle", lambda: runtime().load(image_of("Order"), unverified=True)),
    ("not-planned", lambda: runtime(sessions={"Order": 0}).load(image_of("Order"))),
    ("no-trace", lambda: runtime().session_digest(0)),
    ("unknown-session", lambda: runtime(trace=True, max_steps=1).session_digest(0)),
    ("not-admitted", lambda: runtime().run("aging")),
    ("step-limit", lambda: runtime(max_steps=0).step(Pick(0))),
)


@pytest.mark.parametrize(("code", "act"), REFUSED)
def test_refusals(code: str, act: Callable[[], object]) -> None:
    """Each request that is declined has its code."""
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code


def test_the_steps_that_are_planned() -> None:
    """Are taken, in however many calls, and no more."""
    both = runtime(max_steps=9)
    both.open()
    assert [both.run("cooperative", most).steps for most in (2, 3, None, None)] == [2, 3, 4, 0]
    assert both.run("cooperative").outcome is Outcome.EXHAUSTED


def test_a_policy_that_a_bundle_asks_for() -> None:
    """Is admitted with contracts, and then runs all bundles."""
    asking = (replace(bundle("Order"), request=RuntimeRequest("round-robin")), bundle("Bill"))
    both = ComposedRuntime(
        Config(),
        MemoryBudget(),
        asking,
        certify(asking),
        {"Order": SeededHost(7), "Bill": SeededHost(7)},
        contracts=shipped_contracts(),
        trace=True,
        max_steps=200,
    )
    both.open()
    assert both.run("round-robin").outcome is Outcome.DONE
    assert [both.session_digest(0)] == alone_(1, "Order")
    assert both.sizes["sessions"] == 64


def test_events_of_one_session() -> None:
    """Are numbered as if it were alone."""
    both = runtime(trace=True, max_steps=500)
    both.open()
    both.run("cooperative")
    assert apart(both.events(), 0, 0) == both.session_digest(0)
    assert apart(both.events(), 1, 2) == both.session_digest(1)

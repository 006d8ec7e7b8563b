"""Composed runs: step by step as the model, and each session as if it ran alone."""

from __future__ import annotations

import pytest

from antiphon.compiler.compile import compile_protocol
from antiphon.composition.bundle import ProtocolBundle
from antiphon.composition.certificate import certify
from antiphon.composition.memory import MemoryBudget
from antiphon.composition.runtime import ComposedRuntime, apart
from antiphon.effects.host import SeededHost
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.parity.ensemble import Ensemble
from antiphon.parity.generate_global import ROLES, global_type
from antiphon.parity.source import Source
from antiphon.parity.subject import MODEL, Subject
from antiphon.theory.projection import project_all

CASES = 24
STEPS = 120


def pair(number: int) -> tuple[ProtocolBundle, ProtocolBundle]:
    """Two generated protocols that share nothing, though their roles are called alike."""
    source = Source(key=f"composed/{number}")
    found: list[ProtocolBundle] = []
    for name in ("One", "Other"):
        root = global_type(source)
        types = {role: each.local_type for role, each in project_all(root).items()}
        image = compile_protocol(name, types)
        found.append(ProtocolBundle(name, image, root, tuple(r for r in ROLES if r in types)))
    return found[0], found[1]


def composed(bundles: tuple[ProtocolBundle, ...], host: Host | dict[str, Host]) -> ComposedRuntime:
    """A runtime for two sessions of each bundle."""
    return ComposedRuntime(
        Config(),
        MemoryBudget(),
        bundles,
        certify(bundles),
        host,
        sessions={bundle.name: 2 for bundle in bundles},
        trace=True,
        max_steps=10 * STEPS,
    )


@pytest.mark.parametrize("number", range(CASES))
def test_every_step_is_the_models(number: int) -> None:
    """Rows, whole states, events, questions and answers are equal after every step."""
    bundles = pair(number)
    subject = Subject("composed", lambda _, host: composed(bundles, host))
    ensemble = Ensemble((MODEL, subject), Config(), lambda: SeededHost(number))
    for bundle in (*bundles, *reversed(bundles)):
        ensemble.load(bundle.image, unverified=False)
    assert sum(1 for _ in ensemble.stretch("cooperative", STEPS)) > 0
    ensemble.settle("the end")


@pytest.mark.parametrize("number", range(CASES))
def test_every_session_is_as_alone(number: int) -> None:
    """What shares nothing comes to what it comes to on a machine of its own."""
    bundles = pair(number)
    both = composed(bundles, {bundle.name: SeededHost(number) for bundle in bundles})
    opened = both.open()
    both.run("cooperative", 4 * STEPS)
    is_over = not both.enabled()
    for bundle, sessions in zip(bundles, opened, strict=True):
        engine = Engine(Config(), SeededHost(number))
        engine.load_many(bundle.image, 2)
        engine.run("cooperative", 4 * STEPS)
        roles = len(bundle.image.roles)
        for place, session in enumerate(sessions):
            mine = [event for event in both.events() if event.session == session]
            theirs = [event for event in engine.events() if event.session == place]
            if is_over:
                assert both.session_digest(session) == apart(engine.events(), place, place * roles)
            kinds = [type(event) for event in mine]
            assert kinds == [type(event) for event in theirs][: len(mine)]
            assert is_over or mine


def test_most_of_them_end() -> None:
    """So that digests are compared, and not only beginnings."""
    ended = 0
    for number in range(CASES):
        bundles = pair(number)
        both = composed(bundles, SeededHost(number))
        both.open()
        both.run("cooperative", 4 * STEPS)
        ended += not both.enabled()
    assert ended > CASES // 2

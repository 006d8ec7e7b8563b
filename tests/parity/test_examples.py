"""The example protocols: model and engine, on both builds, come to the same in every respect.

One session and fifty of each are run by `make test`; a thousand as well by `make parity`, for the
model takes as long for them as for many other tests together.
"""

import os
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest

from antiphon.effects.host import SeededHost
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.interface import POLICIES
from antiphon.model.machine import Model
from antiphon.protocols import Conversation, conversation, load
from antiphon.scheduler.drive import drive
from tests.parity.machines import BUILDS

FILES = sorted((Path(__file__).parents[2] / "examples" / "protocols").glob("*.scr"))
IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
SESSIONS = (1, 50, 1000) if IS_DEEP else (1, 50)
STEPS_PER_SESSION = 60
CONFIG = Config(2)
SEED = 3


@cache
def on_model(path: Path, policy: str, sessions: int) -> Conversation:
    """What the model comes to."""
    image, model = load(path).image, Model(CONFIG, SeededHost(SEED), request=unadmitted())
    for _ in range(sessions):
        model.load(image)
    report = drive(model, policy, sessions * STEPS_PER_SESSION)
    return conversation(model, report, (image,), CONFIG, policy)


def on_engine(path: Path, policy: str, sessions: int, build: str) -> Conversation:
    """What a build of the engine comes to, in one call."""
    image = load(path).image
    engine = Engine(CONFIG, SeededHost(SEED), build=build, request=unadmitted())
    engine.load_many(image, sessions)
    report = engine.run(policy, sessions * STEPS_PER_SESSION)
    return conversation(engine, report, (image,), CONFIG, policy)


def test_there_are_examples() -> None:
    """Without a protocol nothing would be shown."""
    assert len(FILES) >= 10


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("sessions", SESSIONS)
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_come_to_the_same(path: Path, policy: str, sessions: int, build: str) -> None:
    """Outcome, steps, who waits for whom, events, state, and the four digests are equal."""
    expected, found = on_model(path, policy, sessions), on_engine(path, policy, sessions, build)
    assert (found.outcome, found.steps) == (expected.outcome, expected.steps)
    assert found.steps > 0
    assert found.waiting == expected.waiting
    for mine, theirs in zip_longest(found.events, expected.events):
        assert mine == theirs
    assert found.snapshot == expected.snapshot
    assert found.state_digest == expected.state_digest
    assert found.trace_digest == expected.trace_digest
    assert found.normal_digest == expected.normal_digest
    assert found.digest == expected.digest

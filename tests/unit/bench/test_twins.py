"""What a user would write instead says the same as the machines."""

from __future__ import annotations

import pytest

from antiphon.bench.measure import advance
from antiphon.bench.twins import SPEECH, Trace, play
from antiphon.bench.workloads import branching, ping_pong, ring, unasked
from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.event import Received, Sent

IMAGES = {"ping-pong": ping_pong(), "ring": ring(4), "branching": branching()}


@pytest.mark.parametrize("name", SPEECH)
def test_same_conversation(name: str) -> None:
    """The same messages as on a machine, role by role in the same order."""
    image = unasked(IMAGES[name])
    roles, trace = len(image.programs), Trace()
    assert play(name, 2, roles, 5, trace, None) == 2 * roles * 5
    engine = Engine(Config(), DefaultHost())
    engine.load_many(image, 2)
    advance(engine, 1000)
    for number, role in enumerate(image.roles):
        said = [
            (what, label) for _, session, who, what, label in trace if (session, who) == (1, number)
        ]
        events = [
            (type(event).__name__.lower(), event.label)
            for event in engine.events()
            if isinstance(event, Sent | Received)
            and event.session == 1
            and role == (event.sender if isinstance(event, Sent) else event.receiver)
        ]
        assert len(said) == 10
        assert said == events[:10]


def test_each_message_is_made() -> None:
    """The user's function makes each message out of the one before, and sees every one of them."""
    seen: list[int | None] = []

    def make(number: int | None) -> int:
        seen.append(number)
        return 0 if number is None else number + 1

    assert play("ping-pong", 1, 2, 3, None, make) == 6
    assert seen == [None, 0, 1, 2, 3, 4]

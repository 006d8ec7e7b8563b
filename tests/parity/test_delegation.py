"""Delegation from the text to the end: compiled, and run on both machines under every policy."""

from __future__ import annotations

import pytest

from antiphon.bytecode.verify import verify
from antiphon.effects.host import SeededHost
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Ended, Event, Opened, Received, Sent
from antiphon.machine.interface import POLICIES
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.protocols import Conversation, Protocol, conversation, protocol
from antiphon.scheduler.drive import drive
from antiphon.theory import path
from antiphon.theory.interpreter import check_trace
from tests.parity.machines import BUILDS

PING = "aux global protocol Ping(role P, role Q) { ping(nat) from P to Q; pong(bool) from Q to P; }"
TEXTS = {
    "handed over": "take(Ping@Q) from A to B;",
    "passed on twice": "a(Ping@Q) from A to B; b(Ping@Q) from B to C; c(Ping@Q) from C to A;",
    "passed on after another": (
        "a(Ping@Q) from A to B; b(Ping@Q) from A to B; c(Ping@Q) from B to C;"
    ),
    "both ends": "a(Ping@P) from A to B; b(Ping@Q) from A to B;",
    "passed on or not": """
        a(Ping@Q) from A to B;
        choice at B { b(Ping@Q) from B to C; } or { no() from B to C; }""",
    "passed on by and by": """
        rec X {
            choice at A { a(Ping@Q) from A to B; n() from B to A; continue X; }
            or { b() from A to B; c(Ping@Q) from B to A; continue X; }
            or { stop() from A to B; d(Ping@Q) from B to C; }
        }""",
    "one in another": "a(Outer@S) from A to B; b(Outer@R) from B to C;",
    "itself, until it stops": """
        choice at A { a(Main@A) from A to B; c() from B to C; }
        or { stop() from A to B; d() from B to C; }""",
}
REST = f"""
{PING}
aux global protocol Outer(role R, role S, role T) {{
    x(Ping@P) from R to S; y(Ping@P) from S to T; z(Ping@Q) from T to R;
}}"""
CASES = {
    name: f"global protocol Main(role A, role B, role C) {{ {body} }}{REST}"
    for name, body in TEXTS.items()
}
STEPS = 3000
NAMES = {"Main": "A", "Ping": "P", "Outer": "R"}
"""The protocols, each with its first role."""


def on_model(found: Protocol, seed: int, policy: str) -> Conversation:
    """What the model comes to."""
    machine = Model(Config(1), SeededHost(seed), request=unadmitted())
    machine.load(found.image)
    report = drive(machine, policy, STEPS)
    return conversation(machine, report, (found.image,), Config(1), policy)


def on_engine(found: Protocol, seed: int, policy: str, build: str) -> Conversation:
    """What a build of the engine comes to."""
    machine = Engine(Config(1), SeededHost(seed), build=build, request=unadmitted())
    machine.load(found.image)
    report = machine.run(policy, STEPS)
    return conversation(machine, report, (found.image,), Config(1), policy)


def actions(events: list[Event], session: int) -> list[path.Action]:
    """The messages of a session, as they were sent and received."""
    found: list[path.Action] = []
    for event in events:
        if isinstance(event, Sent | Received) and event.session == session:
            kind = path.Sent if isinstance(event, Sent) else path.Received
            found.append(kind(event.sender, event.receiver, event.label))
    return found


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("case", CASES)
def test_ends_alike_everywhere(case: str, policy: str) -> None:
    """Every session that was opened ends, under every policy, and the machines agree."""
    found = protocol(CASES[case], "Main")
    verify(found.image)
    for seed in range(3):
        expected = on_model(found, seed, policy)
        opened = [one for one in expected.events if isinstance(one, Opened)]
        if expected.outcome is not Outcome.EXHAUSTED:
            assert expected.outcome is Outcome.DONE
            assert len(opened) == sum(isinstance(one, Ended) for one in expected.events)
            assert not expected.snapshot.sessions
            assert not expected.snapshot.coroutines
        for build in BUILDS:
            same = on_engine(found, seed, policy, build)
            assert same.outcome is expected.outcome
            assert same.digest == expected.digest
            assert same.normal_digest == expected.normal_digest


@pytest.mark.parametrize("case", CASES)
def test_every_session_keeps_to_its_protocol(case: str) -> None:
    """The interpreter of global types reads the sessions that were opened too."""
    found = {role: protocol(CASES[case], name) for name, role in NAMES.items()}
    count = 0
    for seed in range(4):
        events = list(on_model(protocol(CASES[case], "Main"), seed, "cooperative").events)
        for opened in events:
            if isinstance(opened, Opened):
                keeps_to = found[opened.roles[0]].global_type
                assert check_trace(keeps_to, actions(events, opened.session)) is None
                count += opened.coroutine is not None
    assert count

"""Protocols as users hold them."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import antiphon
from antiphon.effects.host import DefaultHost, ScriptedHost, SeededHost
from antiphon.engine.machine import Engine
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Faulted, Received, Selected, Sent
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.protocols import Protocol, conversation, host_for, load, protocol
from antiphon.scheduler.drive import drive
from antiphon.theory.global_type import END, comm, message, rec, var
from antiphon.theory.local_type import END as LOCAL_END
from antiphon.theory.local_type import input_, output
from antiphon.values.sort import NAT, UNIT, delegation
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Endpoint, Nat, Value
from tests.cli.command import EXAMPLES

ASKING = """\
global protocol Asking(role A, role B, role Idle) {
    rec More {
        choice at A {
            question(nat) from A to B;
            reply(nat) from B to A;
            continue More;
        } or {
            enough() from A to B;
        }
    }
}
"""
BAD = """\
global protocol Bad(role A, role B, role C) {
    choice at A {
        left() from A to B;
        x() from B to C;
    } or {
        right() from A to B;
    }
}
"""


def test_protocol_knows_its_parts() -> None:
    """A protocol has its name, its roles in the order of the header, and a type for each."""
    asking = protocol(ASKING)
    assert (asking.name, asking.roles) == ("Asking", ("A", "B", "Idle"))
    assert asking.project("Idle") is LOCAL_END
    assert asking.image.roles == asking.roles
    assert asking.image is asking.image
    assert asking.source is not None
    assert asking.source.text == ASKING


def test_rejects_an_unknown_role() -> None:
    """A role that is not there is refused by name."""
    with pytest.raises(Refusal, match="no role Z") as refused:
        protocol(ASKING).project("Z")
    assert refused.value.code == "unknown-role"


def test_load(tmp_path: Path) -> None:
    """A file with several protocols needs the name of one."""
    path = tmp_path / "two.scr"
    path.write_text(ASKING + ASKING.replace("Asking", "Other"))
    assert load(path, "Other").name == "Other"
    assert load(str(path), protocol="Asking").name == "Asking"
    with pytest.raises(Refusal) as refused:
        load(path)
    assert refused.value.code == "several-protocols"


def test_rejects_an_unprojectable_protocol_at_its_place() -> None:
    """A role that cannot play its part is reported where the decision is made."""
    with pytest.raises(ProgramError) as rejected:
        protocol(BAD)
    (found,) = rejected.value.diagnostics
    assert (found.code, found.span and found.span.line) == ("unmergeable", 2)
    with pytest.raises(ProgramError):
        Protocol.from_global_type(
            "Bad", comm("A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, END)])
        )


def test_from_global_type() -> None:
    """A type is a protocol too; it has no text and so no places."""
    more = message("A", "B", "item", var("X"), NAT)
    built = Protocol.from_global_type(
        "S", rec("X", comm("A", "B", [("on", UNIT, more), ("off", UNIT, END)]))
    )
    assert built.roles == ("A", "B")
    assert built.source is None
    assert not built.spans
    assert built.where("A", ()) == ()
    run = built.run(choices=["on", "off"])
    assert [one.label for one in run.messages] == ["on", "item", "off"]
    one = Protocol.from_global_type("One", message("A", "B", "m"), ("B", "A"))
    assert one.roles == ("B", "A")
    assert one.project("A") is output("B", [("m", UNIT, LOCAL_END)])
    assert one.project("B") is input_("A", [("m", UNIT, LOCAL_END)])


HANDING = """\
global protocol Outer(role A, role B) {
    take(Inner@X) from A to B;
}
aux global protocol Inner(role X, role Y) {
    again(Outer@B) from X to Y;
    stop(nat) from Y to X;
}
aux global protocol Unused(role A, role B, role C) {
    choice at A { l() from A to B; x() from B to C; } or { r() from A to B; }
}
"""


def test_delegated_protocols_come_with_it() -> None:
    """Those that it hands over, and that they do; a protocol beside them may be unsound."""
    outer = protocol(HANDING, "Outer")
    inner = protocol(HANDING, "Inner")
    assert dict(outer.delegated) == {"Inner": inner.local_types, "Outer": outer.local_types}
    assert dict(inner.delegated) == dict(outer.delegated)
    assert [part[:2] for part in outer.image.delegated] == [("Inner", "X"), ("Outer", "B")]
    with pytest.raises(ProgramError, match="unmergeable"):
        protocol(HANDING.replace("take(Inner@X)", "take(Unused@C)"), "Outer")


def test_delegated_types_are_given() -> None:
    """A protocol built from types is told of those that it hands over."""
    hello = Protocol.from_global_type("Hello", message("X", "Y", "hello", sort=NAT))
    give = message("A", "B", "give", sort=delegation("Hello", "Y"))
    run = Protocol.from_global_type("Give", give, delegated=[hello]).run()
    assert (run.outcome, run.sessions, len(run.messages)) == (Outcome.DONE, 2, 2)
    twice = message("C", "D", "twice", sort=delegation("Give", "A"))
    outer = Protocol.from_global_type("Give", give, delegated=[hello])
    assert set(Protocol.from_global_type("Twice", twice, delegated=[outer]).delegated) == {
        "Give",
        "Hello",
    }
    for others in ((), (Protocol.from_global_type("Hello", message("A", "B", "m")),)):
        with pytest.raises(Refusal) as refused:
            Protocol.from_global_type("Give", give, delegated=others)
        assert refused.value.code == "unknown-protocol"


def test_rejects_a_list_without_a_role() -> None:
    """A list of roles that leaves one out is refused."""
    with pytest.raises(Refusal) as refused:
        Protocol.from_global_type("One", message("A", "B", "m"), ("A",))
    assert refused.value.code == "unknown-role"


def test_rejects_a_list_with_a_role_twice() -> None:
    """An endpoint is found by its role."""
    with pytest.raises(Refusal) as refused:
        Protocol.from_global_type("P", message("A", "B", "l"), ["A", "B", "A"])
    assert refused.value.code == "duplicate-role"


@pytest.mark.parametrize(
    "wrong",
    [
        {"sessions": -1},
        {"sessions": 1.5},
        {"max_steps": -1},
        {"max_steps": 2.5},
    ],
    ids=lambda wrong: f"{next(iter(wrong))}",
)
def test_rejects_what_is_no_count(wrong: dict[str, Any]) -> None:
    """Nothing is run for a number that means nothing."""
    with pytest.raises(Refusal) as refused:
        protocol(ASKING).run(**wrong)
    assert refused.value.code == "bad-count"


def test_where() -> None:
    """After each of its events a role is at the places of the text where it may act next."""
    asking = protocol(ASKING)
    events = asking.run(choices=["question", "enough"]).events
    lines: dict[str, list[list[int]]] = {"A": [], "B": [], "Idle": []}
    for count in range(len(events) + 1):
        for role, seen in lines.items():
            here = [span.line for span in asking.where(role, events[:count])]
            if not seen or seen[-1] != here:
                seen.append(here)
    assert lines == {"A": [[3], [5], [3], []], "B": [[3], [5], [3], []], "Idle": [[]]}
    assert [span.line for span in asking.where("A", events, session=1)] == [3]


@pytest.mark.parametrize("config", [{"capacity": 0}, {"capacity": None}, {"capacty": 1}])
def test_rejects_what_is_no_configuration(config: dict[str, object]) -> None:
    """Nothing is run for a configuration that means nothing."""
    with pytest.raises(Refusal, match=r"^config: capac") as refused:
        protocol(ASKING).run(config=config)
    assert refused.value.code == "malformed-config"


def test_run_with_a_configuration() -> None:
    """What happens to a run can be said as in a file for the command."""
    lost = {"failure": "crash", "session": 0, "role": "B", "step": 0}
    run = protocol(ASKING).run(config={"failures": [lost]})
    assert run.outcome is Outcome.FAULTED
    assert [event.fault.code for event in run.events if isinstance(event, Faulted)][:1] == ["crash"]


def test_run_is_the_model_too() -> None:
    """The engine's run, and the model's, have one set of digests."""
    asking = protocol(ASKING)
    run = asking.run(seed=5, sessions=3, policy="round-robin", config={"capacity": 2}, max_steps=50)
    model = Model(Config(2), host_for(seed=5), request=unadmitted())
    for _ in range(3):
        model.load(asking.image)
    report = drive(model, "round-robin", 50)
    same = conversation(model, report, (asking.image,), Config(2), "round-robin")
    for name in (
        "outcome",
        "steps",
        "sessions",
        "digest",
        "state_digest",
        "trace_digest",
        "normal_digest",
    ):
        assert getattr(run, name) == getattr(same, name)
    assert list(run.events) == list(same.events)


def test_run_without_a_trace() -> None:
    """Without a trace the digest of the state is all there is."""
    asking = protocol(ASKING)
    full, bare = asking.run(), asking.run(trace=False)
    assert (bare.digest, bare.trace_digest, bare.normal_digest) == (None, None, None)
    assert bare.state_digest == full.state_digest
    assert (list(bare.events), bare.messages, bare.draw()) == ([], (), "")


def test_run_with_a_handler() -> None:
    """A handler answers what roles send and decide."""

    class Answers:
        def choice(self, ask: Ask) -> str:
            return "question" if ask.position.iteration < 4 else "enough"

        def payload(self, ask: Ask) -> object:
            return None if ask.labels == ("enough",) else ask.position.iteration

    run = protocol(ASKING).run(Answers())
    assert run.outcome is Outcome.DONE
    assert [one.value for one in run.messages[:-1]] == [Nat(1), Nat(0), Nat(3), Nat(1)]
    assert run.draw().count("question(") == 2


def test_run_that_goes_wrong() -> None:
    """What a handler raises is a fault of the run, and no exception."""

    def handler(ask: Ask) -> object:
        raise ValueError(ask.kind)

    assert protocol(ASKING).run(handler).outcome is Outcome.FAULTED


def test_host_for() -> None:
    """At most one source of answers."""
    assert isinstance(host_for(), DefaultHost)
    assert isinstance(host_for(seed=1), SeededHost)
    assert isinstance(host_for(choices=[]), ScriptedHost)
    assert callable(host_for(DefaultHost()))
    with pytest.raises(Refusal) as refused:
        host_for(seed=1, choices=[])
    assert refused.value.code == "several-hosts"


def test_conversation_of_an_engine_in_parts() -> None:
    """A conversation is whatever its machine has done, in one call or in several."""
    asking = protocol(ASKING)
    engine = Engine(Config(), host_for())
    engine.load(asking.image)
    engine.run("cooperative", 3)
    report = engine.run("cooperative")
    end = conversation(engine, report, (asking.image,), Config(), "cooperative")
    assert end.digest == asking.run().digest
    assert end.steps == asking.run().steps - 3


def test_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is that of the installed package, if it is installed."""
    monkeypatch.setattr(metadata, "version", {"antiphon": "9.9"}.__getitem__)
    assert antiphon.__version__ == "9.9"

    def not_installed(_: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", not_installed)
    assert antiphon.__version__ == "unknown"


def test_public_names() -> None:
    """Everything that is named at the root is there, and is what its home has."""
    assert set(antiphon.__all__) <= set(dir(antiphon))
    for name in antiphon.__all__:
        assert getattr(antiphon, name).__name__ == name
    with pytest.raises(AttributeError):
        _ = antiphon.no_such_thing  # pyright: ignore[reportUnknownVariableType, reportAttributeAccessIssue]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_last_is_what_was_received_last(path: Path) -> None:
    """Whenever a role of a compiled protocol is asked, ``last`` is the value that it took last."""
    asked: list[tuple[str, Value]] = []
    seeded = SeededHost(3)

    def host(ask: Ask) -> Answer:
        asked.append((ask.position.role, ask.last))
        return seeded(ask)

    received: dict[str, Value] = {}
    expected: list[tuple[str, Value]] = []
    for event in load(path).run(host, max_steps=500).events:
        match event:
            case Received():
                received[event.receiver] = event.value
            case Sent() if not isinstance(event.value, Endpoint):  # the code finds these itself
                expected.append((event.sender, received.get(event.sender, NOTHING)))
            case Selected():
                expected.append((event.role, received.get(event.role, NOTHING)))
            case _:
                pass
    assert asked == expected

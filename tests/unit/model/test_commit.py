"""What is done with the result of a rule: containment, wake-ups, the end of a session."""

from antiphon.bytecode.instruction import HOST, Close, Halt, Receive, Send, Set, Spawn
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Ended, Faulted, SessionFaulted, Spawned
from antiphon.machine.failure import Crash
from antiphon.machine.snapshot import Counters
from antiphon.model.machine import Model
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import UNIT
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Endpoint, Nat
from tests.unit.model.bench import HEARS, ONE, SENDS, Bench, part

FROM_D = input_("D", (("go", UNIT, END),))
TO_C = output("C", (("go", UNIT, output("C", (("go", UNIT, END),))),))


def four(*failures: Crash) -> Model:
    """A and B wait for D, C for room at D; D waits for nobody."""
    to_d = output("D", (("go", UNIT, output("D", (("go", UNIT, END),))),))
    waits = (Receive(0, 1), Halt())
    sends = (Send(0, HOST), Send(0, HOST), Halt())
    image = Image(
        "four",
        (
            RoleProgram("A", FROM_D, waits, 2),
            RoleProgram("B", FROM_D, waits, 2),
            RoleProgram("C", to_d, sends, 2),
            RoleProgram("D", TO_C, (Halt(),), 2),
        ),
    )
    model = Model(Config(1, failures=failures), lambda _: NOTHING)
    model.load(image, unverified=True)
    return model


def test_containment() -> None:
    """All who wait for a message or for room become ready in ascending id; queues are empty."""
    model = four()
    for number in (2, 2, 1, 0):
        model.step(Pick(number))
    assert model.enabled() == (3,)
    assert model.snapshot().sessions[0].queues != ()
    model.step(Pick(3))
    seen = model.snapshot()
    assert model.enabled() == (0, 1, 2)
    assert seen.sessions[0].status == "faulted"
    assert seen.sessions[0].queues == ()
    assert [side.tokens for side in seen.sessions[0].endpoints] == [0, 0, 0, 0]
    assert [type(event) for event in model.events()[-2:]] == [Faulted, SessionFaulted]
    assert seen.counters == Counters(0, 1, 0, 1)


def test_peers_fault_in_turn() -> None:
    """Each woken peer finds the session closed, and fails it no second time."""
    model = four()
    for number in (2, 2, 1, 0, 3, 0, 1, 2):
        model.step(Pick(number))
    seen = model.snapshot()
    faults = [each.fault.row for each in seen.coroutines if each.fault is not None]
    closed = "receive.channel-closed.session"
    assert faults == [
        closed,
        closed,
        "send.channel-closed.session",
        "halt.type-violation.unfinished",
    ]
    assert seen.counters == Counters(0, 1, 0, 4)


def test_other_sessions_go_on() -> None:
    """A fault in one session leaves the other as it was."""
    bench = Bench(part(ONE, Set(0, Endpoint(1, "A")), Send(0, HOST)), HEARS, answers=[Nat(1)] * 2)
    other = Bench(SENDS, HEARS)
    image = other.model.state.sessions[0].image
    bench.model.load(image)
    bench.step(0)
    assert bench.stops(0) == "send.channel-closed.owner"
    assert bench.session(0).status == "faulted"
    assert bench.session(1).status == "active"
    assert bench.steps(2, 3, 2, 3) == "halt.ok.commit"
    assert bench.last_event() == Ended(5, 1, 3)
    assert [view.id for view in bench.model.snapshot().sessions] == [0]


def test_woken_follow_the_stepper() -> None:
    """The stepper is ready again before those that it woke."""
    bench = Bench(SENDS, HEARS, answers=[Nat(1)])
    bench.stops(1)
    bench.step(0)
    assert bench.model.enabled() == (0, 1)


def test_a_child_of_one_without_a_home() -> None:
    """Its home is gone as well."""
    bench = Bench(part(ONE, Close(0), Spawn(2, (), 1), Halt()))
    assert bench.steps(0, 0) == "spawn.ok.commit"
    assert bench.last_event() == Spawned(1, 0, 0, "A", 2)
    assert bench.step(2) == "halt.ok.commit"
    assert [view.id for view in bench.model.snapshot().coroutines] == [0, 1]


def test_a_crash_wakes_who_waits() -> None:
    """For a message that was not sent; the session goes on."""
    bench = Bench(SENDS, HEARS, config=Config(failures=(Crash(0, "A", 0),)))
    bench.stops(1)
    assert bench.step(0) == "fetch.crash.crashed"
    assert bench.model.enabled() == (1,)
    assert bench.session().status == "active"
    assert bench.stops(1) == "receive.channel-closed.crashed"


def test_a_crash_wakes_nobody_else() -> None:
    """Who waits for another one goes on waiting."""
    model = four(Crash(0, "C", 0))
    for number in (0, 1, 2):
        model.step(Pick(number))
    assert model.enabled() == (3,)


def test_a_crash_after_the_session_has_failed() -> None:
    """Nobody waits there any more."""
    crash = Config(failures=(Crash(0, "A", 0),))
    bench = Bench(SENDS, part(END, Receive(0, 1)), config=crash)
    assert bench.step(1) == "receive.type-violation.head"
    assert bench.step(0) == "fetch.crash.crashed"
    assert bench.model.enabled() == ()

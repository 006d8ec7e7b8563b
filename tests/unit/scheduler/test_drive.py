"""Driving a machine."""

import pytest

from antiphon.bytecode.instruction import HOST, Halt, Jump, Receive, Send, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask, Host, Pending, Refused
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.fault import Fault
from antiphon.machine.outcome import Outcome, Waiting
from antiphon.machine.snapshot import (
    Block,
    CoroutineView,
    Counters,
    EndpointView,
    SessionView,
    Snapshot,
)
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive, outcome_of, report, wait_for
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import UNIT
from antiphon.values.value import UNIT as NOTHING


def willing(_: Ask) -> Answer:
    """A host that answers with unit."""
    return NOTHING


def late(_: Ask) -> Answer:
    """A host that has no answer yet."""
    return Pending()


def unwilling(_: Ask) -> Answer:
    """A host that refuses."""
    return Refused("no")


def talk(host: Host = willing) -> Model:
    """A machine in which A sends to B, and B receives."""
    sends = RoleProgram("A", output("B", [("x", UNIT, END)]), (Send(0, HOST), Halt()), 1)
    hears = RoleProgram("B", input_("A", [("x", UNIT, END)]), (Receive(0, 1), Halt()), 2)
    model = Model(Config(), host, request=unadmitted())
    model.load(Image("talk", (sends, hears)))
    return model


def idle(count: int) -> Model:
    """A machine with roles that do nothing, for ever."""
    model = Model(Config(), willing, request=unadmitted())
    code = (Yield(), Jump(0))
    model.load(Image("idle", tuple(RoleProgram(f"r{n}", END, code, 1) for n in range(count))))
    return model


def silent() -> Model:
    """A machine in which A and B each wait for the other."""
    a = RoleProgram("A", input_("B", [("x", UNIT, END)]), (Receive(0, 1), Halt()), 2)
    b = RoleProgram("B", input_("A", [("x", UNIT, END)]), (Receive(0, 1), Halt()), 2)
    model = Model(Config(), willing, request=unadmitted())
    model.load(Image("silent", (a, b)))
    return model


@pytest.mark.parametrize(
    ("machine", "outcome"),
    [
        (talk(), Outcome.DONE),
        (talk(late), Outcome.QUIESCENT),
        (talk(unwilling), Outcome.FAULTED),
        (silent(), Outcome.DEADLOCK),
    ],
    ids=lambda item: item.value if isinstance(item, Outcome) else "",
)
def test_a_run_goes_on_until_nothing_is_ready(machine: Model, outcome: Outcome) -> None:
    """The report says how many steps there were, and how it ended."""
    found = drive(machine, "cooperative")
    assert found.outcome is outcome
    assert found.steps == machine.snapshot().clock
    assert machine.enabled() == ()


@pytest.mark.parametrize("budget", [0, 1, 7])
def test_a_budget_is_kept(budget: int) -> None:
    """No more steps are taken than allowed, and what is then still ready is exhausted."""
    found = drive(idle(2), "round-robin", budget)
    assert (found.steps, found.outcome) == (budget, Outcome.EXHAUSTED)


def test_a_budget_that_is_enough_is_not_exhausted() -> None:
    """Exhausted means that somebody could still go on."""
    steps = drive(talk(), "cooperative").steps
    assert drive(talk(), "cooperative", steps).outcome is Outcome.DONE
    assert drive(talk(), "cooperative", steps - 1).outcome is Outcome.EXHAUSTED


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("cooperative", [2, 0, 1, 2, 0, 1]), ("round-robin", [2, 0, 1, 2, 0, 1])],
)
def test_a_run_goes_on_from_where_the_machine_is(policy: str, expected: list[int]) -> None:
    """The last pick is the machine's, not the driver's."""
    machine = idle(3)
    picks: list[int] = []
    drive(machine, policy, 2)
    drive(machine, policy, 6, lambda pick: picks.append(pick.coroutine))
    assert picks == expected


def test_a_policy_may_be_a_function() -> None:
    """A user's own policy drives as the named ones do."""
    picks: list[Pick] = []
    drive(idle(3), lambda ready, _: max(ready), 3, picks.append)
    assert picks == [Pick(2)] * 3


def test_rejects_unknown_and_wrong_policies() -> None:
    """A policy that does not exist, and one that picks who is not ready, are refused."""
    with pytest.raises(Refusal) as unknown:
        drive(talk(), "fair")
    assert unknown.value.code == "unknown-policy"
    with pytest.raises(Refusal) as wrong:
        drive(talk(), lambda _, last: 9)  # noqa: ARG005 (a policy)
    assert wrong.value.code == "not-ready"


def coroutine(number: int, block: Block | None = None, fault: Fault | None = None) -> CoroutineView:
    """A coroutine of session 0 in one of its statuses."""
    status = "blocked" if block else "faulted" if fault else "done"
    return CoroutineView(number, 0, f"r{number}", 0, status, block, fault, (), 1)


def state(*coroutines: CoroutineView, ready: tuple[int, ...] = ()) -> Snapshot:
    """A state of one session with three roles, the third released."""
    owners = {"r0": 0, "r1": 1, "r2": None}
    endpoints = tuple(EndpointView(role, 0, owner, 0, 0) for role, owner in owners.items())
    sessions = (SessionView(0, "test", "active", endpoints, ()),)
    return Snapshot(9, 1, 3, None, ready, sessions, coroutines, Counters(0, 0, 0, 0))


HEARS = coroutine(0, Block("receive-wait", 0, "r1", "r0"))
SENDS = coroutine(1, Block("send-wait", 0, "r1", "r2"))
ASKS = coroutine(2, Block("host-wait", 0))
FAILS = coroutine(2, fault=Fault("send", "channel-closed", "session"))


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (state(), Outcome.DONE),
        (state(coroutine(0), coroutine(1)), Outcome.DONE),
        (state(coroutine(0), SENDS), Outcome.DEADLOCK),
        (state(HEARS, SENDS, ASKS), Outcome.QUIESCENT),
        (state(HEARS, ASKS, FAILS), Outcome.FAULTED),
        (state(HEARS, ASKS, FAILS, ready=(1,)), Outcome.EXHAUSTED),
    ],
    ids=lambda item: item.value if isinstance(item, Outcome) else "",
)
def test_the_first_outcome_that_applies(end: Snapshot, outcome: Outcome) -> None:
    """Exhausted, Faulted, Quiescent, Deadlock, Done: in this order."""
    assert outcome_of(end) is outcome


def test_the_wait_for_graph() -> None:
    """Who receives waits for the sender's owner, who sends for the receiver's, if there is one."""
    end = state(HEARS, SENDS)
    edges = (Waiting(0, "r0", 0, "r1", "r0", 1), Waiting(1, "r1", 0, "r1", "r2", None))
    assert wait_for(end) == edges
    assert report(9, end).waiting == edges
    assert report(9, state(HEARS, ASKS)).waiting == ()


def test_a_deadlock_names_its_cycle() -> None:
    """Two roles that wait for each other are both in the report."""
    found = drive(silent(), "round-robin")
    assert [(one.role, one.owner) for one in found.waiting] == [("A", 1), ("B", 0)]

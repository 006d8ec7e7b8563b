"""The direct interpreter of global types."""

import ast
import inspect

import pytest

from antiphon.errors import ProgramError
from antiphon.theory import interpreter, path
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.interpreter import (
    Rejection,
    Run,
    allowed,
    check_trace,
    enabled,
    is_complete,
    start,
    step,
)
from antiphon.theory.path import Action, Received, Sent
from antiphon.values.sort import UNIT

RING = rec("X", message("A", "B", "l", message("B", "C", "l", message("C", "A", "l", var("X")))))


def played(root: GlobalType, *actions: Action) -> Run:
    """The run after these actions, all of which must be accepted."""
    run = start(root)
    for action in actions:
        after = step(run, action)
        assert isinstance(after, Run), after
        run = after
    return run


def test_a_message_is_sent_then_received() -> None:
    """The conversation is over when all is sent and received."""
    root = message("A", "B", "l")
    assert enabled(start(root)) == {Sent("A", "B", "l")}
    sent = played(root, Sent("A", "B", "l"))
    assert enabled(sent) == {Received("A", "B", "l")}
    assert not is_complete(sent)
    done = played(root, Sent("A", "B", "l"), Received("A", "B", "l"))
    assert enabled(done) == frozenset()
    assert is_complete(done)
    assert is_complete(start(END))


def test_rejects_a_message_from_nowhere() -> None:
    """Nothing is received that was not sent."""
    found = step(start(message("A", "B", "l")), Received("A", "B", "l"))
    assert found == Rejection("nothing is in transit from A to B", ())


def test_rejects_the_wrong_label() -> None:
    """What is sent must be offered, what is received must be the oldest in transit."""
    root = comm("A", "B", [("l", UNIT, END), ("r", UNIT, END)])
    found = step(start(root), Sent("A", "B", "x"))
    assert isinstance(found, Rejection)
    assert found.reason == "no run goes on with: A sends x to B"
    assert found.allowed == (Sent("A", "B", "l"), Sent("A", "B", "r"))
    found = step(played(root, Sent("A", "B", "l")), Received("A", "B", "r"))
    assert found == Rejection("l is the oldest message from A to B", (Received("A", "B", "l"),))


def test_rejects_acting_before_receiving() -> None:
    """A role does in order what the path has for it."""
    root = message("A", "B", "l", message("B", "C", "m"))
    run = played(root, Sent("A", "B", "l"))
    found = step(run, Sent("B", "C", "m"))
    assert found == Rejection("first of all, B receives l from A", (Received("A", "B", "l"),))
    assert isinstance(step(start(root), Sent("B", "C", "m")), Rejection)


def test_rejects_a_stranger() -> None:
    """Who takes no part may do nothing."""
    assert check_trace(RING, [Sent("Z", "A", "l")]) == Rejection(
        "no run goes on with: Z sends l to A", ()
    )


def test_independent_roles_do_not_wait() -> None:
    """C may send before A does, if the path has both."""
    root = message("A", "B", "l", message("C", "D", "m"))
    assert enabled(start(root)) == {Sent("A", "B", "l"), Sent("C", "D", "m")}
    early = played(root, Sent("C", "D", "m"), Received("C", "D", "m"))
    assert enabled(early) == {Sent("A", "B", "l")}
    assert is_complete(step_all(early, Sent("A", "B", "l"), Received("A", "B", "l")))


def step_all(run: Run, *actions: Action) -> Run:
    """Further actions, all of which must be accepted."""
    for action in actions:
        after = step(run, action)
        assert isinstance(after, Run)
        run = after
    return run


def test_a_wrong_guess_is_taken_back() -> None:
    """C acts before A has chosen, then A chooses either way."""
    root = comm(
        "A",
        "B",
        [
            ("l", UNIT, message("C", "D", "x", message("D", "C", "p"))),
            ("r", UNIT, message("C", "D", "x")),
        ],
    )
    early = played(root, Sent("C", "D", "x"), Received("C", "D", "x"))
    assert allowed(early, "A") == (Sent("A", "B", "l"), Sent("A", "B", "r"))
    right = step_all(early, Sent("A", "B", "r"), Received("A", "B", "r"))
    assert is_complete(right)
    left = step_all(early, Sent("A", "B", "l"), Received("A", "B", "l"))
    assert enabled(left) == {Sent("D", "C", "p")}


def test_an_early_action_decides_a_choice() -> None:
    """What one role did early rules out the branches that do not have it."""
    root = comm(
        "A", "B", [("l", UNIT, message("C", "D", "x")), ("r", UNIT, message("C", "D", "y"))]
    )
    early = played(root, Sent("C", "D", "y"))
    assert enabled(early) == {Sent("A", "B", "r"), Received("C", "D", "y")}
    found = step(early, Sent("A", "B", "l"))
    assert found == Rejection("no run goes on with: A sends l to B", (Sent("A", "B", "r"),))


def test_runs_are_immutable() -> None:
    """A run may be continued in two ways."""
    root = comm("A", "B", [("l", UNIT, END), ("r", UNIT, END)])
    run = start(root)
    one, two = step(run, Sent("A", "B", "l")), step(run, Sent("A", "B", "r"))
    assert isinstance(one, Run)
    assert isinstance(two, Run)
    assert enabled(run) == {Sent("A", "B", "l"), Sent("A", "B", "r")}
    assert enabled(one) == {Received("A", "B", "l")}
    assert enabled(two) == {Received("A", "B", "r")}


def test_a_producer_may_run_ahead() -> None:
    """10,000 messages in transit are remembered in order."""
    root = rec("X", comm("A", "B", [("l", UNIT, var("X")), ("r", UNIT, var("X"))]))
    labels = ["l", "r", "r"] * 3_334
    sent: list[Action] = [Sent("A", "B", label) for label in labels]
    received: list[Action] = [Received("A", "B", label) for label in labels]
    assert check_trace(root, [*sent, *received]) is None
    wrong = check_trace(root, [*sent, Received("A", "B", "r")])
    assert wrong is not None
    assert wrong.index == len(sent)


def test_long_traces() -> None:
    """30,000 events of a ring, and of one that runs ahead of a slow role, are read."""
    turn = [("A", "B"), ("B", "C"), ("C", "A")]
    events: list[Action] = []
    for _ in range(5_000):
        for sender, receiver in turn:
            events += [Sent(sender, receiver, "l"), Received(sender, receiver, "l")]
    assert check_trace(RING, events) is None
    assert check_trace(message("P", "Q", "slow", RING), events) is None


def test_long_types() -> None:
    """20,000 messages in a row are interpreted without a recursion limit."""
    root = END
    for _ in range(20_000):
        root = message("A", "B", "l", root)
    run = start(root)
    assert check_trace(run, [Sent("A", "B", "l")] * 20_000) is None
    wrong = check_trace(run, [Sent("A", "B", "l")] * 20_001)
    assert wrong == Rejection("no run goes on with: A sends l to B", (), 20_000)


def test_it_is_independent_of_projection() -> None:
    """Nothing that the interpreter reads a trace with is used by projection too."""
    imported: set[str] = set()
    for module in (interpreter, path):
        tree = ast.parse(inspect.getsource(module))
        found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        imported |= {node.module or "" for node in found}
    assert {name for name in imported if name.startswith("antiphon.")} == {
        "antiphon.theory.backlog",
        "antiphon.theory.global_type",
        "antiphon.theory.path",
        "antiphon.theory.wellformed",
    }


def test_rejects_ill_formed_types() -> None:
    """Only well-formed types have runs."""
    with pytest.raises(ProgramError) as caught:
        check_trace(var("X"), [])
    assert caught.value.diagnostics[0].code == "unbound-recursion"

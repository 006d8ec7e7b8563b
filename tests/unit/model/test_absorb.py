"""``absorb``: what is in transit will be taken, on whatever way."""

from dataclasses import replace

import pytest

from antiphon.machine.config import Config
from antiphon.machine.event import Aborted, Event, Forked, Received, Selected, Sent
from antiphon.model.absorb import LOOK_MAX, expected, in_transit, is_absorbed, types_explain
from antiphon.model.level import Apart, Level, Message
from antiphon.model.setting import setting
from antiphon.model.state import Coroutine, EndpointState, Session, State
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.theory.unfold import head
from antiphon.values.sort import NAT, STR, UNIT
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Nat
from tests.unit.model.bench import ONE, ONE_HEARD, TWO, TWO_HEARD, image, part

HEARS_C = input_("C", (("x", UNIT, ONE_HEARD), ("y", UNIT, END)))
"""A message of A is taken only if C says x."""
ENDS_FIRST = output("C", (("u", UNIT, ONE_HEARD), ("v", UNIT, END)))
WAITS = head(rec("X", input_("C", (("x", UNIT, var("X")), ("y", UNIT, var("X"))))))
NOBODY = State(setting(Config()))
"""No coroutine, so no fork."""
SAYS_FIRST = output("C", (("u", UNIT, ONE_HEARD), ("v", UNIT, ONE_HEARD)))
EITHER = input_("A", (("hi", NAT, END), ("ho", STR, END)))
LOOP = rec("X", input_("A", (("hi", NAT, var("X")), ("bye", UNIT, END))))


@pytest.mark.parametrize(
    ("state", "transit", "fine"),
    [
        (END, (), True),
        (ONE_HEARD, (("A", ("hi",)),), True),
        (ONE_HEARD, (("A", ("ho",)),), False),
        (ONE_HEARD, (("A", ("hi", "hi")),), False),  # an orphan
        (HEARS_C, (("A", ("hi",)),), True),  # C may say x
        (HEARS_C, (("A", ("ho",)),), False),  # whatever C says
        (HEARS_C, (("A", ("hi",)), ("C", ("y",))), False),
        (ENDS_FIRST, (("A", ("hi",)),), False),  # this role may say v
        (WAITS, (("A", ("hi",)),), True),  # C may say y for ever
        (HEARS_C, (("A", ("hi",)), ("C", ("x",))), True),  # it has said x
        (HEARS_C, (("C", ("z",)),), False),
        (SAYS_FIRST, (("A", ("hi",)),), True),  # whatever this role says first
        (head(LOOP), (("A", ("hi",) * 70),), True),
        (head(LOOP), (("A", ("hi", "bye", "hi")),), False),
    ],
)
def test_expected(state: LocalType, transit: tuple[tuple[str, tuple[str, ...]], ...], fine: bool):
    """None where a message is not taken; else as many sorts as there are messages."""
    found = expected(state, transit)
    assert (found is not None) is fine
    if found is not None:
        assert {sender: len(sorts) for sender, sorts in found.items()} == {
            sender: len(labels) for sender, labels in transit
        }


def test_a_type_too_long_to_see_is_not_decided() -> None:
    """The message may be taken far away: nothing is said about it."""
    state: LocalType = ONE_HEARD
    for _ in range(LOOK_MAX + 1):
        state = output("C", (("u", UNIT, state),))
    assert expected(state, (("A", ("hi",)),)) == {}


def session(queue: tuple[Message, ...], type_: LocalType) -> Session:
    """A session in which those are in transit from A to B."""
    sides = {"A": EndpointState(END, 0), "B": EndpointState(type_, 1, len(queue))}
    return Session(
        0, image(part(ONE), part(ONE_HEARD)), (0, 1), "active", sides, {("A", "B"): queue}
    )


def test_values_have_the_sorts() -> None:
    """Each value must have its label's sort; or only the newest, if the others were looked at."""
    assert is_absorbed(NOBODY, session((Message("hi", Nat(1)),), ONE_HEARD), "B")
    assert not is_absorbed(NOBODY, session((Message("hi", NOTHING),), ONE_HEARD), "B")
    assert not is_absorbed(NOBODY, session((Message("ho", Nat(1)),), EITHER), "B")
    assert is_absorbed(NOBODY, session((), END), "B")
    mixed = session((Message("hi", NOTHING), Message("hi", Nat(1))), head(LOOP))
    assert not is_absorbed(NOBODY, mixed, "B")
    assert is_absorbed(NOBODY, mixed, "B", newest=True)


SENT = Sent(0, 0, 0, "A", "B", "hi", Nat(1))
RECEIVED = Received(1, 0, 1, "A", "B", "hi", Nat(1))


@pytest.mark.parametrize(
    ("events", "explained"),
    [
        ((SENT,), True),
        ((Sent(0, 1, 0, "A", "B", "ho", Nat(1)), SENT), True),  # another session's
        ((SENT, RECEIVED, Aborted(2, 0, 1, "B", 1)), True),  # it was given back
        ((SENT, Aborted(2, 0, 0, "A", 0)), False),  # it was never queued
        ((SENT, RECEIVED, Aborted(2, 0, 1, "B", 2)), False),  # that was before
        ((SENT, Forked(1, 0, 0, "A", 0)), True),
        ((Forked(0, 0, 0, "A", 0),), False),
        ((), False),
        ((SENT, RECEIVED), False),  # then nothing would be in transit
        ((SENT, SENT), False),  # its type is at end
        ((Sent(0, 0, 0, "A", "B", "ho", Nat(1)),), False),
        ((RECEIVED,), False),
        ((Received(0, 0, 1, "A", "B", "ho", Nat(1)),), False),
        ((Selected(0, 0, 0, "B", "hi"), SENT), False),
    ],
)
def test_types_explain(events: tuple[Event, ...], explained: bool) -> None:
    """Only what the roles' own types allow, if it leads to this state, is an explanation."""
    assert types_explain(NOBODY, session((Message("hi", Nat(1)),), ONE_HEARD), events) is explained


def test_a_choice_is_part_of_the_explanation() -> None:
    """A role that has selected a label keeps only that."""
    sides = {
        "A": EndpointState(output("B", (("yes", NAT, END),)), 0),
        "B": EndpointState(TWO_HEARD, 1),
    }
    chosen = Session(0, image(part(TWO), part(TWO_HEARD)), (0, 1), "active", sides)
    assert types_explain(NOBODY, chosen, (Selected(0, 0, 0, "A", "yes"),))
    assert not types_explain(NOBODY, chosen, (Selected(0, 0, 0, "A", "no"),))
    assert not types_explain(NOBODY, chosen, ())


def test_a_third_role_may_know_the_way() -> None:
    """A tells B x, and C u; it is for B to tell C x, and B can tell nothing else by now."""
    c = input_("B", (("x", NAT, input_("A", (("u", NAT, END),))), ("y", NAT, END)))
    assert expected(c, (("A", ("u",)),)) == {"A": (frozenset({NAT}),)}
    assert expected(c, (("A", ("u",)), ("B", ("x",)))) is not None
    assert expected(c, (("A", ("u",)), ("B", ("y",)))) is None


def test_a_value_has_a_sort_of_some_way() -> None:
    """Which way it is, is for another to say."""
    says = input_("C", (("x", UNIT, ONE_HEARD), ("y", UNIT, input_("A", (("hi", STR, END),)))))
    assert expected(says, (("A", ("hi",)),)) == {"A": (frozenset({NAT, STR}),)}
    assert is_absorbed(NOBODY, session((Message("hi", Nat(1)),), says), "B")
    assert not is_absorbed(NOBODY, session((Message("hi", NOTHING),), says), "B")


def test_what_a_fork_has_staged_is_in_transit() -> None:
    """Behind what is queued."""
    program = image(part(ONE), part(ONE_HEARD)).programs[0]
    level = Level(0, 0, (), staged=(Apart(0, ("A", "B"), Message("hi", NOTHING)),))
    me = Coroutine(0, 0, program, (), levels=(level,))
    state = replace(NOBODY, coroutines=NOBODY.coroutines.put(0, me))
    assert [each.value for each in in_transit(state, session((), END), ("A", "B"))] == [NOTHING]
    assert not is_absorbed(state, session((), END), "B")
    loops = session((Message("hi", Nat(1)),), head(LOOP))
    assert [each.value for each in in_transit(state, loops, ("A", "B"))] == [Nat(1), NOTHING]
    assert not is_absorbed(state, loops, "B", newest=True)
    assert in_transit(state, loops, ("B", "A")) == ()

"""Hosts."""

from collections.abc import Callable
from typing import Any, Literal, cast

import pytest

from antiphon.effects.host import (
    NATS,
    DefaultHost,
    ScriptedHost,
    SeededHost,
    guarded,
    loose_tape,
    recording,
    tape,
)
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask, Chosen, Host, Pending, Position, Refused
from antiphon.values.sort import (
    BOOL,
    NAT,
    STR,
    UNIT,
    Sort,
    delegation,
    has_sort,
    named,
    payload,
    product,
)
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Blob, Endpoint, Nat, Prod, Str, Value

Kind = Literal["payload", "choice", "invoke"]
YES_NO = ("yes", "no")


def ask(
    kind: Kind = "choice",
    iteration: int = 0,
    labels: tuple[str, ...] = YES_NO,
    sort: Sort | None = None,
    session: int = 0,
    registers: tuple[Value, ...] = (),
) -> Ask:
    """A question of role A."""
    position = Position(session, "A", 0, iteration)
    action = "act" if kind == "invoke" else ""
    return Ask(kind, position, "B", labels, sort, action, (), registers)


def chosen(host: Host, question: Ask) -> str:
    """The label that a host chooses."""
    answer = host(question)
    assert isinstance(answer, Chosen)
    return answer.label


def test_default_values() -> None:
    """Payloads are the default of their sort, and an action gives unit."""
    host = DefaultHost()
    assert host(ask("payload", sort=payload((NAT, STR)))) == Prod(Nat(0), Str(""))
    assert host(ask("invoke")) == NOTHING


def test_default_labels_come_in_turn() -> None:
    """The first label comes first, and the others are spread evenly over what follows."""
    labels = ("a", "b", "c")
    found = [chosen(DefaultHost(), ask(iteration=k, labels=labels)) for k in range(12)]
    assert "".join(found) == "abacbacacbac"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("turn", range(1, 13))
def test_default_labels_leave_loops(count: int, turn: int) -> None:
    """However many answers one turn of a loop uses, every label of it comes up before long."""
    labels = tuple(map(str, range(count)))
    for start in range(turn):
        asked = range(start, start + turn * 40 * count, turn)
        found = {chosen(DefaultHost(), ask(iteration=k, labels=labels)) for k in asked}
        assert found == set(labels)


@pytest.mark.parametrize("host", [DefaultHost(), SeededHost(1)])
def test_an_endpoint_that_is_held_is_handed_over(host: Host) -> None:
    """The first of the right role that is not the one in use; without one there is no answer."""
    sort = delegation("Inner", "A")
    held = (Endpoint(0, "A"), Endpoint(2, "B"), NOTHING, Endpoint(3, "A"), Endpoint(4, "A"))
    assert host(ask("payload", sort=sort, registers=held)) == Endpoint(3, "A")
    assert isinstance(host(ask("payload", sort=sort, registers=held[:3])), Refused)


def test_a_seed_decides_everything() -> None:
    """The same question of the same seed has the same answer; other seeds and places do not."""
    sort = payload((NAT, STR, BOOL, named("date")))
    questions = [ask("payload", k, sort=sort, session=s) for k in range(20) for s in range(5)]
    one = [SeededHost(1)(question) for question in questions]
    assert one == [SeededHost(1)(question) for question in reversed(questions)][::-1]
    assert one != [SeededHost(2)(question) for question in questions]
    assert len(set(one)) > 90


def test_seeded_answers_are_golden() -> None:
    """A seed means the same in every version."""
    assert SeededHost(7)(ask("payload", 3, sort=payload((NAT, STR, UNIT)))) == Prod(
        Nat(45), Prod(Str("über"), NOTHING)
    )
    assert chosen(SeededHost(7), ask(iteration=3)) == "no"


def test_seeded_answers_fit_and_reach_the_boundaries() -> None:
    """Every answer has its sort, and among many all boundaries and labels come up."""
    sort = product(NAT, product(named("date"), product(BOOL, product(UNIT, STR))))
    answers = [SeededHost(0)(ask("payload", k, sort=sort)) for k in range(1000)]
    values = [answer for answer in answers if isinstance(answer, Prod)]
    assert all(has_sort(value, sort) for value in values)
    assert {Nat(number) for number in NATS} <= {value.left for value in values}
    labels = {chosen(SeededHost(0), ask(iteration=k)) for k in range(20)}
    assert labels == set(YES_NO)
    assert {type(SeededHost(0)(ask("invoke", k))).__name__ for k in range(50)} == {
        "Unit",
        "Nat",
        "Bool",
        "Str",
    }


def test_a_script_is_followed_in_order() -> None:
    """Each choice takes the next label; payloads take none."""
    host = ScriptedHost(["no", "yes"])
    assert chosen(host, ask()) == "no"
    assert host(ask("payload", sort=NAT)) == Nat(0)
    assert chosen(host, ask()) == "yes"


def test_a_script_that_does_not_fit_is_refused() -> None:
    """The refusal says what was possible."""
    host = ScriptedHost(["maybe"])
    assert host(ask()) == Refused("choice number 1 is maybe, but role A chooses one of yes, no")
    assert ScriptedHost([])(ask()) == Refused(
        "the list of 0 choices has run out: role A chooses one of yes, no"
    )


class Clerk:
    """A handler with two of the three methods."""

    def payload(self, question: Ask) -> object:
        """Some payload for each label."""
        return {"nat": 7, "text": "x", "float": 1.5, "late": Pending()}[question.labels[0]]

    def choice(self, question: Ask) -> object:
        """The last label."""
        return question.labels[-1]


def test_a_handler_with_methods() -> None:
    """Each kind of question goes to its method, and what is missing is answered by default."""
    host = guarded(Clerk())
    assert host(ask("payload", labels=("nat",), sort=NAT)) == Nat(7)
    assert host(ask("payload", labels=("late",), sort=NAT)) == Pending()
    assert host(ask()) == Chosen("no")
    assert host(ask("invoke")) == NOTHING


def test_a_handler_that_is_a_function() -> None:
    """A function answers every question."""

    def handler(question: Ask) -> object:
        return question.labels[0] if question.kind == "choice" else (1, "x")

    host = guarded(handler)
    assert host(ask()) == Chosen("yes")
    assert host(ask("payload", sort=product(NAT, STR))) == Prod(Nat(1), Str("x"))
    assert host(ask("invoke")) == Prod(Nat(1), Str("x"))


def three(_: Ask) -> object:
    """A handler that always says three."""
    return 3


class Unspeakable(Exception):
    """An exception that cannot even be shown."""

    def __str__(self) -> str:
        raise RuntimeError


def failing(error: BaseException) -> Host:
    """The host of a handler that raises."""

    def handler(_: Ask) -> object:
        raise error

    return guarded(handler)


def test_a_handler_that_fails_is_refused() -> None:
    """What a handler raises, or returns wrongly, becomes a refusal with the reason."""
    host = guarded(Clerk())
    assert host(ask("payload", labels=("float",), sort=NAT)) == Refused(
        "ValueError: nat is wanted, not float"
    )
    assert host(ask("payload", labels=("other",))) == Refused("KeyError: 'other'")
    assert guarded(three)(ask()) == Refused("ValueError: a label is wanted, not int")
    assert failing(RecursionError("deep"))(ask()) == Refused("RecursionError: deep")
    assert failing(Unspeakable())(ask()) == Refused("Unspeakable")
    assert failing(SystemExit(3))(ask()) == Refused("SystemExit: 3")
    assert failing(GeneratorExit())(ask()) == Refused("GeneratorExit: ")


def test_an_interrupt_is_not_an_answer() -> None:
    """Whoever interrupts a handler means the program."""
    host = failing(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        host(ask())


@pytest.mark.parametrize("handler", [None, 3, "module:object", Clerk], ids=repr)
def test_rejects_what_is_no_handler(handler: object) -> None:
    """An object that answers nothing is refused before anything runs."""
    with pytest.raises(Refusal) as caught:
        guarded(handler)
    assert caught.value.code == "not-a-handler"


class Guarded:
    """An object that cannot be looked at."""

    @property
    def payload(self) -> object:
        """Not now."""
        raise RuntimeError("not yet")


class Silent:
    """An object that cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("handler", [Guarded(), Silent()], ids=["looks", "shows"])
def test_rejects_handlers_that_raise_when_looked_at(handler: object) -> None:
    """Whatever an object does when it is looked at, it is refused like any that answers nothing."""
    with pytest.raises(Refusal) as caught:
        guarded(handler)
    assert caught.value.code == "not-a-handler"


class Label(str):
    """A label that may change."""


MISTAKES: dict[str, Callable[[Ask], object]] = {
    "Nat": lambda _: Nat(cast("Any", 1.5)),
    "Blob": lambda _: Blob("date", cast("Any", bytearray())),
    "Endpoint": lambda _: Endpoint(-1, "A"),
    "Chosen": lambda _: Chosen(cast("Any", [])),
    "surrogate": lambda _: "\ud800",
    "type": lambda _: Nat,
}


@pytest.mark.parametrize("kind", ["payload", "choice", "invoke"])
@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_wrong_answers_are_refused(mistake: Callable[[Ask], object], kind: Kind) -> None:
    """An answer that cannot be is refused with the reason, and reaches no machine."""
    answer = guarded(mistake)(ask(kind, sort=STR))
    assert isinstance(answer, Refused)
    assert answer.reason.startswith("ValueError: ")


def test_labels_of_a_subclass_are_their_text() -> None:
    """A label is taken for the text that it is."""

    def handler(_: Ask) -> object:
        return Label("no")

    assert type(chosen(guarded(handler), ask())) is str


def test_a_tape_gives_what_was_recorded() -> None:
    """At each position the answers come in the order in which they were given."""
    answers: list[Answer] = [Pending(), Nat(1), Chosen("no")]
    host, log = recording(lambda _: answers.pop(0))
    questions = [ask("payload", 5, sort=NAT), ask("payload", 5, sort=NAT), ask(iteration=6)]
    given = [host(question) for question in questions]
    assert log == {
        Position(0, "A", 0, 5): [Pending(), Nat(1)],
        Position(0, "A", 0, 6): [Chosen("no")],
    }
    player = tape(log)
    assert player(questions[2]) == Chosen("no")
    assert [player(question) for question in questions[:2]] == given[:2]


def test_a_loose_tape_knows_answers_by_their_number() -> None:
    """In a program that has changed, the same answer of a role may be asked for elsewhere."""
    log = {Position(0, "A", 7, 0): (Pending(), Chosen("no")), Position(0, "A", 9, 1): (Nat(1),)}
    player = loose_tape(log)
    assert [player(ask()) for _ in range(2)] == [Pending(), Chosen("no")]
    assert player(ask("payload", 1)) == Nat(1)
    assert isinstance(player(ask("payload", 2)), Refused)


def test_a_tape_refuses_what_it_does_not_know() -> None:
    """A question that was not recorded, or not so often, is refused with its position."""
    player = tape({Position(0, "A", 0, 0): (Chosen("yes"),)})
    assert player(ask()) == Chosen("yes")
    for question in (ask(), ask(iteration=1)):
        refusal = player(question)
        assert isinstance(refusal, Refused)
        assert f"iteration={question.position.iteration}" in refusal.reason

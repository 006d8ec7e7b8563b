"""Hosts that do not always answer: by position, the same for every machine."""

from antiphon.machine.ask import Answer, Ask, Chosen, Pending, Position, Refused
from antiphon.parity.generate_host import BehavingHost, Behaviour, bad, good
from antiphon.parity.source import Source
from antiphon.values.sort import BOOL
from antiphon.values.value import Bool


def ask(place: int, kind: str = "payload") -> Ask:
    """A question at a position of its own."""
    position = Position(place % 3, "AB"[place % 2], 0, place)
    labels = ("yes", "no")
    if kind == "choice":
        return Ask("choice", position, "B", labels, None, "", (), ())
    if kind == "invoke":
        return Ask("invoke", position, "", (), None, "act", (), ())
    return Ask("payload", position, "B", ("yes",), BOOL, "", (), ())


def answers(behaviour: Behaviour, kind: str, again: int = 1) -> list[list[Answer]]:
    """What a new host answers at many positions, asked so often."""
    host = BehavingHost(behaviour)
    return [[host(ask(place, kind)) for _ in range(again)] for place in range(600)]


def test_a_good_host_answers() -> None:
    """Every question gets a fitting answer at once, and again."""
    behaviour = good(Source(key="good"))
    assert behaviour.is_good
    for first, second in answers(behaviour, "payload", 2):
        assert isinstance(first, Bool)
        assert first == second


def test_a_late_host() -> None:
    """Some positions are late once, twice or always; then they are answered."""
    found = answers(Behaviour(1, late=50), "payload", 4)
    waits = {sum(isinstance(answer, Pending) for answer in given) for given in found}
    assert waits == {0, 1, 2, 4}
    for given in found:
        assert given == sorted(given, key=lambda answer: not isinstance(answer, Pending))


def test_an_unwilling_host() -> None:
    """About as many positions are refused as said, always the same ones."""
    found = answers(Behaviour(2, unwilling=20), "choice")
    assert found == answers(Behaviour(2, unwilling=20), "choice")
    assert 60 < sum(isinstance(answer, Refused) for (answer,) in found) < 180


def test_a_wrong_host() -> None:
    """Answers of the wrong kind, of the wrong sort and labels of no branch turn up."""
    payloads = [answer for (answer,) in answers(Behaviour(3, wrong=50), "payload")]
    assert any(isinstance(answer, Chosen) for answer in payloads)
    assert any(not isinstance(answer, Chosen | Bool) for answer in payloads)
    choices = [answer for (answer,) in answers(Behaviour(3, wrong=50), "choice")]
    assert Chosen("nonsense") in choices
    assert any(not isinstance(answer, Chosen) for answer in choices)


def test_actions_go_wrong_more_often() -> None:
    """Of an action's positions several times as many are refused as of others."""
    refused = [answer for (answer,) in answers(Behaviour(2, unwilling=10), "invoke")]
    assert sum(isinstance(answer, Refused) for answer in refused) > 400


def test_bad_hosts_are_mostly_late() -> None:
    """Bad behaviours are drawn in all combinations."""
    drawn = [bad(Source(key=f"bad {number}")) for number in range(300)]
    assert {each.late for each in drawn} == {0, 10, 30}
    assert {each.unwilling for each in drawn} == {each.wrong for each in drawn} == {0, 10}

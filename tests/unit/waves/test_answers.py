"""Each question is asked once, whoever asks first."""

from antiphon.machine.ask import Answer, Ask, Position
from antiphon.values.value import Nat
from antiphon.waves.answers import Answers


def ask(iteration: int) -> Ask:
    """A question at a position."""
    return Ask("invoke", Position(0, "A", 0, iteration), "", (), None, "act", (), ())


def test_both_sides_hear_the_same() -> None:
    """Whoever is first asks the host; a new one hears everything from the beginning."""
    asked: list[Ask] = []

    def counts(question: Ask) -> Answer:
        asked.append(question)
        return Nat(len(asked))

    answers = Answers(counts)
    one, other = answers.side(), answers.side()
    assert [one(ask(0)), one(ask(0)), other(ask(1))] == [Nat(1), Nat(2), Nat(3)]
    assert [other(ask(0)), other(ask(0)), one(ask(1))] == [Nat(1), Nat(2), Nat(3)]
    late = answers.side()
    assert [late(ask(0)), late(ask(1)), late(ask(0)), late(ask(0))] == [*map(Nat, (1, 3, 2, 4))]
    assert len(asked) == 4

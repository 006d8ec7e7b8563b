"""Machines in step: whatever one of them lets see differently is noticed at once."""

import pytest

from antiphon.bytecode.program import Image
from antiphon.compiler.compile import compile_protocol
from antiphon.effects.host import DefaultHost
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.config import Config
from antiphon.model.machine import Model
from antiphon.parity.comparison import Parting
from antiphon.parity.ensemble import Differs, Ensemble, Witness, attempt, require_equal
from antiphon.parity.subject import MODEL, Subject
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT
from tests.unit.parity.liars import (
    Forgetful,
    Raising,
    Runs,
    Unordered,
    WrongClock,
    WrongId,
    WrongRow,
    liar,
)


def image() -> Image:
    """One message from A to B."""
    types = {"A": output("B", (("a", NAT, END),)), "B": input_("A", (("a", NAT, END),))}
    return compile_protocol("p", types)


def ensemble(kind: type[Model]) -> Ensemble:
    """The model and another machine, with one session each."""
    machines = Ensemble((MODEL, liar(kind)), Config(1), DefaultHost)
    machines.load(image(), unverified=False)
    return machines


def test_in_step() -> None:
    """Machines that are equal go through a whole run."""
    machines = ensemble(Runs)
    rows = [machines.choose(Pick(number)) for number in (0, 1, 0, 1)]
    assert [row.id for row in rows if row] == [
        "send.ok.commit",
        "receive.ok.commit",
        "halt.ok.commit",
        "halt.ok.commit",
    ]
    assert machines.last.snapshot.counters.sessions_ended == 1
    assert len(machines.choices) == 4
    assert [made for made, _ in machines.loads] == [0]


@pytest.mark.parametrize(
    ("kind", "choices", "path"),
    [
        (WrongRow, 2, ".row.id"),
        (WrongClock, 3, ".snapshot.clock"),
        (Forgetful, 0, ".events[0]"),
        (Unordered, 0, ".enabled[0]"),
        (WrongId, 0, ""),
    ],
)
def test_differs(kind: type[Model], choices: int, path: str) -> None:
    """The first choice after which something differs is named, with the path to it."""
    with pytest.raises(Differs) as found:
        run_steps(kind, choices)
    assert found.value.machine == "liar"
    assert found.value.parting.path == path


def run_steps(kind: type[Model], less_than: int) -> None:
    """A whole run; fewer than so many choices may be equal."""
    machines = ensemble(kind)
    for number in (0, 1, 0, 1):
        machines.choose(Pick(number))
        assert len(machines.choices) < less_than


def test_an_exception_is_a_difference() -> None:
    """What a machine raises is reported as where it differs."""
    machines = ensemble(Raising)
    with pytest.raises(Differs) as found:
        machines.choose_in_vain(Pick(5))
    assert found.value.parting == Parting("raised", "nothing", "KeyError: 5")


def test_choices_in_vain() -> None:
    """Ineligible choices change nothing and are not counted; eligible ones are refused."""
    machines = ensemble(Runs)
    machines.choose_in_vain(Pick(7))
    machines.choose_in_vain(Wake(0))
    assert machines.choices == []
    with pytest.raises(Differs):
        machines.choose_in_vain(Pick(0))


def test_choose_by_policy() -> None:
    """The policy picks, and the model's law allows just this pick."""
    machines = ensemble(Runs)
    for _ in range(4):
        machines.choose_by("round-robin")
    assert machines.choices == [Pick(0), Pick(1), Pick(0), Pick(1)]


def test_a_law_that_allows_another_pick() -> None:
    """A law that disagrees with the policy's algorithm is a difference."""
    odd = Subject("odd", Model, laws={"cooperative": lambda _, pick: pick == 1})
    machines = Ensemble((odd,), Config(), DefaultHost)
    machines.load(image(), unverified=False)
    with pytest.raises(Differs, match="law of cooperative"):
        machines.choose_by("cooperative")


def test_witness() -> None:
    """A witness remembers each question with its answer."""
    machines = ensemble(Runs)
    machines.choose(Pick(0))
    witness = machines.players[1].host
    assert isinstance(witness, Witness)
    ((ask, answer),) = witness.asked
    assert ask.labels == ("a",)
    assert answer == DefaultHost()(ask)
    assert machines.last.asked == ((ask, answer),)


def test_require_equal() -> None:
    """Equal things pass; others are named."""
    require_equal("m", "end", (1,), (1,))
    with pytest.raises(Differs, match="m, end"):
        require_equal("m", "end", (1,), (2,))
    assert attempt("m", "end", lambda: 5) == 5

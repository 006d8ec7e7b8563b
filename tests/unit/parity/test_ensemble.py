"""Machines in step: whatever one of them lets see differently is noticed at once."""

import pytest

from antiphon.bytecode.program import Image
from antiphon.compiler.compile import compile_protocol
from antiphon.effects.host import DefaultHost
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.config import Config
from antiphon.model.machine import Model
from antiphon.parity.act import Open, Stretch
from antiphon.parity.comparison import Parting
from antiphon.parity.ensemble import Differs, Ensemble, Witness, attempt, require_equal
from antiphon.parity.subject import MODEL, Subject, Way
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT
from tests.unit.parity.liars import (
    Forgetful,
    ForgetfulRuns,
    Raising,
    Runs,
    ShortRun,
    Unordered,
    Untraced,
    WrongClock,
    WrongClockRuns,
    WrongId,
    WrongRow,
    liar,
)


def image() -> Image:
    """One message from A to B."""
    types = {"A": output("B", (("a", NAT, END),)), "B": input_("A", (("a", NAT, END),))}
    return compile_protocol("p", types)


IMAGE = image()


def ensemble(kind: type[Model]) -> Ensemble:
    """The model and another machine, with one session each."""
    machines = Ensemble((MODEL, liar(kind)), Config(1), DefaultHost)
    machines.load(IMAGE, unverified=False)
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
    assert machines.acts == [Open(IMAGE, 1), *machines.choices]


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


def test_a_stretch_of_a_policy() -> None:
    """The policy picks, and the model's law allows just this; the last stretch may end early."""
    machines = ensemble(Runs)
    assert len(list(machines.stretch("round-robin", 3))) == 3
    assert len(list(machines.stretch("round-robin", 9))) == 1
    assert machines.choices == [Pick(0), Pick(1), Pick(0), Pick(1)]
    assert machines.acts[1:] == [Stretch("round-robin", 3), Stretch("round-robin", 9)]


@pytest.mark.parametrize("is_traced", [True, False])
def test_followers(is_traced: bool) -> None:
    """A follower does each act by itself; what it shows then is compared."""
    way = Way("by itself", Runs, is_traced=is_traced)
    if not is_traced:
        way = Way("by itself", Untraced, is_traced=False)
    machines = Ensemble((MODEL,), Config(1), DefaultHost, [(MODEL, way)])
    machines.load(IMAGE, 2, unverified=False)
    assert machines.choose(Pick(2)) is not None
    assert len(list(machines.stretch("cooperative", 90))) == 7
    assert machines.followers[0].machine.snapshot() == machines.last.snapshot


@pytest.mark.parametrize(
    ("kind", "path"),
    [(ShortRun, ".steps"), (WrongClockRuns, ".snapshot.clock"), (ForgetfulRuns, ".events")],
)
def test_a_follower_that_differs(kind: type[Runs], path: str) -> None:
    """A run that is too short, a state and a trace that are wrong are noticed after a stretch."""
    machines = Ensemble((MODEL,), Config(1), DefaultHost, [(MODEL, Way("by itself", kind))])
    with pytest.raises(Differs) as found:
        run_stretch(machines)
    assert found.value.machine == "model, by itself"
    assert path in found.value.parting.path


def run_stretch(machines: Ensemble) -> None:
    """A session, and a stretch that ends it."""
    machines.load(IMAGE, unverified=False)
    list(machines.stretch("cooperative", 90))


def test_a_law_that_allows_another_pick() -> None:
    """A law that disagrees with the policy's algorithm is a difference."""
    odd = Subject("odd", Model, laws={"cooperative": lambda _, pick: pick == 1})
    machines = Ensemble((odd,), Config(), DefaultHost)
    machines.load(image(), unverified=False)
    with pytest.raises(Differs, match="law of cooperative"):
        list(machines.stretch("cooperative", 1))


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

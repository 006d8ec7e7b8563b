"""One case: what it counts, what it checks, and how it is written down."""

from dataclasses import replace

import pytest

from antiphon.compiler.compile import compile_protocol
from antiphon.machine.config import Config
from antiphon.parity.act import Open
from antiphon.parity.corpus import play, play_alone
from antiphon.parity.ensemble import Differs
from antiphon.parity.generate import Case, Loaded
from antiphon.parity.generate_host import Behaviour
from antiphon.parity.source import Source
from antiphon.parity.subject import MODEL, engine
from antiphon.parity.trial import Trial
from antiphon.replay.recording import Load
from antiphon.theory.global_type import END, GlobalType, message, rec, var
from antiphon.theory.projection import project_all
from antiphon.values.sort import NAT
from tests.unit.parity.liars import Runs, ShortRun, WrongClock, liar
from tests.unit.parity.test_ensemble import image

HOST = Behaviour(1)
PROTOCOL = message("A", "B", "a", END, NAT)
LOADED = Loaded(image(), PROTOCOL)
CASE = Case("typed", (LOADED,), (), Config(1), False, HOST, "cooperative", 80)


def trial(case: Case) -> Trial:
    """The case, run on the model and an engine."""
    made = Trial(case, Source(key="trial"), (MODEL, engine("pure")))
    made.run()
    return made


@pytest.mark.parametrize("drive", ["cooperative", "round-robin", "random", "stubborn"])
def test_runs_to_the_end(drive: str) -> None:
    """However it is driven, the case ends; everything that can be checked is."""
    counts = trial(replace(CASE, drive=drive)).counts
    assert counts.steps == 4 + counts.rows["model"]["receive.receive-wait.empty"]
    assert counts.outcomes["Done"] == 1
    assert counts.checks["traces accepted"] == 1
    assert counts.checks["all absorbed"] == 1
    assert counts.checks["digests equal"] == 1
    assert counts.checks["finite and done"] == 4
    assert counts.rows["model"] == counts.rows["pure"]
    assert counts.cases["typed"] == counts.cases["cases"] == 1
    assert len(counts.states) >= 5


def test_a_policy_is_run_in_one_call_too() -> None:
    """A run in one call that differs from the steps is noticed."""
    case = replace(CASE, drive="round-robin")
    with pytest.raises(Differs, match="run"):
        Trial(case, Source(key="t"), (MODEL, liar(ShortRun))).run()
    good = Trial(case, Source(key="t"), (MODEL, liar(Runs)))
    good.run()
    assert good.counts.checks["runs equal to steps"] >= 1
    assert good.counts.checks["by itself run"] == 1


def test_a_trace_of_another_protocol() -> None:
    """A trace that is no run of the session's global type is noticed."""
    other = message("A", "B", "b", END, NAT)
    with pytest.raises(Differs) as found:
        trial(replace(CASE, sessions=(Loaded(image(), other),)))
    assert found.value.machine == "interpreter"


def test_a_finite_protocol_that_is_not_done() -> None:
    """A finite protocol with a good host must end Done: nothing else will do."""
    unfinished = message("A", "B", "a", message("A", "B", "b"), NAT)
    first = image().programs[1]
    waits = replace(image(), programs=(replace(image().programs[0], code=first.code), first))
    with pytest.raises(Differs):
        trial(replace(CASE, sessions=(Loaded(waits, unfinished),)))


def test_endless_protocols_are_exhausted() -> None:
    """A protocol without end is stopped after its steps, and need not be done."""
    protocol: GlobalType = rec("X", message("A", "B", "a", var("X"), NAT))
    types = {role: found.local_type for role, found in project_all(protocol).items()}
    loaded = Loaded(compile_protocol("loop", types), protocol)
    counts = trial(replace(CASE, sessions=(loaded,))).counts
    assert counts.steps == 80
    assert counts.outcomes["Exhausted"] == 1
    assert counts.checks["finite and done"] == 0


def test_late_sessions() -> None:
    """Sessions are opened on the way, in runs and in steps: a script and a recording have them."""
    for drive in ("round-robin", "random"):
        made = trial(replace(CASE, late=((LOADED,), (LOADED,)), drive=drive))
        assert made.ensemble.last.snapshot.counters.sessions_ended == 3
        recording = made.recording()
        assert sum(isinstance(event, Load) for _, event in recording.between) == 2
        play_alone(recording, MODEL)
        script = made.script()
        assert sum(isinstance(act, Open) for act in script.acts) == 3
        assert play(script, (MODEL, engine("pure")))["halt.ok.commit"] == 6


def test_a_host_that_is_late() -> None:
    """Who waits for the host is woken, a few times; then the run is over."""
    made = trial(replace(CASE, behaviour=Behaviour(5, late=100)))
    assert sum(made.counts.outcomes[each] for each in ("Done", "Quiescent")) == 1
    assert made.counts.rows["model"]["send.host-wait.pending"] >= 1
    assert made.recording().between


@pytest.mark.parametrize(("drive", "policy"), [("cooperative", "cooperative"), ("random", "picks")])
def test_recording(drive: str, policy: str) -> None:
    """A case is written down with what its policy does not determine, and the model's digests."""
    recording = trial(replace(CASE, drive=drive)).recording()
    assert recording is not None
    assert recording.setup.policy == policy
    assert (recording.picks is None) == (policy != "picks")
    assert list(map(len, recording.answers.values())) == [1]


def test_the_first_difference_ends_the_case() -> None:
    """A machine that shows another state is named with the choice after which it does."""
    made = Trial(CASE, Source(), (MODEL, liar(WrongClock)))
    with pytest.raises(Differs, match="choice 3") as found:
        made.run()
    assert found.value.parting.path == ".snapshot.clock"
    recording = made.recording()
    assert recording is not None
    assert recording.steps == 3

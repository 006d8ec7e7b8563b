"""Programs that note facts: every policy and every way to end is drawn."""

from antiphon.bytecode.instruction import Check, Halt, Tag
from antiphon.bytecode.program import RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS
from antiphon.machine.config import Config
from antiphon.machine.flow_policy import require_bounded
from antiphon.parity.draft import Draft
from antiphon.parity.generate import GENERATORS, case
from antiphon.parity.generate_knowledge import PREDICATES, TWISTS, flow, predicate
from antiphon.parity.lockstep import subjects_of
from antiphon.parity.source import Source
from antiphon.parity.trial import Trial
from antiphon.theory.local_type import END


def test_each_twist_is_about_knowledge() -> None:
    """Wherever a twist is put, and in the smallest program."""
    for number, twist in enumerate(TWISTS):
        draft = Draft(RoleProgram("A", END, (Halt(),), 1), 6)
        twist(Source(key=str(number)), draft, 0)
        assert any(isinstance(each, Tag | Check) for each in draft.code)


def test_every_policy_and_predicate_is_drawn() -> None:
    """Each is one that a machine can be set up with."""
    policies = [flow(Source(key=str(number))) for number in range(100)]
    assert len({type(policy) for policy in policies}) == 6
    for policy in policies:
        Config(flow=policy, flow_predicates=PREDICATES)
    predicates = [predicate(Source(key=str(number)), 3) for number in range(100)]
    assert len({type(one) for one in predicates}) == 5
    for one in predicates:
        require_bounded(one)


def test_the_rows_are_reached() -> None:
    """Some 240 cases reach nearly each row of the instructions, and no machine differs."""
    place, rows = GENERATORS.index("guarded"), set[str]()
    for number in range(240):
        source = Source((place,), key=f"knowledge {number}")
        drawn = case(source)
        trial = Trial(drawn, source, subjects_of(("pure",)))
        trial.run()
        rows |= trial.counts.rows["model"].keys()
    wanted = {
        f"{name}.{outcome.code}.{outcome.clause}"
        for name in ("tag", "check")
        for outcome in INSTRUCTIONS[name].outcomes
        if outcome.clause != "owner"
    }
    assert wanted <= rows
    assert {"send.output-condition-fault.denied", "offer.output-condition-fault.denied"} <= rows

"""Programs that want guard layers: every way to end is drawn."""

from antiphon.bytecode.instruction import Acquire, Halt, Release
from antiphon.bytecode.program import RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS
from antiphon.parity.draft import Draft
from antiphon.parity.generate import GENERATORS, case
from antiphon.parity.generate_guards import REGISTERS, TWISTS
from antiphon.parity.lockstep import replay_case, subjects_of
from antiphon.parity.source import Source
from antiphon.parity.trial import Trial
from antiphon.theory.local_type import END


def test_each_twist_wants_a_layer() -> None:
    """Wherever a twist is put, and in the smallest program."""
    for number, twist in enumerate(TWISTS):
        for start in range(2):
            draft = Draft(RoleProgram("A", END, (Halt(), Halt()), 1), REGISTERS)
            twist(Source(key=f"{number}.{start}"), draft, start)
            assert any(isinstance(each, Acquire | Release) for each in draft.code)
            assert draft.program().registers == REGISTERS


def test_the_rows_are_reached() -> None:
    """Some 200 cases reach each row of the two instructions outside forks; no machine differs."""
    place, rows = GENERATORS.index("guarded"), set[str]()
    for number in range(200):
        source = Source((place,), key=str(number))
        drawn = case(source)
        trial = Trial(drawn, source, subjects_of(("pure",)))
        trial.run()
        rows |= trial.counts.rows["model"].keys()
    wanted = {
        f"{name}.{outcome.code}.{outcome.clause}"
        for name in ("acquire", "release")
        for outcome in INSTRUCTIONS[name].outcomes
        if outcome.clause != "forbidden"
    }
    assert wanted <= rows
    assert replay_case((place,), subjects_of(("pure",))) is None

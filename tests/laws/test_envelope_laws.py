"""The laws of the envelope, on courses of any kind: classes are what the relations say."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from antiphon.machine.config import Config
from antiphon.machine.determinism import EffectDeterminismTier
from antiphon.machine.envelope import CHAINS, Class, Dimension, Envelope, Likeness, Run
from antiphon.machine.outcome import Outcome
from antiphon.model import envelope as model
from antiphon.replay import envelope as replay
from tests.laws.test_profile_laws import course, edited

WIDTHS = (1, 2, 3)
WORST = Likeness.VIOLATION


@st.composite
def run(draw: st.DrawFn) -> Run:
    """A run of a course."""
    outcome = draw(st.sampled_from((Outcome.DONE, Outcome.EXHAUSTED)))
    width = draw(st.sampled_from(WIDTHS))
    return Run(draw(course()), ("0f",), "cooperative", width, Config(), outcome)


@st.composite
def near(draw: st.DrawFn, base: Run) -> Run:
    """A run that is like another in some way, or nearly."""
    return replace(base, course=draw(edited(base.course)))


def bounds(dimension: Dimension) -> tuple[Class, ...]:
    """What can be declared, the best first; of waves the first few."""
    return CHAINS[dimension] or WIDTHS


TIER = EffectDeterminismTier.EnvelopeBoundedNondeterministic
ENVELOPES = tuple(
    Envelope(TIER, scheduler, width, effects, failures, outputs)
    for scheduler, width, effects, failures, outputs in product(
        CHAINS[Dimension.SCHEDULER],
        WIDTHS,
        CHAINS[Dimension.EFFECT_ORDERING],
        CHAINS[Dimension.FAILURE_VISIBLE],
        CHAINS[Dimension.OUTPUT_CONDITION],
    )
)
envelope = st.sampled_from(ENVELOPES)


@given(st.data())
def test_classes_are_relations(data: st.DataObject) -> None:
    """A class is inside a bound iff the bound's relation holds, in whichever order."""
    one = data.draw(run())
    two = data.draw(near(one))
    found, turned = replay.artifact(one, two), replay.artifact(two, one)
    assert found.classes == turned.classes
    for dimension in Dimension:
        for bound in bounds(dimension):
            holds = model.within(dimension, bound, one, two)
            assert replay.within(dimension, found.classes[dimension], bound) is holds
    declared = data.draw(envelope)
    assert replay.admits(declared, found) is model.admits(declared, one, two)


@given(st.data())
def test_distances_add_up(data: st.DataObject) -> None:
    """A run is as near to a third as the join of both ways, or nearer; to itself it is nearest."""
    one = data.draw(run())
    two = data.draw(near(one))
    three = data.draw(near(two))
    first, second, whole = (
        replay.artifact(a, b).classes for a, b in ((one, two), (two, three), (one, three))
    )
    for dimension, found in whole.items():
        way = replay.join(dimension, first[dimension], second[dimension])
        assert way is WORST or replay.within(dimension, found, way)
        if dimension is not Dimension.WAVE_WIDTH:
            assert replay.artifact(one, one).classes[dimension] is Likeness.EXACT


@given(st.data())
def test_admission_is_monotone(data: st.DataObject) -> None:
    """What an envelope admits, a wider one admits too."""
    one = data.draw(run())
    found = replay.artifact(one, data.draw(near(one)))
    tight, wide = data.draw(envelope), data.draw(envelope)
    is_wider = all(replay.within(each, tight.bound(each), wide.bound(each)) for each in Dimension)
    if is_wider and replay.admits(tight, found):
        assert replay.admits(wide, found)

"""The lattice, what is admitted, and the artifact."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import product

import pytest

from antiphon.machine.determinism import EffectDeterminismTier
from antiphon.machine.envelope import CHAINS, Class, Dimension, Envelope, Likeness
from antiphon.machine.event import Faulted, Opened
from antiphon.machine.fault import Fault
from antiphon.machine.outcome import Outcome
from antiphon.replay.envelope import admits, artifact, breaches, fragment_digest, join, within
from tests.unit.replay.envelopes import COURSE, RUN

EXACT, FREE, WORST = Likeness.EXACT, Likeness.REORDERED, Likeness.VIOLATION
BOUNDED = EffectDeterminismTier.EnvelopeBoundedNondeterministic
WIDEST = Envelope(BOUNDED, FREE, 2**30, Likeness.ANSWERED, FREE, FREE)
STRICTEST = Envelope(EffectDeterminismTier.StrictDeterministic, EXACT, 1, EXACT, EXACT, EXACT)

BYTES = (
    b"s\x13antiphon.fragment.1"
    b"(\x01s\x020f"  # the images
    b"i\x40"  # the configuration: room for 64 messages, all else as usual
    b"s\x0bcooperative"
    b"i\x01"  # the width of the widest wave
    b"s\x04Done"
    b"(\x02(\x04s\x06Openedi\x00i\x00(\x01s\x01A(\x05s\x06Haltedi\x00i\x00i\x00s\x01A"
    b"(\x01(\x02(\x05i\x00s\x01Ai\x00i\x00(\x00(\x01(\x02s\x05value(\x02s\x03Nati\x01"
)
FRAGMENT = "64e5af37aa87afc48710a6df97be3716180bd2522e118dbb08296fbb49afa2f9"
ARTIFACT = "c6440febe5c2e1e5ec8f2de10c66f85d5f7bc255ca509fc90e978eb1ad5563c8"


def known(dimension: Dimension) -> tuple[Class, ...]:
    """Every class of a dimension, the best first; of waves the first few."""
    return (*(CHAINS[dimension] or (1, 2, 3, 4)), WORST)


@pytest.mark.parametrize("dimension", Dimension)
def test_lattice(dimension: Dimension) -> None:
    """Joining is associative, commutative and idempotent, and a violation stays one."""
    classes = known(dimension)
    for a, b, c in product(classes, repeat=3):
        ab = join(dimension, a, b)
        assert join(dimension, ab, c) == join(dimension, a, join(dimension, b, c))
        assert ab == join(dimension, b, a) == classes[max(classes.index(a), classes.index(b))]
        assert join(dimension, a, a) == a
        assert join(dimension, WORST, a) is WORST


@pytest.mark.parametrize("dimension", Dimension)
def test_within(dimension: Dimension) -> None:
    """What is inside of a bound is inside of a wider one; a violation is inside of nothing."""
    classes = known(dimension)
    for (i, a), (j, b) in product(enumerate(classes), repeat=2):
        assert within(dimension, a, b) is (i <= j < len(classes) - 1)


def test_no_class() -> None:
    """A class of another dimension is refused."""
    for dimension, wrong in (
        (Dimension.SCHEDULER, Likeness.ANSWERED),
        (Dimension.SCHEDULER, 1),
        (Dimension.WAVE_WIDTH, EXACT),
        (Dimension.WAVE_WIDTH, 0),
    ):
        with pytest.raises(ValueError, match=f"is no class of {dimension.value}"):
            join(dimension, WORST, wrong)


def test_every_bound_is_asked() -> None:
    """One class beyond its bound is enough, and is named."""
    good = artifact(RUN, RUN)
    assert admits(STRICTEST, good)
    for dimension in Dimension:
        second = known(dimension)[1]
        for worse, envelope in ((second, STRICTEST), (WORST, STRICTEST), (WORST, WIDEST)):
            found = replace(good, classes={**good.classes, dimension: worse})
            assert breaches(envelope, found) == (dimension,)
            assert not admits(envelope, found)
        assert admits(WIDEST, replace(good, classes={**good.classes, dimension: second}))


def test_who_failed_is_not_who_is_done() -> None:
    """Halted is not Faulted, in however wide an envelope."""
    fault = Faulted(0, 0, 0, "A", Fault("fetch", "pc-out-of-range", "address"))
    failed = replace(RUN, course=replace(COURSE, events=(Opened(0, 0, ("A",)), fault)))
    found = artifact(RUN, failed)
    assert breaches(WIDEST, found) == (Dimension.SCHEDULER, Dimension.FAILURE_VISIBLE)
    assert found.reasons[Dimension.FAILURE_VISIBLE] == (
        "coroutine 0 in session 0: Halted in one, Faulted in the other"
    )
    other = artifact(RUN, replace(RUN, outcome=Outcome.EXHAUSTED))
    assert breaches(WIDEST, other) == (Dimension.FAILURE_VISIBLE,)


def test_the_bytes_are_as_written_down() -> None:
    """Anybody can make the digests again, with nothing but SHA-256."""
    assert hashlib.sha256(BYTES).hexdigest() == FRAGMENT == fragment_digest(RUN)
    whole = b"s\x13antiphon.envelope.1" + 2 * (b"s\x40" + FRAGMENT.encode())
    for name, worst in (
        (b"s\x09scheduler", b"s\x05exact"),
        (b"s\x0awave_width", b"i\x01"),
        (b"s\x0feffect_ordering", b"s\x05exact"),
        (b"s\x0ffailure_visible", b"s\x05exact"),
        (b"s\x10output_condition", b"s\x05exact"),
    ):
        whole += b"(\x02" + name + worst
    found = artifact(RUN, RUN)
    assert hashlib.sha256(whole).hexdigest() == ARTIFACT == found.digest
    assert found.to_json() == {
        "version": 1,
        "base": FRAGMENT,
        "other": FRAGMENT,
        "classes": {each.value: "exact" for each in Dimension} | {"wave_width": 1},
        "reasons": {each.value: "" for each in Dimension},
        "digest": ARTIFACT,
    }

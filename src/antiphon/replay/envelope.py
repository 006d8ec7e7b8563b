"""Whether two runs are as alike as was declared: the lattice, what is admitted, the artifact.

An artifact is written down so that anybody can make it again from the two runs. All digests are
``values.canonical.digest``, SHA-256 over canonical bytes:

    run       domain ``antiphon.fragment.1``, then: the digests of the images; the configuration
              (``machine.interchange.config_to_plain``); the policy; the width of the widest wave;
              the outcome; the events (``machine.event.to_plain``), one tuple of all; the answers
              (``replay.profiles.answers_form``)
    artifact  domain ``antiphon.envelope.1``, then: the digests of the two runs; for each dimension,
              in the order of ``machine.envelope.Dimension``, its name and class
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from antiphon.machine import event as events
from antiphon.machine.envelope import CHAINS, Class, Dimension, Envelope, Likeness, Run
from antiphon.machine.interchange import config_to_plain
from antiphon.replay.classes import classify
from antiphon.replay.profiles import answers_form
from antiphon.values.canonical import digest


@dataclass(frozen=True, slots=True)
class Artifact:
    """How far two runs are from each other, dimension by dimension, and why.

    ``base`` and ``other`` are their digests; there is no reason for the best class.
    """

    base: str
    other: str
    classes: Mapping[Dimension, Class]
    reasons: Mapping[Dimension, str]

    @property
    def digest(self) -> str:
        """The digest of all but the reasons."""
        parts = tuple((each.value, _plain(self.classes[each])) for each in Dimension)
        return digest("antiphon.envelope.1", (self.base, self.other, *parts))

    def to_json(self) -> dict[str, object]:
        """The artifact as JSON."""
        return {
            "version": 1,
            "base": self.base,
            "other": self.other,
            "classes": {each.value: _plain(self.classes[each]) for each in Dimension},
            "reasons": {each.value: self.reasons[each] for each in Dimension},
            "digest": self.digest,
        }


def artifact(base: Run, other: Run) -> Artifact:
    """What two runs come to."""
    judged = classify(base, other)
    return Artifact(
        fragment_digest(base),
        fragment_digest(other),
        {each: found for each, (found, _) in judged.items()},
        {each: why for each, (_, why) in judged.items()},
    )


def fragment_digest(run: Run) -> str:
    """The digest of a run, with all that it was under."""
    seen = tuple(map(events.to_plain, run.course.events))
    made = (run.images, config_to_plain(run.config), run.policy, run.wave_width)
    return digest("antiphon.fragment.1", (*made, run.outcome.value, seen, answers_form(run.course)))


def join(dimension: Dimension, one: Class, other: Class) -> Class:
    """The better of the classes that both are inside of; ``VIOLATION`` with anything is itself.

    Raises ``ValueError`` for what is no class of the dimension.
    """
    return max(one, other, key=lambda each: _rank(dimension, each))


def within(dimension: Dimension, found: Class, bound: Class) -> bool:
    """Whether a class is inside a bound; ``VIOLATION`` is inside none, and is none."""
    return Likeness.VIOLATION not in (found, bound) and join(dimension, found, bound) == bound


def breaches(envelope: Envelope, found: Artifact) -> tuple[Dimension, ...]:
    """The dimensions in which two runs are farther from each other than was declared."""
    return tuple(
        each for each in Dimension if not within(each, found.classes[each], envelope.bound(each))
    )


def admits(envelope: Envelope, found: Artifact) -> bool:
    """Whether two runs are as alike as was declared, in each dimension."""
    return not breaches(envelope, found)


def _rank(dimension: Dimension, found: Class) -> tuple[bool, int]:
    """Its place in the chain; the last one is that of ``VIOLATION``."""
    if found is Likeness.VIOLATION:
        return True, 0
    if isinstance(found, int) and dimension is Dimension.WAVE_WIDTH and found > 0:
        return False, found
    if found in CHAINS[dimension]:
        return False, CHAINS[dimension].index(found)
    raise ValueError(f"{found} is no class of {dimension.value}")


def _plain(found: Class) -> str | int:
    return found.value if isinstance(found, Likeness) else found

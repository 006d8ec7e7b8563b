"""How far a run may be from another: dimensions, the classes of each, and a declared envelope.

The relations are in ``model.envelope``, the classes of two runs in ``replay.classes``. In JSON an
envelope is, with exactly these keys:

    format, version     "antiphon-envelope", 1
    tier                an ``EffectDeterminismTier``
    scheduler, effect_ordering, failure_visible, output_condition
                        the worst class that is admitted
    wave_width          the widest wave that is admitted
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias

from antiphon.bytecode.interchange import check_format, fields, natural
from antiphon.machine.config import Config
from antiphon.machine.course import Course
from antiphon.machine.determinism import EffectDeterminismTier
from antiphon.machine.outcome import Outcome

FORMAT: Final = "antiphon-envelope"
VERSION: Final = 1


class Dimension(Enum):
    """In what respect two runs are compared."""

    SCHEDULER = "scheduler"
    WAVE_WIDTH = "wave_width"
    EFFECT_ORDERING = "effect_ordering"
    FAILURE_VISIBLE = "failure_visible"
    OUTPUT_CONDITION = "output_condition"


class Likeness(Enum):
    """How alike two runs are in a dimension; not every dimension has all of them.

    ``SESSIONS``: only different sessions are in another order to each other. ``REORDERED``: only
    steps of different coroutines are. ``ANSWERED``: the host answered the same questions in another
    way. ``VIOLATION``: none of these; no envelope admits it.
    """

    EXACT = "exact"
    SESSIONS = "sessions"
    REORDERED = "reordered"
    ANSWERED = "answered"
    VIOLATION = "violation"


Class: TypeAlias = Likeness | int
"""A class of a dimension: for waves the larger width of the two, or ``VIOLATION``."""

CHAINS: Final[Mapping[Dimension, tuple[Likeness, ...]]] = MappingProxyType(
    {
        Dimension.SCHEDULER: (Likeness.EXACT, Likeness.SESSIONS, Likeness.REORDERED),
        Dimension.WAVE_WIDTH: (),
        Dimension.EFFECT_ORDERING: (Likeness.EXACT, Likeness.REORDERED, Likeness.ANSWERED),
        Dimension.FAILURE_VISIBLE: (Likeness.EXACT, Likeness.REORDERED),
        Dimension.OUTPUT_CONDITION: (Likeness.EXACT, Likeness.REORDERED),
    }
)
"""The classes below ``VIOLATION``, each inside the next; for waves, all widths from 1."""

EFFECTS_OF_TIER: Final[Mapping[EffectDeterminismTier, Likeness]] = MappingProxyType(
    {
        EffectDeterminismTier.StrictDeterministic: Likeness.EXACT,
        EffectDeterminismTier.ReplayDeterministic: Likeness.REORDERED,
        EffectDeterminismTier.EnvelopeBoundedNondeterministic: Likeness.ANSWERED,
    }
)
"""The worst class of effects that a tier admits."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run, what it was of and what it was under.

    ``images`` are digests, ``wave_width`` is the most picks that one wave had: 1 where they are
    made one at a time. ``outcome`` is how it ended. Raises ``ValueError`` for a narrower wave.
    """

    course: Course
    images: tuple[str, ...]
    policy: str
    wave_width: int
    config: Config
    outcome: Outcome

    def __post_init__(self) -> None:
        if self.wave_width < 1:
            raise ValueError("a wave has one pick at least")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is declared beforehand: the worst class that is admitted in each dimension.

    ``tier`` is what the host promises. Raises ``ValueError`` for a bound that its dimension does
    not have, or that the tier does not admit.
    """

    tier: EffectDeterminismTier
    scheduler: Likeness
    wave_width: int
    effect_ordering: Likeness
    failure_visible: Likeness
    output_condition: Likeness

    def __post_init__(self) -> None:
        for dimension, chain in CHAINS.items():
            bound = self.bound(dimension)
            if chain and bound not in chain:
                known = ", ".join(each.value for each in chain)
                raise ValueError(f"{dimension.value}: the bound is one of {known}")
        if self.wave_width < 1:
            raise ValueError("wave_width: a wave has one pick at least")
        chain, most = CHAINS[Dimension.EFFECT_ORDERING], EFFECTS_OF_TIER[self.tier]
        if chain.index(self.effect_ordering) > chain.index(most):
            words = f"effect_ordering: the tier {self.tier.value} admits {most.value} at most"
            raise ValueError(f"{words}; declare that, or another tier")

    def bound(self, dimension: Dimension) -> Class:
        """The worst class that is admitted."""
        found: Class = getattr(self, dimension.value)
        return found


def envelope_from_json(data: object) -> Envelope:
    """The envelope that ``data`` stands for.

    Raises ``Refusal`` for another format or version, and ``ValueError``, which names the key, for
    what is none.
    """
    check_format(data, FORMAT, VERSION)
    names = tuple(dimension.value for dimension in Dimension)
    _, _, tier, *bounds = fields(data, ("format", "version", "tier", *names))
    tiers = {each.value: each for each in EffectDeterminismTier}
    if not isinstance(tier, str) or tier not in tiers:
        raise ValueError(f"tier: one of {', '.join(tiers)} belongs here")
    given = dict(zip(Dimension, bounds, strict=True))
    return Envelope(
        tiers[tier],
        _likeness(Dimension.SCHEDULER, given),
        _width(given[Dimension.WAVE_WIDTH]),
        _likeness(Dimension.EFFECT_ORDERING, given),
        _likeness(Dimension.FAILURE_VISIBLE, given),
        _likeness(Dimension.OUTPUT_CONDITION, given),
    )


def _width(data: object) -> int:
    try:
        return natural(data)
    except ValueError as error:
        raise ValueError(f"wave_width: {error}") from None


def _likeness(dimension: Dimension, given: Mapping[Dimension, object]) -> Likeness:
    known = {each.value: each for each in CHAINS[dimension]}
    name = given[dimension]
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"{dimension.value}: one of {', '.join(known)} belongs here")
    return known[name]

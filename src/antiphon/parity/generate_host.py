"""Hosts that behave, and hosts that do not: late, unwilling, or answering something else.

What a host does depends on the position asked for and on how often it was asked there, never on
the schedule or on the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from antiphon.effects.host import SeededHost
from antiphon.machine.ask import Answer, Ask, Chosen, Pending, Position, Refused
from antiphon.parity.generate_value import near_value
from antiphon.parity.source import Source, mix
from antiphon.values.value import UNIT

NEVER = 3
_OFTEN = 8
"""An action or a layer goes wrong so many times as often as the rest: there are few of them."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How often, in 100 positions, a host is late, refuses, or answers wrongly."""

    seed: int
    late: int = 0
    unwilling: int = 0
    wrong: int = 0

    @property
    def is_good(self) -> bool:
        """Whether every question gets its answer at once."""
        return not (self.late or self.unwilling or self.wrong)


def good(source: Source) -> Behaviour:
    """A host that always answers."""
    return Behaviour(source.below(2**16))


def bad(source: Source) -> Behaviour:
    """A host that does not always answer, or not well."""
    return Behaviour(
        source.below(2**16),
        source.pick((0, 10, 30)),
        source.pick((0, 0, 10, 10)),
        source.pick((0, 0, 10, 10)),
    )


class BehavingHost:
    """A host of one machine that behaves so."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._seeded = SeededHost(behaviour.seed)
        self._times: dict[Position, int] = {}

    def __call__(self, ask: Ask) -> Answer:
        """The answer to one question, for the first time or again."""
        if self._behaviour.is_good:
            return self._seeded(ask)
        position, behaviour = ask.position, self._behaviour
        place = crc32(position.role.encode()) << 32 | position.session << 16 | position.iteration
        chance = mix(mix(behaviour.seed) ^ place)
        times = self._times[position] = self._times.get(position, 0) + 1
        patience = 1 + (chance >> 32) % NEVER
        if chance % 100 < behaviour.late and (times <= patience or patience == NEVER):
            return Pending()
        often = _OFTEN if ask.kind in ("invoke", "acquire") else 1
        if (chance >> 8) % 100 < behaviour.unwilling * often:
            return Refused("not now")
        if (chance >> 16) % 100 < behaviour.wrong * often:
            return _wrong(ask, chance >> 40)
        return self._seeded(ask)


def _wrong(ask: Ask, chance: int) -> Answer:
    """What the question does not ask for, or only just."""
    if ask.kind == "choice":
        return (UNIT, Chosen("nonsense"), Chosen("a"))[chance % 3]
    if ask.kind == "payload" and ask.sort is not None and chance % 4:
        return near_value(Source(key=str(chance)), ask.sort)
    return Chosen("a")

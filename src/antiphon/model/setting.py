"""What the machine was set up with, arranged so that a step can look things up in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.failure import Corrupt, Crash, Delay, Drop, Partition, Pause
from antiphon.machine.output_condition import OutputConditionPolicy
from antiphon.model.knowledge import Flow

Site: TypeAlias = tuple[int, str, int]
"""Session, role, step."""
Place: TypeAlias = tuple[int, tuple[str, str], int]
"""Session, edge, number of the message."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A configuration. ``buffers`` has those of edges that are not as ``plain``, ``priorities``
    those of roles that are not 0. ``sites``, ``fates`` and ``cuts`` are the failures of steps,
    messages and links; ``watched`` are the edges, by session, on which some is placed.
    """

    plain: Buffer
    buffers: Mapping[tuple[str, str], Buffer]
    budget: int | None
    priorities: Mapping[str, int]
    max_coroutines: int | None
    max_sessions: int | None
    sites: Mapping[Site, Crash | Pause]
    fates: Mapping[Place, Drop | Corrupt | Delay]
    cuts: Mapping[Place, Partition]
    watched: frozenset[tuple[int, tuple[str, str]]]
    flow: Flow
    outputs: OutputConditionPolicy
    pure_actions: frozenset[str]

    def buffer(self, edge: tuple[str, str]) -> Buffer:
        """How the queue of an edge keeps its messages."""
        return self.buffers.get(edge, self.plain)


def setting(config: Config) -> Setting:
    """A configuration as the machine uses it."""
    sites: dict[Site, Crash | Pause] = {}
    fates: dict[Place, Drop | Corrupt | Delay] = {}
    cuts: dict[Place, Partition] = {}
    for failure in config.failures:
        if isinstance(failure, Crash | Pause):
            sites[failure.session, failure.role, failure.step] = failure
            continue
        place = (failure.session, (failure.sender, failure.receiver), failure.index)
        if isinstance(failure, Partition):
            cuts[place] = failure
        else:
            fates[place] = failure
    return Setting(
        Buffer(capacity=config.capacity),
        MappingProxyType({(sender, receiver): each for sender, receiver, each in config.buffers}),
        config.budget,
        MappingProxyType(dict(config.priorities)),
        config.max_coroutines,
        config.max_sessions,
        MappingProxyType(sites),
        MappingProxyType(fates),
        MappingProxyType(cuts),
        frozenset((session, edge) for session, edge, _ in (*fates, *cuts)),
        Flow(config.flow, MappingProxyType(dict(config.flow_predicates))),
        config.outputs,
        frozenset(config.pure_actions),
    )

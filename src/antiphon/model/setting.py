"""What the machine was set up with, arranged so that a step can look things up in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config


@dataclass(frozen=True, slots=True)
class Setting:
    """A configuration. ``buffers`` has those of edges that are not as ``plain``, ``priorities``
    those of roles that are not 0.
    """

    plain: Buffer
    buffers: Mapping[tuple[str, str], Buffer]
    budget: int | None
    priorities: Mapping[str, int]
    max_coroutines: int | None
    pure_actions: frozenset[str]

    def buffer(self, edge: tuple[str, str]) -> Buffer:
        """How the queue of an edge keeps its messages."""
        return self.buffers.get(edge, self.plain)


def setting(config: Config) -> Setting:
    """A configuration as the machine uses it."""
    buffers = {(sender, receiver): buffer for sender, receiver, buffer in config.buffers}
    plain = Buffer(capacity=config.capacity)
    priorities = MappingProxyType(dict(config.priorities))
    return Setting(
        plain,
        MappingProxyType(buffers),
        config.budget,
        priorities,
        config.max_coroutines,
        frozenset(config.pure_actions),
    )

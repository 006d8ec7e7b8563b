"""What policies look at that look further than the ids in the ready queue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from antiphon.machine.config import Config
from antiphon.machine.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ready coroutine.

    ``priority`` is that of its role, ``waited`` how many ticks it has been in the ready queue,
    ``tokens`` how many messages are queued for the endpoints that it owns.
    """

    id: int
    priority: int
    waited: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Lineup:
    """Whom a policy may pick: ``candidates`` in the order of the ready queue, not empty.

    ``overtakes`` is how many picks in a row, up to now, have passed over the head of the queue.
    """

    candidates: tuple[Candidate, ...]
    overtakes: int = 0


def lineup_of(state: Snapshot, config: Config) -> Lineup:
    """The lineup of a machine with this configuration that is in this state."""
    priorities = dict(config.priorities)
    roles = {one.id: one.role for one in state.coroutines}
    tokens: Counter[int] = Counter()
    for session in state.sessions:
        for end in session.endpoints:
            if end.owner is not None:
                tokens[end.owner] += end.tokens
    return Lineup(
        tuple(
            Candidate(one, priorities.get(roles[one], 0), state.clock - since, tokens[one])
            for one, since in zip(state.ready, state.since, strict=True)
        ),
        state.overtakes,
    )

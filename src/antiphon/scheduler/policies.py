"""The policies by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from antiphon.errors import Refusal
from antiphon.machine.interface import POLICIES
from antiphon.scheduler.cooperative import cooperative
from antiphon.scheduler.lineup import Lineup
from antiphon.scheduler.ranking import aging, priority, progress_aware, token_weighted
from antiphon.scheduler.round_robin import round_robin

Policy: TypeAlias = Callable[[Sequence[int], "int | None"], int]
"""From the ready queue, not empty, and the last pick, to the next pick, one of the ready ones."""

PLAIN: Final[Mapping[str, Policy]] = MappingProxyType(
    {"cooperative": cooperative, "round-robin": round_robin}
)
"""Those that need to know no more than that."""

RANKING: Final[Mapping[str, Callable[[Lineup], int]]] = MappingProxyType(
    {
        "priority": priority,
        "aging": aging,
        "token-weighted": token_weighted,
        "progress-aware": progress_aware,
    }
)
"""Those that look at the lineup."""


def policy_named(name: str, look: Callable[[], Lineup]) -> Policy:
    """The policy called ``name``; ``look`` gives the lineup at each pick, if it is asked for.

    Raises ``Refusal`` (``unknown-policy``) if there is none.
    """
    if name in PLAIN:
        return PLAIN[name]
    ranking = RANKING.get(name)
    if ranking is None:
        known = ", ".join(POLICIES)
        raise Refusal("unknown-policy", f"there is no policy {name!r}; choose one of {known}")
    return lambda _ready, _last: ranking(look())

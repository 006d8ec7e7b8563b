"""The policies by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from antiphon.errors import Refusal
from antiphon.scheduler.cooperative import cooperative
from antiphon.scheduler.round_robin import round_robin

Policy: TypeAlias = Callable[[Sequence[int], "int | None"], int]
"""From the ready queue, not empty, and the last pick, to the next pick, one of the ready ones."""

POLICIES: Final[Mapping[str, Policy]] = MappingProxyType(
    {"cooperative": cooperative, "round-robin": round_robin}
)


def policy_named(name: str) -> Policy:
    """The policy called ``name``; raises ``Refusal`` (``unknown-policy``) if there is none."""
    policy = POLICIES.get(name)
    if policy is None:
        known = ", ".join(POLICIES)
        raise Refusal("unknown-policy", f"there is no policy {name!r}; choose one of {known}")
    return policy

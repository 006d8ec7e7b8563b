"""Guard layers: what one coroutine at a time can hold, in the whole machine (S24).

A layer is known by its name alone, and need not be declared. Each grant has a number of its own, so
that the evidence of one is never that of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from antiphon.values.value import Nat, Prod, Str, Value


@dataclass(frozen=True, slots=True)
class Grant:
    """Who holds a layer, and the number of the grant."""

    holder: int
    nonce: int


@dataclass(frozen=True, slots=True)
class Guards:
    """The layers that are held, and how many grants there ever were."""

    grants: Mapping[str, Grant] = field(default_factory=dict[str, Grant])
    next_nonce: int = 0

    def holder(self, layer: str) -> int | None:
        """Who holds a layer, if somebody does."""
        grant = self.grants.get(layer)
        return None if grant is None else grant.holder

    def held_by(self, coroutine: int) -> tuple[str, ...]:
        """The layers that a coroutine holds, by name."""
        return tuple(sorted(one for one, grant in self.grants.items() if grant.holder == coroutine))

    def granted(self, layer: str, holder: int) -> Guards:
        """With one more grant."""
        grant = Grant(holder, self.next_nonce)
        return Guards({**self.grants, layer: grant}, self.next_nonce + 1)

    def without(self, layer: str) -> Guards:
        """With that layer free."""
        grants = {name: grant for name, grant in self.grants.items() if name != layer}
        return Guards(grants, self.next_nonce)

    def evidence(self, layer: str) -> Value:
        """What shows that a layer, which is held, is held: nonce, layer, holder."""
        grant = self.grants[layer]
        return Prod(Nat(grant.nonce), Prod(Str(layer), Nat(grant.holder)))

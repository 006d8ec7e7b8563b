"""What planning and taking waves came to, in numbers. No program sees them; nothing is compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class WaveMetrics:
    """``widths`` counts waves by their picks, ``within_session`` those with two picks that touch
    one session. ``conflicts``: candidates that were left for later. ``rejected``: certificates that
    did not hold. ``rolled_back``: waves of which a step faulted, or touched more than was declared.
    """

    widths: Counter[int] = field(default_factory=Counter[int])
    within_session: int = 0
    conflicts: int = 0
    rejected: int = 0
    rolled_back: int = 0

    @property
    def waves(self) -> int:
        """How many waves there were."""
        return self.widths.total()

    @property
    def picks(self) -> int:
        """How many steps were taken in waves."""
        return sum(width * count for width, count in self.widths.items())

    @property
    def wide(self) -> int:
        """How many waves had two picks or more."""
        return sum(count for width, count in self.widths.items() if width > 1)

    def to_json(self) -> dict[str, object]:
        """The numbers as JSON."""
        return {
            "waves": self.waves,
            "picks": self.picks,
            "wide": self.wide,
            "within_session": self.within_session,
            "widths": {str(width): self.widths[width] for width in sorted(self.widths)},
            "conflicts": self.conflicts,
            "rejected": self.rejected,
            "rolled_back": self.rolled_back,
        }

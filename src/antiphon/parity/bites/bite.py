"""What is said of a rule that is broken by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import TypeAlias

Load: TypeAlias = Callable[[str], ModuleType]
Says: TypeAlias = Callable[[Load], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Bite:
    """``says`` are the codes or fingerprints that a case is to have; ``of`` finds them with the
    checkers that a loader gives.
    """

    says: tuple[str, ...]
    of: Says

    def said(self, load: Load) -> tuple[str, ...]:
        """What is said; ``raised`` if the checkers cannot tell."""
        try:
            return tuple(self.of(load))
        except (LookupError, TypeError, ValueError, AttributeError, NameError):
            return ("raised",)

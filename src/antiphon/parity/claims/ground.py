"""What claims are about: the modules of this package, or a copy with one fault in it.

So that it can be shown of each claim that it does not hold of everything.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Final


class Ground:
    """Where a claim finds what it is about; ``load`` gives a module of its full name."""

    def __init__(self, load: Callable[[str], ModuleType] = import_module) -> None:
        self._load = load

    def module(self, name: str) -> ModuleType:
        """A module of this package, such as ``model.step``."""
        return self._load(f"antiphon.{name}")


HEALTHY: Final = Ground()

"""What can be done to machines: open sessions, make a choice, or let a policy make many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from antiphon.bytecode.program import Image
from antiphon.machine.choice import Choice


@dataclass(frozen=True, slots=True)
class Open:
    """``count`` sessions of ``image``, one after the other."""

    image: Image
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Up to ``steps`` steps under a policy; fewer if nobody is ready any more."""

    policy: str
    steps: int


Act: TypeAlias = Open | Stretch | Choice

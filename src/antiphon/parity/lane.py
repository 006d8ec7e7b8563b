"""What a lane of the suite has looked at, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from antiphon.parity.corpus import Case
from antiphon.parity.problem import Problem

DRAWN: Final = "drawn"
FIXED: Final = "fixed"
PART: Final = "part"
Kind: TypeAlias = Literal["drawn", "fixed", "part"]
"""``drawn``: its cases are drawn from the seed. ``fixed``: they are always the same. ``part``: they
are some of those of another lane, whose steps and seconds are not counted twice.
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What a lane has looked at: so many cases, so many steps of machines in them.

    ``differences`` say what differs, ``missed`` what there was too little of; ``result`` is the
    digest of all that was found. ``kept`` are differences as cases of the corpus, as far as they
    can be that.
    """

    cases: int
    steps: int
    result: str
    differences: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    kept: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane that was run; ``seconds`` is how long that took, for a part the whole."""

    name: str
    kind: Kind
    look: Look
    seconds: float

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong: ``differs``, ``no-cases``, ``too-few``."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        look = self.look
        if not look.cases:
            yield Problem("no-cases", self.name, "nothing was looked at: a lane must have cases")
        yield from (Problem("differs", self.name, each) for each in look.differences)
        yield from (Problem("too-few", self.name, each) for each in look.missed)

    def to_json(self) -> dict[str, object]:
        """The lane as JSON."""
        look = self.look
        return {
            "lane": self.name,
            "kind": self.kind,
            "cases": look.cases,
            "steps": look.steps,
            "differences": len(look.differences),
            "seconds": round(self.seconds, 3),
            "hash": look.result,
        }

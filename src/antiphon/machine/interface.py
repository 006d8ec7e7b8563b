"""The treaty (S28): what a machine can do. Everything else is built on these methods.

A machine that is faster at many steps than at one signs ``Runner`` as well.

A machine is made from a ``Config`` and a ``Host``; its constructor takes them in that order. Both
of ours take a request and contracts as well, and pass a gate (``contracts``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Protocol

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.machine.choice import Choice
from antiphon.machine.config import Config
from antiphon.machine.event import Event
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Snapshot

POLICIES: Final = (
    "cooperative",
    "round-robin",
    "priority",
    "aging",
    "token-weighted",
    "progress-aware",
)
MEMORY: Final[Mapping[str, str]] = MappingProxyType(
    {"aging": "since", "progress-aware": "overtakes"}
)
"""The policies that remember, and the field of the snapshot that holds what they remember."""


class Machine(Protocol):
    """A virtual machine with sessions, coroutines, queues and a trace.

    While a machine asks its host, the host may look at it (``enabled``, ``snapshot``, ``events``)
    and sees the state before the step. ``load``, ``step`` and ``run``, of a choice of any kind,
    raise ``Refusal`` with code ``machine-busy`` then.
    """

    @property
    def config(self) -> Config:
        """What it was made with."""
        ...

    def load(self, image: Image, *, unverified: bool = False) -> int:
        """Open a session of ``image`` and return its id.

        One coroutine per role, ids ascending in the image's order of roles, all ready, behind those
        that are. Raises ``ProgramError`` if the verifier rejects the image; ``unverified`` asks
        only for what ``bytecode.loadable`` says, and what the verifier would have caught faults at
        run time instead.
        """
        ...

    def enabled(self) -> tuple[int, ...]:
        """The ready coroutines, in the order of the ready queue."""
        ...

    def step(self, choice: Choice) -> Row | None:
        """Make one choice. A ``Pick`` takes one step and returns the table's row that it reached.

        Returns None, and changes nothing, for a coroutine that is not ready. A ``Wake`` makes a
        coroutine that waits for the host ready, and an ``Advance`` makes those ready that wait for
        its tick; both always return None.
        """
        ...

    def snapshot(self) -> Snapshot:
        """The whole state."""
        ...

    def events(self) -> Sequence[Event]:
        """The trace from the beginning, to be read only; later calls see more."""
        ...


class Runner(Machine, Protocol):
    """A machine that can also take many steps in one call."""

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """Step under a policy until nothing is ready or ``max_steps`` steps are taken.

        Lets time pass where nobody is ready but somebody waits for a tick, at the end too. Equals
        repeated ``step`` with ``scheduler``'s picks.
        """
        ...

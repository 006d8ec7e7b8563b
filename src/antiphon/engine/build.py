"""Which build of the kernel runs: the compiled one, if there is one made from this very source.

``setup.py`` compiles ``kernel.py`` under another name, so both builds can be had in one process.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final, Protocol, TypeAlias, cast

from antiphon.bytecode.table import ROW_NUMBER
from antiphon.engine import kernel
from antiphon.errors import Bug, Refusal

PURE: Final = "pure"
COMPILED: Final = "compiled"
_COMPILED_MODULE: Final = "antiphon.engine._kernel_compiled"


SessionNumbers: TypeAlias = tuple[
    int,
    bool,
    bool,
    tuple[tuple[int, int, int, int, tuple[int, ...]], ...],
    tuple[tuple[int, tuple[tuple[int, int, int], ...]], ...],
    tuple[tuple[int, int, int, int], ...],
]
"""Image, whether active, whether lossy; of each endpoint the state, the owner or below 0, tokens,
answers and facts; of queues the labels and words in them, and when each is there; of edges what
their capacity has grown to or 0, messages sent or -1, when their link is up.
"""
CoroutineNumbers: TypeAlias = tuple[
    int, int, int, int, int, int, int, tuple[int, ...], int, int, int
]
"""Image, session, role, cell, status, row, cost, line, children, answers, tick waited for or 0."""
Apart: TypeAlias = tuple[int, int, int, int, int, int]
"""A message that a fork keeps: image, session, queue in it, label, word, when it is there."""
Kept: TypeAlias = tuple[int, int, int, int, tuple[int, ...]]
"""An endpoint that a fork keeps: image, session, place, state, words of its facts."""
Fork: TypeAlias = tuple[
    int, int, tuple[int, ...], tuple[Kept, ...], tuple[Apart, ...], tuple[Apart, ...]
]
"""Number, clock, registers; endpoints; messages sent, messages received."""

Recorded: TypeAlias = tuple[
    list[Sequence[int]], int, list[tuple[int, ...]], int, list[tuple[int, int]]
]
"""The chunks of the trace, the events in the last, notes, the number of the first of these, and
children with their parents.
"""


class Reader(Protocol):
    """What the kernel asks for that makes prints; numbers are those of events in the chunks."""

    def print_of(self, number: int) -> int:
        """The print of an event."""
        ...

    def what(self, number: int) -> int:
        """What it begins as."""
        ...

    def home(self, coroutine: int) -> tuple[int, int, int, int]:
        """A range of coroutines, the session of the first, and how many are of the same."""
        ...


class Lane(Protocol):
    """A part of the ready queue that is run by itself; see ``kernel.Kernel``."""

    def go(self) -> int:
        """Take generations of steps: how many, if there was something in the way, else NEVER."""
        ...

    def deliver(self) -> None:
        """Bring the events to where they belong."""
        ...


class Kernel(Protocol):
    """What both builds of ``kernel.Kernel`` can do, for the rest of the engine; see there."""

    def install(
        self,
        shape: tuple[int, int, int],
        roles: Sequence[tuple[int, ...]],
        targets: Sequence[tuple[int, ...]],
        cells: Sequence[tuple[int, ...]],
        states: Sequence[tuple[int, ...]],
        branches: Sequence[tuple[int, ...]],
        jumps: Sequence[tuple[int, ...]],
    ) -> int:
        """Add an image and return its number."""
        ...

    def place(
        self,
        alter: Callable[[int, int], int],
        sites: Sequence[tuple[int, int, Sequence[tuple[int, int]]]],
        plans: Sequence[tuple[int, int, int, Sequence[tuple[int, int, int]]]],
    ) -> None:
        """Have failures."""
        ...

    def guard_outputs(self, gate: int, listed: frozenset[int]) -> None:
        """From now on outputs are checked."""
        ...

    def make_by(self, makers: dict[int, Callable[[int], int]]) -> None:
        """Call these instead of asking."""
        ...

    def outputs(self) -> tuple[int, int]:
        """How many outputs met the condition, and how many did not."""
        ...

    def layers(self, order: Sequence[int]) -> None:
        """Have these guard layers, in order of their names."""
        ...

    def load(self, image: int, count: int) -> int:
        """Open sessions and return the id of the first."""
        ...

    def pick(self, coroutine: int) -> int:
        """One step of a coroutine: the row, or -1."""
        ...

    def wake(self, coroutine: int) -> None:
        """Ask again for a coroutine that waits for the host."""
        ...

    def elapse(self, tick: int) -> None:
        """Let time pass."""
        ...

    def rest(self) -> bool:
        """Let time pass if nobody is ready: whether anybody is now."""
        ...

    def run(self, policy: int, limit: int) -> int:
        """Up to ``limit`` steps: how many there were."""
        ...

    def align(self, limit: int) -> int:
        """Take steps up to where segments can begin: how many there were."""
        ...

    def segments(self, most: int) -> list[int]:
        """Lengths of segments of the ready queue that have no session in common."""
        ...

    def is_apart(self) -> bool:
        """Whether no session of those who are ready has to do with another."""
        ...

    def homes(self, lengths: list[int]) -> list[list[tuple[int, int]]]:
        """Of each segment the sessions, as ranges of ids."""
        ...

    def flat(self) -> list[list[int] | memoryview]:
        """All that lanes rest on and change, as tables."""
        ...

    def lanes(self, lengths: list[int], generations: int) -> list[Lane]:
        """A lane for each segment."""
        ...

    def gather(self, crew: list[Lane], fresh: Callable[[int], memoryview]) -> int:
        """Say where everything that lanes have done belongs: how many steps that was."""
        ...

    def arrive(self, crew: list[Lane], steps: int) -> None:
        """What lanes have done has happened."""
        ...

    def busy(self) -> bool:
        """Whether the host is being asked."""
        ...

    def counters(self) -> tuple[int, int, int, int, int, int, int, int, int]:
        """Clock, two next ids, last pick, five counts of terminal statuses."""
        ...

    def waits(self) -> tuple[bool, int, int]:
        """Whether one is ready, waits for the host, waits for queues."""
        ...

    def ready(self) -> list[int]:
        """The ready queue."""
        ...

    def memory(self) -> tuple[list[int], int]:
        """For each of the ready queue the clock when it joined, and the overtakes."""
        ...

    def sessions(self) -> list[tuple[int, int]]:
        """Id and slot of every live session."""
        ...

    def coroutines(self) -> list[tuple[int, int]]:
        """Id and slot of every coroutine."""
        ...

    def session_view(self, s: int) -> SessionNumbers:
        """All of a session in numbers."""
        ...

    def coroutine_view(self, c: int) -> CoroutineNumbers:
        """All of a coroutine in numbers, but its registers and what it waits for."""
        ...

    def waits_for(self, c: int) -> tuple[int, int, int, int]:
        """Slot, id and image of a session, and its queue that a coroutine waits for, or -1."""
        ...

    def layer(self, c: int) -> int:
        """The guard layer that a coroutine waits for, or -1."""
        ...

    def guards(self) -> tuple[int, list[tuple[int, int, int]]]:
        """How many grants there were; layer, holder and number of those that hold."""
        ...

    def registers(self, c: int) -> list[int]:
        """The words in a coroutine's registers."""
        ...

    def levels(self, c: int) -> tuple[Fork, ...]:
        """The forks of a coroutine that are open, the outermost first."""
        ...

    def objects(self) -> set[int]:
        """Every word in use that may name an object."""
        ...

    def recorded(self) -> Recorded:
        """What is kept of the trace."""
        ...

    def let_go(self, chunks: int) -> None:
        """Keep the first chunks no more."""
        ...

    def prints(self, first: int, reader: Reader) -> bytes:
        """The prints of the events from one on."""
        ...

    def sizes(self) -> tuple[int, int, int, int, int, int]:
        """How many slots there are, kind by kind."""
        ...


KernelClass = Callable[[Callable[..., int], list[int], int, int, int, bool], Kernel]


@dataclass(frozen=True, slots=True)
class Build:
    """The build that runs unless one is asked for: ``pure`` or ``compiled``, and why."""

    name: str
    reason: str


def describe() -> Build:
    """The build that a machine gets that does not ask for one."""
    if os.environ.get("ANTIPHON_PURE", "") not in ("", "0"):
        return Build(PURE, "ANTIPHON_PURE is set")
    module, reason = _compiled()
    return Build(PURE if module is None else COMPILED, reason)


def kernel_class(name: str | None = None) -> KernelClass:
    """The kernel of a build, the one of ``describe`` for None."""
    wanted = describe().name if name is None else name
    if wanted == PURE:
        module: ModuleType | None = kernel
    elif wanted == COMPILED:
        module, reason = _compiled()
        if module is None:
            raise Refusal("no-compiled-kernel", f"the pure kernel must do: {reason}")
    else:
        raise Refusal("unknown-build", f"a build is {PURE!r} or {COMPILED!r}, not {wanted!r}")
    if tuple(module.ROWS) != tuple(ROW_NUMBER.values()):
        raise Bug(f"the {wanted} kernel does not know the rows of the instruction table")
    return cast("KernelClass", module.Kernel)


def _compiled() -> tuple[ModuleType | None, str]:
    """The compiled module, if it may be used, and why it may or may not."""
    try:
        module = import_module(_COMPILED_MODULE)
    except ImportError as error:
        return None, f"no compiled kernel is installed ({error})"
    if hashlib.sha256(Path(kernel.__file__).read_bytes()).hexdigest() != module.SOURCE_SHA256:
        return None, "the compiled kernel was made from another kernel.py: install again"
    return module, f"{module.__file__}"

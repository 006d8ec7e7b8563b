"""What a user would write instead: asyncio tasks, one ``asyncio.Queue`` per edge, no checks.

With ``trace`` they keep one by hand; with ``make`` the function makes each message that also makes
it for the machines.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, TypeAlias

Make: TypeAlias = Callable[[int | None], int]
Note: TypeAlias = tuple[int, int, int, str, str]
"""Number of the event, session, role, what it did, label."""
Trace: TypeAlias = list[Note]
Edge: TypeAlias = "asyncio.Queue[tuple[str, int | None]]"


async def conversation(
    sessions: int, roles: int, rounds: int, trace: Trace | None, make: Make | None, name: str
) -> int:
    """Roles in a ring: the first speaks, each of the others answers to the next."""
    labels, answers = SPEECH[name]
    async with asyncio.TaskGroup() as group:
        for session in range(sessions):
            edges: list[Edge] = [asyncio.Queue() for _ in range(roles)]
            group.create_task(_lead(session, edges[0], edges[-1], labels, rounds, trace, make))
            for role in range(1, roles):
                before, after = edges[role - 1], edges[role]
                table = answers[min(role, len(answers)) - 1]
                group.create_task(_follow(session, role, before, after, table, rounds, trace, make))
    return sessions * roles * rounds


async def _lead(
    session: int,
    there: Edge,
    back: Edge,
    labels: tuple[str, ...],
    rounds: int,
    trace: Trace | None,
    make: Make | None,
) -> None:
    value: int | None = None
    for number in range(rounds):
        label = labels[number % len(labels)]
        if make is not None:
            value = make(value)
        await there.put((label, value))
        if trace is not None:
            trace.append((len(trace), session, 0, "sent", label))
        label, value = await back.get()
        if trace is not None:
            trace.append((len(trace), session, 0, "received", label))


async def _follow(
    session: int,
    role: int,
    before: Edge,
    after: Edge,
    answers: dict[str, str],
    rounds: int,
    trace: Trace | None,
    make: Make | None,
) -> None:
    for _ in range(rounds):
        label, value = await before.get()
        if trace is not None:
            trace.append((len(trace), session, role, "received", label))
        if make is not None:
            value = make(value)
        answer = answers[label]
        await after.put((answer, value))
        if trace is not None:
            trace.append((len(trace), session, role, "sent", answer))


_SAME: Final = {"left": "left", "right": "right"}
_DONE: Final = {"left": "done", "right": "done"}
SPEECH: Final[dict[str, tuple[tuple[str, ...], tuple[dict[str, str], ...]]]] = {
    "ping-pong": (("ping",), ({"ping": "pong"},)),
    "ring": (("turn",), ({"turn": "turn"},)),
    "branching": (("left", "right"), (_SAME, _DONE)),
}
"""What the first role says, in turn, and what each of the others answers; the last entry is also
that of all roles after it.
"""


def play(
    name: str, sessions: int, roles: int, rounds: int, trace: Trace | None, make: Make | None
) -> int:
    """Run one to its end: the number of messages."""
    return asyncio.run(conversation(sessions, roles, rounds, trace, make, name))

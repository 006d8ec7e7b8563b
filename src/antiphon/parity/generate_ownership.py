"""Programs in which endpoints change hands and coroutines are spawned, well and badly.

A *twist* changes the code of one role at one place. What a twist gives away it may still use
afterwards, and ids of coroutines are guessed: so some programs go on, and some fault.
"""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import Halt, Invoke, Jump, Move, Set, Spawn, Transfer, Yield
from antiphon.parity.draft import Draft
from antiphon.parity.source import Source
from antiphon.values.value import Endpoint, Nat, Str

REGISTERS: Final = 6
"""Twists use the registers from 2 up to this number."""
_MISSING: Final = 99
_HUGE: Final = 2**70


def hand_over(source: Source, draft: Draft, at: int) -> None:
    """A child takes the endpoint and goes on with the code; its parent halts.

    All is well with it, and with the conversation.
    """
    draft.insert(at, Spawn(at, (0,), 2), Jump(draft.append(Halt())))
    if source.chance(30):
        draft.insert(at, *(Yield(),) * source.below(3))


def lend(source: Source, draft: Draft, at: int) -> None:
    """A child takes the endpoint, and gives it to someone, perhaps to its parent, and halts."""
    tail = draft.append(
        *(Yield(),) * source.below(2),
        Set(3, Nat(source.below(6))),
        Transfer(0, 3),
        source.pick((Yield(), Transfer(0, 3))),
        Halt(),
    )
    waits = (Yield(),) * source.pick((3, 8, 0))
    draft.insert(at, Spawn(tail, (0,), 2), *waits)


def employ(source: Source, draft: Draft, at: int) -> None:
    """A child without an endpoint does something and halts, or goes wrong."""
    work = source.pick((Invoke("act", (1,), 3), Yield(), Move(1, 0), Jump(10**6)))
    nested = (Spawn(draft.append(Halt()), (1,), 4),) if source.chance(30) else ()
    tail = draft.append(work, *nested, Halt())
    draft.insert(at, Spawn(tail, source.pick(((), (1,), (2, 1))), 2))


def give(source: Source, draft: Draft, at: int) -> None:
    """The endpoint goes to another coroutine, or to nobody, or is none."""
    number = source.pick((Nat(source.below(8)), Nat(_HUGE), Nat(2**59), Str("nobody")))
    chan = source.pick((0, 0, 0, 1, 4))
    draft.insert(at, Set(4, Endpoint(source.pick((0, 1, 9)), source.pick(("A", "B", "p", "q")))))
    draft.insert(at + 1, Set(3, number), Transfer(chan, 3))
    if source.chance(50):
        draft.insert(at + 3, Jump(draft.append(Halt())))


def err(source: Source, draft: Draft, at: int) -> None:
    """Operands that do not exist, endpoints that are given twice or are not owned."""
    draft.insert(at, Set(4, Endpoint(source.below(2), source.pick(("A", "B", "p", "q")))))
    wrong = source.pick(
        (
            Spawn(at, (_MISSING,), 2),
            Spawn(at, (0,) * 20, 2),
            Spawn(at, (0, 0), 2),
            Spawn(at, (4,), 2),
            Spawn(at, (4, 0), 2),
            Transfer(_MISSING, 2),
            Transfer(0, _MISSING),
            Transfer(1, 2),
            Transfer(4, 2),
            Spawn(-1, (1,), 2),
        )
    )
    draft.insert(at + 1, wrong)


TWISTS: Final = (hand_over, lend, employ, give, err)

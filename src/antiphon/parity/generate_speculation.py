"""Programs with forks that are joined or aborted, well and badly.

A *twist* changes the code of one role at one place. In those that go well a fork holds at most one
message that is received, and then at most one that is sent: one that waits for an answer to what it
has only staged would wait for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from antiphon.bytecode.flow import addresses
from antiphon.bytecode.instruction import (
    Abort,
    Choose,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Spawn,
    Transfer,
    Yield,
)
from antiphon.parity.draft import Draft, relocated
from antiphon.parity.source import Source
from antiphon.values.value import UNIT, Bool, Nat

PURE: Final = ("peek",)
"""What may be done in a fork where all goes well."""
_GHOST: Final = 5
_MISSING: Final = 99
_HUGE: Final = 2**70
_TOO_DEEP: Final = 17


def rehearse(source: Source, draft: Draft, at: int) -> None:
    """Do what comes next in a fork, abort it, and do it again; the rest knows nothing of it.

    All is well with it, and with the conversation.
    """
    part = _part(draft.code, at)
    shape: Sequence[Sequence[Instruction]] = source.pick(
        (
            ([_fork()], part, [Abort()]),
            ([_fork(), _fork()], part, [Join(), Abort()]),
            ([_fork(), _fork()], part, [Abort()], part, [Abort()]),
            ([_fork()], part, [_fork(), Set(3, Nat(1)), Join(), Abort()]),
            ([_fork(), _fork()], part, [Join(), _fork(), Abort(), Abort()]),
            ([_fork(), _fork()], part, [Abort(), Join()]),
        )
    )
    _insert(draft, at, [_number(source), *_extras(source), *chain.from_iterable(shape)])


def commit(source: Source, draft: Draft, at: int) -> None:
    """Do what comes next in a fork, and join it. All is well with it as well."""
    targets = {to for each in draft.code for to in addresses(each)}
    part = [each for each in _part(draft.code, at) if not isinstance(each, Choose | Select)]
    while part and targets & set(range(at + 1, at + len(part) + 1)):
        part.pop()
    if not part:
        return
    before, after = source.pick(
        (
            ([_fork()], [Join()]),
            ([_fork(), _fork()], [Join(), Join()]),
            ([_fork(), *_extras(source)], [_fork(), Abort(), Join()]),
        )
    )
    draft.insert(at + len(part), *after)
    draft.insert(at, _number(source), *before)


def scatter(source: Source, draft: Draft, at: int) -> None:
    """A fork here, and its end anywhere, or nowhere."""
    for _ in range(source.pick((1, 1, 2, 3))):
        draft.insert(source.below(len(draft.code)), source.pick((Join(), Abort())))
    draft.insert(at, _number(source), _fork())


def widen(source: Source, draft: Draft, at: int) -> None:
    """A fork here, and its end some instructions further on, whatever is between."""
    end = min(at + source.below(6), len(draft.code))
    draft.insert(end, source.pick((Join(), Abort())))
    draft.insert(at, _number(source), *(_fork(),) * source.pick((1, 1, 2)))


def lapse(source: Source, draft: Draft, at: int) -> None:
    """Something in a fork, after which it is closed or not, or goes wrong."""
    work = source.pick(
        (
            Invoke("act", (1,), 3),
            Invoke("peek", (), 3),
            Halt(),
            Send(1, 1),
            Jump(10**6),
            Yield(),
            Spawn(at, (), 2),
            Transfer(0, 2),
        )
    )
    part = source.pick(((), _part(draft.code, at)))
    _insert(draft, at, [_number(source), _fork(), *part, work, source.pick((Join(), Abort()))])


def err(source: Source, draft: Draft, at: int) -> None:
    """Forks that cannot be opened, and ends of none."""
    number = source.pick((UNIT, Bool(True), Nat(_HUGE)))
    wrong: Sequence[Instruction] = source.pick(
        (
            (Fork(_MISSING),),
            (Set(_GHOST, number), _fork()),
            (_number(source), *(_fork(),) * _TOO_DEEP),
            (_number(source), _fork(), Jump(at)),
            (Join(),),
            (Abort(),),
        )
    )
    draft.insert(at, *wrong)
    if isinstance(wrong[-1], Jump):
        draft.code[at + 2] = Jump(at + 1)


WELL: Final = (rehearse, commit)
TWISTS: Final = (*WELL, rehearse, scatter, widen, widen, lapse, lapse, err)


def _part(code: Sequence[Instruction], at: int) -> list[Instruction]:
    """What may go well in a fork: the code from ``at`` on, up to a jump, at most one message that
    is received, and after it one that is sent.
    """
    part: list[Instruction] = []
    for each in code[at:]:
        has_received = any(isinstance(one, Receive) for one in part)
        if isinstance(each, Jump | Halt) or (has_received and isinstance(each, Receive | Choose)):
            break
        part.append(each)
        if isinstance(each, Send | Offer | Select | Choose):
            break
    return part


def _insert(draft: Draft, at: int, code: Sequence[Instruction]) -> None:
    """Put code at ``at`` in which every choice leads to the next instruction."""

    def onward(each: Instruction, place: int) -> Instruction:
        return relocated(each, lambda _: place + 1)

    draft.insert(at, *code)
    for place, each in enumerate(code, at):
        if isinstance(each, Choose | Select):
            draft.code[place] = onward(each, place)


def _number(source: Source) -> Set:
    return Set(_GHOST, Nat(source.pick((0, 1, 7, _HUGE))))


def _fork() -> Fork:
    return Fork(_GHOST)


def _extras(source: Source) -> list[Instruction]:
    """Something that changes registers, or asks the host, or neither."""
    some = (Set(2, Nat(3)), Move(3, 2), Invoke("peek", (1,), 2), Yield())
    return [source.pick(some) for _ in range(source.pick((0, 0, 1, 2)))]

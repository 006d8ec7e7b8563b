"""Programs with forks that are joined or aborted, well and badly.

A *twist* changes the code of one role at one place. In those that go well a fork holds at most one
message that is received, and then at most one that is sent: one that waits for an answer to what it
has only staged would wait for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from antiphon.bytecode.instruction import (
    Abort,
    Acquire,
    Check,
    Choose,
    Close,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Offer,
    Open,
    Receive,
    Release,
    Select,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
    Yield,
    addresses,
)
from antiphon.parity.draft import Draft, relocated
from antiphon.parity.generate_guards import LAYERS
from antiphon.parity.generate_knowledge import FACTS
from antiphon.parity.source import Source
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Bool, Nat, Str

PURE: Final = ("peek",)
"""What may be done in a fork where all goes well."""
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
            ([_fork(draft)], part, [Abort()]),
            ([_fork(draft)] * 2, part, [Join(), Abort()]),
            ([_fork(draft)] * 2, part, [Abort()], part, [Abort()]),
            ([_fork(draft)], part, [_fork(draft), Set(3, Nat(1)), Join(), Abort()]),
            ([_fork(draft)] * 2, part, [Join(), _fork(draft), Abort(), Abort()]),
            ([_fork(draft)] * 2, part, [Abort(), Join()]),
        )
    )
    _insert(draft, at, [_number(source, draft), *_extras(source), *chain.from_iterable(shape)])


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
            ([_fork(draft)], [Join()]),
            ([_fork(draft)] * 2, [Join(), Join()]),
            ([_fork(draft), *_extras(source)], [_fork(draft), Abort(), Join()]),
        )
    )
    draft.insert(at + len(part), *after)
    draft.insert(at, _number(source, draft), *before)


def scatter(source: Source, draft: Draft, at: int) -> None:
    """A fork here, and its end anywhere, or nowhere."""
    for _ in range(source.pick((1, 1, 2, 3))):
        draft.insert(source.below(len(draft.code)), source.pick((Join(), Abort())))
    draft.insert(at, _number(source, draft), _fork(draft))


def widen(source: Source, draft: Draft, at: int) -> None:
    """A fork here, and its end some instructions further on, whatever is between."""
    end = min(at + source.below(6), len(draft.code))
    draft.insert(end, source.pick((Join(), Abort())))
    draft.insert(at, _number(source, draft), *(_fork(draft),) * source.pick((1, 1, 2)))


def enter(source: Source, draft: Draft, at: int) -> None:
    """A fork right before something is sent or received, that or the next from here on."""
    talk = source.pick(((Offer, Choose), (Send, Offer, Receive, Choose)))
    places = [place for place, each in enumerate(draft.code) if isinstance(each, talk)]
    later = [place for place in places if place >= at] or places or [at]
    draft.insert(source.pick(later), _number(source, draft), _fork(draft))


def lapse(source: Source, draft: Draft, at: int) -> None:
    """Something in a fork, after which it is closed or not, or goes wrong."""
    layer, fact = source.pick(LAYERS), Str(source.pick(FACTS))
    work: tuple[Instruction, ...] = source.pick(
        (
            (Invoke("act", (1,), 3),),
            (Invoke("peek", (), 3),),
            (Halt(),),
            (Send(1, 1),),
            (Jump(10**6),),
            (Yield(),),
            (Spawn(at, (), 2),),
            (Transfer(0, 2),),
            (Acquire(layer, 3),),
            (Release(layer, 3),),
            (Open("q", (("X", END, 2),)),),
            (Close(0),),
            (Set(2, fact), Tag(0, 2, 3), Check(0, 2, 2, 3)),
        )
    )
    part = source.pick(((), _part(draft.code, at)))
    _insert(
        draft,
        at,
        [_number(source, draft), _fork(draft), *part, *work, source.pick((Join(), Abort()))],
    )


def err(source: Source, draft: Draft, at: int) -> None:
    """Forks that cannot be opened, and ends of none."""
    number = source.pick((UNIT, Bool(True), Nat(_HUGE)))
    wrong: Sequence[Instruction] = source.pick(
        (
            (Fork(_MISSING),),
            (Set(_ghost(draft), number), _fork(draft)),
            (_number(source, draft), *(_fork(draft),) * _TOO_DEEP),
            (_number(source, draft), _fork(draft), Jump(at)),
            (Join(),),
            (Abort(),),
        )
    )
    draft.insert(at, *wrong)
    if isinstance(wrong[-1], Jump):
        draft.code[at + 2] = Jump(at + 1)


WELL: Final = (rehearse, commit)
TWISTS: Final = (*WELL, rehearse, scatter, widen, widen, lapse, lapse, err, err)


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


def _ghost(draft: Draft) -> int:
    """The register of a fork's number: the last one."""
    return draft.registers - 1


def _number(source: Source, draft: Draft) -> Set:
    return Set(_ghost(draft), Nat(source.pick((0, 1, 7, _HUGE))))


def _fork(draft: Draft) -> Fork:
    return Fork(_ghost(draft))


def _extras(source: Source) -> list[Instruction]:
    """Something that changes registers, or asks the host, or neither."""
    some = (Set(2, Nat(3)), Move(3, 2), Invoke("peek", (1,), 2), Yield())
    return [source.pick(some) for _ in range(source.pick((0, 0, 1, 2)))]

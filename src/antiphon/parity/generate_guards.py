"""Programs with guard layers, taken and given back well and badly.

A twist changes the code of one role at one place. There are few layers and many who want them, so
coroutines wait for each other, perhaps for ever, and some fail while they hold one.
"""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import (
    Acquire,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Move,
    Release,
    Set,
    Spawn,
    Yield,
)
from antiphon.parity.draft import Draft
from antiphon.parity.source import Source
from antiphon.values.value import Nat, Prod, Str

REGISTERS: Final = 6
"""Twists use the registers from 2 up to this number."""
LAYERS: Final = ("m", "m", "n", "", "a layer")
_MISSING: Final = 99


def enclose(source: Source, draft: Draft, at: int) -> None:
    """A part of the code that is alone: what comes at once, or what comes until somewhere."""
    layer, register = source.pick(LAYERS), source.pick((3, 4))
    inside: tuple[Instruction, ...] = (Yield(),) * source.below(4)
    if source.chance(50):
        draft.insert(at, Acquire(layer, register), *inside, Release(layer, register))
        return
    later = at + source.below(len(draft.code) - at or 1)
    draft.insert(later, Release(layer, register))
    draft.insert(at, Acquire(layer, register), *inside)


def nest(source: Source, draft: Draft, at: int) -> None:
    """Two layers at once, in either order."""
    one, other = source.pick((("m", "n"), ("n", "m")))
    wait = (Yield(),) * source.below(3)
    draft.insert(
        at, Acquire(one, 3), *wait, Acquire(other, 4), *wait, Release(one, 3), Release(other, 4)
    )


def hold_on(source: Source, draft: Draft, at: int) -> None:
    """Layers that are not given back by one who goes on, or fails soon."""
    end = source.pick((Yield(), Yield(), Jump(10**6), Move(_MISSING, 0), Halt()))
    layers = (Acquire(source.pick(LAYERS), 3), Acquire(source.pick(LAYERS), 4))
    draft.insert(at, *layers[: source.pick((1, 2))], *(Yield(),) * source.below(5), end)


def employ(source: Source, draft: Draft, at: int) -> None:
    """A child of its own takes a layer, and gives it back or not."""
    layer = source.pick(LAYERS)
    end = source.pick((Release(layer, 3), Release(layer, 0), Jump(10**6)))
    work = (Acquire(layer, 3), *(Yield(),) * source.below(3), end, Halt())
    draft.insert(at, Spawn(draft.append(*work), (), 2), Acquire(layer, 3), Release(layer, 3))


def err(source: Source, draft: Draft, at: int) -> None:
    """What is not held, is held already, has other evidence, or has no register."""
    layer = source.pick(LAYERS)
    forged = Prod(Nat(source.below(3)), Prod(Str(layer), Nat(source.below(3))))
    wrong: tuple[tuple[Instruction, ...], ...] = (
        (Release(layer, 3),),
        (Acquire(layer, 3), Acquire(layer, 4)),
        (Acquire(layer, 3), Release(layer, 0)),
        (Acquire(layer, 3), Release(layer, 3), Release(layer, 3)),
        (Acquire(layer, 3), Release(layer, 3), Acquire(layer, 4), Release(layer, 3)),
        (Acquire(layer, 3), Set(4, forged), Release(layer, 4)),
        (Acquire("m", 3), Acquire("n", 4), Release("m", 4)),
        (Acquire(layer, 3), Invoke("act", (3,), 3), Release(layer, 3)),
        (Acquire(layer, _MISSING),),
        (Release(layer, _MISSING),),
    )
    draft.insert(at, *source.pick(wrong))


TWISTS: Final = (enclose, enclose, nest, hold_on, employ, err, err)

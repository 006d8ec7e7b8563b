"""Does it matter in which order a program's independent steps come? Decided before it runs (S27).

Of a program for which it does not matter, runs under different schedules are alike: the same events
of each coroutine, the same values on each edge, the same effects, the same end. For all others the
reasons are named. The decision is sound and not complete: it may name a reason that makes no
difference. It speaks of verified images, and of runs in which nobody faults: a fault ends a session
at a moment that the schedule decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from antiphon.bytecode.instruction import Acquire, Close, Open, Spawn, Transfer
from antiphon.bytecode.program import Image
from antiphon.machine.buffer import BLOCK, FIFO
from antiphon.machine.config import Config
from antiphon.machine.output_condition import AllowAll, Disabled

INDIFFERENT: Final = ("cooperative", "round-robin")
"""The policies that look at nothing but who is ready, and whose turn it is."""


def schedule_dependent(
    loaded: Iterable[tuple[Image, int]], config: Config, policy: str = "cooperative"
) -> tuple[str, ...]:
    """Why runs of so many sessions of each image may come to different ends; nothing if they may
    not.
    """
    return tuple(dict.fromkeys((*_of_setting(config, policy), *_of_code(tuple(loaded)))))


def _of_setting(config: Config, policy: str) -> Iterator[str]:
    if policy not in INDIFFERENT:
        yield f"the policy {policy} looks at priorities, tokens or time"
    for sender, receiver, buffer in config.buffers:
        if buffer.mode != FIFO or buffer.full != BLOCK:
            yield f"what {sender} sends {receiver} may be lost, refused or overwritten"
    if config.failures:
        yield "something fails"
    if config.budget is not None:
        yield "there is a budget of steps, and a wait costs one"
    if config.max_sessions is not None or config.max_coroutines is not None:
        yield "there is a limit, and who comes last meets it"
    if not isinstance(config.outputs, AllowAll | Disabled):
        yield "the output condition may deny something"


def _of_code(loaded: tuple[tuple[Image, int], ...]) -> Iterator[str]:
    wanted: Counter[str] = Counter()
    for image, count in loaded:
        for program in image.programs:
            layers = {one.layer for one in program.code if isinstance(one, Acquire)}
            wanted.update(dict.fromkeys(layers, count))
            kinds = {type(one) for one in program.code}
            for kind, words in _REASONS.items():
                if kind in kinds:
                    yield f"{program.role} of {image.name} {words}"
    for layer, count in sorted(wanted.items()):
        if count > 1:
            yield f"several coroutines want the guard layer {layer}"


_REASONS: Final = {
    Open: "opens sessions, whose ids are given in order",
    Spawn: "spawns coroutines, whose ids are given in order",
    Close: "closes a session, whoever is in it",
    Transfer: "gives an endpoint to somebody who may look for it earlier",
}

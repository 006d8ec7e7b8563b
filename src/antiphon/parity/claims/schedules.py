"""Every schedule of a program on the model: every order of picks, every answer to a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from antiphon.bytecode.program import Image
from antiphon.machine.ask import Answer, Ask, Chosen
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.snapshot import Snapshot
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.moments import Moment, ended
from antiphon.scheduler.drive import outcome_of
from antiphon.values.value import UNIT

STATES_MAX: Final = 20_000
"""How many states of one program are gone through; more is no small program."""

Look: TypeAlias = Callable[[Moment], str]
Still: TypeAlias = Callable[[Snapshot], str]


@dataclass(frozen=True, slots=True)
class Explored:
    """How many states and steps there are, how the schedules end, and what is wrong first."""

    states: int
    steps: int
    outcomes: tuple[str, ...]
    wrong: str = ""


class _Chooser:
    """A host that answers every choice with the label of one number, and all else with Unit."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.labels = 1

    def __call__(self, ask: Ask) -> Answer:
        if ask.kind != "choice":
            return UNIT
        self.labels = len(ask.labels)
        return Chosen(ask.labels[self._number])


def loaded(images: Iterable[Image], config: Config, ground: Ground) -> Any:
    """The model's state with a session of each image, whatever the verifier says."""
    state = ground.module("model.state").State(ground.module("model.setting").setting(config))
    for image in images:
        state, _ = ground.module("model.load").load(state, image)
    return state


def picked(state: Any, number: int, ground: Ground) -> Iterator[Any]:
    """What a pick comes to: one result for each answer that the host may give to a choice."""
    step = ground.module("model.step").step
    first = _Chooser(0)
    yield step(state, Pick(number), first)
    for other in range(1, first.labels):
        yield step(state, Pick(number), _Chooser(other))


def schedules(
    images: Iterable[Image],
    config: Config,
    ground: Ground,
    look: Look | None = None,
    still: Still | None = None,
) -> Explored:
    """Go everywhere, until something is wrong: in a step, or in a state where nobody is ready."""
    view = ground.module("model.snapshot").snapshot
    first = loaded(images, config, ground)
    start = view(first)
    seen, waiting, steps = {stripped(start)}, [(first, start)], 0
    outcomes: set[str] = set()
    for state, before in waiting:
        if not state.ready:
            outcomes.add(outcome_of(before).value)
            if still is not None and (words := still(before)):
                return Explored(len(seen), steps, tuple(sorted(outcomes)), words)
        for number in state.ready:
            for result in picked(state, number, ground):
                steps += 1
                after = view(result.state)
                if look is not None:
                    over = ended(result.state)
                    moment = Moment(before, after, number, result.row, result.events, config, over)
                    if words := look(moment):
                        said = f"{moment.row.id}: {words}"
                        return Explored(len(seen), steps, tuple(sorted(outcomes)), said)
                key = stripped(after)
                if key not in seen:
                    seen.add(key)
                    waiting.append((result.state, after))
        if len(seen) > STATES_MAX:
            return Explored(len(seen), steps, tuple(sorted(outcomes)), "more states than expected")
    return Explored(len(seen), steps, tuple(sorted(outcomes)))


def stripped(state: Snapshot) -> tuple[object, ...]:
    """A state without what only grows, clocks, costs, answers and nonces, and without the order of
    those who are ready.
    """
    return (
        frozenset(state.ready),
        tuple(
            (
                one.id,
                one.status,
                tuple((e.node, e.owner, e.tokens, e.in_flight) for e in one.endpoints),
                one.queues,
            )
            for one in state.sessions
        ),
        tuple((one.layer, one.holder) for one in state.guards),
        tuple(
            (one.id, one.pc, one.status, one.block, one.fault, one.line) for one in state.coroutines
        ),
    )

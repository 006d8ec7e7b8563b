"""The vectors of the conformance kit, made from the model: a few for each row, as small as can be,
whole conversations, and runs in which rules meet.

What a vector does comes from the corpus, which reaches every row, from small protocols, or from
scenarios that were written by hand; what must come of it is what the model does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Final, cast

from antiphon.bytecode.instruction import CLASSES, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import HOST_WAIT, INSTRUCTIONS, ROWS
from antiphon.compiler.compile import compile_protocol
from antiphon.conformance.inside import Broken, Inside
from antiphon.conformance.scenarios.registry import SCENARIOS
from antiphon.conformance.scenarios.scenario import Doing, Scenario
from antiphon.conformance.vectors import Step, Vector, encode_vectors, needed
from antiphon.effects.host import DefaultHost, tape
from antiphon.machine.ask import Answer, Ask, Pending
from antiphon.machine.choice import Advance, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.snapshot import Block, Snapshot
from antiphon.parity.act import Open
from antiphon.parity.corpus import Case, perform
from antiphon.parity.ensemble import Ensemble
from antiphon.parity.generate_small import small_types
from antiphon.parity.script import script_of
from antiphon.parity.subject import MODEL
from antiphon.replay.recording import Recording, answer_to_json
from antiphon.theory.local_type import END
from antiphon.theory.projection import project_all

ROW_VECTORS: Final = 2
"""How many vectors there are for a row, if so many different ones are found."""
SPARE_MAX: Final = 4000
"""How many bytes one may have, unless it is the only one of its row."""
CANDIDATES: Final = 4
"""How many cases of the corpus are made smaller for each row: those that reach it first."""
CONVERSATIONS: Final = 14
_STEPS_MAX: Final = 14
_SPARE: Final = 4
_CHOICES: Final = {
    "wake": "wake: who waits for the host is ready again",
    "advance": "advance: time passes until the tick that somebody waits for",
}
"""Choices that are no step, and not in vain: looked for as rows are, and what each is for."""
_EVENTS: Final = {
    "Dropped": "a message that is lost",
    "Corrupted": "a message that is changed on its way",
}
"""What no row tells of, but an event."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A vector of which it is not yet said what must come of it."""

    config: Config
    images: tuple[Image, ...]
    doings: tuple[Doing, ...]


def make_vectors(cases: Mapping[str, Case]) -> bytes:
    """The file of vectors: the same bytes for the same corpus."""
    plots = {name: plot_of(case) for name, case in cases.items()}
    return encode_vectors(
        (*_of_rows(plots.values()), *_of_conversations(), *map(of_scenario, SCENARIOS))
    )


def of_scenario(scenario: Scenario) -> Vector:
    """The vector of a scenario.

    Raises ``ValueError`` if the host is asked without an answer being there, or is not asked
    although one is.
    """
    plot = Plot(scenario.config, scenario.images, scenario.doings)
    vector = complete(plot, scenario.name, scenario.about)
    for place, step in enumerate(vector.steps):
        if (step.host is None) != (step.then["asked"] is None):
            raise ValueError(f"{scenario.name}, step {place}: asked, {step.then['asked']}")
    return vector


def plot_of(case: Case) -> Plot:
    """What is done in a case of the corpus, choice by choice."""
    script = script_of(case) if isinstance(case, Recording) else case
    ensemble = Ensemble((MODEL,), script.config, partial(tape, script.answers))
    for act in script.acts:
        list(perform(ensemble, act, unverified=script.unverified))
    machine = Ensemble((MODEL,), script.config, partial(tape, script.answers)).players[0]
    images: dict[Image, int] = {}
    doings: list[Doing] = [("new", None, None)]
    for act in ensemble.history:
        if isinstance(act, Open):
            number = images.setdefault(act.image, len(images))
            doings += [("load", number, None)] * act.count
            for _ in range(act.count):
                machine.machine.load(act.image, unverified=True)
            continue
        before = len(machine.host.asked)
        machine.machine.step(act)
        doings.append((*_words(act), _answer(machine.host.asked[before:])))
    return Plot(script.config, tuple(images), tuple(doings))


def _answer(asked: Iterable[tuple[Ask, Answer]]) -> object:
    return next((answer_to_json(answer) for _, answer in asked), None)


def _words(choice: Pick | Wake | Advance) -> tuple[str, int]:
    match choice:
        case Pick(number):
            return "pick", number
        case Wake(number):
            return "wake", number
        case Advance(tick):
            return "advance", tick


def complete(plot: Plot, name: str, about: str) -> Vector:
    """The vector of a plot: what the model answers to each thing that is done.

    Raises ``Broken`` if the model refuses one.
    """
    subject = Inside(MODEL.make)
    families = needed(plot.config, plot.images)
    steps = [Step(*doing, {}) for doing in plot.doings]
    draft = Vector(name, about, families, plot.config, plot.images, tuple(steps))
    done = (
        replace(step, then=cast("dict[str, object]", subject.ask(draft.message(step))))
        for step in steps
    )
    return replace(draft, steps=tuple(done))


# A few for each row -------------------------------------------------------------------------------


def _of_rows(plots: Iterable[Plot]) -> Iterator[Vector]:
    """In the order of the table; of one row the smallest first."""
    reaching: dict[str, list[Plot]] = defaultdict(list)
    for plot in plots:
        for goal, end in _ends(plot).items():
            reaching[goal].append(replace(plot, doings=plot.doings[: end + 1]))
    wanted = {row.id: f"{row.instruction}: {row.outcome.meaning}" for row in ROWS}
    wanted |= _CHOICES | _EVENTS
    for goal, about in wanted.items():
        found = sorted(reaching[goal], key=lambda plot: len(plot.doings))[:CANDIDATES]
        small = sorted({_size(one): one for one in (_smaller(f, goal) for f in found)}.items())
        for number, (_, plot) in enumerate(small[:ROW_VECTORS], 1):
            vector = complete(plot, f"{goal}#{number}", about)
            if number == 1 or len(encode_vectors((vector,))) <= SPARE_MAX:
                yield vector


def _ends(plot: Plot) -> dict[str, int]:
    """For each row and choice that is looked for the first step that reaches it."""
    found: dict[str, int] = {}
    steps = complete(plot, "", "").steps
    for place in range(1, len(steps)):
        for goal in _goals(steps, place):
            found.setdefault(goal, place)
    return found


def _goals(steps: Sequence[Step], place: int) -> set[str]:
    """What a step reaches: a row or a choice that is no step, if it is not in vain, and events."""
    step, before = steps[place], steps[place - 1]
    row, events = step.then["row"], cast("list[dict[str, str]]", step.then["events"])
    found = {event["event"] for event in events} & _EVENTS.keys()
    if isinstance(row, str):
        found.add(row)
    elif step.do in _CHOICES and step.then["state"] != before.then["state"]:
        found.add(step.do)
    return found


def _size(plot: Plot) -> tuple[int, int, int, str]:
    """What is smaller comes first: fewer families, fewer steps, less code."""
    code = sum(len(program.code) + program.registers for i in plot.images for program in i.programs)
    return len(needed(plot.config, plot.images)), len(plot.doings), code, repr(plot)


def _reaches(plot: Plot, goal: str) -> bool:
    """Whether the last step, and no other, reaches it, and no choice is in vain."""
    try:
        steps = complete(plot, "", "").steps
    except (Broken, ValueError):
        return False
    reached = [_goals(steps, place) for place in range(1, len(steps))]
    if not all(one or step.do == "load" for one, step in zip(reached, steps[1:], strict=True)):
        return False
    return [goal in one for one in reached] == [*(False,) * (len(reached) - 1), True]


def _smaller(plot: Plot, goal: str) -> Plot:
    """A plot that still reaches the goal, from which nothing can be left out."""
    improved = True
    while improved:
        improved = False
        for tried in _reduced(plot, goal):
            if tried != plot and _reaches(tried, goal):
                plot, improved = tried, True
                break
    return plot


def _reduced(plot: Plot, goal: str) -> Iterator[Plot]:
    """What is a little smaller, that which is most so first."""
    for length in (8, 4, 2, 1):
        for start in range(len(plot.doings) - 1 - length, 0, -1):
            doings = (*plot.doings[:start], *plot.doings[start + length :])
            yield replace(plot, doings=doings)
    for field in fields(Config):
        default = getattr(Config(), field.name)
        if getattr(plot.config, field.name) != default:
            yield replace(plot, config=replace(plot.config, **{field.name: default}))
    used = {number for do, number, _ in plot.doings if do == "load"}
    for number, image in enumerate(plot.images):
        if number not in used and number == len(plot.images) - 1:
            yield replace(plot, images=plot.images[:-1])
        for smaller in _reduced_image(image, goal):
            images = (*plot.images[:number], smaller, *plot.images[number + 1 :])
            yield replace(plot, images=images)


def _reduced_image(image: Image, goal: str) -> Iterator[Image]:
    if image.delegated:
        yield replace(image, delegated=())
    if len(image.programs) > 1:
        yield replace(image, programs=image.programs[:-1])
    for place, program in enumerate(image.programs):
        for smaller in _reduced_program(program, goal):
            programs = (*image.programs[:place], smaller, *image.programs[place + 1 :])
            yield replace(image, programs=programs)


def _reduced_program(program: RoleProgram, goal: str) -> Iterator[RoleProgram]:
    code, spared = program.code, {"control"}
    if "." in goal:
        spared.add(INSTRUCTIONS[goal.partition(".")[0]].family)
    for length in sorted({0, len(code) // 2, len(code) - 1} - {len(code), -1}):
        yield replace(program, code=code[:length])
    for registers in sorted({1, program.registers // 2, program.registers - 1}):
        if 0 < registers < program.registers:
            yield replace(program, registers=registers)
    if program.local_type is not END:
        yield replace(program, local_type=END)
    for place, one in enumerate(code):
        if INSTRUCTIONS[_NAME_OF[type(one)]].family not in spared:
            yield replace(program, code=(*code[:place], Yield(), *code[place + 1 :]))


_NAME_OF: Final = {kind: name for name, kind in CLASSES.items()}


# Whole conversations ------------------------------------------------------------------------------


def _of_conversations() -> Iterator[Vector]:
    """Small protocols, each driven until nobody can go on, with choices in vain in between."""
    every = small_types()
    for number in range(CONVERSATIONS):
        protocol = every[number * len(every) // CONVERSATIONS]
        types = {role: found.local_type for role, found in project_all(protocol).items()}
        image = compile_protocol("small", types)
        config = Config(1 + number % 2)
        yield complete(
            Plot(config, (image,), tuple(_driven(config, image, number))),
            f"conversation#{number + 1}",
            "a whole conversation, in which some choices change nothing",
        )


def _driven(config: Config, image: Image, number: int) -> Iterator[Doing]:
    """Until nobody can go on, or for so many turns, with a host that lets one wait."""
    player = Ensemble((MODEL,), config, _SlowHost).players[0]
    machine = player.machine
    yield ("new", None, None)
    for _ in range(1 + (number % 4 == 1)):
        yield ("load", 0, None)
        machine.load(image, unverified=True)
    for turn in range(_STEPS_MAX):
        state = machine.snapshot()
        late = [one.id for one in state.coroutines if one.block == Block(HOST_WAIT, one.session)]
        if not state.ready and not late:
            return
        if turn % _SPARE == 0:
            yield (*_vain(state.next_coroutine, turn), None)
        choice = _pick(state, turn, is_stubborn=number % 2 == 1)
        if choice is None or (late and turn % 2):
            choice = Wake(late[0])
        before = len(player.host.asked)
        machine.step(choice)
        yield (*_words(choice), _answer(player.host.asked[before:]))


def _pick(state: Snapshot, turn: int, *, is_stubborn: bool) -> Pick | None:
    """Whoever went last, as long as it can; or else the head of the queue and the last in it by
    turns.
    """
    if not state.ready:
        return None
    if is_stubborn and state.last_pick in state.ready:
        return Pick(state.last_pick)
    return Pick(state.ready[-1 if turn % 3 == 2 else 0])


class _SlowHost:
    """The plainest answers, but every third question has to be asked again."""

    def __init__(self) -> None:
        self._default = DefaultHost()
        self._asked = 0

    def __call__(self, ask: Ask) -> Answer:
        self._asked += 1
        return Pending() if self._asked % 3 == 0 else self._default(ask)


def _vain(coroutines: int, turn: int) -> tuple[str, int]:
    """A choice that changes nothing where nobody waits for a tick."""
    return (("pick", coroutines), ("wake", coroutines), ("advance", turn + 1))[turn // _SPARE % 3]

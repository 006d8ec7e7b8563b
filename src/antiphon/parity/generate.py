"""Cases: what is loaded, into machines set up how, with which host, and how they are driven.

Every case is a function of the integers that its source draws. ``first_draws`` deals the
generators, so that any stretch of numbers has each in its share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from antiphon.bytecode.program import Image
from antiphon.bytecode.verify import verify
from antiphon.compiler.compile import compile_protocol
from antiphon.errors import ProgramError
from antiphon.machine.buffer import DROP, LATEST, Buffer
from antiphon.machine.config import Config
from antiphon.machine.interface import POLICIES
from antiphon.machine.output_condition import (
    AllowAll,
    DenyAll,
    Disabled,
    PredicateAllowList,
)
from antiphon.parity import generate_guards, generate_knowledge
from antiphon.parity.draft import Draft
from antiphon.parity.generate_code_edit import edit_code
from antiphon.parity.generate_crowd import crowd, giant
from antiphon.parity.generate_delegation import GUESTS, plot
from antiphon.parity.generate_global import global_type
from antiphon.parity.generate_host import Behaviour, bad, good
from antiphon.parity.generate_ownership import REGISTERS, TWISTS, hand_over
from antiphon.parity.generate_setting import setting
from antiphon.parity.generate_small import small_types
from antiphon.parity.generate_speculation import PURE, WELL, enter
from antiphon.parity.generate_speculation import TWISTS as FORKS
from antiphon.parity.generate_type_edit import edit_type, starve
from antiphon.parity.source import Source
from antiphon.scheduler.policies import PLAIN
from antiphon.theory.global_type import GlobalType
from antiphon.theory.projection import project_all

GENERATORS: Final = ("small", "typed", "mutated", "crowd", "twisted", "handed", "guarded")
MIXED: Final = "mixed"
DRIVES: Final = (*POLICIES, "random", "stubborn", "stubborn", MIXED)
FLOODS: Final = ("stubborn",) * 4
"""More of the drive under which queues fill."""
LENGTHS: Final = (50, 80, 20)
"""After how many steps a case is left at the latest. Loops come round many times by then."""
CROWD: Final = 40
CROWD_EVERY: Final = 100
GIANT_EVERY: Final = 1000
CROWD_STEPS: Final = 200
GIANT_STEPS: Final = 4400
STARVED: Final = 30
"""Of 100 mutated protocols so many have a role whose type leaves out what another waits for."""
_OUTPUTS: Final = (
    Disabled(),
    Disabled(),
    Disabled(),
    AllowAll(),
    PredicateAllowList(("a", "b", "ok")),
    PredicateAllowList(()),
    DenyAll(),
)
_DEAL = (0, 1, 2, 5, 2, 0, 2, 4, 1, 5, 0, 1, 2, 6, 2, 0, 6, 4, 1, 5)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One session to open; ``protocol`` is what its trace must be a run of, if anything."""

    image: Image
    protocol: GlobalType | None


@dataclass(frozen=True, slots=True)
class Case:
    """One case; ``drive`` is a policy, or several by turns, or picks from the source.

    ``sessions`` are there from the start; those of a wave of ``late`` are opened together on the
    way, one wave after the other.
    """

    generator: str
    sessions: tuple[Loaded, ...]
    late: tuple[tuple[Loaded, ...], ...]
    config: Config
    unverified: bool
    behaviour: Behaviour
    drive: str
    max_steps: int


def first_draws(number: int) -> tuple[int, ...]:
    """The first draws of case ``number``: its generator, and for small scope which type."""
    if number % CROWD_EVERY == CROWD_EVERY - 1:
        return (GENERATORS.index("crowd"), int(number % GIANT_EVERY == GIANT_EVERY - 1))
    generator = _DEAL[number % len(_DEAL)]
    if generator:
        return (generator,)
    ordinal = number // len(_DEAL) * _DEAL.count(0) + _DEAL[: number % len(_DEAL)].count(0)
    return generator, ordinal % len(small_types())


def case(source: Source) -> Case:
    """The case that the draws of ``source`` make."""
    generator = source.pick(GENERATORS)
    match generator:
        case "small":
            sessions = _small(source)
        case "crowd":
            return _crowd(source)
        case "twisted":
            return _twisted(source)
        case "handed":
            return _handed(source)
        case "guarded":
            return _guarded(source)
        case "typed":
            sessions = _several(source, _typed(source, "p"))
        case _:
            sessions = _several(source, _mutated(source, "p"))
    unverified = generator == "mutated"
    config = setting(source, (one.image for one in sessions), unverified=unverified)
    config = replace(config, priorities=_priorities(source, sessions))
    return Case(
        generator,
        sessions,
        (sessions[:1],) * source.pick((0, 0, 0, 0, 1, 3)),
        config,
        unverified,
        source.pick((good, good, bad))(source),
        source.pick((*DRIVES, *FLOODS) if config.buffers else DRIVES),
        source.pick(LENGTHS),
    )


def _priorities(source: Source, sessions: Iterable[Loaded]) -> tuple[tuple[str, int], ...]:
    """Mostly none; else some of the roles with a priority each, few enough to be alike."""
    if not source.chance(40):
        return ()
    roles = {program.role for loaded in sessions for program in loaded.image.programs}
    drawn = ((role, source.pick((0, 1, 9, -4))) for role in sorted(roles))
    return tuple((role, priority) for role, priority in drawn if priority)


def _small(source: Source) -> tuple[Loaded, ...]:
    loaded = _small_protocol(source.below(len(small_types())))
    return (loaded,) * (CROWD if source.below(40) == 39 else source.pick((1, 1, 1, 2)))


@cache
def _small_protocol(number: int) -> Loaded:
    return _compiled(small_types()[number], "small")


def _crowd(source: Source) -> Case:
    """Many sessions in waves; not verified, for some cannot end."""
    is_giant = source.below(2) == 1
    other = _small_protocol(source.below(len(small_types()))).image
    found = giant(source) if is_giant else crowd(source, other)
    waves = [
        tuple(Loaded(image, None) for image, count in wave for _ in range(count)) for wave in found
    ]
    return Case(
        "crowd",
        waves[0],
        tuple(waves[1:]),
        Config(source.pick((1, 2))),
        True,
        good(source),
        source.pick((MIXED, *PLAIN) if is_giant else (MIXED, *POLICIES)),
        GIANT_STEPS if is_giant else CROWD_STEPS,
    )


def _several(source: Source, first: Loaded) -> tuple[Loaded, ...]:
    """One to four sessions, the last ones sometimes of another protocol."""
    count = source.pick((1, 1, 1, 2, 3, 4))
    if count > 1 and source.chance(40):
        return (*(first,) * (count - 1), _typed(source, "q"))
    return (first,) * count


def _typed(source: Source, name: str) -> Loaded:
    return _compiled(global_type(source), name)


def _compiled(protocol: GlobalType, name: str) -> Loaded:
    types = {role: found.local_type for role, found in project_all(protocol).items()}
    return Loaded(compile_protocol(name, types), protocol)


def _mutated(source: Source, name: str) -> Loaded:
    """A protocol with a role's type changed before it is compiled, or its program after."""
    projections = project_all(global_type(source))
    types = {role: found.local_type for role, found in projections.items()}
    roles = tuple(types)
    if source.chance(STARVED):
        role = source.pick(roles)
        types[role] = starve(source, types[role])
        return Loaded(compile_protocol(name, types), None)
    for _ in range(source.pick((1, 0, 2))):
        role = source.pick(roles)
        types[role] = edit_type(source, types[role])
    image = compile_protocol(name, types, _producers(source, roles))
    for _ in range(source.pick((0, 1, 3, 1, 2))):
        place = source.below(len(image.programs))
        changed = edit_code(source, image.programs[place], roles)
        programs = (*image.programs[:place], changed, *image.programs[place + 1 :])
        image = replace(image, programs=programs)
    return Loaded(image, None)


def _twisted(source: Source) -> Case:
    """Sessions of a protocol in which some roles' code is twisted; verified if that goes well."""
    is_well = source.chance(35)
    protocol = global_type(source)
    types = {role: found.local_type for role, found in project_all(protocol).items()}
    image = compile_protocol("p", types)
    first, count = source.below(len(types)), source.pick((1, 1, 2, 3))
    for number in range(min(count, len(types)) if is_well else count):
        place = (first + number) % len(types)
        draft = Draft(image.programs[place], REGISTERS)
        twist = source.pick((hand_over, *WELL) if is_well else (*TWISTS, *FORKS))
        twist(source, draft, source.below(len(draft.code)))
        programs = (*image.programs[:place], draft.program(), *image.programs[place + 1 :])
        image = replace(image, programs=programs)
    sessions = (Loaded(image, protocol if is_well else None),) * source.pick((1, 1, 2, 3))
    late = (sessions[:1],) * source.pick((0, 0, 0, 1))
    loaded = len(types) * len(sessions)
    limits = (None, None, None, loaded, loaded + 1)
    pure = PURE if is_well else source.pick((PURE, (), ("act", *PURE)))
    config = setting(source, (image,), unverified=not is_well)
    return Case(
        "twisted",
        sessions,
        late,
        replace(
            config,
            priorities=_priorities(source, sessions),
            max_coroutines=None if is_well or late else source.pick(limits),
            pure_actions=pure,
        ),
        not is_well,
        source.pick((good, good, bad))(source),
        source.pick((*DRIVES, *FLOODS) if config.buffers else DRIVES),
        source.pick(LENGTHS),
    )


def _handed(source: Source) -> Case:
    """Sessions of one plot, in which endpoints are sent; verified if they can be."""
    image = plot(source)
    if source.chance(30):
        image = _forked(source, image)
    sessions = (Loaded(image, None),) * source.pick((1, 1, 1, 2, 3))
    unverified = not _is_sound(image) or source.chance(20)
    images = [*(one.image for one in sessions), GUESTS]
    config = setting(source, images, unverified=unverified)
    if unverified and source.chance(25):
        config = Config(1, buffers=_leaky(source))
    most = source.pick((None, None, None, None, len(sessions), len(sessions) + 1))
    return Case(
        "handed",
        sessions,
        (sessions[:1],) * source.pick((0, 0, 1)) if most is None else (),
        replace(config, max_sessions=most),
        unverified,
        source.pick((good, good, bad))(source),
        source.pick((*DRIVES, *FLOODS)),
        source.pick(LENGTHS),
    )


def _forked(source: Source, image: Image) -> Image:
    """An image with some forks."""
    for _ in range(source.pick((1, 1, 2, 3))):
        place = source.below(len(image.programs))
        draft = Draft(image.programs[place], image.programs[place].registers + 1)
        source.pick((*FORKS, *(enter,) * 12))(source, draft, source.below(len(draft.code)))
        programs = (*image.programs[:place], draft.program(), *image.programs[place + 1 :])
        image = replace(image, programs=programs)
    return image


def _leaky(source: Source) -> tuple[tuple[str, str, Buffer], ...]:
    """Queues of a plot that lose what finds them full, or what they hold."""
    edges = (("A", "B"), ("B", "A"), ("A", "C"), ("X", "Y"))
    return tuple(
        (*edge, source.pick((Buffer(full=DROP, capacity=1), Buffer(LATEST)))) for edge in edges
    )


def _is_sound(image: Image) -> bool:
    try:
        verify(image)
    except ProgramError:
        return False
    return True


def _guarded(source: Source) -> Case:
    """Sessions of a protocol in which some roles want guard layers, or note facts."""
    types = {role: found.local_type for role, found in project_all(global_type(source)).items()}
    image = compile_protocol("g", types)
    kinds = (generate_guards.TWISTS, generate_knowledge.TWISTS)
    twists = source.pick((*kinds, (*kinds[0], *kinds[1])))
    for _ in range(source.pick((2, 3, 4, 1))):
        place = source.below(len(types))
        draft = Draft(image.programs[place], generate_guards.REGISTERS)
        source.pick(twists)(source, draft, source.below(len(draft.code)))
        programs = (*image.programs[:place], draft.program(), *image.programs[place + 1 :])
        image = replace(image, programs=programs)
    if source.chance(25):
        image = _forked(source, image)
    sessions = (Loaded(image, None),) * source.pick((1, 2, 3))
    return Case(
        "guarded",
        sessions,
        (sessions[:1],) * source.pick((0, 0, 1)),
        Config(
            source.pick((1, 64, 2)),
            priorities=_priorities(source, sessions),
            flow=generate_knowledge.flow(source),
            flow_predicates=generate_knowledge.PREDICATES,
            outputs=source.pick(_OUTPUTS),
        ),
        True,
        source.pick((good, good, bad))(source),
        source.pick(DRIVES),
        source.pick(LENGTHS),
    )


def _producers(source: Source, roles: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """Sometimes the payloads of a label come from an action, of whatever sort it gives."""
    if not source.chance(40):
        return {}
    return {(role, label): "make" for role in roles for label in source.pick((("a",), ("b", "c")))}

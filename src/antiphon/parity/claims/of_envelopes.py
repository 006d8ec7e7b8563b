"""Claim 24, of what two runs have in common: relations, classes and envelopes agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any, Final

from antiphon.machine.determinism import EffectDeterminismTier
from antiphon.machine.event import to_plain
from antiphon.machine.interchange import config_to_plain
from antiphon.parity.claims.claim import Claim, Finding, Profile
from antiphon.parity.claims.envelopes import EVENTS, runs
from antiphon.parity.claims.ground import Ground
from antiphon.replay.profiles import answers_form
from antiphon.values.canonical import digest

WIDTHS: Final = (1, 2, 3, 4, 5)
_OTHERS: Final = 12
"""How many of the runs do not differ in their events."""


def envelopes(profile: Profile, ground: Ground) -> Finding:  # noqa: ARG001  (one scope for all)
    """Each run with the first and with the next, by every class and some envelopes; and the
    lattice, over all classes.
    """
    known = runs(ground)
    names = tuple(known)
    pairs = [*((names[0], name) for name in names), *pairwise(names[1:])]
    every = 2 * (len(EVENTS) + _OTHERS) - 2
    checked = 0
    for words in _lattice(ground):
        checked += 1
        if words:
            return Finding(len(pairs), len(pairs), checked, words, every)
    for one, other in pairs:
        for words in _pair(known[one], known[other], ground):
            checked += 1
            if words:
                where = f"{one} / {other}: {words}"
                return Finding(len(pairs), len(pairs), checked, where, every)
    return Finding(len(pairs), len(pairs), checked, cardinality=every)


def _pair(base: Any, other: Any, ground: Ground) -> Iterator[str]:
    """What is wrong with what is said of two runs, for each thing that is looked at."""
    named, model = ground.module("machine.envelope"), ground.module("model.envelope")
    replay = ground.module("replay.envelope")
    found, turned = replay.artifact(base, other), replay.artifact(other, base)
    for dimension in named.Dimension:
        mine = found.classes[dimension]
        yield "" if mine == turned.classes[dimension] else f"{dimension.value} by order"
        best = mine in (named.Likeness.EXACT, 1)
        yield "" if best == (not found.reasons[dimension]) else f"{dimension.value}: no reason"
        for bound in _classes(dimension, named):
            holds = model.within(dimension, bound, base, other)
            is_said = replay.within(dimension, mine, bound)
            yield "" if holds is is_said else f"{dimension.value}: {mine} within {bound}"
    for each in _envelopes(named):
        holds = model.admits(each, base, other)
        yield "" if holds is replay.admits(each, found) else f"admitted by {each}"
    yield "" if (found.base, found.other) == (_print(base), _print(other)) else "digest of a run"
    parts = ((each.value, _plain(found.classes[each])) for each in named.Dimension)
    expected = digest("antiphon.envelope.1", (_print(base), _print(other), *parts))
    yield "" if found.digest == expected else "digest of the artifact"


def _lattice(ground: Ground) -> Iterator[str]:
    """What is wrong with the lattice."""
    named, replay = ground.module("machine.envelope"), ground.module("replay.envelope")
    worst = named.Likeness.VIOLATION
    for dimension in named.Dimension:
        join, known = replay.join, _classes(dimension, named)
        for a, b, c in product(known, repeat=3):
            ab = join(dimension, a, b)
            is_right = (
                join(dimension, ab, c) == join(dimension, a, join(dimension, b, c))
                and ab == join(dimension, b, a) == known[max(known.index(a), known.index(b))]
                and join(dimension, a, a) == a
                and join(dimension, a, worst) is worst
            )
            yield "" if is_right else f"{dimension.value}: {a}, {b}, {c} do not join"
            is_above = c is not worst and join(dimension, b, c) == c
            rises = replay.within(dimension, a, c) or not replay.within(dimension, a, b)
            yield "" if rises or not is_above else f"{dimension.value}: {a} within {b}, not {c}"
        yield "" if not replay.within(dimension, worst, worst) else "a violation is admitted"
    effects = _classes(named.Dimension.EFFECT_ORDERING, named)
    for (number, tier), (place, bound) in product(enumerate(_TIERS), enumerate(effects)):
        is_right = _is_taken(named, tier, bound, named.Likeness.EXACT) is (place <= number)
        yield "" if is_right else f"{bound} under {tier}"
    is_right = not _is_taken(named, _TIERS[-1], effects[0], worst)
    yield "" if is_right else "a violation is declared"


_TIERS: Final = (
    EffectDeterminismTier.StrictDeterministic,
    EffectDeterminismTier.ReplayDeterministic,
    EffectDeterminismTier.EnvelopeBoundedNondeterministic,
)


def _is_taken(named: Any, tier: EffectDeterminismTier, effects: Any, other: Any) -> bool:
    try:
        named.Envelope(tier, other, 1, effects, other, other)
    except ValueError:
        return False
    return True


def _classes(dimension: Any, named: Any) -> tuple[Any, ...]:
    """The classes, the best first; of waves, those of the first few widths."""
    chain = named.CHAINS[dimension]
    return (*(chain or WIDTHS), named.Likeness.VIOLATION)


def _envelopes(named: Any) -> Iterator[Any]:
    likeness, tier = named.Likeness, EffectDeterminismTier.EnvelopeBoundedNondeterministic
    same, free, told = likeness.EXACT, likeness.REORDERED, likeness.ANSWERED
    yield named.Envelope(tier, same, 1, same, same, same)
    yield named.Envelope(tier, likeness.SESSIONS, 3, free, free, free)
    yield named.Envelope(tier, free, 5, told, free, free)


def _print(run: Any) -> str:
    seen = tuple(to_plain(event) for event in run.course.events)
    under = (run.images, config_to_plain(run.config), run.policy, run.wave_width)
    answers = answers_form(run.course)
    return digest("antiphon.fragment.1", (*under, run.outcome.value, seen, answers))


def _plain(found: Any) -> str | int:
    return found if isinstance(found, int) else found.value


CLAIMS: Final = (
    Claim(
        "envelopes",
        24,
        "Classes of two runs are what the model says",
        "In each dimension two runs are in the best class whose relation holds of them, and an"
        " envelope admits them iff its bounds hold; classes join as a chain below violation.",
        "parity/claims/of_envelopes.py envelopes",
        scopes=(
            f"{len(EVENTS) + _OTHERS} runs, each with the first and the next; waves up to 5 picks",
        ),
        witness="a run and the same with its steps, answers, failures or outputs changed",
        look=envelopes,
    ),
)
